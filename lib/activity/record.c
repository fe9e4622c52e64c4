/* SPDX-License-Identifier: MIT */
#include "activity/record.h"

#include <string.h>

#include "activity/link.h"
#include "base/bytes.h"
#include "base/text.h"

#include "base/banned.h"

enum {
    KNOWS_NO_FIELDS = 1, /* the first byte of a rear; one more for each field */
    PERSON_BYTES = 3,
    CREDIT_COUNT_MAX = 0xff,
    CONTENT_BYTES = PATCH_SKETCH_BITS / 8, /* of a line */
    LISTED_BYTES = RECORD_LINK_BYTES + LINK_AUTHOR_BYTES,
};

/* What a rear holds beyond what every rear holds. */
typedef enum RearParts {
    REAR_NOTICE = 1 << 0,
    REAR_DATE = 1 << 1,
    REAR_OWN = 1 << 2,
    REAR_PARENT = 1 << 3,
    REAR_ROOT = 1 << 4,
    REAR_CHANGE = 1 << 5,
    REAR_PATCH = 1 << 6,
    REAR_EXTRA = 1 << 7,
    REAR_STAT = 1 << 8,
    REAR_STAT_COUNTED = 1 << 9,
    REAR_TEXT = 1 << 10,
    REAR_CLASSIC_AUTHOR = 1 << 11,
    REAR_NOTICE_PARTS = 1 << 12,
    REAR_WORK = 1 << 13,
    REAR_CONTENT = 1 << 14,
    REAR_LISTED = 1 << 15,
    REAR_PATHS = 1 << 16,
    REAR_BASE = 1 << 17,
    REAR_TIP = 1 << 18,
    REAR_ALL = (1 << 19) - 1,
} RearParts;

static uint8_t kind_in_range(unsigned kind)
{
    return kind < POST_KINDS ? (uint8_t)kind : POST_OTHER;
}

void record_row_get(const uint8_t bytes[RECORD_ROW_BYTES], PostRow *row)
{
    BytesReader reader = bytes_reader(bytes, RECORD_ROW_BYTES);

    row->arrival_ms = (int64_t)bytes_get(&reader, 6);
    row->post = (uint32_t)bytes_get(&reader, 4);
    row->author = (uint32_t)bytes_get(&reader, PERSON_BYTES);
    row->sender = (uint32_t)bytes_get(&reader, PERSON_BYTES);
    const unsigned kinds = (unsigned)bytes_get(&reader, 1);
    row->kind = kind_in_range(kinds & 0xf);
    row->kind_of_bot = kind_in_range(kinds >> 4);
    row->flags = (uint8_t)bytes_get(&reader, 1);
    row->insertions = (uint32_t)bytes_get(&reader, 3);
    row->deletions = (uint32_t)bytes_get(&reader, 3);
}

void record_front_put(GString *out, const PostRecord *record)
{
    const unsigned count = MIN(record->credit_count, CREDIT_COUNT_MAX);

    bytes_put(out, record->post, 4);
    bytes_put(out, (uint64_t)record->arrival_ms, 6);
    bytes_put(out, record->author, PERSON_BYTES);
    bytes_put(out, record->sender, PERSON_BYTES);
    bytes_put(out, count, 1);
    for (unsigned i = 0; i < count; i++) {
        bytes_put(out, record->credits[i].kind, 1);
        bytes_put(out, record->credits[i].person, PERSON_BYTES);
    }
}

static unsigned part_if(bool present, RearParts part)
{
    return present ? part : 0;
}

static unsigned parts_of(const PostRecord *record)
{
    return part_if(record->notice != 0, REAR_NOTICE) |
           part_if(record->notice_parts != 0, REAR_NOTICE_PARTS) |
           part_if(record->has_date, REAR_DATE) |
           part_if(record->own_link != 0, REAR_OWN) |
           part_if(record->parent_link != 0, REAR_PARENT) |
           part_if(record->root_link != 0, REAR_ROOT) |
           part_if(record->change_link != 0, REAR_CHANGE) |
           part_if(record->patch_link != 0, REAR_PATCH) |
           part_if(record->work_link != 0, REAR_WORK) |
           part_if(record->has_content, REAR_CONTENT) |
           part_if(record->extra_count != 0, REAR_EXTRA) |
           part_if(record->listed_count != 0, REAR_LISTED) |
           part_if(record->path_count != 0, REAR_PATHS) |
           part_if(record->base_link != 0, REAR_BASE) |
           part_if(record->tip_link != 0, REAR_TIP) |
           part_if(record->files != 0 || record->insertions != 0 ||
                       record->deletions != 0,
                   REAR_STAT) |
           part_if(record->stat_is_counted, REAR_STAT_COUNTED) |
           part_if((record->flags & POST_HAS_TEXT) != 0, REAR_TEXT) |
           part_if(record->classic_author != NULL, REAR_CLASSIC_AUTHOR);
}

