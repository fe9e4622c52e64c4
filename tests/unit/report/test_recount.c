/* SPDX-License-Identifier: MIT */
/* Digests of random intervals against a slow recount of every post. */
#include "tests/support/unit.h"

#include "tests/support/posts.h"
#include "tests/support/redis.h"

#include <string.h>

enum { INTERVALS = 1000, DAY_MS = 86400 * 1000 };

static const char list[] = "kvm-ppc.vger.kernel.org";

typedef struct Recount {
    uint64_t posts, kinds[POST_KINDS], malformed, insertions, deletions, people,
        new_people;
} Recount;

/* Address -> arrival of the first post ever, of the posts that count. */
static GHashTable *first_posts(const GPtrArray *posts)
{
    GHashTable *firsts =
        g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);

    for (unsigned i = 0; i < posts->len; i++) {
        const Activity *activity = g_ptr_array_index(posts, i);
        const int64_t *known =
            g_hash_table_lookup(firsts, activity->sender.address);
        if (known != NULL && *known <= activity->arrival_ms)
            continue;
        g_hash_table_insert(
            firsts, activity->sender.address,
            g_memdup2(&activity->arrival_ms, sizeof(activity->arrival_ms)));
    }
    return firsts;
}

static bool is_bot(const Identity *identity, const Activity *activity)
{
    return identity_is_bot(identity, activity->sender.name,
                           activity->sender.address);
}

static void add_post(Recount *recount, const Identity *identity,
                     const Activity *activity)
{
    const PostKind kind = is_bot(identity, activity)
                              ? activity->kinds.of_bot
                              : activity->kinds.of_person;

    recount->posts++;
    recount->kinds[kind]++;
    if ((activity->flags & POST_MALFORMED) != 0)
        recount->malformed++;
    recount->insertions += activity->insertions;
    recount->deletions += activity->deletions;
}

static Recount count_slowly(const GPtrArray *posts, GHashTable *firsts,
                            const Identity *identity, int64_t from_ms,
                            int64_t until_ms)
{
    Recount recount = { 0 };
    g_autoptr(GHashTable) people = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = 0; i < posts->len; i++) {
        const Activity *activity = g_ptr_array_index(posts, i);
        if (activity->arrival_ms < from_ms || activity->arrival_ms >= until_ms)
            continue;
        add_post(&recount, identity, activity);
        if (is_bot(identity, activity) ||
            !g_hash_table_add(people, activity->sender.address))
            continue;
        recount.people++;
        const int64_t *first =
            g_hash_table_lookup(firsts, activity->sender.address);
        if (*first >= from_ms)
            recount.new_people++;
    }
    return recount;
}

static void compare(const char *what, uint64_t got, uint64_t expected,
                    int64_t from_ms, int64_t until_ms)
{
    if (got != expected)
        fail_msg("%s of %" G_GINT64_FORMAT "..%" G_GINT64_FORMAT ": "
                 "%" G_GUINT64_FORMAT ", recounted %" G_GUINT64_FORMAT,
                 what, (gint64)from_ms, (gint64)until_ms, (guint64)got,
                 (guint64)expected);
}

static void compare_all(const DigestTotals *got, const Recount *expected,
                        int64_t from_ms, int64_t until_ms)
{
    const struct {
        const char *what;
        uint64_t got, expected;
    } pairs[] = {
        { "posts", got->posts, expected->posts },
        { "patches", got->patches, expected->kinds[POST_PATCH] },
        { "covers", got->covers, expected->kinds[POST_COVER] },
        { "pulls", got->pulls, expected->kinds[POST_PULL] },
        { "replies", got->replies, expected->kinds[POST_REPLY] },
        { "notices", got->notices, expected->kinds[POST_NOTICE] },
        { "bot_reports", got->bot_reports, expected->kinds[POST_BOT_REPORT] },
        { "other", got->other, expected->kinds[POST_OTHER] },
        { "malformed", got->malformed, expected->malformed },
        { "people", got->people, expected->people },
        { "new_people", got->new_people, expected->new_people },
        { "insertions", got->insertions, expected->insertions },
        { "deletions", got->deletions, expected->deletions },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        compare(pairs[i].what, pairs[i].got, pairs[i].expected, from_ms,
                until_ms);
}

/* The copy that came first is the post: drop later copies of an identity. */
static void drop_duplicates(GPtrArray *posts)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (unsigned i = 0; i < posts->len;) {
        Activity *activity = g_ptr_array_index(posts, i);
        if (g_hash_table_add(seen, &activity->identity))
            i++;
        else
            g_ptr_array_remove_index(posts, i);
    }
}

static void random_interval(GRand *random, int64_t first_ms, int64_t last_ms,
                            int64_t *from_ms, int64_t *until_ms)
{
    static const int64_t spans[] = { 0,
                                     1,
                                     3600 * 1000,
                                     DAY_MS,
                                     INT64_C(7) * DAY_MS,
                                     INT64_C(31) * DAY_MS,
                                     INT64_C(400) * DAY_MS,
                                     INT64_C(4000) * DAY_MS };
    const int64_t span =
        spans[g_rand_int_range(random, 0, G_N_ELEMENTS(spans))];
    const double at = g_rand_double(random);

    *from_ms = first_ms - DAY_MS +
               (int64_t)(at * (double)(last_ms - first_ms + 2 * DAY_MS));
    *until_ms = *from_ms + (int64_t)(g_rand_double(random) * (double)span);
}

static void random_intervals_equal_a_recount(void **state)
{
    TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts = test_posts("kvm-ppc.bundle", list);
    g_autoptr(GRand) random = g_rand_new_with_seed(1000);
    const IdentityFiles no_files = { 0 };
    g_autoptr(Identity) identity = identity_new(&no_files, NULL);

    if (posts == NULL)
        skip();
    test_count_posts(redis->store, posts);
    drop_duplicates(posts);
    g_autoptr(GHashTable) firsts = first_posts(posts);
    const Activity *first = g_ptr_array_index(posts, 0);
    const Activity *last = g_ptr_array_index(posts, posts->len - 1);
    for (unsigned i = 0; i < INTERVALS; i++) {
        int64_t from_ms = 0, until_ms = 0;
        random_interval(random, first->arrival_ms, last->arrival_ms, &from_ms,
                        &until_ms);
        g_autoptr(Digest) digest =
            test_numbers(redis->store, list, from_ms, until_ms);
        const Recount expected =
            count_slowly(posts, firsts, identity, from_ms, until_ms);
        compare_all(&digest->totals, &expected, from_ms, until_ms);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(random_intervals_equal_a_recount,
                                        test_redis_start, test_redis_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
