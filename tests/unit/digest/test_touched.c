/* SPDX-License-Identifier: MIT */
/*
 * What new posts change: the digest of a list before and after they came. Every
 * set of which something else is told afterwards must have been named, and
 * every time of a post that is told otherwise.
 */
#include "digest/touched.h"

#include "tests/support/generated.h"
#include "tests/support/posts.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

#include <string.h>

enum { GENERATED = 1500, STEPS = 12, FIRST = 700 };

static const int64_t FROM_MS = INT64_C(1700000000000);
static const int64_t UNTIL_MS = INT64_C(1715000000000);
static const char list[] = "kvm-ppc.vger.kernel.org";

/* What is told of a set, but for its age. */
static char *describe(const DigestSet *set)
{
    return g_strdup_printf(
        "%s %u.%u %u/%u reviewed=%u newer=%s older=%s applied=%s,%u pull=%s "
        "reply=%" G_GINT64_FORMAT " review=%" G_GINT64_FORMAT
        " answers=%u pings=%u waiting=%d",
        set->subject, set->version, set->minor, set->parts_seen,
        set->parts_total, set->reviewed,
        set->superseded_by != NULL ? set->superseded_by : "-",
        set->supersedes != NULL ? set->supersedes : "-",
        set->applied != NULL ? set->applied->mark : "-", set->applied_parts,
        set->pull_request != NULL ? set->pull_request : "-",
        set->first_reply_seconds, set->first_review_seconds, set->answers,
        set->pings, set->is_waiting);
}

/* Message-ID of the head -> what is told of its set. */
static GHashTable *sets_of(Store *store)
{
    GHashTable *sets =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(Digest) digest = test_digest(store, list, 0, 2 * UNTIL_MS);

    for (unsigned i = 0; i < digest->sets->len; i++) {
        const DigestSet *set = digest->sets->pdata[i];

        g_hash_table_insert(sets, g_strdup(set->message_id), describe(set));
    }
    return sets;
}

static GArray *numbers_of(Store *store, GHashTable *known)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) rows = store_rows(store, list, 0, INT64_MAX, &error);
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    assert_non_null(rows);
    for (unsigned i = 0; i < rows->len; i++) {
        const uint32_t post = g_array_index(rows, PostRow, i).post;

        if (g_hash_table_add(known, GUINT_TO_POINTER(post)))
            g_array_append_val(numbers, post);
    }
    return numbers;
}

static bool names(const Touched *touched, const char *id)
{
    for (unsigned i = 0; i < touched->sets->len; i++) {
        if (strcmp(touched->sets->pdata[i], id) == 0)
            return true;
    }
    return false;
}

/* Returns how many sets changed, all of which must have been named. */
static unsigned compare(GHashTable *before, GHashTable *after,
                        const Touched *touched)
{
    GHashTableIter iterator;
    gpointer id, told;
    unsigned changed = 0;

    g_hash_table_iter_init(&iterator, after);
    while (g_hash_table_iter_next(&iterator, &id, &told)) {
        const char *once = g_hash_table_lookup(before, id);

        if (g_strcmp0(once, told) == 0)
            continue;
        changed++;
        if (!names(touched, id))
            fail_msg("not touched: %s\nbefore: %s\nafter:  %s", (char *)id,
                     once != NULL ? once : "nothing", (char *)told);
    }
    return changed;
}

static void assert_has_arrivals(const GPtrArray *posts, const Touched *touched)
{
    for (unsigned i = 0; i < posts->len; i++) {
        const Activity *activity = posts->pdata[i];
        bool is_there = false;

        for (unsigned j = 0; j < touched->arrivals->len; j++)
            is_there |= g_array_index(touched->arrivals, int64_t, j) ==
                        activity->arrival_ms;
        /* a copy that came later, or earlier, moved nothing, or the post */
        if (!is_there && (activity->message_id == NULL ||
                          strstr(activity->message_id, "copy") == NULL))
            fail_msg("no arrival %" G_GINT64_FORMAT, activity->arrival_ms);
    }
}

static GPtrArray *slice(const GPtrArray *posts, unsigned from, unsigned until)
{
    GPtrArray *some = g_ptr_array_new();

    for (unsigned i = from; i < until; i++)
        g_ptr_array_add(some, posts->pdata[i]);
    return some;
}

static void whatever_changes_was_named(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts =
        generated_posts(list, generated_seed(), GENERATED, FROM_MS, UNTIL_MS);
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) first = slice(posts, 0, FIRST);
    const unsigned step = (posts->len - FIRST) / STEPS;
    g_autoptr(GHashTable) before = NULL;
    unsigned changed = 0, named = 0;

    test_count_posts(redis->store, first);
    g_array_unref(numbers_of(redis->store, known));
    before = sets_of(redis->store);
    for (unsigned i = 0; i < STEPS; i++) {
        g_autoptr(GPtrArray) some =
            slice(posts, FIRST + i * step, FIRST + (i + 1) * step);
        g_autoptr(GArray) numbers = NULL;
        g_autoptr(GHashTable) after = NULL;
        g_autoptr(GError) error = NULL;
        g_auto(Touched) touched = { 0 };

        test_count_posts(redis->store, some);
        numbers = numbers_of(redis->store, known);
        assert_true(touched_find(redis->store, list, NULL, NULL, numbers,
                                 &touched, &error));
        after = sets_of(redis->store);
        changed += compare(before, after, &touched);
        named += touched.sets->len;
        g_hash_table_unref(before);
        before = g_steal_pointer(&after);
    }
    print_message("%u sets changed, %u were named\n", changed, named);
    assert_true(changed > STEPS);
    /* nor is everything named */
    assert_true(named < STEPS * g_hash_table_size(before) / 2);
}

static void no_posts_touch_nothing(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts =
        generated_posts(list, 1, 50, FROM_MS, UNTIL_MS);
    g_autoptr(GArray) none = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GError) error = NULL;
    g_auto(Touched) touched = { 0 };

    test_count_posts(redis->store, posts);
    assert_true(
        touched_find(redis->store, list, NULL, NULL, none, &touched, &error));
    assert_int_equal(touched.sets->len, 0);
    assert_int_equal(touched.arrivals->len, 0);
}

/* The times of the posts themselves, of their threads and sets. */
static void times_of_new_posts_are_told(void **state)
{
    const TestRedis *redis = *state;
    g_autoptr(GPtrArray) posts =
        generated_posts(list, 2, 200, FROM_MS, UNTIL_MS);
    g_autoptr(GHashTable) known = g_hash_table_new(NULL, NULL);
    g_autoptr(GPtrArray) first = slice(posts, 0, posts->len - 20);
    g_autoptr(GPtrArray) last = slice(posts, posts->len - 20, posts->len);
    g_autoptr(GArray) numbers = NULL;
    g_autoptr(GError) error = NULL;
    g_auto(Touched) touched = { 0 };

    test_count_posts(redis->store, first);
    g_array_unref(numbers_of(redis->store, known));
    test_count_posts(redis->store, last);
    numbers = numbers_of(redis->store, known);
    assert_true(numbers->len > 0);
    assert_true(touched_find(redis->store, list, NULL, NULL, numbers, &touched,
                             &error));
    assert_has_arrivals(last, &touched);
    assert_true(touched.arrivals->len < posts->len);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_changes_was_named,
                                        test_redis_start, test_redis_stop),
        cmocka_unit_test_setup_teardown(no_posts_touch_nothing,
                                        test_redis_start, test_redis_stop),
        cmocka_unit_test_setup_teardown(times_of_new_posts_are_told,
                                        test_redis_start, test_redis_stop),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