static void put_text(GString *out, const char *text)
{
    bytes_put_string(out, text, strlen(text));
}

static void put_head(GString *out, const PostRecord *record, unsigned parts)
{
    bytes_put(out, KNOWS_NO_FIELDS + record->known, 1);
    g_string_append_len(out, (const char *)record->mark, RECORD_MARK_BYTES);
    bytes_put(out, record->kind | (unsigned)record->kind_of_bot << 4, 1);
    bytes_put_varint(out, record->flags);
    bytes_put_varint(out, parts);
    if ((parts & REAR_NOTICE) != 0)
        bytes_put(out, record->notice, 1);
    if ((parts & REAR_NOTICE_PARTS) != 0)
        bytes_put_varint(out, record->notice_parts);
    if ((parts & REAR_DATE) != 0) {
        bytes_put_signed(out, record->date);
        bytes_put_signed(out, record->date_offset);
    }
    bytes_put_varint(out, record->size);
    put_text(out, record->message_id);
    put_text(out, record->subject);
}

static void put_link(GString *out, uint64_t link)
{
    if (link != 0)
        bytes_put(out, link, RECORD_LINK_BYTES);
}

static void put_links(GString *out, const PostRecord *record, unsigned parts)
{
    put_link(out, record->own_link);
    put_link(out, record->parent_link);
    put_link(out, record->root_link);
    put_link(out, record->change_link);
    put_link(out, record->patch_link);
    put_link(out, record->work_link);
    put_link(out, record->base_link);
    put_link(out, record->tip_link);
    for (unsigned i = 0; i < PATCH_SKETCH_LINES && record->has_content; i++)
        bytes_put(out, record->content[i], CONTENT_BYTES);
    if ((parts & REAR_EXTRA) == 0)
        return;
    bytes_put_varint(out, record->extra_count);
    bytes_put_varint(out, record->supersedes_count);
    for (unsigned i = 0; i < record->extra_count; i++)
        bytes_put(out, record->extra_links[i], RECORD_LINK_BYTES);
}

static void put_listed(GString *out, const PostRecord *record)
{
    bytes_put_varint(out, record->listed_count);
    for (unsigned i = 0; i < record->listed_count; i++) {
        bytes_put(out, record->listed[i].title, RECORD_LINK_BYTES);
        bytes_put(out, record->listed[i].author, LINK_AUTHOR_BYTES);
    }
}

static void put_paths(GString *out, const PostRecord *record)
{
    bytes_put_varint(out, record->path_count);
    for (unsigned i = 0; i < record->path_count; i++)
        bytes_put(out, record->paths[i], LINK_PATH_BYTES);
}

void record_rear_put(GString *out, const PostRecord *record)
{
    const unsigned parts = parts_of(record);

    put_head(out, record, parts);
    put_links(out, record, parts);
    if ((parts & REAR_LISTED) != 0)
        put_listed(out, record);
    if ((parts & REAR_PATHS) != 0)
        put_paths(out, record);
    if ((parts & REAR_STAT) != 0) {
        bytes_put_varint(out, record->files);
        bytes_put_varint(out, record->insertions);
        bytes_put_varint(out, record->deletions);
    }
    if ((parts & REAR_TEXT) != 0) {
        bytes_put_varint(out, record->text_end);
        bytes_put_varint(out, record->classic_end);
        bytes_put_varint(out, record->text_start);
    }
    if ((parts & REAR_CLASSIC_AUTHOR) != 0)
        put_text(out, record->classic_author);
    record_fields_put(out, &record->fields);
}

static void get_front(BytesReader *reader, PostRecord *record)
{
    record->post = (uint32_t)bytes_get(reader, 4);
    record->arrival_ms = (int64_t)bytes_get(reader, 6);
    record->author = (uint32_t)bytes_get(reader, PERSON_BYTES);
    record->sender = (uint32_t)bytes_get(reader, PERSON_BYTES);
    record->credit_count = (unsigned)bytes_get(reader, 1);
    record->credits = g_new0(PostCredit, record->credit_count);
    for (unsigned i = 0; i < record->credit_count; i++) {
        record->credits[i].kind = (uint8_t)bytes_get(reader, 1);
        record->credits[i].person = (uint32_t)bytes_get(reader, PERSON_BYTES);
    }
}

/* What was written was valid UTF-8 without NUL; anything else is damage. The
 * raw From alone may be any bytes. */
