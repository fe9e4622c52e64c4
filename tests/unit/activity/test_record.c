/* SPDX-License-Identifier: MIT */
#include "activity/record.h"

#include "activity/link.h"
#include "tests/support/unit.h"

#include <string.h>

static PostCredit two_credits[] = {
    { PATCH_TRAILER_REVIEWED, 9 },
    { PATCH_TRAILER_TESTED, 0xffffff },
};
static PostListed two_listed[] = { { 0xffffffffffff, 0xffffff }, { 7, 8 } };
static uint32_t two_paths[] = { 9, 0xfffffe };
static uint64_t three_links[] = { 1, 0xffffffffffff, 0x123456789abc };

/* Lent strings and arrays: never cleared. */
static PostRecord full_record(void)
{
    PostRecord record = {
        .post = 0xfffffffe,
        .arrival_ms = INT64_C(1759122756123),
        .kind = POST_COVER,
        .kind_of_bot = POST_BOT_REPORT,
        .flags = POST_HAS_TEXT | POST_REVIEW_TRAILERS,
        .author = 0xabcdef,
        .sender = 1,
        .credits = two_credits,
        .credit_count = 2,
        .notice = PATCH_NOTICE_HUMAN,
        .notice_parts = UINT64_C(0x8000000000000105),
        .has_date = true,
        .date = 1759122000,
        .date_offset = -570,
        .size = UINT64_C(50) << 32,
        .message_id = (char *)(uintptr_t) "a@example.org",
        .subject = (char *)(uintptr_t) "[PATCH 0/2] ü",
        .own_link = 11,
        .parent_link = 12,
        .root_link = 13,
        .change_link = 14,
        .patch_link = UINT64_C(0xfedcba987654),
        .work_link = 16,
        .has_content = true,
        .content = { 1, 0xffffff, 3, 0xabcdef },
        .extra_links = three_links,
        .extra_count = 3,
        .supersedes_count = 1,
        .listed = two_listed,
        .listed_count = 2,
        .base_link = 21,
        .tip_link = 22,
        .paths = two_paths,
        .path_count = 2,
        .files = 5,
        .insertions = 70000,
        .deletions = 1,
        .stat_is_counted = true,
        .text_end = 300,
        .classic_end = 310,
        .text_start = 20,
        .classic_author = (char *)(uintptr_t) " \xff <b@example.org>",
        .known = RECORD_FIELD_LAST,
        .fields = { .inner_link = 31,
                    .base_commit = (char *)(uintptr_t) "0123456789abcdef0" },
    };

    memset(record.mark, 0xa5, sizeof(record.mark));
    return record;
}

static PostRecord small_record(void)
{
    return (PostRecord){
        .post = 1,
        .message_id = (char *)(uintptr_t) "",
        .subject = (char *)(uintptr_t) "",
    };
}

static GString *packed(const PostRecord *record)
{
    GString *bytes = g_string_new(NULL);

    record_front_put(bytes, record);
    record_rear_put(bytes, record);
    return bytes;
}

static void assert_same_front(const PostRecord *one, const PostRecord *other)
{
    assert_int_equal(one->post, other->post);
    assert_true(one->arrival_ms == other->arrival_ms);
    assert_int_equal(one->author, other->author);
    assert_int_equal(one->sender, other->sender);
    assert_int_equal(one->credit_count, other->credit_count);
    for (unsigned i = 0; i < one->credit_count; i++) {
        assert_int_equal(one->credits[i].kind, other->credits[i].kind);
        assert_int_equal(one->credits[i].person, other->credits[i].person);
    }
}

static void assert_same_head(const PostRecord *one, const PostRecord *other)
{
    assert_memory_equal(one->mark, other->mark, RECORD_MARK_BYTES);
    assert_int_equal(one->kind, other->kind);
    assert_int_equal(one->kind_of_bot, other->kind_of_bot);
    assert_int_equal(one->flags, other->flags);
    assert_int_equal(one->notice, other->notice);
    assert_true(one->notice_parts == other->notice_parts);
    assert_int_equal(one->has_date, other->has_date);
    assert_true(one->date == other->date);
    assert_int_equal(one->date_offset, other->date_offset);
    assert_true(one->size == other->size);
    assert_string_equal(one->message_id, other->message_id);
    assert_string_equal(one->subject, other->subject);
}

