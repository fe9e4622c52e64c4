/* SPDX-License-Identifier: MIT */
#include "command/exported.h"
#include "command/exported_links.h"

#include "activity/links.h"
#include "base/hex.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/banned.h"

enum { HEX_ROOM = 2 * RECORD_MARK_BYTES + 1 };

static void put_bytes(json_t *to, const char *name, const char *bytes,
                      size_t length)
{
    if (memchr(bytes, '\0', length) == NULL &&
        g_utf8_validate(bytes, (gssize)length, NULL)) {
        json_object_set_new(to, name, json_stringn(bytes, length));
        return;
    }
    g_autofree char *other = g_strconcat(name, "_base64", NULL);
    g_autofree char *encoded = g_base64_encode((const guchar *)bytes, length);

    json_object_set_new(to, other, json_string(encoded));
}

static void put_text(json_t *to, const char *name, const char *text)
{
    put_bytes(to, name, text, strlen(text));
}

static void put_number(json_t *to, const char *name, int64_t number)
{
    if (number != 0)
        json_object_set_new(to, name, json_integer(number));
}

static json_t *hex_of(uint64_t number, unsigned bytes)
{
    char digits[HEX_ROOM];

    g_snprintf(digits, sizeof(digits), "%0*" PRIx64, (int)(2 * bytes), number);
    return json_string(digits);
}

static void put_hex(json_t *to, const char *name, uint64_t number,
                    unsigned bytes)
{
    if (number != 0)
        json_object_set_new(to, name, hex_of(number, bytes));
}

static bool is_plain(const MailPerson *person)
{
    g_autofree char *plain =
        g_strdup_printf(" %s <%s>", person->name, person->address);

    return strcmp(plain, person->raw) == 0;
}

static json_t *person_of(const MailPerson *person)
{
    json_t *to = json_object();

    put_text(to, "name", person->name);
    put_text(to, "address", person->address);
    if (!is_plain(person))
        put_text(to, "raw", person->raw);
    return to;
}

static json_t *strings_of(char *const *strings)
{
    json_t *to = json_array();

    for (; *strings != NULL; strings++)
        json_array_append_new(to, json_string(*strings));
    return to;
}

static json_t *hexes_of(const uint64_t *numbers, unsigned count)
{
    json_t *to = json_array();

    for (unsigned i = 0; i < count; i++)
        json_array_append_new(to, hex_of(numbers[i], EXPORTED_LINK_BYTES));
    return to;
}

static json_t *numbers_of(const uint32_t *numbers, unsigned count)
{
    json_t *to = json_array();

    for (unsigned i = 0; i < count; i++)
        json_array_append_new(to, json_integer(numbers[i]));
    return to;
}

static json_t *listed_of(const PostRecord *record)
{
    json_t *to = json_array();

    for (unsigned i = 0; i < record->listed_count; i++) {
        json_t *one = json_object();

        put_hex(one, "title", record->listed[i].title, EXPORTED_LINK_BYTES);
        put_hex(one, "author", record->listed[i].author, LINK_AUTHOR_BYTES);
        json_array_append_new(to, one);
    }
    return to;
}

const char *const exported_link_names[EXPORTED_LINKS] = {
    "own", "parent", "root", "change", "patch", "work", "pull_base", "pull_tip",
};

uint64_t *exported_link(PostRecord *record, size_t link)
{
    uint64_t *const links[EXPORTED_LINKS] = {
        &record->own_link,    &record->parent_link, &record->root_link,
        &record->change_link, &record->patch_link,  &record->work_link,
        &record->base_link,   &record->tip_link,
    };

    return links[link];
}

static json_t *links_of(const PostRecord *record)
{
    PostRecord copy = *record; /* only looked at */
    json_t *to = json_object();

    for (size_t i = 0; i < EXPORTED_LINKS; i++)
        put_hex(to, exported_link_names[i], *exported_link(&copy, i),
                EXPORTED_LINK_BYTES);
    if (record->extra_count > 0)
        json_object_set_new(to, "named",
                            hexes_of(record->extra_links, record->extra_count));
    put_number(to, "superseded", record->supersedes_count);
    if (record->has_content)
        json_object_set_new(to, "lines",
                            numbers_of(record->content, PATCH_SKETCH_LINES));
    if (record->listed_count > 0)
        json_object_set_new(to, "listed", listed_of(record));
    return to;
}

static json_t *fields_of(const RecordFields *fields)
{
    json_t *to = json_object();

    if (fields->paths != NULL)
        json_object_set_new(to, "paths", strings_of(fields->paths));
    put_hex(to, "inner", fields->inner_link, EXPORTED_LINK_BYTES);
    if (fields->fixes != NULL)
        json_object_set_new(to, "fixes", strings_of(fields->fixes));
    if (fields->base_commit != NULL)
        put_text(to, "base_commit", fields->base_commit);
    if (fields->pull_url != NULL)
        put_text(to, "pull_url", fields->pull_url);
    if (fields->pull_ref != NULL)
        put_text(to, "pull_ref", fields->pull_ref);
    if (fields->ancestor_count > 0)
        json_object_set_new(
            to, "ancestors",
            hexes_of(fields->ancestors, fields->ancestor_count));
    put_number(to, "version", fields->version);
    put_number(to, "attached", fields->attached);
    put_hex(to, "opening", fields->opening_link, EXPORTED_LINK_BYTES);
    put_number(to, "defects", fields->defects);
    if (fields->archive != NULL)
        put_text(to, "archive", fields->archive);
    if (fields->unknown != NULL) {
        gsize length = 0;
        const guchar *bytes = g_bytes_get_data(fields->unknown, &length);
        g_autofree char *encoded = g_base64_encode(bytes, length);

        json_object_set_new(to, "later_base64", json_string(encoded));
    }
    return to;
}