static char *get_text(BytesReader *reader, bool is_raw)
{
    size_t length = 0;
    const char *text = bytes_get_string(reader, &length);

    if (text == NULL || memchr(text, '\0', length) != NULL ||
        !(is_raw || text_is_ascii(text, length) ||
          g_utf8_validate(text, (gssize)length, NULL))) {
        reader->failed = true;
        return g_strdup("");
    }
    return g_strndup(text, length);
}

static unsigned get_unsigned(BytesReader *reader)
{
    const uint64_t value = bytes_get_varint(reader);

    if (value > UINT32_MAX)
        reader->failed = true;
    return (unsigned)value;
}

static unsigned get_head(BytesReader *reader, PostRecord *record)
{
    const unsigned first = (unsigned)bytes_get(reader, 1);
    const void *mark = bytes_get_raw(reader, RECORD_MARK_BYTES);
    const unsigned kinds = (unsigned)bytes_get(reader, 1);
    record->kind = kinds & 0xf;
    record->kind_of_bot = kinds >> 4;
    record->flags = get_unsigned(reader);
    const unsigned parts = get_unsigned(reader);

    if (((parts & REAR_TEXT) != 0) != ((record->flags & POST_HAS_TEXT) != 0))
        reader->failed = true;
    if (mark == NULL || first < KNOWS_NO_FIELDS ||
        first > KNOWS_NO_FIELDS + RECORD_FIELD_MAX || parts > REAR_ALL ||
        record->kind >= POST_KINDS || record->kind_of_bot >= POST_KINDS) {
        reader->failed = true;
        return 0;
    }
    record->known = first - KNOWS_NO_FIELDS;
    memcpy(record->mark, mark, RECORD_MARK_BYTES);
    if ((parts & REAR_NOTICE) != 0)
        record->notice = (uint8_t)bytes_get(reader, 1);
    if ((parts & REAR_NOTICE_PARTS) != 0)
        record->notice_parts = bytes_get_varint(reader);
    return parts;
}

static void get_date(BytesReader *reader, PostRecord *record)
{
    record->has_date = true;
    record->date = bytes_get_signed(reader);
    record->date_offset = (int)bytes_get_signed(reader);
}

static uint64_t get_link(BytesReader *reader, unsigned present)
{
    return present == 0 ? 0 : bytes_get(reader, RECORD_LINK_BYTES);
}

/* So many things of that size follow, if there are bytes for them. */
static unsigned get_counted(BytesReader *reader, unsigned count, size_t size)
{
    if (!reader->failed && count <= (size_t)(reader->end - reader->at) / size)
        return count;
    reader->failed = true;
    return 0;
}

static void get_listed(BytesReader *reader, PostRecord *record)
{
    record->listed_count =
        get_counted(reader, get_unsigned(reader), LISTED_BYTES);
    record->listed = g_new(PostListed, record->listed_count);
    for (unsigned i = 0; i < record->listed_count; i++) {
        record->listed[i].title = bytes_get(reader, RECORD_LINK_BYTES);
        record->listed[i].author =
            (uint32_t)bytes_get(reader, LINK_AUTHOR_BYTES);
    }
}

static void get_paths(BytesReader *reader, PostRecord *record)
{
    record->path_count =
        get_counted(reader, get_unsigned(reader), LINK_PATH_BYTES);
    record->paths = g_new(uint32_t, record->path_count);
    for (unsigned i = 0; i < record->path_count; i++)
        record->paths[i] = (uint32_t)bytes_get(reader, LINK_PATH_BYTES);
}

static void get_extra_links(BytesReader *reader, PostRecord *record)
{
    const unsigned count = get_unsigned(reader);
    const unsigned superseded = get_unsigned(reader);

    record->extra_count = get_counted(reader, count, RECORD_LINK_BYTES);
    if (superseded > record->extra_count)
        reader->failed = true;
    else
        record->supersedes_count = superseded;
    record->extra_links = g_new(uint64_t, record->extra_count);
    for (unsigned i = 0; i < record->extra_count; i++)
        record->extra_links[i] = bytes_get(reader, RECORD_LINK_BYTES);
}

static void get_content(BytesReader *reader, PostRecord *record)
{
    record->has_content = true;
    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++)
        record->content[i] = (uint32_t)bytes_get(reader, CONTENT_BYTES);
}

