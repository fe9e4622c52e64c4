/* SPDX-License-Identifier: MIT */
/* A month of mail gives one and the same digest, in whatever order its
 * mails were counted and by however many processors. */
#include "tests/support/unit.h"

#include "render/renderer.h"
#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <string.h>

enum { PERMUTATIONS = 100, GENERATED = 160 };

static const char list[] = "kvm-ppc.vger.kernel.org";
/* March 2021: a busy one, with series, revisions and notices. */
static const int64_t from_ms = INT64_C(1614556800000);
static const int64_t until_ms = INT64_C(1617235200000);

static const int64_t around_ms = INT64_C(10) * 86400 * 1000;

/* The month and a bit around it, so that revisions and replies lead out. */
static GPtrArray *real_month(void)
{
    g_autoptr(GPtrArray) all = test_posts("kvm-ppc.bundle", list);

    if (all == NULL)
        return NULL;
    GPtrArray *posts =
        g_ptr_array_new_with_free_func((GDestroyNotify)activity_free);
    for (unsigned i = 0; i < all->len; i++) {
        Activity *activity = g_ptr_array_index(all, i);
        if (activity->arrival_ms < from_ms - around_ms ||
            activity->arrival_ms >= until_ms + around_ms)
            continue;
        g_ptr_array_add(posts, activity);
        all->pdata[i] = NULL;
    }
    return posts;
}

static GPtrArray *generated_month(void)
{
    return generated_posts(list, generated_seed(), GENERATED,
                           from_ms - around_ms, until_ms + around_ms);
}

static char *render_all(Store *store)
{
    g_autoptr(Digest) digest = test_digest(store, list, from_ms, until_ms);
    const RenderOptions options = { .sections = SECTION_ALL };
    GString *out = g_string_new(NULL);

    render_json.render(digest, &options, out);
    render_text.render(digest, &options, out);
    return g_string_free(out, FALSE);
}

static void shuffle(GPtrArray *posts, GRand *random)
{
    for (unsigned i = posts->len - 1; i > 0; i--) {
        const unsigned other =
            (unsigned)g_rand_int_range(random, 0, (gint32)i + 1);
        gpointer swap = posts->pdata[i];
        posts->pdata[i] = posts->pdata[other];
        posts->pdata[other] = swap;
    }
}

static void assert_same(const char *got, const char *expected, int round)
{
    size_t at = 0;

    while (got[at] != '\0' && got[at] == expected[at])
        at++;
    if (got[at] != expected[at])
        fail_msg("permutation %d differs: %.200s instead of %.200s", round,
                 got + (at > 80 ? at - 80 : 0),
                 expected + (at > 80 ? at - 80 : 0));
}

static void compare_orders(TestRedis *redis, GPtrArray *posts)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(20210301);
    g_autofree char *expected = NULL;

    assert_true(posts->len > 100);
    for (int round = 0; round <= PERMUTATIONS; round++) {
        g_free(test_redis_cli(redis, "flushall"));
        test_count_posts(redis->store, posts);
        g_autofree char *got = render_all(redis->store);
        if (expected == NULL)
            expected = g_strdup(got);
        assert_same(got, expected, round);
        shuffle(posts, random);
    }
    assert_non_null(strstr(expected, "\"patch_sets\""));
}

static void compare_processors(TestRedis *redis, GPtrArray *posts)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    const StoreOptions options = { .redis = "private", .state = redis->state };
    g_autoptr(Store) other = store_open(&options, NULL);

    test_count_posts(redis->store, posts);
    g_autofree char *expected = render_all(redis->store);
    for (int round = 0; round < 10; round++) {
        g_free(test_redis_cli(redis, "flushall"));
        for (unsigned i = 0; i < posts->len; i++) {
            StoreItem item = { .activity = g_ptr_array_index(posts, i) };
            Store *either = g_rand_boolean(random) ? redis->store : other;
            assert_true(store_count(either, &item, 1, NULL, NULL));
        }
        g_autofree char *got = render_all(redis->store);
        assert_same(got, expected, round);
        shuffle(posts, random);
    }
}

static void order_does_not_change_a_digest(void **state)
{
    g_autoptr(GPtrArray) posts = generated_month();

    compare_orders(*state, posts);
}

static void two_processors_share_one_redis(void **state)
{
    g_autoptr(GPtrArray) posts = generated_month();

    compare_processors(*state, posts);
}

static void order_does_not_change_a_real_digest(void **state)
{
    g_autoptr(GPtrArray) posts = real_month();

    if (posts == NULL)
        skip();
    compare_orders(*state, posts);
}

static void two_processors_share_one_real_list(void **state)
{
    g_autoptr(GPtrArray) posts = real_month();

    if (posts == NULL)
        skip();
    compare_processors(*state, posts);
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, test_redis_start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(order_does_not_change_a_digest),
        redis_test(two_processors_share_one_redis),
        redis_test(order_does_not_change_a_real_digest),
        redis_test(two_processors_share_one_real_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
