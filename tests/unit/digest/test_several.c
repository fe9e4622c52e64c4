/* SPDX-License-Identifier: MIT */
/*
 * A digest of two lists that share half of their mail, against the digest of
 * one list that has all of it once.
 */
#include "tests/support/unit.h"

#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <stdlib.h>
#include <string.h>

enum { INTERVALS = 50, GENERATED = 3000, LATE_MS = 30 * 1000, TOP = 15 };

static const int64_t DAY_MS = INT64_C(86400000);
static const int64_t FROM_MS = INT64_C(1554076800000);
static const int64_t UNTIL_MS = INT64_C(1746057600000);
static const char first[] = "first.example.org";
static const char second[] = "second.example.org";
static const char both[] = "first,second";
static const char whole[] = "whole.example.org";

static bool is_of_first(unsigned mail)
{
    return mail % 3 != 0;
}

static bool is_of_second(unsigned mail)
{
    return mail % 2 == 0 || mail % 3 == 0;
}

/* What comes to the second list comes there later. */
static GPtrArray *count_list(Store *store, const char *list,
                             bool (*is_of)(unsigned), int64_t late_ms)
{
    GPtrArray *posts =
        generated_posts(list, generated_seed(), GENERATED, FROM_MS, UNTIL_MS);
    g_autoptr(GPtrArray) own = g_ptr_array_new();

    for (unsigned i = 0; i < posts->len; i++) {
        Activity *activity = posts->pdata[i];

        if (is_of != NULL && !is_of(i))
            continue;
        /* where it is alone, it is as it is on the whole list */
        if (is_of != NULL && is_of_first(i))
            activity->arrival_ms += late_ms;
        g_ptr_array_add(own, activity);
    }
    test_count_posts(store, own);
    return posts;
}

static Digest *digest_of(Store *store, const char *list, int64_t from_ms,
                         int64_t until_ms, const ListSettings *const *several)
{
    const IntervalRequest interval = { .has_from = true,
                                       .has_until = true,
                                       .from_ms = from_ms,
                                       .until_ms = until_ms };
    const DigestRequest request = { .interval = &interval,
                                    .several = several,
                                    .sections = SECTION_ALL,
                                    .waiting_days = 90,
                                    .now_ms = until_ms };

    return test_digest_asked(store, list, &request);
}

static void compare_totals(const DigestTotals *found,
                           const DigestTotals *expected)
{
    assert_int_equal(found->posts, expected->posts);
    assert_int_equal(found->patches, expected->patches);
    assert_int_equal(found->covers, expected->covers);
    assert_int_equal(found->pulls, expected->pulls);
    assert_int_equal(found->replies, expected->replies);
    assert_int_equal(found->notices, expected->notices);
    assert_int_equal(found->bot_reports, expected->bot_reports);
    assert_int_equal(found->other, expected->other);
    assert_int_equal(found->people, expected->people);
    assert_int_equal(found->authors, expected->authors);
    assert_int_equal(found->new_people, expected->new_people);
    assert_int_equal(found->patch_sets, expected->patch_sets);
    assert_int_equal(found->insertions, expected->insertions);
}

static void compare_counts(const GPtrArray *found, const GPtrArray *expected)
{
    assert_int_equal(found->len, expected->len);
    for (unsigned i = 0; i < found->len; i++) {
        const DigestCount *one = found->pdata[i], *other = expected->pdata[i];

        assert_string_equal(one->who.name, other->who.name);
        assert_int_equal(one->count, other->count);
        assert_int_equal(one->tags, other->tags);
    }
}

static int compare_ids(gconstpointer one, gconstpointer other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* Message-IDs and what is told of the sets, in one order. */
static char *sets_in_words(const GPtrArray *sets)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];

        g_ptr_array_add(words,
                        g_strdup_printf("%s %s %u/%u %u %s %s", set->message_id,
                                        digest_state_name(set->state),
                                        set->parts_seen, set->parts_total,
                                        set->reviewed,
                                        set->superseded_by != NULL ? "old" : "",
                                        set->applied != NULL ? "applied" : ""));
    }
    g_ptr_array_sort(words, compare_ids);
    g_ptr_array_add(words, NULL);
    return g_strjoinv("\n", (char **)words->pdata);
}

