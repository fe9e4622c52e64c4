/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "store/keys.h"
#include "store/maintain.h"
#include "tests/support/activity.h"
#include "tests/support/redis.h"

#include <string.h>

static const char *const list = test_list;
static const int64_t september = INT64_C(1759122000000); /* 2025-09-29 */
static const int64_t october = INT64_C(1759600000000);

static StoreOutcome count_at(TestRedis *redis, const Facts *facts,
                             const StorePosition *position)
{
    g_autoptr(Activity) activity = test_activity(facts);
    g_autoptr(GError) error = NULL;
    StoreItem item = { .activity = activity };

    if (position != NULL)
        item.position = *position;
    if (!store_count(redis->store, &item, 1, NULL, &error))
        fail_msg("%s", error->message);
    return item.outcome;
}

static StoreOutcome count(TestRedis *redis, const Facts *facts)
{
    return count_at(redis, facts, NULL);
}

static GArray *all_rows(const TestRedis *redis)
{
    g_autoptr(GError) error = NULL;
    GArray *rows = store_rows(redis->store, list, 0, INT64_MAX / 2, &error);

    if (rows == NULL)
        fail_msg("%s", error->message);
    return rows;
}

static PostRecord *read_post(GArray **records, const TestRedis *redis,
                             uint32_t post)
{
    g_autoptr(GError) error = NULL;

    *records = store_posts(redis->store, list, &post, 1, &error);
    if (*records == NULL)
        fail_msg("%s", error->message);
    return &g_array_index(*records, PostRecord, 0);
}

static void a_post_is_read_back_as_it_was_counted(void **state)
{
    TestRedis *redis = *state;
    const Facts facts = { .number = 7, .arrival_ms = september, .mark = 0x59 };
    const uint32_t first = 1;

    assert_int_equal(count(redis, &facts), STORE_COUNTED);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, 1);
    const PostRow *row = &g_array_index(rows, PostRow, 0);
    assert_int_equal(row->arrival_ms, september);
    assert_int_equal(row->post, 1);
    assert_int_equal(row->kind, POST_PATCH);
    assert_int_equal(row->insertions, 7);
    assert_int_equal(row->deletions, 1);

    g_autoptr(GArray) records = NULL;
    const PostRecord *record = read_post(&records, redis, 1);
    assert_int_equal(record->post, 1);
    assert_int_equal(record->arrival_ms, september);
    assert_int_equal(record->mark[0], 0x59);
    assert_string_equal(record->message_id, "7@example.org");

    g_autoptr(GPtrArray) texts =
        store_texts(redis->store, list, &first, 1, NULL);
    assert_string_equal(g_ptr_array_index(texts, 0), "text of 7");
    g_autoptr(GArray) people =
        store_people(redis->store, list, &row->author, 1, NULL);
    assert_string_equal(g_array_index(people, MailPerson, 0).address,
                        "a7@example.org");
    assert_string_equal(g_array_index(people, MailPerson, 0).raw,
                        " Some Body <a7@example.org>");
}

static void the_same_identity_is_counted_once(void **state)
{
    TestRedis *redis = *state;
    const Facts first = { .number = 1, .arrival_ms = september, .mark = 1 };
    const Facts again = { .number = 1,
                          .arrival_ms = september + 5000,
                          .mark = 1 };
    uint64_t duplicates = 0;

    assert_int_equal(count(redis, &first), STORE_COUNTED);
    assert_int_equal(count(redis, &again), STORE_DUPLICATE);
    assert_int_equal(count(redis, &again), STORE_DUPLICATE);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, 1);
    assert_true(store_duplicates(redis->store, list, september,
                                 september + 6000, &duplicates, NULL));
    assert_int_equal(duplicates, 2);
}

static void a_copy_in_a_month_without_posts_counts(void **state)
{
    TestRedis *redis = *state;
    const int64_t year_ms = INT64_C(370) * 24 * 3600 * 1000;
    const Facts first = { .number = 1,
                          .arrival_ms = september - year_ms,
                          .mark = 1 };
    const Facts again = { .number = 1, .arrival_ms = september, .mark = 1 };
    uint64_t duplicates = 0;

    assert_int_equal(count(redis, &first), STORE_COUNTED);
    assert_int_equal(count(redis, &again), STORE_DUPLICATE);
    assert_true(
        store_duplicates(redis->store, list, 0, INT64_MAX, &duplicates, NULL));
    assert_int_equal(duplicates, 1);
    assert_true(store_duplicates(redis->store, list, september,
                                 september + 6000, &duplicates, NULL));
    assert_int_equal(duplicates, 1);
    assert_true(store_duplicates(redis->store, list, september - year_ms,
                                 september, &duplicates, NULL));
    assert_int_equal(duplicates, 0);
}

