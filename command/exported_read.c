/* SPDX-License-Identifier: MIT */
#include "command/exported.h"
#include "command/exported_links.h"

#include "activity/links.h"
#include "base/hex.h"

#include <jansson.h>
#include <string.h>

#include "base/banned.h"

enum {
    LIST_MAX = 1024,
    JOURNAL_DAYS = 31,  /* longer than a journal keeps mails, as a rule */
    COUNT_MAX = 0xffff, /* of anything in a record */
};

/* Total: what is missing or of another type is "" or 0, and is_bad is set where
 * that cannot be. */
typedef struct Reading {
    const json_t *line;
    bool is_bad;
} Reading;

static char *get_text(Reading *reading, const json_t *from, const char *name)
{
    const json_t *value = json_object_get(from, name);
    g_autofree char *other = g_strconcat(name, "_base64", NULL);
    const json_t *encoded = json_object_get(from, other);

    if (json_is_string(value))
        return g_strdup(json_string_value(value));
    if (!json_is_string(encoded))
        return NULL;
    gsize length = 0;
    g_autofree guchar *bytes =
        g_base64_decode(json_string_value(encoded), &length);
    if (memchr(bytes, '\0', length) != NULL)
        reading->is_bad = true;
    return g_strndup((const char *)bytes, length);
}

static char *need_text(Reading *reading, const json_t *from, const char *name)
{
    char *text = get_text(reading, from, name);

    if (text != NULL)
        return text;
    reading->is_bad = true;
    return g_strdup("");
}

static int64_t get_number(Reading *reading, const json_t *from,
                          const char *name, int64_t max)
{
    const json_t *value = json_object_get(from, name);

    if (value == NULL)
        return 0;
    if (!json_is_integer(value) || json_integer_value(value) < 0 ||
        json_integer_value(value) > max) {
        reading->is_bad = true;
        return 0;
    }
    return json_integer_value(value);
}

static uint64_t hex_value(Reading *reading, const json_t *value, unsigned bytes)
{
    uint8_t raw[EXPORTED_IDENTITY_BYTES] = { 0 };
    uint64_t number = 0;

    if (!json_is_string(value) ||
        !hex_decode(json_string_value(value), json_string_length(value), raw,
                    bytes)) {
        reading->is_bad = true;
        return 0;
    }
    for (unsigned i = 0; i < bytes; i++)
        number = number << 8 | raw[i];
    return number;
}

static uint64_t get_hex(Reading *reading, const json_t *from, const char *name,
                        unsigned bytes)
{
    const json_t *value = json_object_get(from, name);

    return value != NULL ? hex_value(reading, value, bytes) : 0;
}

static PostKind get_kind(Reading *reading, const char *name)
{
    g_autofree char *kind = need_text(reading, reading->line, name);

    for (unsigned i = 0; i < POST_KINDS; i++)
        if (strcmp(kind, post_kind_name((PostKind)i)) == 0)
            return (PostKind)i;
    reading->is_bad = true;
    return POST_OTHER;
}

static void get_person(Reading *reading, const json_t *from, MailPerson *person)
{
    person->name = need_text(reading, from, "name");
    person->address = need_text(reading, from, "address");
    person->raw = get_text(reading, from, "raw");
    if (person->raw == NULL)
        person->raw =
            g_strdup_printf(" %s <%s>", person->name, person->address);
}

static size_t array_size(Reading *reading, const json_t *array)
{
    const size_t size = json_array_size(array);

    if ((array != NULL && !json_is_array(array)) || size > COUNT_MAX) {
        reading->is_bad = true;
        return 0;
    }
    return size;
}

static GPtrArray *get_credits(Reading *reading)
{
    const json_t *array = json_object_get(reading->line, "credits");
    GPtrArray *credits = credits_new();

    for (size_t i = 0; i < array_size(reading, array); i++) {
        const json_t *one = json_array_get(array, i);
        ActivityCredit *credit = g_new0(ActivityCredit, 1);

        get_person(reading, one, &credit->person);
        credit->kind =
            (PatchTrailerKind)get_number(reading, one, "kind", UINT8_MAX);
        g_ptr_array_add(credits, credit);
    }
    if (credits->len > CREDITS_MAX)
        reading->is_bad = true;
    return credits;
}

static char **get_strings(Reading *reading, const json_t *from,
                          const char *name, size_t max)
{
    const json_t *array = json_object_get(from, name);
    const size_t size = array_size(reading, array);
    char **strings;

    if (size == 0)
        return NULL;
    if (size > max)
        reading->is_bad = true;
    strings = g_new0(char *, size + 1);
    for (size_t i = 0; i < size; i++) {
        const char *text = json_string_value(json_array_get(array, i));

        reading->is_bad = reading->is_bad || text == NULL;
        strings[i] = g_strdup(text != NULL ? text : "");
    }
    return strings;
}