static void compare_sets(const GPtrArray *found, const GPtrArray *expected)
{
    g_autofree char *one = sets_in_words(found);
    g_autofree char *other = sets_in_words(expected);

    assert_string_equal(one, other);
}

static void compare(Store *store, int64_t from_ms, int64_t until_ms)
{
    ListSettings one = { .id = (char *)(uintptr_t)first,
                         .name = (char[]){ "first" },
                         .archive = (char[]){ "https://one/{message-id}" } };
    ListSettings other = { .id = (char *)(uintptr_t)second,
                           .name = (char[]){ "second" },
                           .archive = (char[]){ "https://two/{message-id}" } };
    const ListSettings *const several[] = { &one, &other, NULL };
    g_autoptr(Digest) found =
        digest_of(store, both, from_ms, until_ms, several);
    g_autoptr(Digest) expected =
        digest_of(store, whole, from_ms, until_ms, NULL);

    compare_totals(&found->totals, &expected->totals);
    compare_counts(found->contributors, expected->contributors);
    compare_counts(found->reviewers, expected->reviewers);
    compare_counts(found->domains, expected->domains);
    compare_sets(found->sets, expected->sets);
    compare_sets(found->applied, expected->applied);
    compare_sets(found->waiting, expected->waiting);
    assert_int_equal(found->threads->len, expected->threads->len);
    assert_int_equal(found->lists->len, 2);
    for (unsigned i = 0; i < found->sets->len; i++) {
        const DigestSet *set = found->sets->pdata[i];

        assert_non_null(set->lists[0]);
        assert_true(g_str_has_prefix(
            set->url, strcmp(set->lists[0], "first") == 0 ? "https://one/"
                                                          : "https://two/"));
    }
}

/* No copy straddles a start: of two that do, the one inside would count. */
static int64_t quiet_start(const GPtrArray *posts, int64_t from_ms)
{
    for (unsigned i = 0; i < posts->len; i++) {
        const int64_t arrival_ms = ((Activity *)posts->pdata[i])->arrival_ms;

        if (arrival_ms <= from_ms && arrival_ms + 2 * LATE_MS >= from_ms)
            from_ms = arrival_ms + 2 * LATE_MS + 1;
    }
    return from_ms;
}

static void lists_that_share_mail_are_read_as_one(void **state)
{
    static const int days[] = { 3, 20, 90, 700 };
    const TestRedis *redis = *state;
    const char *const lists[] = { first, second, NULL };
    g_autoptr(GRand) random = g_rand_new_with_seed(15);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) one = count_list(redis->store, first, is_of_first, 0);
    g_autoptr(GPtrArray) other =
        count_list(redis->store, second, is_of_second, LATE_MS);
    g_autoptr(GPtrArray) all = count_list(redis->store, whole, NULL, 0);

    assert_true(one->len + other->len > all->len);
    assert_true(store_join(redis->store, both, lists, &error));
    compare(redis->store, 0, UNTIL_MS + DAY_MS);
    for (unsigned i = 0; i < INTERVALS; i++) {
        const int64_t from_ms =
            quiet_start(all, FROM_MS + (int64_t)(g_rand_double(random) *
                                                 (double)(UNTIL_MS - FROM_MS)));
        const int64_t until_ms =
            quiet_start(all, from_ms + (int64_t)(g_rand_double(random) *
                                                 days[i % G_N_ELEMENTS(days)] *
                                                 (double)DAY_MS));

        compare(redis->store, from_ms, until_ms);
    }
}

static void what_comes_after_lists_were_joined_is_not_seen(void **state)
{
    const TestRedis *redis = *state;
    const char *const lists[] = { first, second, NULL };
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) one = count_list(redis->store, first, is_of_first, 0);

    assert_true(one->len > 0);
    assert_true(store_join(redis->store, both, lists, &error));

    g_autoptr(GArray) before =
        store_rows(redis->store, both, 0, INT64_MAX, &error);
    g_autoptr(GPtrArray) other =
        count_list(redis->store, second, is_of_second, LATE_MS);
    g_autoptr(GArray) after =
        store_rows(redis->store, both, 0, INT64_MAX, &error);

    assert_true(other->len > 0);
    assert_int_equal(before->len, after->len);
    assert_true(before->len > 0);
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(lists_that_share_mail_are_read_as_one),
        redis_test(what_comes_after_lists_were_joined_is_not_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