static void the_earliest_copy_gives_arrival_and_mark(void **state)
{
    TestRedis *redis = *state;
    const Facts late = { .number = 1, .arrival_ms = october, .mark = 9 };
    const Facts other = { .number = 2, .arrival_ms = october + 1, .mark = 8 };
    const Facts early = { .number = 1, .arrival_ms = september, .mark = 3 };
    uint32_t post = 0;

    count(redis, &late);
    count(redis, &other);
    assert_int_equal(count(redis, &early), STORE_DUPLICATE);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, 2);
    assert_int_equal(g_array_index(rows, PostRow, 0).arrival_ms, september);
    assert_int_equal(g_array_index(rows, PostRow, 0).post, 1);
    assert_int_equal(g_array_index(rows, PostRow, 0).insertions, 1);
    g_autoptr(GArray) records = NULL;
    const PostRecord *record = read_post(&records, redis, 1);
    assert_int_equal(record->arrival_ms, september);
    assert_int_equal(record->mark[0], 3);
    assert_int_equal(record->mark[19], 3);
    assert_string_equal(record->subject, "[PATCH] subject 1");
    assert_true(store_find_mark(redis->store, list, "03030303", &post, NULL));
    assert_int_equal(post, 1);
    assert_true(store_find_mark(redis->store, list, "0909", &post, NULL));
    assert_int_equal(post, 1);

    g_autofree char *from =
        test_redis_cli(redis, "hget lp:{test.example.org}:month:202510 posts");
    g_autofree char *to =
        test_redis_cli(redis, "hget lp:{test.example.org}:month:202509 posts");
    assert_string_equal(from, "1\n");
    assert_string_equal(to, "1\n");
}

static void an_import_of_the_very_same_copy_moves_nothing(void **state)
{
    TestRedis *redis = *state;
    const Facts facts = { .number = 1, .arrival_ms = september, .mark = 1 };
    g_autoptr(Activity) activity = test_activity(&facts);
    StoreItem first = { .activity = activity },
              again = { .activity = activity };
    uint64_t duplicates = 0;

    activity->is_replay = true;
    assert_true(store_count(redis->store, &first, 1, NULL, NULL));
    assert_true(store_count(redis->store, &again, 1, NULL, NULL));
    assert_int_equal(again.outcome, STORE_KNOWN);
    assert_true(store_duplicates(redis->store, list, 0, INT64_MAX / 2,
                                 &duplicates, NULL));
    assert_int_equal(duplicates, 0);
}

static void a_row_behind_the_position_is_passed(void **state)
{
    TestRedis *redis = *state;
    const Facts one = { .number = 1, .arrival_ms = september, .mark = 1 };
    const Facts two = { .number = 2, .arrival_ms = september, .mark = 2 };
    const StorePosition at_five = { "journal", 5, 0 };
    const StorePosition at_nine = { "journal", 9, 5 };
    uint64_t row = 0;
    int64_t arrival_ms = 0;

    assert_int_equal(count_at(redis, &one, &at_five), STORE_COUNTED);
    assert_int_equal(count_at(redis, &one, &at_five), STORE_PASSED);
    assert_int_equal(count_at(redis, &two, &at_nine), STORE_COUNTED);
    assert_true(
        store_position(redis->store, list, "journal", &row, &arrival_ms, NULL));
    assert_int_equal(row, 9);
    assert_int_equal(arrival_ms, september);
}

static void a_missing_row_is_a_gap_and_counts_nothing(void **state)
{
    TestRedis *redis = *state;
    const Facts facts = { .number = 1, .arrival_ms = september, .mark = 1 };
    g_autoptr(Activity) activity = test_activity(&facts);
    g_autoptr(GError) error = NULL;
    StoreItem item = { .activity = activity, .position = { "journal", 9, 5 } };
    unsigned done = 1;

    assert_false(store_count(redis->store, &item, 1, &done, &error));
    assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_GAP));
    assert_int_equal(done, 0);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, 0);
}

static void a_flushed_script_is_loaded_again(void **state)
{
    TestRedis *redis = *state;
    const Facts one = { .number = 1, .arrival_ms = september, .mark = 1 };
    const Facts two = { .number = 2, .arrival_ms = september, .mark = 2 };

    assert_int_equal(count(redis, &one), STORE_COUNTED);
    g_free(test_redis_cli(redis, "script flush"));
    assert_int_equal(count(redis, &two), STORE_COUNTED);
}

static void posts_are_found_by_their_links(void **state)
{
    TestRedis *redis = *state;
    const Facts root = { .number = 1, .arrival_ms = september, .mark = 1 };
    const uint64_t keys[] = {
        link_key(LINK_ABOVE, test_id_digest(0x01)),
        link_key(LINK_SELF, test_id_digest(0x03)),
        link_key(LINK_SELF, test_id_digest(0x99)),
    };

    count(redis, &root);
    for (unsigned i = 2; i < 40; i++) {
        const Facts reply = {
            .number = i, .arrival_ms = september + i, .mark = i, .parent = 1
        };
        count(redis, &reply);
    }
    g_autoptr(StoreFound) found =
        store_find(redis->store, list, keys, G_N_ELEMENTS(keys), NULL);
    unsigned count_of;
    assert_non_null(found);
    const uint32_t *children = store_found(found, 0, &count_of);
    assert_int_equal(count_of, 38);
    for (unsigned i = 0; i < count_of; i++)
        assert_int_equal(children[i], i + 2);
    const uint32_t *third = store_found(found, 1, &count_of);
    assert_int_equal(count_of, 1);
    assert_int_equal(*third, 3);
    (void)store_found(found, 2, &count_of);
    assert_int_equal(count_of, 0);
}

