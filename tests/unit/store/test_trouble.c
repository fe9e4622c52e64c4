/* SPDX-License-Identifier: MIT */
/* What the world around a list may do to it: another program's data, lost
 * keys, an ACL, a Redis that drops keys; copies that say something else. */
#include "tests/support/unit.h"

#include "store/keys.h"
#include "store/maintain.h"
#include "tests/support/activity.h"
#include "tests/support/redis.h"

#include <string.h>

static const char *const list = test_list;
static const char other_list[] = "other.example.org";
static const int64_t september = INT64_C(1759122000000); /* 2025-09-29 */
static const int64_t day_ms = INT64_C(24) * 60 * 60 * 1000;

enum { COPIES = 400, MAILS = 12, MONTHS_DAYS = 100 };

static StoreItem item_of(const Facts *facts)
{
    return (StoreItem){ .activity = test_activity(facts) };
}

static void item_clear(StoreItem *item)
{
    activity_free((Activity *)(guintptr)item->activity);
}

static StoreOutcome count(TestRedis *redis, const Facts *facts)
{
    StoreItem item = item_of(facts);
    g_autoptr(GError) error = NULL;

    if (!store_count(redis->store, &item, 1, NULL, &error))
        fail_msg("%s", error->message);
    item_clear(&item);
    return item.outcome;
}

/* Counts the mails from first on, 40 of them. */
static void count_forty(TestRedis *redis, const char *of_list, unsigned first)
{
    for (unsigned i = 0; i < 40; i++) {
        const Facts facts = { .list = of_list,
                              .number = first + i,
                              .arrival_ms = september + first + i,
                              .mark = first + i };
        assert_int_equal(count(redis, &facts), STORE_COUNTED);
    }
}

static void assert_verified(TestRedis *redis, const char *of_list,
                            uint64_t posts)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(StoreVerification) found =
        store_verify(redis->store, of_list, "", &error);

    if (found == NULL)
        fail_msg("%s", error->message);
    if (found->fault_count > 0)
        fail_msg("%s", (const char *)found->faults->pdata[0]);
    assert_int_equal(found->records, posts);
}