static void assert_same_rest(const PostRecord *one, const PostRecord *other)
{
    assert_true(one->own_link == other->own_link);
    assert_true(one->parent_link == other->parent_link);
    assert_true(one->root_link == other->root_link);
    assert_true(one->change_link == other->change_link);
    assert_true(one->patch_link == other->patch_link);
    assert_true(one->work_link == other->work_link);
    assert_int_equal(one->has_content, other->has_content);
    assert_memory_equal(one->content, other->content, sizeof(one->content));
    assert_int_equal(one->supersedes_count, other->supersedes_count);
    assert_int_equal(one->extra_count, other->extra_count);
    for (unsigned i = 0; i < one->extra_count; i++)
        assert_true(one->extra_links[i] == other->extra_links[i]);
    assert_true(one->base_link == other->base_link);
    assert_true(one->tip_link == other->tip_link);
    assert_int_equal(one->listed_count, other->listed_count);
    for (unsigned i = 0; i < one->listed_count; i++) {
        assert_true(one->listed[i].title == other->listed[i].title);
        assert_int_equal(one->listed[i].author, other->listed[i].author);
    }
    assert_int_equal(one->path_count, other->path_count);
    for (unsigned i = 0; i < one->path_count; i++)
        assert_int_equal(one->paths[i], other->paths[i]);
    assert_int_equal(one->files, other->files);
    assert_int_equal(one->insertions, other->insertions);
    assert_int_equal(one->deletions, other->deletions);
    assert_int_equal(one->stat_is_counted, other->stat_is_counted);
    assert_int_equal(one->text_end, other->text_end);
    assert_int_equal(one->classic_end, other->classic_end);
    assert_int_equal(one->text_start, other->text_start);
    assert_int_equal(g_strcmp0(one->classic_author, other->classic_author), 0);
    assert_int_equal(one->known, other->known);
    assert_true(one->fields.inner_link == other->fields.inner_link);
    assert_int_equal(
        g_strcmp0(one->fields.base_commit, other->fields.base_commit), 0);
}

static void assert_round_trip(const PostRecord *record)
{
    g_autoptr(GString) bytes = packed(record);
    PostRecord read;

    assert_true(record_post_get(bytes->str, bytes->len, &read));
    assert_same_front(&read, record);
    assert_same_head(&read, record);
    assert_same_rest(&read, record);
    record_post_clear(&read);
}

static void what_was_packed_is_read(void **state)
{
    const PostRecord full = full_record(), small = small_record();

    (void)state;
    assert_round_trip(&full);
    assert_round_trip(&small);
}

static void any_date_survives(void **state)
{
    static const int64_t dates[] = {
        0, 1, -1, 1759122756, INT64_MAX, INT64_MIN, -62135596800,
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(dates); i++) {
        PostRecord record = full_record();

        record.date = dates[i];
        assert_round_trip(&record);
        record.arrival_ms = 0;
        assert_round_trip(&record);
    }
}

static void a_plain_reply_costs_few_bytes_beyond_its_strings(void **state)
{
    PostRecord record = small_record();
    g_autoptr(GString) rear = g_string_new(NULL);

    (void)state;
    record.kind = POST_REPLY;
    record.arrival_ms = INT64_C(1759122756123);
    record.has_date = true;
    record.date = 1759122740;
    record.size = 5000;
    record.own_link = 1;
    record.parent_link = 2;
    record.root_link = 3;
    record_rear_put(rear, &record);
    /* version, mark, kinds, flags, 1 or 2 parts, date, zone, size, lengths */
    assert_in_range(rear->len, 20, 1 + 20 + 1 + 1 + 2 + 5 + 1 + 2 + 2 + 18);
}

static void no_cut_record_is_read_whole(void **state)
{
    const PostRecord full = full_record();
    g_autoptr(GString) bytes = packed(&full);
    PostRecord read;

    (void)state;
    for (size_t length = 0; length < bytes->len; length++) {
        g_autofree char *cut = g_malloc(length + 1);

        memcpy(cut, bytes->str, length);
        if (record_post_get(cut, length, &read)) { /* between two fields */
            assert_true(read.fields.base_commit == NULL);
            record_post_clear(&read);
        }
        assert_null(read.subject);
        assert_int_equal(read.post, 0);
    }
}

static void a_record_with_bytes_behind_it_is_none(void **state)
{
    const PostRecord full = full_record();
    g_autoptr(GString) bytes = packed(&full);
    PostRecord read;

    (void)state;
    g_string_append_c(bytes, '\0');
    assert_false(record_post_get(bytes->str, bytes->len, &read));
}

/* The first byte of a rear is one more than the fields that were looked for. */
static void a_record_says_what_its_writer_knew(void **state)
{
    const size_t rear_at = 4 + 6 + 3 + 3 + 1;
    PostRecord small = small_record(), read;
    g_autoptr(GString) bytes = packed(&small);

    (void)state;
    assert_int_equal(bytes->str[rear_at], 1);
    for (unsigned known = 0; known <= RECORD_FIELD_MAX; known++) {
        bytes->str[rear_at] = (char)(known + 1);
        assert_true(record_post_get(bytes->str, bytes->len, &read));
        assert_int_equal(record_knows(&read, RECORD_FIELD_PATHS), known >= 1);
        assert_int_equal(record_knows(&read, RECORD_FIELD_BASE), known >= 4);
        record_post_clear(&read);
    }
}