static void a_short_mark_with_two_answers_is_ambiguous(void **state)
{
    TestRedis *redis = *state;
    g_autoptr(GError) ambiguous = NULL;
    g_autoptr(GError) unknown = NULL;
    const Facts one = { .number = 1, .arrival_ms = september, .mark = 0xaa };
    const Facts two = { .number = 2, .arrival_ms = september, .mark = 0xaa };
    uint32_t post = 0;

    count(redis, &one);
    count(redis, &two);
    assert_false(
        store_find_mark(redis->store, list, "aaaa", &post, &ambiguous));
    assert_true(g_error_matches(ambiguous, STORE_ERROR, STORE_ERROR_AMBIGUOUS));
    assert_false(store_find_mark(redis->store, list, "bbbb", &post, &unknown));
    assert_true(g_error_matches(unknown, STORE_ERROR, STORE_ERROR_UNKNOWN));
}

static int compare_lines(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A digest of all that a reader can see but numbers given on arrival. */
static char *fingerprint(const TestRedis *redis)
{
    g_autoptr(GString) seen = g_string_new(NULL);
    g_autoptr(GArray) rows = all_rows(redis);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);
        g_autoptr(GArray) records = NULL;
        const PostRecord *record = read_post(&records, redis, row->post);
        g_autoptr(GArray) firsts =
            store_firsts(redis->store, list, &row->author, 1, NULL);
        g_ptr_array_add(
            lines, g_strdup_printf(
                       "%" G_GINT64_FORMAT " %u %s %u %" G_GINT64_FORMAT,
                       row->arrival_ms, record->mark[0], record->subject,
                       row->insertions, g_array_index(firsts, int64_t, 0)));
    }
    g_ptr_array_sort(lines, compare_lines);
    for (unsigned i = 0; i < lines->len; i++)
        g_string_append_printf(seen, "%s\n",
                               (char *)g_ptr_array_index(lines, i));
    return g_string_free(g_steal_pointer(&seen), FALSE);
}

static void shuffle(Facts *facts, unsigned count_of, GRand *random)
{
    for (unsigned i = count_of - 1; i > 0; i--) {
        const unsigned other =
            (unsigned)g_rand_int_range(random, 0, (gint32)i + 1);
        const Facts swap = facts[i];
        facts[i] = facts[other];
        facts[other] = swap;
    }
}

static void the_order_of_arrival_does_not_matter(void **state)
{
    TestRedis *redis = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(42);
    g_autofree char *expected = NULL;
    Facts facts[60];

    for (unsigned i = 0; i < G_N_ELEMENTS(facts); i++) {
        /* Every third mail comes twice, over a month's end. */
        const unsigned number = i % 3 == 2 ? i - 1 : i;
        facts[i] = (Facts){
            .number = number + 1,
            .arrival_ms = (i % 2 == 0 ? september : october) + i,
            .mark = i + 1,
            .author = i % 5 == 0 ? "often@example.org" : NULL,
        };
        if (i % 3 == 2)
            facts[i].author = facts[i - 1].author;
    }
    for (int round = 0; round < 20; round++) {
        g_free(test_redis_cli(redis, "flushall"));
        for (unsigned i = 0; i < G_N_ELEMENTS(facts); i++)
            count(redis, &facts[i]);
        g_autofree char *got = fingerprint(redis);
        assert_non_null(strstr(got, "subject 59"));
        if (expected == NULL)
            expected = g_strdup(got);
        assert_string_equal(got, expected);
        shuffle(facts, G_N_ELEMENTS(facts), random);
    }
}

static void many_posts_cross_buckets_and_chunks(void **state)
{
    enum { POSTS = 5000 };
    TestRedis *redis = *state;
    g_autofree StoreItem *items = g_new0(StoreItem, POSTS);
    g_autoptr(GError) error = NULL;

    for (unsigned i = 0; i < POSTS; i++) {
        const Facts facts = { .number = i + 1,
                              .arrival_ms = september + i,
                              .mark = i % 251,
                              .author = "one@example.org" };
        items[i].activity = test_activity(&facts);
    }
    for (unsigned at = 0; at < POSTS; at += 250) {
        if (!store_count(redis->store, items + at, 250, NULL, &error))
            fail_msg("%s", error->message);
    }
    for (unsigned i = 0; i < POSTS; i++)
        activity_free((Activity *)(guintptr)items[i].activity);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, POSTS);
    for (unsigned i = 0; i < POSTS; i++)
        assert_int_equal(g_array_index(rows, PostRow, i).post, i + 1);
    g_autoptr(GArray) part =
        store_rows(redis->store, list, september + 100, september + 200, NULL);
    assert_int_equal(part->len, 100);
    const uint32_t wanted[] = { 4096, 63, 64, 4095, 5000 };
    g_autoptr(GArray) records =
        store_posts(redis->store, list, wanted, G_N_ELEMENTS(wanted), NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_int_equal(g_array_index(records, PostRecord, i).post, wanted[i]);
    const uint64_t key = link_key(LINK_SELF, test_id_digest(4999));
    g_autoptr(StoreFound) found = store_find(redis->store, list, &key, 1, NULL);
    unsigned count_of;
    (void)store_found(found, 0, &count_of);
    assert_int_equal(count_of, 1);
}

