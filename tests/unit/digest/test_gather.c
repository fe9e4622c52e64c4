/* SPDX-License-Identifier: MIT */
/*
 * A digest looks up only what it needs; what it then says of a patch set must
 * be what is said with all mail of the list at hand.
 */
#include "tests/support/unit.h"

#include "render/renderer.h"
#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <string.h>

enum { INTERVALS = 60, DAY_MS = 86400 * 1000, GENERATED = 3000 };

/* Six years. */
static const int64_t FROM_MS = INT64_C(1554076800000);
static const int64_t UNTIL_MS = INT64_C(1746057600000);

static const char list[] = "kvm-ppc.vger.kernel.org";

/* All that is the same in whatever interval a set is shown; names are not,
 * which depend on how often they were used in it. */
static char *describe(const DigestSet *set)
{
    return g_strdup_printf(
        "%s %s v%u.%u %u/%u %d reviewed %u older %s newer %s applied %s %u "
        "pull %s lists %u answered %d +%u -%u answer %" G_GINT64_FORMAT
        " review %" G_GINT64_FORMAT,
        set->mark, digest_state_name(set->state), set->version, set->minor,
        set->parts_seen, set->parts_total, set->is_complete, set->reviewed,
        set->supersedes, set->superseded_by,
        set->applied == NULL ? "-" : set->applied->mark, set->applied_parts,
        set->pull_request, set->listed, set->has_human_answer, set->insertions,
        set->deletions, (gint64)set->first_reply_seconds,
        (gint64)set->first_review_seconds);
}

static void compare_sets(const Digest *whole, const Digest *some,
                         int64_t from_ms, int64_t until_ms)
{
    unsigned at = 0;

    for (unsigned i = 0; i < whole->sets->len; i++) {
        const DigestSet *set = whole->sets->pdata[i];

        if (set->arrival_ms < from_ms || set->arrival_ms >= until_ms)
            continue;
        assert_true(at < some->sets->len);
        g_autofree char *expected = describe(set);
        g_autofree char *got = describe(some->sets->pdata[at++]);
        assert_string_equal(got, expected);
    }
    assert_int_equal(at, some->sets->len);
    assert_int_equal(at, some->totals.patch_sets);
}

static const DigestSet *find_set(const GPtrArray *sets, const char *mark)
{
    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];

        if (strcmp(set->mark, mark) == 0)
            return set;
    }
    return NULL;
}

/* Whether a set waits by now is the same in every interval that has its head.
 */
static void compare_waiting(const Digest *whole, const Digest *some)
{
    for (unsigned i = 0; i < some->sets->len; i++) {
        const DigestSet *set = some->sets->pdata[i];
        const DigestSet *same = find_set(whole->sets, set->mark);

        if (same == NULL || same->is_waiting != set->is_waiting)
            fail_msg("%s (%s) waits in one of both digests only", set->mark,
                     set->subject);
    }
}

/* What a notice of the interval applied is told there, too, also if the set is
 * older. Not so the sets that a pull request brought: a digest that has the
 * request says how many patches it lists, and does not look for them. */
static void compare_applied(const Digest *whole, const Digest *some,
                            int64_t from_ms, int64_t until_ms)
{
    for (unsigned i = 0; i < whole->applied->len; i++) {
        const DigestSet *set = whole->applied->pdata[i];
        const DigestNotice *notice = set->applied;

        if (notice == NULL || set->pull_request != NULL ||
            notice->arrival_ms < from_ms || notice->arrival_ms >= until_ms)
            continue;

        const DigestSet *found = find_set(some->applied, set->mark);

        if (found == NULL || found->applied == NULL)
            fail_msg("%s (%s) is not among the applied", set->mark,
                     set->subject);
        assert_string_equal(found->applied->mark, notice->mark);
    }
    for (unsigned i = 0; i < some->applied->len; i++) {
        const DigestSet *set = some->applied->pdata[i];

        if (find_set(whole->applied, set->mark) == NULL)
            fail_msg("%s (%s) is not applied", set->mark, set->subject);
    }
}

/* What is told of a set that waits since before the interval, too: waiting
 * since then is told of the interval's end, the rest of now. */
static void compare_older(const Digest *whole, const Digest *some)
{
    for (unsigned i = 0; i < some->waiting->len; i++) {
        const DigestSet *set = some->waiting->pdata[i];
        const DigestSet *same = find_set(whole->sets, set->mark);

        assert_non_null(same);
        g_autofree char *expected = describe(same);
        g_autofree char *got = describe(set);
        assert_string_equal(got, expected);
    }
}