static json_t *stat_of(const PostRecord *record)
{
    json_t *to = json_object();

    put_number(to, "files", record->files);
    put_number(to, "insertions", record->insertions);
    put_number(to, "deletions", record->deletions);
    put_number(to, "counted", record->stat_is_counted);
    if (record->path_count > 0)
        json_object_set_new(to, "path_digests",
                            numbers_of(record->paths, record->path_count));
    return to;
}

static json_t *credits_of(const ExportedPost *post)
{
    json_t *to = json_array();

    for (unsigned i = 0; i < post->record->credit_count; i++) {
        json_t *one = person_of(&post->credits[i]);

        json_object_set_new(one, "kind",
                            json_integer(post->record->credits[i].kind));
        json_array_append_new(to, one);
    }
    return to;
}

static bool is_own_mark(const PostRecord *record, uint64_t digest)
{
    char own[HEX_ROOM], other[HEX_ROOM];

    hex_encode(record->mark, EXPORTED_LINK_BYTES, own);
    g_snprintf(other, sizeof(other), "%012" PRIx64, digest);
    return strcmp(own, other) == 0;
}

static json_t *marks_of(const ExportedPost *post)
{
    json_t *to = json_array();

    for (unsigned i = 0; i < post->mark_count; i++)
        if (!is_own_mark(post->record, post->marks[i].digest))
            json_array_append_new(
                to, hex_of(post->marks[i].digest, EXPORTED_LINK_BYTES));
    return to;
}

/* An empty object or array says nothing. */
static void put_part(json_t *to, const char *name, json_t *part)
{
    if (json_object_size(part) + json_array_size(part) > 0)
        json_object_set_new(to, name, part);
    else
        json_decref(part);
}

static char *line_of(json_t *line)
{
    g_autofree char *text = json_dumps(line, JSON_COMPACT);

    json_decref(line);
    return g_strconcat(text, "\n", NULL);
}

static void put_mail(json_t *to, const ExportedPost *post)
{
    const PostRecord *record = post->record;

    put_text(to, "message_id", record->message_id);
    put_text(to, "subject", record->subject);
    if (record->has_date) {
        json_object_set_new(to, "date", json_integer(record->date));
        json_object_set_new(to, "date_offset",
                            json_integer(record->date_offset));
    }
    put_number(to, "size", (int64_t)record->size);
    put_number(to, "flags", record->flags);
    put_number(to, "notice", record->notice);
    put_hex(to, "notice_parts", record->notice_parts, 8);
    if (record->classic_author != NULL)
        put_text(to, "classic_author", record->classic_author);
    if (post->text != NULL)
        put_text(to, "text", post->text);
    put_number(to, "text_start", record->text_start);
    put_number(to, "text_end", record->text_end);
    put_number(to, "classic_end", record->classic_end);
}

char *exported_post(const ExportedPost *post)
{
    const PostRecord *record = post->record;
    json_t *to = json_object();
    char mark[HEX_ROOM];

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    put_text(to, "list", post->list);
    put_number(to, "post", record->post);
    put_number(to, "arrival_ms", record->arrival_ms);
    put_text(to, "mark", mark);
    put_part(to, "other_marks", marks_of(post));
    json_object_set_new(to, "identity",
                        hex_of(post->identity, EXPORTED_IDENTITY_BYTES));
    put_text(to, "kind", post_kind_name(record->kind));
    put_text(to, "kind_of_bot", post_kind_name(record->kind_of_bot));
    json_object_set_new(to, "author", person_of(post->author));
    if (record->sender != record->author)
        json_object_set_new(to, "sender", person_of(post->sender));
    put_part(to, "credits", credits_of(post));
    put_mail(to, post);
    put_part(to, "stat", stat_of(record));
    put_part(to, "links", links_of(record));
    put_number(to, "known", record->known);
    put_part(to, "fields", fields_of(&record->fields));
    return line_of(to);
}

char *exported_head(const char *list, uint64_t posts)
{
    json_t *to = json_object();

    json_object_set_new(to, "listpulse_export", json_integer(EXPORTED_VERSION));
    put_text(to, "list", list);
    json_object_set_new(to, "posts", json_integer((json_int_t)posts));
    return line_of(to);
}

char *exported_erased(const char *list, const StoreKnown *known)
{
    json_t *to = json_object();

    put_text(to, "list", list);
    json_object_set_new(to, "erased",
                        hex_of(known->identity, EXPORTED_IDENTITY_BYTES));
    put_number(to, "arrival_ms", known->arrival_ms);
    return line_of(to);
}

char *exported_person(const char *list, const MailPerson *person,
                      int64_t first_post_ms, int64_t first_patch_ms)
{
    json_t *to = json_object();

    put_text(to, "list", list);
    json_object_set_new(to, "person", person_of(person));
    put_number(to, "first_post_ms", first_post_ms);
    put_number(to, "first_patch_ms", first_patch_ms);
    return line_of(to);
}

char *exported_copies(const char *list, const StoreCopies *copies)
{
    json_t *to = json_object();

    put_text(to, "list", list);
    json_object_set_new(to, "copies", json_integer((json_int_t)copies->count));
    put_number(to, "second", copies->second);
    return line_of(to);
}

char *exported_field(const char *list, const char *name, const char *value)
{
    json_t *to = json_object();

    put_text(to, "list", list);
    put_text(to, "field", name);
    put_text(to, "value", value);
    return line_of(to);
}

char *exported_end(const char *list, uint64_t lines)
{
    json_t *to = json_object();

    put_text(to, "list", list);
    json_object_set_new(to, "end", json_integer((json_int_t)lines));
    return line_of(to);
}