/* Mail goes on while a digest reads in rounds. */
static void a_reader_finds_what_came_into_a_bucket_since(void **state)
{
    TestRedis *redis = *state;
    const uint32_t first = 1, both[] = { 1, 2 };
    const Facts facts[] = {
        { .number = 7, .arrival_ms = september },
        { .number = 8, .arrival_ms = september + 1 },
    };
    g_autoptr(StorePosts) reading = store_posts_new(redis->store, list);
    const char *words;

    assert_int_equal(count(redis, &facts[0]), STORE_COUNTED);
    g_autoptr(GArray) before = store_posts_read(reading, &first, 1, NULL);
    assert_int_equal(g_array_index(before, PostRecord, 0).post, 1);
    assert_int_equal(count(redis, &facts[1]), STORE_COUNTED);
    g_autoptr(GArray) after = store_posts_read(reading, both, 2, NULL);
    for (unsigned i = 0; i < G_N_ELEMENTS(both); i++)
        assert_int_equal(g_array_index(after, PostRecord, i).post, both[i]);
    assert_int_equal(store_missing(redis->store, &words), 0);
}

/* All at once, as an import sends them; frees the activities. */
static unsigned count_all(TestRedis *redis, StoreItem *items, unsigned count_of,
                          GError **error)
{
    unsigned done = 0;

    if (store_count(redis->store, items, count_of, &done, error))
        done = count_of;
    for (unsigned i = 0; i < count_of; i++)
        activity_free((Activity *)(guintptr)items[i].activity);
    return done;
}

static StoreItem item_of(const Facts *facts)
{
    return (StoreItem){ .activity = test_activity(facts) };
}

static void assert_verified(const TestRedis *redis, uint64_t rows)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(StoreVerification) verification =
        store_verify(redis->store, list, "", &error);

    if (verification == NULL)
        fail_msg("%s", error->message);
    for (unsigned i = 0; i < verification->faults->len; i++)
        print_message("# %s\n",
                      (char *)g_ptr_array_index(verification->faults, i));
    assert_int_equal(verification->fault_count, 0);
    assert_int_equal(verification->rows, rows);
}

static void one_call_takes_new_posts_and_copies_alike(void **state)
{
    TestRedis *redis = *state;
    const Facts facts[] = {
        { .number = 1, .arrival_ms = october, .mark = 1 },
        { .number = 2, .arrival_ms = october + 2, .mark = 2 },
        { .number = 1, .arrival_ms = october + 3, .mark = 3 },
        { .number = 2, .arrival_ms = september, .mark = 4 },
        { .number = 3, .arrival_ms = october + 4, .mark = 5 },
        { .number = 2, .arrival_ms = september - 1, .mark = 6 },
        { .number = 4, .arrival_ms = september + 4, .mark = 7 },
    };
    const StoreOutcome outcomes[] = { STORE_COUNTED,   STORE_COUNTED,
                                      STORE_DUPLICATE, STORE_DUPLICATE,
                                      STORE_COUNTED,   STORE_DUPLICATE,
                                      STORE_COUNTED };
    StoreItem items[G_N_ELEMENTS(facts)];
    g_autoptr(GError) error = NULL;

    for (unsigned i = 0; i < G_N_ELEMENTS(facts); i++)
        items[i] = item_of(&facts[i]);
    count_all(redis, items, G_N_ELEMENTS(items), &error);
    assert_null(error);
    for (unsigned i = 0; i < G_N_ELEMENTS(items); i++)
        assert_int_equal(items[i].outcome, outcomes[i]);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, 4);
    assert_int_equal(g_array_index(rows, PostRow, 0).post, 2);
    assert_int_equal(g_array_index(rows, PostRow, 0).arrival_ms, september - 1);
    assert_verified(redis, 4);
}

static void a_gap_within_a_call_counts_what_is_before(void **state)
{
    TestRedis *redis = *state;
    const uint64_t previous[] = { 0, 10, 15, 30 };
    StoreItem items[G_N_ELEMENTS(previous)];
    g_autoptr(GError) error = NULL;

    for (unsigned i = 0; i < G_N_ELEMENTS(items); i++) {
        const Facts facts = { .number = i + 1,
                              .arrival_ms = september + i,
                              .mark = i + 1 };
        items[i] = item_of(&facts);
        items[i].position =
            (StorePosition){ "journal", 10 * ((uint64_t)i + 1), previous[i] };
    }
    assert_int_equal(count_all(redis, items, G_N_ELEMENTS(items), &error), 2);
    assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_GAP));
    assert_int_equal(items[1].outcome, STORE_COUNTED);
    assert_int_equal(items[2].outcome, STORE_PENDING);
    assert_int_equal(items[3].outcome, STORE_PENDING);
    assert_verified(redis, 2);
}