static void what_is_no_record_of_ours_is_refused(void **state)
{
    static const uint8_t first_bytes[] = { 0, RECORD_FIELD_MAX + 2, 0xff };
    const size_t rear_at = 4 + 6 + 3 + 3 + 1;
    const PostRecord small = small_record();
    g_autoptr(GString) bytes = packed(&small);
    PostRecord read;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(first_bytes); i++) {
        bytes->str[rear_at] = (char)first_bytes[i];
        assert_false(record_post_get(bytes->str, bytes->len, &read));
    }
}

static unsigned digests_of(const PostRecord *record,
                           uint32_t digests[RECORD_PATHS_MAX])
{
    return record_path_digests(record, digests);
}

/* So a set whose parts were counted by two versions has each file once. */
static void paths_give_the_digests_that_older_records_hold(void **state)
{
    char *paths[] = { (char[]){ "fs/a.c" }, (char[]){ "fs/b.c" }, NULL };
    uint32_t old_paths[] = { link_path("fs/a.c"), link_path("fs/b.c") };
    PostRecord old = { .files = 2, .paths = old_paths, .path_count = 2 };
    PostRecord new = { .files = 2, .fields.paths = paths };
    uint32_t one[RECORD_PATHS_MAX], other[RECORD_PATHS_MAX];

    (void)state;
    assert_int_equal(digests_of(&old, one), 2);
    assert_int_equal(digests_of(&new, other), 2);
    assert_memory_equal(one, other, 2 * sizeof(uint32_t));
    new.files = 1;
    assert_int_equal(digests_of(&new, other), 1);
}

static void what_an_old_record_lacks_is_filled(void **state)
{
    PostRecord old = small_record(), newer = small_record();

    (void)state;
    old.path_count = 1;
    old.paths = g_new0(uint32_t, 1);
    old.fields.base_commit = g_strdup("1234567");
    newer.known = RECORD_FIELD_LAST;
    newer.fields.paths = g_strsplit("a.c", ",", -1);
    newer.fields.base_commit = g_strdup("7654321");
    assert_true(record_fill(&old, &newer));
    assert_string_equal(old.fields.paths[0], "a.c");
    assert_null(old.paths);
    assert_string_equal(old.fields.base_commit, "1234567");
    assert_true(record_knows(&old, RECORD_FIELD_LAST));
    assert_false(record_fill(&old, &newer));
    record_fields_clear(&old.fields);
    record_fields_clear(&newer.fields);
}

static void no_damaged_byte_reads_outside(void **state)
{
    const PostRecord full = full_record();
    g_autoptr(GString) bytes = packed(&full);

    (void)state;
    for (size_t i = 0; i < bytes->len; i++)
        for (unsigned value = 0; value < 256; value += 5) {
            const char kept = bytes->str[i];
            PostRecord read;

            bytes->str[i] = (char)value;
            if (record_post_get(bytes->str, bytes->len, &read))
                assert_in_range(read.kind, 0, POST_KINDS - 1);
            record_post_clear(&read);
            bytes->str[i] = kept;
        }
}

static void a_row_is_read_field_by_field(void **state)
{
    static const uint8_t bytes[RECORD_ROW_BYTES] = {
        0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x00, 0x00, 0x80, 0x09, 0x00,
        0x01, 0xff, 0xff, 0xff, 0x65, 0x81, 0x0a, 0x00, 0x00, 0xff, 0xff, 0xff,
    };
    PostRow row;

    (void)state;
    record_row_get(bytes, &row);
    assert_true(row.arrival_ms == INT64_C(0x060504030201));
    assert_true(row.post == 0x80000007);
    assert_int_equal(row.author, 0x010009);
    assert_int_equal(row.sender, 0xffffff);
    assert_int_equal(row.kind, POST_NOTICE);
    assert_int_equal(row.kind_of_bot, POST_BOT_REPORT);
    assert_int_equal(row.flags, 0x81);
    assert_int_equal(row.insertions, 10);
    assert_int_equal(row.deletions, 0xffffff);
}

static void an_unknown_kind_in_a_row_is_other(void **state)
{
    uint8_t bytes[RECORD_ROW_BYTES] = { 0 };
    PostRow row;

    (void)state;
    bytes[16] = 0xff;
    record_row_get(bytes, &row);
    assert_int_equal(row.kind, POST_OTHER);
    assert_int_equal(row.kind_of_bot, POST_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_packed_is_read),
        cmocka_unit_test(any_date_survives),
        cmocka_unit_test(a_plain_reply_costs_few_bytes_beyond_its_strings),
        cmocka_unit_test(no_cut_record_is_read_whole),
        cmocka_unit_test(a_record_with_bytes_behind_it_is_none),
        cmocka_unit_test(a_record_says_what_its_writer_knew),
        cmocka_unit_test(what_is_no_record_of_ours_is_refused),
        cmocka_unit_test(paths_give_the_digests_that_older_records_hold),
        cmocka_unit_test(what_an_old_record_lacks_is_filled),
        cmocka_unit_test(no_damaged_byte_reads_outside),
        cmocka_unit_test(a_row_is_read_field_by_field),
        cmocka_unit_test(an_unknown_kind_in_a_row_is_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