static uint32_t *get_numbers(Reading *reading, const json_t *array,
                             unsigned *count)
{
    const size_t size = array_size(reading, array);
    uint32_t *numbers = g_new0(uint32_t, size);

    for (size_t i = 0; i < size; i++) {
        const json_t *value = json_array_get(array, i);
        const json_int_t number = json_integer_value(value);

        if (number < 0 || number > UINT32_MAX)
            reading->is_bad = true;
        else
            numbers[i] = (uint32_t)number;
    }
    *count = (unsigned)size;
    return numbers;
}

static void get_listed(Reading *reading, const json_t *array,
                       PostRecord *record)
{
    const size_t size = array_size(reading, array);

    record->listed = g_new0(PostListed, size);
    record->listed_count = (unsigned)size;
    for (size_t i = 0; i < size; i++) {
        const json_t *one = json_array_get(array, i);

        record->listed[i].title =
            get_hex(reading, one, "title", EXPORTED_LINK_BYTES);
        record->listed[i].author =
            (uint32_t)get_hex(reading, one, "author", LINK_AUTHOR_BYTES);
    }
}

static void get_links(Reading *reading, PostRecord *record)
{
    const json_t *from = json_object_get(reading->line, "links");
    const json_t *named = json_object_get(from, "named");
    const json_t *lines = json_object_get(from, "lines");

    for (size_t i = 0; i < EXPORTED_LINKS; i++)
        *exported_link(record, i) =
            get_hex(reading, from, exported_link_names[i], EXPORTED_LINK_BYTES);
    record->extra_count = (unsigned)array_size(reading, named);
    record->extra_links = g_new0(uint64_t, record->extra_count);
    for (unsigned i = 0; i < record->extra_count; i++)
        record->extra_links[i] =
            hex_value(reading, json_array_get(named, i), EXPORTED_LINK_BYTES);
    record->supersedes_count =
        (unsigned)get_number(reading, from, "superseded", record->extra_count);
    get_listed(reading, json_object_get(from, "listed"), record);
    if (lines == NULL)
        return;
    unsigned count = 0;
    g_autofree uint32_t *content = get_numbers(reading, lines, &count);

    record->has_content = count == PATCH_SKETCH_LINES;
    if (record->has_content)
        memcpy(record->content, content, sizeof(record->content));
    else
        reading->is_bad = true;
}

static void get_ancestors(Reading *reading, const json_t *from,
                          RecordFields *fields)
{
    const json_t *array = json_object_get(from, "ancestors");
    const size_t size = array_size(reading, array);

    if (size > RECORD_ANCESTORS_MAX) {
        reading->is_bad = true;
        return;
    }
    fields->ancestor_count = (unsigned)size;
    for (unsigned i = 0; i < size; i++)
        fields->ancestors[i] =
            hex_value(reading, json_array_get(array, i), EXPORTED_LINK_BYTES);
}

static void get_fields(Reading *reading, RecordFields *fields)
{
    const json_t *from = json_object_get(reading->line, "fields");
    const json_t *later = json_object_get(from, "later_base64");

    fields->paths = get_strings(reading, from, "paths", RECORD_PATHS_MAX);
    fields->inner_link = get_hex(reading, from, "inner", EXPORTED_LINK_BYTES);
    fields->fixes = get_strings(reading, from, "fixes", RECORD_FIXES_MAX);
    fields->base_commit = get_text(reading, from, "base_commit");
    fields->pull_url = get_text(reading, from, "pull_url");
    fields->pull_ref = get_text(reading, from, "pull_ref");
    get_ancestors(reading, from, fields);
    fields->version =
        (unsigned)get_number(reading, from, "version", RECORD_VERSION_MAX);
    fields->attached =
        (unsigned)get_number(reading, from, "attached", RECORD_ATTACHED_MAX);
    fields->opening_link =
        get_hex(reading, from, "opening", EXPORTED_LINK_BYTES);
    fields->defects =
        (unsigned)get_number(reading, from, "defects", RECORD_DEFECTS_MAX);
    fields->archive = get_text(reading, from, "archive");
    if (json_is_string(later)) {
        gsize length = 0;
        guchar *bytes = g_base64_decode(json_string_value(later), &length);

        fields->unknown = g_bytes_new_take(bytes, length);
    }
}

static void get_stat(Reading *reading, PostRecord *record)
{
    const json_t *from = json_object_get(reading->line, "stat");

    record->files = (unsigned)get_number(reading, from, "files", UINT32_MAX);
    record->insertions =
        (unsigned)get_number(reading, from, "insertions", UINT32_MAX);
    record->deletions =
        (unsigned)get_number(reading, from, "deletions", UINT32_MAX);
    record->stat_is_counted = get_number(reading, from, "counted", 1) == 1;
    record->paths = get_numbers(reading, json_object_get(from, "path_digests"),
                                &record->path_count);
}