static void count_numbers(TestRedis *redis, unsigned from, unsigned until)
{
    g_autofree StoreItem *items = g_new0(StoreItem, until - from);
    g_autoptr(GError) error = NULL;

    for (unsigned i = from; i < until; i++) {
        const Facts facts = {
            .number = i,
            .arrival_ms = september + i,
            .mark = i % 251,
            .parent = i / 3,
            .author = i % 7 == 0 ? "often@example.org" : "one@example.org",
        };
        items[i - from] = item_of(&facts);
    }
    count_all(redis, items, until - from, &error);
    if (error != NULL)
        fail_msg("%s", error->message);
}

/* All entries of a bucket that is split may fall to one side: the other one
 * then is no key. */
static void assert_no_empty_strings(const TestRedis *redis)
{
    g_autofree char *empty = test_redis_cli(
        redis, "eval \"local n = 0 for _, key in ipairs(redis.call('KEYS', "
               "'*')) do if redis.call('TYPE', key).ok == 'string' and "
               "redis.call('STRLEN', key) == 0 then n = n + 1 end end "
               "return n\" 0");

    assert_string_equal(g_strchomp(empty), "0");
}

/* Each size is one at which some bucket has just been split, or is next. */
static void nothing_is_lost_when_buckets_are_split(void **state)
{
    static const unsigned sizes[] = { 500,  512,  2047, 2048,
                                      2056, 4100, 9000, 17000 };
    TestRedis *redis = *state;
    unsigned counted = 0;

    for (unsigned i = 0; i < G_N_ELEMENTS(sizes); i++) {
        while (counted < sizes[i]) {
            const unsigned until = MIN(counted + 250, sizes[i]);
            count_numbers(redis, counted + 1, until + 1);
            counted = until;
        }
        assert_verified(redis, sizes[i]);
        assert_no_empty_strings(redis);
    }
    const Facts again = { .number = 3,
                          .arrival_ms = october,
                          .mark = 3,
                          .author = "one@example.org" };
    assert_int_equal(count(redis, &again), STORE_DUPLICATE);
}

static void *count_on(void *data)
{
    TestRedis *redis = data;

    for (unsigned at = 3000; at < 9000; at += 40)
        count_numbers(redis, at, at + 40);
    return NULL;
}

static void a_reader_finds_all_while_buckets_are_split(void **state)
{
    TestRedis *redis = *state;
    TestRedis reading = *redis;
    const StoreOptions options = { .redis = "private", .state = redis->state };
    uint64_t keys[300];
    uint32_t last = 0;

    count_numbers(redis, 1, 3000);
    for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++)
        keys[i] = link_key(LINK_SELF, test_id_digest(9 * i + 1));
    reading.store = store_open(&options, NULL);
    assert_non_null(reading.store);
    GThread *writer = g_thread_new("writer", count_on, redis);
    while (last < 8990) {
        g_autoptr(GArray) rows = all_rows(&reading);
        g_autoptr(StoreFound) found =
            store_find(reading.store, list, keys, G_N_ELEMENTS(keys), NULL);
        assert_non_null(found);
        for (unsigned i = 0; i < G_N_ELEMENTS(keys); i++) {
            unsigned count_of;

            (void)store_found(found, i, &count_of);
            assert_int_equal(count_of, 1);
        }
        last = rows->len;
    }
    g_thread_join(writer);
    store_free(reading.store);
}

static void set_format(const TestRedis *redis, unsigned format)
{
    g_autofree char *command =
        g_strdup_printf("hset lp:{test.example.org}:meta format %u", format);

    g_free(test_redis_cli(redis, command));
}

/* What was counted since format 4 is read and goes on. */
static void the_oldest_format_is_read_and_brought_up(void **state)
{
    TestRedis *redis = *state;
    const Facts one = { .number = 1, .arrival_ms = september, .mark = 1 };
    const Facts two = { .number = 2, .arrival_ms = september, .mark = 2 };

    count(redis, &one);
    set_format(redis, LAYOUT_FORMAT_OLDEST);
    g_free(test_redis_cli(redis, "del lp:{test.example.org}:known"));
    g_autoptr(GArray) before = all_rows(redis);
    assert_int_equal(before->len, 1);
    assert_int_equal(count(redis, &two), STORE_COUNTED);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, 2);
    g_autofree char *format =
        test_redis_cli(redis, "hget lp:{test.example.org}:meta format");
    assert_int_equal(g_ascii_strtoull(format, NULL, 10), LAYOUT_FORMAT);
    /* one was counted by who knew nothing of fields */
    g_autofree char *known =
        test_redis_cli(redis, "strlen lp:{test.example.org}:known");
    assert_int_equal(g_ascii_strtoull(known, NULL, 10), 0);
}