static void get_links(BytesReader *reader, PostRecord *record, unsigned parts)
{
    record->own_link = get_link(reader, parts & REAR_OWN);
    record->parent_link = get_link(reader, parts & REAR_PARENT);
    record->root_link = get_link(reader, parts & REAR_ROOT);
    record->change_link = get_link(reader, parts & REAR_CHANGE);
    record->patch_link = get_link(reader, parts & REAR_PATCH);
    record->work_link = get_link(reader, parts & REAR_WORK);
    record->base_link = get_link(reader, parts & REAR_BASE);
    record->tip_link = get_link(reader, parts & REAR_TIP);
    if ((parts & REAR_CONTENT) != 0)
        get_content(reader, record);
    if ((parts & REAR_EXTRA) != 0)
        get_extra_links(reader, record);
}

static void get_stat(BytesReader *reader, PostRecord *record)
{
    record->files = get_unsigned(reader);
    record->insertions = get_unsigned(reader);
    record->deletions = get_unsigned(reader);
}

static void get_text_ends(BytesReader *reader, PostRecord *record)
{
    record->text_end = get_unsigned(reader);
    record->classic_end = get_unsigned(reader);
    record->text_start = get_unsigned(reader);
    if (record->text_start > record->text_end)
        reader->failed = true;
}

static void get_rear(BytesReader *reader, PostRecord *record)
{
    const unsigned parts = get_head(reader, record);

    if ((parts & REAR_DATE) != 0)
        get_date(reader, record);
    record->size = bytes_get_varint(reader);
    record->message_id = get_text(reader, false);
    record->subject = get_text(reader, false);
    get_links(reader, record, parts);
    if ((parts & REAR_LISTED) != 0)
        get_listed(reader, record);
    if ((parts & REAR_PATHS) != 0)
        get_paths(reader, record);
    if ((parts & REAR_STAT) != 0)
        get_stat(reader, record);
    if (record->path_count > record->files)
        reader->failed = true;
    record->stat_is_counted = (parts & REAR_STAT_COUNTED) != 0;
    if ((parts & REAR_TEXT) != 0)
        get_text_ends(reader, record);
    if ((parts & REAR_CLASSIC_AUTHOR) != 0)
        record->classic_author = get_text(reader, true);
    record_fields_get(reader, &record->fields);
}

bool record_post_get(const void *bytes, size_t length, PostRecord *record)
{
    BytesReader reader = bytes_reader(bytes, length);

    memset(record, 0, sizeof(*record));
    get_front(&reader, record);
    get_rear(&reader, record);
    if (!reader.failed && reader.at == reader.end && record->post != 0)
        return true;
    record_post_clear(record);
    return false;
}

bool record_rear_get(const GString *rear, PostRecord *record)
{
    const PostRecord front = { .post = 1 };
    g_autoptr(GString) bytes = g_string_new(NULL);

    record_front_put(bytes, &front);
    g_string_append_len(bytes, rear->str, (gssize)rear->len);
    return record_post_get(bytes->str, bytes->len, record);
}

void record_post_clear(PostRecord *record)
{
    g_free(record->credits);
    g_free(record->message_id);
    g_free(record->subject);
    g_free(record->extra_links);
    g_free(record->listed);
    g_free(record->paths);
    g_free(record->classic_author);
    record_fields_clear(&record->fields);
    memset(record, 0, sizeof(*record));
}

int record_compare(const PostRecord *one, const PostRecord *other)
{
    if (one->arrival_ms != other->arrival_ms)
        return one->arrival_ms < other->arrival_ms ? -1 : 1;
    return memcmp(one->mark, other->mark, RECORD_MARK_BYTES);
}

bool record_knows(const PostRecord *record, RecordField field)
{
    return record->known >= (unsigned)field;
}

unsigned record_path_digests(const PostRecord *record,
                             uint32_t digests[RECORD_PATHS_MAX])
{
    char **paths = record->fields.paths;
    unsigned count = 0;

    if (paths == NULL) {
        count = MIN(record->path_count, (unsigned)RECORD_PATHS_MAX);
        for (unsigned i = 0; i < count; i++)
            digests[i] = record->paths[i];
        return count;
    }
    while (count < MIN(record->files, (unsigned)RECORD_PATHS_MAX) &&
           paths[count] != NULL) {
        digests[count] = link_path(paths[count]);
        count++;
    }
    return count;
}

bool record_fill(PostRecord *record, PostRecord *newer)
{
    bool is_changed = record_fields_fill(&record->fields, &newer->fields);

    if (newer->known > record->known) {
        record->known = newer->known;
        is_changed = true;
    }
    if (record->fields.paths != NULL && record->path_count > 0) {
        g_clear_pointer(&record->paths, g_free);
        record->path_count = 0;
    }
    return is_changed;
}

unsigned record_counted_lines(const PostRecord *record, unsigned lines)
{
    return post_kind_is_patch(record->kind) ? MIN(lines, RECORD_LINES_MAX) : 0;
}
