/* SPDX-License-Identifier: MIT */
/*
 * What waits at the end of an interval, and what the interval superseded:
 * against the digest of a list that has no later mail.
 */
#include "tests/support/unit.h"

#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <string.h>

enum { ENDS = 25, GENERATED = 3000, WAITING_DAYS = 90 };

static const int64_t DAY_MS = INT64_C(86400000);
static const int64_t FROM_MS = INT64_C(1700000000000);
static const int64_t UNTIL_MS = INT64_C(1730000000000);
static const char list[] = "kvm-ppc.vger.kernel.org";

/* A list of its own of the posts that came before a time. */
static void count_until(Store *store, const GPtrArray *posts, const char *name,
                        int64_t end_ms)
{
    g_autoptr(GPtrArray) early = g_ptr_array_new();

    for (unsigned i = 0; i < posts->len; i++) {
        Activity *activity = posts->pdata[i];

        if (activity->arrival_ms >= end_ms)
            continue;
        g_free(activity->list);
        activity->list = g_strdup(name);
        g_ptr_array_add(early, activity);
    }
    test_count_posts(store, early);
}

static Digest *digest_of(Store *store, const char *name, int64_t from_ms,
                         int64_t end_ms, unsigned waiting_days)
{
    const IntervalRequest interval = { .has_from = true,
                                       .has_until = true,
                                       .from_ms = from_ms,
                                       .until_ms = end_ms };
    const DigestRequest request = {
        .interval = &interval,
        .sections = SECTION_WAITING | SECTION_SUPERSEDED | SECTION_PATCHES,
        .waiting_days = waiting_days,
        .now_ms = end_ms,
    };

    return test_digest_asked(store, name, &request);
}

/* Marks of the sets that wait and are no older, in their order. */
static char *waiting_of(const Digest *digest, int64_t since_ms)
{
    GString *marks = g_string_new(NULL);

    for (unsigned i = 0; i < digest->waiting->len; i++) {
        const DigestSet *set = digest->waiting->pdata[i];

        if (set->arrival_ms >= since_ms)
            g_string_append_printf(marks, "%s after %" G_GINT64_FORMAT "\n",
                                   set->mark, set->age_seconds);
    }
    return g_string_free(marks, FALSE);
}

static unsigned compare_end(Store *store, const GPtrArray *posts,
                            unsigned which, int64_t end_ms, int days)
{
    const int64_t since_ms = end_ms - WAITING_DAYS * DAY_MS;
    const int64_t from_ms = end_ms - days * DAY_MS;
    g_autofree char *name = g_strdup_printf("until-%u.example.org", which);

    count_until(store, posts, name, end_ms);
    g_autoptr(Digest) early = digest_of(store, name, 0, end_ms, 0);
    g_autoptr(Digest) late =
        digest_of(store, list, from_ms, end_ms, WAITING_DAYS);
    g_autofree char *expected = waiting_of(early, since_ms);
    g_autofree char *found = waiting_of(late, 0);

    assert_string_equal(found, expected);
    return late->waiting->len;
}

static void compare_ends(Store *store, const GPtrArray *posts)
{
    static const int days[] = { 1, 7, 31 };
    g_autoptr(GRand) random = g_rand_new_with_seed(15);
    const int64_t first_ms = ((Activity *)posts->pdata[0])->arrival_ms;
    const int64_t last_ms =
        ((Activity *)posts->pdata[posts->len - 1])->arrival_ms;
    unsigned waiting = 0;

    test_count_posts(store, posts);
    for (unsigned i = 0; i < ENDS; i++) {
        const int64_t end_ms =
            first_ms +
            (int64_t)(g_rand_double(random) * (double)(last_ms - first_ms));

        waiting +=
            compare_end(store, posts, i, end_ms, days[i % G_N_ELEMENTS(days)]);
    }
    assert_true(waiting > ENDS);
}

static void what_waits_at_an_end_is_told_there(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts =
        generated_posts(list, generated_seed(), GENERATED, FROM_MS, UNTIL_MS);

    compare_ends(redis->store, posts);
}

static void real_sets_that_wait_are_told(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts = test_posts("kvm-ppc.bundle", list);

    if (posts == NULL)
        skip();
    compare_ends(redis->store, posts);
}

/* Each older revision of a set of the interval is told once, and as what the
 * digest of the whole says superseded it. */
static void what_is_superseded_is_told_once(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts =
        generated_posts(list, generated_seed(), GENERATED, FROM_MS, UNTIL_MS);

    test_count_posts(redis->store, posts);
    for (int64_t from_ms = FROM_MS; from_ms < UNTIL_MS;
         from_ms += 30 * DAY_MS) {
        g_autoptr(Digest) digest =
            digest_of(redis->store, list, from_ms, from_ms + 30 * DAY_MS, 0);
        unsigned revising = 0;

        for (unsigned i = 0; i < digest->sets->len; i++)
            revising +=
                ((DigestSet *)digest->sets->pdata[i])->supersedes != NULL;
        assert_int_equal(digest->superseded->len, revising);
        for (unsigned i = 0; i < digest->superseded->len; i++)
            assert_non_null(
                ((DigestSet *)digest->superseded->pdata[i])->newer_mark);
    }
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(what_waits_at_an_end_is_told_there),
        redis_test(real_sets_that_wait_are_told),
        redis_test(what_is_superseded_is_told_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