static void a_newer_format_is_refused_clearly(void **state)
{
    TestRedis *redis = *state;
    const Facts one = { .number = 1, .arrival_ms = september, .mark = 1 };
    const Facts two = { .number = 2, .arrival_ms = september, .mark = 2 };
    g_autoptr(Activity) activity = test_activity(&two);
    g_autoptr(GError) of_rows = NULL;
    StoreItem item = { .activity = activity };

    count(redis, &one);
    set_format(redis, LAYOUT_FORMAT + 1);
    assert_true(store_count(redis->store, &item, 1, NULL, NULL));
    assert_int_equal(item.outcome, STORE_HELD);
    assert_non_null(strstr(store_held(redis->store, list), "newer listpulse"));
    assert_null(store_rows(redis->store, list, 0, INT64_MAX / 2, &of_rows));
    assert_true(g_error_matches(of_rows, STORE_ERROR, STORE_ERROR_SCHEMA));
    assert_non_null(strstr(of_rows->message, "update this one"));
}

/* known: the least that a record of a bucket knows, whoever wrote it. */
static void a_bucket_tells_what_all_of_it_knows(void **state)
{
    TestRedis *redis = *state;
    g_autofree char *known = NULL;

    count_numbers(redis, 1, 40);
    known = test_redis_cli(redis, "strlen lp:{test.example.org}:known");
    assert_int_equal(g_ascii_strtoull(known, NULL, 10), 2);
    for (unsigned number = 41; number <= 43; number++) {
        const Facts facts = { .number = number,
                              .arrival_ms = september,
                              .knows_nothing = number == 42 };
        g_autofree char *byte = NULL;

        count(redis, &facts);
        byte =
            test_redis_cli(redis, "getrange lp:{test.example.org}:known 1 1");
        assert_int_equal(byte[0], number < 42 ? RECORD_FIELD_LAST + 1 : 1);
    }
}

static bool is_packed(const TestRedis *redis, const char *key)
{
    g_autofree char *command =
        g_strdup_printf("getrange lp:{test.example.org}:%s 0 3", key);
    g_autofree char *head = test_redis_cli(redis, command);

    return g_str_has_prefix(head, "\x28\xb5\x2f\xfd");
}

static void assert_text(const TestRedis *redis, uint32_t post, const char *text)
{
    g_autoptr(GPtrArray) texts =
        store_texts(redis->store, list, &post, 1, NULL);

    assert_non_null(texts);
    assert_int_equal(g_strcmp0(g_ptr_array_index(texts, 0), text), 0);
}

static void the_texts_of_a_full_bucket_are_packed_as_one(void **state)
{
    TestRedis *redis = *state;
    const StoreErasure drop = { list, "", STORE_DROP_TEXT, NULL };
    const StoreErasure forget = { list, "", STORE_FORGET, NULL };
    const StoreErasure replace = { list, "", STORE_REPLACE_TEXT, "anew" };
    const uint32_t dropped = 5, forgotten = 6, replaced[] = { 5, 8, 39 };
    uint64_t erased = 0;

    count_numbers(redis, 1, 40);
    assert_true(is_packed(redis, "texts:0"));
    assert_false(is_packed(redis, "texts:1"));
    assert_text(redis, 7, "text of 7");
    assert_text(redis, 39, "text of 39");
    assert_true(
        store_erase_posts(redis->store, &drop, &dropped, 1, &erased, NULL));
    assert_int_equal(erased, 1);
    assert_true(
        store_erase_posts(redis->store, &forget, &forgotten, 1, &erased, NULL));
    assert_int_equal(erased, 1);
    assert_true(
        store_erase_posts(redis->store, &replace, replaced, 3, &erased, NULL));
    assert_int_equal(erased, 2); /* where there is none, none comes */
    assert_true(is_packed(redis, "texts:0"));
    assert_text(redis, 5, NULL);
    assert_text(redis, 6, NULL);
    assert_text(redis, 7, "text of 7");
    assert_text(redis, 8, "anew");
    assert_text(redis, 39, "anew");
    assert_text(redis, 38, "text of 38");
}

/* A mail that was counted by who knew nothing of fields, read again. */
static void an_import_fills_what_is_lacking(void **state)
{
    TestRedis *redis = *state;
    const uint64_t inner = UINT64_C(0x123456789abc);
    const uint64_t key = link_key(LINK_SELF, inner);

    for (unsigned number = 1; number <= 40; number++) {
        const Facts facts = { .number = number,
                              .arrival_ms = september + number,
                              .mark = number,
                              .knows_nothing = true };

        assert_int_equal(count(redis, &facts), STORE_COUNTED);
    }
    for (unsigned number = 1; number <= 40; number++) {
        const Facts facts = { .number = number,
                              .arrival_ms = september + number,
                              .mark = number,
                              .inner = number == 9 ? inner : 0,
                              .is_replay = true };

        assert_int_equal(count(redis, &facts), STORE_KNOWN);
        assert_int_equal(count(redis, &facts), STORE_KNOWN);
    }
    assert_true(is_packed(redis, "posts:0"));
    g_autoptr(GArray) records = NULL;
    const PostRecord *record = read_post(&records, redis, 9);
    assert_true(record->fields.inner_link == inner);
    assert_true(record_knows(record, RECORD_FIELD_LAST));
    g_autoptr(StoreFound) found = store_find(redis->store, list, &key, 1, NULL);
    unsigned count_of;
    const uint32_t *posts = store_found(found, 0, &count_of);
    assert_int_equal(count_of, 1);
    assert_int_equal(*posts, 9);
    g_autofree char *known =
        test_redis_cli(redis, "getrange lp:{test.example.org}:known 0 1");
    assert_int_equal(known[0], RECORD_FIELD_LAST + 1);
    assert_int_equal(known[1], RECORD_FIELD_LAST + 1);
    assert_verified(redis, 40);
}