static void get_date(Reading *reading, PostRecord *record)
{
    const json_t *date = json_object_get(reading->line, "date");
    const json_t *offset = json_object_get(reading->line, "date_offset");

    record->has_date = json_is_integer(date);
    record->date = json_integer_value(date);
    record->date_offset = (int)json_integer_value(offset);
}

static void get_mail(Reading *reading, PostRecord *record)
{
    const json_t *line = reading->line;

    record->message_id = need_text(reading, line, "message_id");
    record->subject = need_text(reading, line, "subject");
    get_date(reading, record);
    record->size = (uint64_t)get_number(reading, line, "size", INT64_MAX);
    record->flags = (unsigned)get_number(reading, line, "flags", UINT32_MAX);
    record->notice = (uint8_t)get_number(reading, line, "notice", UINT8_MAX);
    record->notice_parts = get_hex(reading, line, "notice_parts", 8);
    record->classic_author = get_text(reading, line, "classic_author");
    record->text_start =
        (uint32_t)get_number(reading, line, "text_start", UINT32_MAX);
    record->text_end =
        (uint32_t)get_number(reading, line, "text_end", UINT32_MAX);
    record->classic_end =
        (uint32_t)get_number(reading, line, "classic_end", UINT32_MAX);
    record->known =
        (unsigned)get_number(reading, line, "known", RECORD_FIELD_MAX);
}

/* What the record says must be a record for whoever reads it from Redis. */
static bool is_record(const PostRecord *record)
{
    PostRecord front = *record, read;
    g_autoptr(GString) bytes = g_string_new(NULL);

    front.post = 1;
    front.credits = NULL;
    front.credit_count = 0;
    record_front_put(bytes, &front);
    record_rear_put(bytes, record);
    const bool is_good = bytes->len <= UINT16_MAX &&
                         record_post_get(bytes->str, bytes->len, &read);

    if (is_good)
        record_post_clear(&read);
    return is_good;
}

static void get_mark(Reading *reading, Activity *activity)
{
    const json_t *mark = json_object_get(reading->line, "mark");

    if (!json_is_string(mark) ||
        !hex_decode(json_string_value(mark), json_string_length(mark),
                    activity->mark, RECORD_MARK_BYTES))
        reading->is_bad = true;
}

static void get_people(Reading *reading, Activity *activity)
{
    const json_t *sender = json_object_get(reading->line, "sender");

    get_person(reading, json_object_get(reading->line, "author"),
               &activity->author);
    if (sender != NULL)
        get_person(reading, sender, &activity->sender);
    else
        mail_person_copy(&activity->sender, &activity->author);
    activity->credits = get_credits(reading);
}

static Activity *activity_for(Reading *reading, const char *list)
{
    Activity *activity = g_new0(Activity, 1);

    activity->list = g_strdup(list);
    activity->is_replay = true;
    activity->arrival_ms = get_number(reading, reading->line, "arrival_ms",
                                      INT64_C(0xffffffffffff));
    activity->record = g_string_new(NULL);
    activity->links = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    return activity;
}

static void take_record(Reading *reading, Exported *exported,
                        PostRecord *record, const char *prefix)
{
    Activity *activity = exported->activity;

    memcpy(record->mark, activity->mark, RECORD_MARK_BYTES);
    record->kind = (uint8_t)activity->kinds.of_person;
    record->kind_of_bot = (uint8_t)activity->kinds.of_bot;
    get_mail(reading, record);
    get_stat(reading, record);
    get_links(reading, record);
    get_fields(reading, &record->fields);
    activity->flags = record->flags;
    activity->insertions = record_counted_lines(record, record->insertions);
    activity->deletions = record_counted_lines(record, record->deletions);
    activity->text = get_text(reading, reading->line, "text");
    activity->text_length = activity->text != NULL ? strlen(activity->text) : 0;
    if (reading->is_bad || !is_record(record)) {
        reading->is_bad = true;
        return;
    }
    record_rear_put(activity->record, record);
    g_array_unref(activity->links);
    activity->links =
        activity_links_of_record(record, prefix, activity->author.address);
}

static void read_marks(Reading *reading, Exported *exported)
{
    const json_t *marks = json_object_get(reading->line, "other_marks");

    for (size_t i = 0; i < array_size(reading, marks); i++)
        store_restore_mark(
            exported->facts, exported->activity->identity,
            hex_value(reading, json_array_get(marks, i), EXPORTED_LINK_BYTES));
}