/* With what waits since before it. */
static Digest *digest_of(const TestRedis *redis, int64_t from_ms,
                         int64_t until_ms)
{
    const IntervalRequest interval = { .has_from = true,
                                       .has_until = true,
                                       .from_ms = from_ms,
                                       .until_ms = until_ms };
    const DigestRequest request = { .interval = &interval,
                                    .sections = SECTION_ALL,
                                    .waiting_days = 90,
                                    .now_ms = until_ms };

    return test_digest_asked(redis->store, list, &request);
}

static void compare_intervals(TestRedis *redis, const GPtrArray *posts)
{
    static const int days[] = { 1, 7, 31, 200 };
    g_autoptr(GRand) random = g_rand_new_with_seed(60);

    test_count_posts(redis->store, posts);
    const int64_t first_ms = ((Activity *)posts->pdata[0])->arrival_ms;
    const int64_t last_ms =
        ((Activity *)posts->pdata[posts->len - 1])->arrival_ms;
    g_autoptr(Digest) whole =
        test_digest(redis->store, list, first_ms, last_ms + 1);
    for (unsigned i = 0; i < INTERVALS; i++) {
        const int64_t length = (int64_t)(g_rand_double(random) *
                                         days[i % G_N_ELEMENTS(days)] * DAY_MS);
        const int64_t from_ms =
            first_ms +
            (int64_t)(g_rand_double(random) * (double)(last_ms - first_ms));
        const int64_t until_ms = from_ms + length;
        g_autoptr(Digest) some = digest_of(redis, from_ms, until_ms);
        g_autoptr(Digest) numbers =
            test_numbers(redis->store, list, from_ms, until_ms);

        compare_sets(whole, some, from_ms, until_ms);
        compare_waiting(whole, some);
        compare_older(whole, some);
        compare_applied(whole, some, from_ms, until_ms);
        assert_int_equal(numbers->totals.patch_sets, some->totals.patch_sets);
    }
}

/* The least that can be at hand: what leads from the set to all others that
 * decide on it must be found from the set itself. */
static void compare_alone(TestRedis *redis, const GPtrArray *posts)
{
    test_count_posts(redis->store, posts);
    g_autoptr(Digest) whole =
        test_digest(redis->store, list, 0,
                    ((Activity *)posts->pdata[posts->len - 1])->arrival_ms + 1);
    for (unsigned i = 0; i < whole->sets->len; i++) {
        const int64_t from_ms =
            ((DigestSet *)whole->sets->pdata[i])->arrival_ms;
        g_autoptr(Digest) alone =
            test_digest(redis->store, list, from_ms, from_ms + 1);

        compare_sets(whole, alone, from_ms, from_ms + 1);
        compare_waiting(whole, alone);
    }
}

static GPtrArray *generated(void)
{
    return generated_posts(list, generated_seed(), GENERATED, FROM_MS,
                           UNTIL_MS);
}

static void sets_are_the_same_in_every_interval(void **state)
{
    g_autoptr(GPtrArray) posts = generated();

    compare_intervals(*state, posts);
}

static void a_set_is_the_same_in_a_digest_of_it_alone(void **state)
{
    g_autoptr(GPtrArray) posts = generated();

    compare_alone(*state, posts);
}

static void real_sets_are_the_same_in_every_interval(void **state)
{
    g_autoptr(GPtrArray) posts = test_posts("kvm-ppc.bundle", list);

    if (posts == NULL)
        skip();
    compare_intervals(*state, posts);
}

/* 20210715131518.146917-1 waits at the end. A later series has parts of it, and
 * revises another one, to which only that series leads. */
static void a_set_that_waits_is_the_same_where_it_is_older(void **state)
{
    const TestRedis *redis = *state;
    const int64_t from_ms = INT64_C(1626412357000),
                  until_ms = INT64_C(1627209494000);
    g_autoptr(GPtrArray) posts = test_posts("kvm-ppc.bundle", list);

    if (posts == NULL)
        skip();
    test_count_posts(redis->store, posts);
    const Activity *last = posts->pdata[posts->len - 1];
    g_autoptr(Digest) whole =
        test_digest(redis->store, list, 0, last->arrival_ms + 1);
    g_autoptr(Digest) some = digest_of(redis, from_ms, until_ms);

    compare_older(whole, some);
}

static void a_real_set_is_the_same_in_a_digest_of_it_alone(void **state)
{
    g_autoptr(GPtrArray) posts = test_posts("kvm-ppc.bundle", list);

    if (posts == NULL)
        skip();
    compare_alone(*state, posts);
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(sets_are_the_same_in_every_interval),
        redis_test(a_set_is_the_same_in_a_digest_of_it_alone),
        redis_test(real_sets_are_the_same_in_every_interval),
        redis_test(a_set_that_waits_is_the_same_where_it_is_older),
        redis_test(a_real_set_is_the_same_in_a_digest_of_it_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