static void a_format_from_before_is_refused(void **state)
{
    TestRedis *redis = *state;
    const Facts one = { .number = 1, .arrival_ms = september, .mark = 1 };
    const Facts two = { .number = 2, .arrival_ms = september, .mark = 2 };
    const uint64_t key = link_key(LINK_SELF, test_id_digest(1));
    g_autoptr(Activity) activity = test_activity(&two);
    g_autoptr(GError) of_find = NULL;
    g_autoptr(GError) of_rows = NULL;
    StoreItem item = { .activity = activity };

    count(redis, &one);
    set_format(redis, LAYOUT_FORMAT_OLDEST - 1);
    assert_null(store_find(redis->store, list, &key, 1, &of_find));
    assert_true(g_error_matches(of_find, STORE_ERROR, STORE_ERROR_SCHEMA));
    assert_non_null(strstr(of_find->message, "import it again"));
    assert_true(store_count(redis->store, &item, 1, NULL, NULL));
    assert_int_equal(item.outcome, STORE_HELD);
    assert_non_null(strstr(store_held(redis->store, list), "import it again"));
    assert_null(store_rows(redis->store, list, 0, INT64_MAX / 2, &of_rows));
    assert_true(g_error_matches(of_rows, STORE_ERROR, STORE_ERROR_SCHEMA));
    set_format(redis, LAYOUT_FORMAT);
    g_autoptr(GArray) rows = all_rows(redis);
    assert_int_equal(rows->len, 1);
}

/* The rows of a month lie in four chunks; some came from another one. */
static void a_row_is_found_wherever_it_lies(void **state)
{
    TestRedis *redis = *state;
    static const unsigned moved[] = { 1, 169, 170, 171, 340, 599, 600 };
    const StoreErasure erasure = { .list = list, .prefix = "" };
    uint64_t erased = 0;

    count_numbers(redis, 1, 601);
    for (int step = 0; step < 3; step++) {
        /* to the month before, back and forth within a month, then on */
        static const int64_t to[] = { INT64_C(1756000000000),
                                      INT64_C(1755999990000),
                                      INT64_C(1753000000000) };
        for (unsigned i = 0; i < G_N_ELEMENTS(moved); i++) {
            const Facts facts = {
                .number = moved[i],
                .arrival_ms = to[step] + moved[i],
                .mark = moved[i] % 251,
                .parent = moved[i] / 3,
                .author =
                    moved[i] % 7 == 0 ? "often@example.org" : "one@example.org",
            };
            assert_int_equal(count(redis, &facts), STORE_DUPLICATE);
        }
        assert_verified(redis, 600);
    }
    const uint32_t posts[] = { 1, 2, 169, 341, 600 };
    assert_true(store_erase_posts(redis->store, &erasure, posts,
                                  G_N_ELEMENTS(posts), &erased, NULL));
    assert_int_equal(erased, G_N_ELEMENTS(posts));
    assert_verified(redis, 600 - G_N_ELEMENTS(posts));
}

static void lists_and_facts_are_told(void **state)
{
    TestRedis *redis = *state;
    const Facts one = { .number = 1, .arrival_ms = october, .mark = 1 };
    const Facts two = { .number = 2, .arrival_ms = september, .mark = 2 };

    count(redis, &one);
    count(redis, &two);
    g_autoptr(GPtrArray) lists = store_lists(redis->store, NULL);
    assert_int_equal(lists->len, 1);
    assert_string_equal(g_ptr_array_index(lists, 0), list);
    StoreListInfo *info = store_list_info(redis->store, list, true, NULL);
    assert_int_equal(info->posts, 2);
    assert_int_equal(info->people, 2);
    assert_int_equal(info->first_ms, september);
    assert_int_equal(info->last_ms, october);
    assert_true(info->bytes > 500);
    store_list_info_free(info);
    assert_true(store_fact_set(redis->store, "lp:cursor", "me", "now", NULL));
    g_autofree char *fact =
        store_fact_get(redis->store, "lp:cursor", "me", NULL);
    assert_string_equal(fact, "now");
}

static void count_some(TestRedis *redis)
{
    for (unsigned i = 1; i <= 100; i++) {
        const Facts facts = {
            .number = i,
            .arrival_ms = (i % 2 == 0 ? september : october) + i,
            .mark = i,
            .parent = i / 3,
            .author = i % 7 == 0 ? "Often@example.org" : NULL,
        };
        count(redis, &facts);
    }
}