static void redis_does(const TestRedis *redis, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

static void redis_does(const TestRedis *redis, const char *format, ...)
{
    va_list words;

    va_start(words, format);
    g_autofree char *command = g_strdup_vprintf(format, words);
    va_end(words);
    g_free(test_redis_cli(redis, command));
}

/* --- copies that say something else ------------------------------------ */

static void an_earlier_copy_moves_what_was_counted(void **state)
{
    TestRedis *redis = *state;

    for (unsigned text = 0; text <= POST_KINDS; text++) {
        const Facts first = { .number = text + 1,
                              .text = text,
                              .arrival_ms = september + 10 * day_ms,
                              .mark = 1 };
        const Facts earlier = { .number = text + 1,
                                .text = text + 3,
                                .arrival_ms = september,
                                .mark = 2 };
        count(redis, &first);
        assert_int_equal(count(redis, &earlier), STORE_DIFFERING);
        assert_verified(redis, list, text + 1);
    }
}

static void no_order_of_copies_makes_a_counter_wrong(void **state)
{
    TestRedis *redis = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    for (unsigned i = 0; i < COPIES; i++) {
        const Facts copy = {
            .number = 1 + (unsigned)g_rand_int_range(random, 0, MAILS),
            .text = (unsigned)g_rand_int_range(random, 0, 9),
            .arrival_ms =
                september + day_ms * g_rand_int_range(random, 0, MONTHS_DAYS),
            .mark = (unsigned)g_rand_int_range(random, 0, 256),
        };
        count(redis, &copy);
    }
    assert_verified(redis, list, MAILS);
}

/* --- a list that cannot be counted --------------------------------------- */

/* Counts a mail for each of the two lists; true if only `list` is held. */
static bool holds(TestRedis *redis, unsigned number, char **why)
{
    const Facts mine = { .number = number,
                         .arrival_ms = september + number,
                         .mark = number };
    const Facts others = { .list = other_list,
                           .number = number,
                           .arrival_ms = september + number,
                           .mark = number };
    StoreItem items[] = { item_of(&mine), item_of(&others) };
    g_autoptr(GError) error = NULL;

    if (!store_count(redis->store, items, 2, NULL, &error))
        fail_msg("%s", error->message);
    item_clear(&items[0]);
    item_clear(&items[1]);
    assert_null(store_held(redis->store, other_list));
    assert_int_equal(items[1].outcome, STORE_COUNTED);
    *why = g_strdup(store_held(redis->store, list));
    return items[0].outcome == STORE_HELD && *why != NULL;
}

/* A key of the list becomes what another program may have put there; it is
 * held, and when the key is back nothing is lost and nothing doubled. */
static void other_data_holds_one_list_and_tears_nothing(void **state)
{
    TestRedis *redis = *state;
    static const char *const rests[] = {
        "meta",           "rows",        "month:202509",  "senders:202509",
        "authors:202509", "dups:202509", "rows:202509:0", "people",
        "person",         "address",     "same",          "firsts",
        "posts:1",        "texts:1",
    };

    count_forty(redis, list, 1);
    for (unsigned i = 0; i < G_N_ELEMENTS(rests); i++) {
        g_autofree char *why = NULL;
        g_autofree char *key = keys_of_list(list, rests[i]);

        redis_does(redis, "rename %s aside", key);
        redis_does(redis, "sadd %s other", key);
        if (!holds(redis, 100 + i, &why))
            fail_msg("%s: not held", key);
        redis_does(redis, "del %s", key);
        redis_does(redis, "rename aside %s", key);
        assert_verified(redis, list, 40 + i);
        const Facts again = { .number = 100 + i,
                              .arrival_ms = september + 100 + i,
                              .mark = 100 + i };
        assert_int_equal(count(redis, &again), STORE_COUNTED);
        assert_verified(redis, list, 41 + i);
    }
}

static void a_lost_key_is_noticed_by_the_next_call(void **state)
{
    TestRedis *redis = *state;
    static const char *const rests[] = { "meta", "rows", "same", "firsts",
                                         "person" };

    count_forty(redis, list, 1);
    for (unsigned i = 0; i < G_N_ELEMENTS(rests); i++) {
        g_autofree char *why = NULL;
        g_autofree char *key = keys_of_list(list, rests[i]);

        redis_does(redis, "rename %s aside", key);
        if (!holds(redis, 100 + i, &why))
            fail_msg("%s: not noticed", key);
        assert_non_null(strstr(why, rests[i]));
        redis_does(redis, "rename aside %s", key);
    }
    assert_verified(redis, list, 40);
}

/* Whichever bucket a mail's identity falls into. */
static void a_lost_bucket_of_identities_is_noticed(void **state)
{
    TestRedis *redis = *state;
    unsigned noticed = 0;

    count_forty(redis, list, 1);
    for (unsigned bucket = 0; bucket < 16; bucket++)
        redis_does(redis, "rename lp:{%s}:seen:4:%u aside%u", list, bucket,
                   bucket);
    for (unsigned i = 0; i < 20; i++) {
        g_autofree char *why = NULL;

        noticed += holds(redis, 100 + i, &why) && strstr(why, "seen:") != NULL;
    }
    assert_int_equal(noticed, 20);
    for (unsigned bucket = 0; bucket < 16; bucket++)
        redis_does(redis, "rename aside%u lp:{%s}:seen:4:%u", bucket, list,
                   bucket);
    assert_verified(redis, list, 40);
}

/* A list that was begun before its empty buckets were kept. */
static void an_older_list_gets_its_empty_buckets(void **state)
{
    TestRedis *redis = *state;
    const Facts one = { .number = 1, .arrival_ms = september, .mark = 1 };

    count(redis, &one);
    redis_does(redis, "hdel lp:{%s}:meta whole", list);
    g_autofree char *dropped =
        test_redis_cli(redis, "eval \"local n = 0 for i = 0, 15 do local k = "
                              "'lp:{test.example.org}:seen:4:' .. i if "
                              "redis.call('STRLEN', k) == 0 then n = n + "
                              "redis.call('DEL', k) end end return n\" 0");
    assert_string_equal(dropped, "15\n");
    count_forty(redis, list, 2);
    assert_verified(redis, list, 41);
    g_autofree char *there = test_redis_cli(
        redis, "eval \"local n = 0 for i = 0, 15 do n = n + "
               "redis.call('EXISTS', 'lp:{test.example.org}:seen:4:' .. i) end "
               "return n\" 0");
    assert_string_equal(there, "16\n");
}

/* --- rights --------------------------------------------------------------- */

extern const char store_count_commands[], store_erase_commands[],
    store_swap_commands[];

static void one_command_less_denies_all_and_tears_nothing(void **state)
{
    TestRedis *redis = *state;
    g_auto(GStrv) names = g_strsplit(store_count_commands, " ", -1);

    count_forty(redis, list, 1);
    for (unsigned i = 0; names[i] != NULL; i++) {
        g_autofree char *name = g_ascii_strdown(names[i], -1);
        g_autofree char *expected = g_strdup_printf("denied: %s", name);
        const Facts facts = { .number = 100 + i,
                              .arrival_ms = september + 100 + i,
                              .mark = 100 + i };
        StoreItem item = item_of(&facts);
        g_autoptr(GError) at_start = NULL;
        g_autoptr(GError) at_work = NULL;

        redis_does(redis, "acl setuser default -%s", name);
        assert_false(store_check_writing(redis->store, &at_start));
        assert_true(g_error_matches(at_start, STORE_ERROR, STORE_ERROR_DENIED));
        assert_non_null(strstr(at_start->message, expected));
        assert_false(store_count(redis->store, &item, 1, NULL, &at_work));
        assert_true(g_error_matches(at_work, STORE_ERROR, STORE_ERROR_DENIED));
        assert_non_null(strstr(at_work->message, expected));
        redis_does(redis, "acl setuser default +%s", name);
        assert_verified(redis, list, 40 + i);
        assert_true(store_check_writing(redis->store, NULL));
        assert_true(store_count(redis->store, &item, 1, NULL, NULL));
        assert_int_equal(item.outcome, STORE_COUNTED);
        item_clear(&item);
        assert_verified(redis, list, 41 + i);
    }
}

static void all_that_is_denied_is_named(void **state)
{
    TestRedis *redis = *state;
    g_autoptr(GError) error = NULL;

    assert_true(store_check_writing(redis->store, NULL));
    redis_does(redis, "acl setuser default -zincrby -sadd -setbit");
    assert_false(store_check_writing(redis->store, &error));
    assert_non_null(strstr(error->message, "denied: sadd, setbit, zincrby:"));
}

static void a_redis_that_drops_keys_is_refused(void **state)
{
    TestRedis *redis = *state;
    static const char *const policies[] = { "allkeys-lru", "volatile-ttl" };

    for (unsigned i = 0; i < G_N_ELEMENTS(policies); i++) {
        const StoreOptions options = { .redis = "private",
                                       .state = redis->state,
                                       .allow_eviction = true };
        g_autoptr(Store) allowing = store_open(&options, NULL);
        g_autoptr(GError) error = NULL;

        redis_does(redis, "config set maxmemory-policy %s", policies[i]);
        assert_false(store_check_writing(redis->store, &error));
        assert_true(g_error_matches(error, STORE_ERROR, STORE_ERROR_EVICTS));
        assert_non_null(strstr(error->message, policies[i]));
        assert_true(store_check_writing(allowing, NULL));
        redis_does(redis, "config set maxmemory-policy noeviction");
        assert_true(store_check_writing(redis->store, NULL));
    }
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(an_earlier_copy_moves_what_was_counted),
        redis_test(no_order_of_copies_makes_a_counter_wrong),
        redis_test(other_data_holds_one_list_and_tears_nothing),
        redis_test(a_lost_key_is_noticed_by_the_next_call),
        redis_test(a_lost_bucket_of_identities_is_noticed),
        redis_test(an_older_list_gets_its_empty_buckets),
        redis_test(one_command_less_denies_all_and_tears_nothing),
        redis_test(all_that_is_denied_is_named),
        redis_test(a_redis_that_drops_keys_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