/* journal_hours may be more: then the mail of such a post is a copy of it if it
 * is told while the import goes on. */
static bool may_be_in_a_journal(int64_t arrival_ms)
{
    return arrival_ms / 1000 >
           g_get_real_time() / G_USEC_PER_SEC - JOURNAL_DAYS * 86400;
}

static void read_post(Reading *reading, Exported *exported, const char *prefix)
{
    PostRecord record = { 0 };
    Activity *activity = activity_for(reading, exported->list);

    exported->activity = activity;
    activity->is_brought = may_be_in_a_journal(activity->arrival_ms);
    get_mark(reading, activity);
    activity->identity =
        get_hex(reading, reading->line, "identity", EXPORTED_IDENTITY_BYTES);
    activity->kinds =
        (PostKinds){ get_kind(reading, "kind"),
                     get_kind(reading, "kind_of_bot"), "exported" };
    get_people(reading, activity);
    take_record(reading, exported, &record, prefix);
    record_post_clear(&record);
    read_marks(reading, exported);
}

static void read_erased(Reading *reading, Exported *exported)
{
    Activity *activity = activity_for(reading, exported->list);

    exported->activity = activity;
    activity->is_erased = true;
    activity->identity =
        get_hex(reading, reading->line, "erased", EXPORTED_IDENTITY_BYTES);
    activity->kinds = (PostKinds){ POST_OTHER, POST_OTHER, "erased" };
    g_string_append_c(activity->record, RECORD_FIELD_LAST + 1);
    activity->credits = credits_new();
    mail_person_init(&activity->author, "");
    mail_person_init(&activity->sender, "");
}

static void read_person(Reading *reading, Exported *exported)
{
    const int64_t max = INT64_C(0xffffffffffff);
    MailPerson person = { 0 };

    get_person(reading, json_object_get(reading->line, "person"), &person);
    store_restore_person(
        exported->facts, &person,
        get_number(reading, reading->line, "first_post_ms", max),
        get_number(reading, reading->line, "first_patch_ms", max));
    mail_person_clear(&person);
}

static void read_copies(Reading *reading, Exported *exported)
{
    const StoreCopies copies = {
        .second = get_number(reading, reading->line, "second",
                             INT64_C(0xffffffffffff) / 1000),
        .count =
            (uint64_t)get_number(reading, reading->line, "copies", UINT32_MAX),
    };

    store_restore_copies(exported->facts, &copies);
}

/* Only what belongs there: not what posts and people give themselves. */
static void read_field(Reading *reading, Exported *exported)
{
    g_autofree char *name = need_text(reading, reading->line, "field");
    g_autofree char *value = need_text(reading, reading->line, "value");

    if (g_str_has_prefix(name, "at ") || strcmp(name, "texts_from") == 0 ||
        strcmp(name, "posts_from") == 0)
        store_restore_field(exported->facts, name, value);
    else
        reading->is_bad = true;
}

static void read_end(Exported *exported)
{
    exported->is_end = true;
    store_restore_end(exported->facts);
}

static void read_line(Reading *reading, Exported *exported,
                      ExportedPrefix prefix_of, const void *data)
{
    const json_t *line = reading->line;
    const json_t *version = json_object_get(line, "listpulse_export");

    if (json_object_get(line, "post") != NULL)
        read_post(reading, exported, prefix_of(exported->list, data));
    else if (json_object_get(line, "erased") != NULL)
        read_erased(reading, exported);
    else if (json_object_get(line, "person") != NULL)
        read_person(reading, exported);
    else if (json_object_get(line, "copies") != NULL)
        read_copies(reading, exported);
    else if (json_object_get(line, "field") != NULL)
        read_field(reading, exported);
    else if (json_object_get(line, "end") != NULL)
        read_end(exported);
    else if (json_integer_value(version) != EXPORTED_VERSION)
        reading->is_bad = true;
}

bool exported_read(Exported *exported, const char *line, size_t length,
                   ExportedPrefix prefix_of, const void *data)
{
    json_t *json = json_loadb(line, length, 0, NULL);
    Reading reading = { .line = json };

    *exported = (Exported){ .facts = store_restore_new() };
    exported->list = need_text(&reading, json, "list");
    if (!reading.is_bad && exported->list[0] != '\0' &&
        strlen(exported->list) <= LIST_MAX)
        read_line(&reading, exported, prefix_of, data);
    else
        reading.is_bad = true;
    json_decref(json);
    if (!reading.is_bad)
        return true;
    exported_clear(exported);
    return false;
}

void exported_clear(Exported *exported)
{
    g_clear_pointer(&exported->list, g_free);
    g_clear_pointer(&exported->activity, activity_free);
    g_clear_pointer(&exported->facts, g_ptr_array_unref);
}