static void counters_agree_with_the_posts(void **state)
{
    TestRedis *redis = *state;
    const Facts early = {
        .number = 50, .arrival_ms = september - 5, .mark = 1, .parent = 50 / 3
    };
    const Facts other_month = {
        .number = 51, .arrival_ms = september - 5, .mark = 1, .parent = 51 / 3
    };

    count_some(redis);
    count(redis, &early);
    count(redis, &other_month);
    assert_verified(redis, 100);
}

static void a_wrong_counter_is_found(void **state)
{
    TestRedis *redis = *state;

    count_some(redis);
    g_free(test_redis_cli(
        redis, "hincrby lp:{test.example.org}:month:202509 patch 1"));
    g_autoptr(StoreVerification) verification =
        store_verify(redis->store, list, "", NULL);
    assert_int_equal(verification->fault_count, 1);
    assert_string_equal(g_ptr_array_index(verification->faults, 0),
                        "month:202509 patch is 51, should be 50");
}

static void an_erased_author_leaves_no_trace(void **state)
{
    TestRedis *redis = *state;
    g_autoptr(GArray) mine = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    const StoreErasure erasure = { .list = list, .prefix = "" };
    uint64_t erased = 0;

    count_some(redis);
    g_autoptr(GArray) people =
        store_people_at(redis->store, list, "often@example.org", NULL);
    assert_int_equal(people->len, 1);
    const uint32_t person = g_array_index(people, uint32_t, 0);
    g_autoptr(GArray) rows = all_rows(redis);
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);
        if (row->author == person)
            g_array_append_val(mine, row->post);
    }
    assert_true(store_erase_posts(redis->store, &erasure,
                                  (const uint32_t *)(gpointer)mine->data,
                                  mine->len, &erased, NULL));
    assert_int_equal(erased, 14);
    assert_true(store_erase_people(redis->store, list, &person, 1, NULL));
    assert_verified(redis, 86);
    g_autoptr(GArray) after =
        store_people_at(redis->store, list, "often@example.org", NULL);
    assert_int_equal(after->len, 0);
    const Facts again = { .number = 7,
                          .arrival_ms = october + 7,
                          .mark = 7,
                          .author = "Often@example.org" };
    assert_int_equal(count(redis, &again), STORE_KNOWN);
    assert_verified(redis, 86);
}

static void old_posts_go_and_their_counters_stay(void **state)
{
    TestRedis *redis = *state;
    const StoreRetention retention = { .list = list,
                                       .prefix = "",
                                       .posts_before_ms = september + 51,
                                       .text_before_ms = september + 61,
                                       .limit = 10 };
    const uint32_t last_old = 60, first_new = 62;
    uint64_t dropped = 0;
    unsigned rounds = 0;

    count_some(redis);
    do {
        assert_true(store_retain(redis->store, &retention, &dropped, NULL));
        rounds++;
    } while (dropped == retention.limit);
    assert_in_range(rounds, 3, 4);
    assert_verified(redis, 75);
    g_autoptr(GPtrArray) gone =
        store_texts(redis->store, list, &last_old, 1, NULL);
    g_autoptr(GPtrArray) kept =
        store_texts(redis->store, list, &first_new, 1, NULL);
    assert_null(g_ptr_array_index(gone, 0));
    assert_non_null(g_ptr_array_index(kept, 0));
    g_autofree char *posts =
        test_redis_cli(redis, "hget lp:{test.example.org}:month:202509 posts");
    assert_string_equal(posts, "50\n");
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(a_post_is_read_back_as_it_was_counted),
        redis_test(the_same_identity_is_counted_once),
        redis_test(a_copy_in_a_month_without_posts_counts),
        redis_test(the_earliest_copy_gives_arrival_and_mark),
        redis_test(an_import_of_the_very_same_copy_moves_nothing),
        redis_test(a_row_behind_the_position_is_passed),
        redis_test(a_missing_row_is_a_gap_and_counts_nothing),
        redis_test(a_flushed_script_is_loaded_again),
        redis_test(posts_are_found_by_their_links),
        redis_test(a_short_mark_with_two_answers_is_ambiguous),
        redis_test(the_order_of_arrival_does_not_matter),
        redis_test(many_posts_cross_buckets_and_chunks),
        redis_test(a_reader_finds_what_came_into_a_bucket_since),
        redis_test(one_call_takes_new_posts_and_copies_alike),
        redis_test(a_gap_within_a_call_counts_what_is_before),
        redis_test(nothing_is_lost_when_buckets_are_split),
        redis_test(a_reader_finds_all_while_buckets_are_split),
        redis_test(the_oldest_format_is_read_and_brought_up),
        redis_test(a_newer_format_is_refused_clearly),
        redis_test(a_bucket_tells_what_all_of_it_knows),
        redis_test(the_texts_of_a_full_bucket_are_packed_as_one),
        redis_test(an_import_fills_what_is_lacking),
        redis_test(a_format_from_before_is_refused),
        redis_test(a_row_is_found_wherever_it_lies),
        redis_test(lists_and_facts_are_told),
        redis_test(counters_agree_with_the_posts),
        redis_test(a_wrong_counter_is_found),
        redis_test(an_erased_author_leaves_no_trace),
        redis_test(old_posts_go_and_their_counters_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
