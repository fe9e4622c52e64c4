/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "activity/record.h"

#include <string.h>

static void check_same_strings(char **one, char **other)
{
    g_assert((one == NULL) == (other == NULL));
    g_assert(one == NULL || g_strv_equal((const char *const *)one,
                                         (const char *const *)other));
}

static void check_same_fields(const RecordFields *one,
                              const RecordFields *other)
{
    check_same_strings(one->paths, other->paths);
    check_same_strings(one->fixes, other->fixes);
    g_assert(one->inner_link == other->inner_link);
    g_assert_cmpstr(one->base_commit, ==, other->base_commit);
    g_assert_cmpstr(one->pull_url, ==, other->pull_url);
    g_assert_cmpstr(one->pull_ref, ==, other->pull_ref);
    g_assert((one->unknown == NULL) == (other->unknown == NULL));
    g_assert(one->unknown == NULL ||
             g_bytes_equal(one->unknown, other->unknown));
}

static void check_same(const PostRecord *one, const PostRecord *other)
{
    g_assert(one->post == other->post && one->kind == other->kind);
    g_assert(one->arrival_ms == other->arrival_ms);
    g_assert(one->has_date == other->has_date && one->date == other->date);
    g_assert(one->flags == other->flags && one->size == other->size);
    g_assert_cmpstr(one->message_id, ==, other->message_id);
    g_assert_cmpstr(one->subject, ==, other->subject);
    g_assert_cmpstr(one->classic_author, ==, other->classic_author);
    g_assert(one->extra_count == other->extra_count);
    g_assert(one->credit_count == other->credit_count);
    g_assert(one->text_end == other->text_end);
    g_assert(one->own_link == other->own_link);
    g_assert(one->patch_link == other->patch_link);
    g_assert(one->work_link == other->work_link);
    g_assert(one->has_content == other->has_content);
    g_assert(one->listed_count == other->listed_count);
    for (unsigned i = 0; i < one->listed_count; i++)
        g_assert(one->listed[i].title == other->listed[i].title &&
                 one->listed[i].author == other->listed[i].author);
    g_assert(one->base_link == other->base_link);
    g_assert(one->tip_link == other->tip_link);
    g_assert(one->path_count == other->path_count);
    for (unsigned i = 0; i < one->path_count; i++)
        g_assert(one->paths[i] == other->paths[i]);
    g_assert(one->known == other->known);
    check_same_fields(&one->fields, &other->fields);
    g_assert(memcmp(one->content, other->content, sizeof(one->content)) == 0);
}

/* What could be read can be written and reads the same again. */
static void check_record(const PostRecord *record)
{
    g_autoptr(GString) bytes = g_string_new(NULL);
    PostRecord again;

    g_assert(g_utf8_validate(record->subject, -1, NULL));
    g_assert(record->supersedes_count <= record->extra_count);
    g_assert(record->text_start <= record->text_end);
    record_front_put(bytes, record);
    record_rear_put(bytes, record);
    g_assert(record_post_get(bytes->str, bytes->len, &again));
    check_same(record, &again);
    record_post_clear(&again);
}

static void check_row(const uint8_t *data)
{
    PostRow row;

    record_row_get(data, &row);
    g_assert(row.kind < POST_KINDS && row.kind_of_bot < POST_KINDS);
    g_assert(row.insertions <= 0xffffff && row.deletions <= 0xffffff);
    g_assert(row.arrival_ms >= 0);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    PostRecord record;

    if (size >= RECORD_ROW_BYTES)
        check_row(data);
    if (record_post_get(data, size, &record)) {
        check_record(&record);
        record_post_clear(&record);
    }
    g_assert(record.subject == NULL && record.credits == NULL);
    return 0;
}
