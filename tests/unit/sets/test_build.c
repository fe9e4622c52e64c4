/* SPDX-License-Identifier: MIT */
#include "sets/build.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"
#include "tests/unit/sets/situations.h"

/* Nothing in a thread may cost more than a walk of bounded length. */
static void a_long_thread_is_no_trouble(void **state)
{
    g_autoptr(GString) lines = g_string_new("0 m0 alice - [PATCH 1/9] a\n");

    (void)state;
    for (int i = 1; i < 5000; i++)
        g_string_append_printf(lines, "%d m%d alice m%d [PATCH %d/9] a\n", i, i,
                               i - 1, i % 9 + 1);

    g_autoptr(Posts) posts = posts_new(lines->str, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);

    assert_int_equal(sets->count, 5000);
    assert_int_equal(sets->depths[4999], 4999);
    assert_int_equal(sets->threads[4999], 0);
}

/* Any subjects, any parents, circles too. */
static char *random_posts(unsigned seed)
{
    static const char *const people[] = { "alice", "bob", "eve" };
    static const char *const tags[] = { "PATCH", "PATCH v2", "PATCH v3", "PULL",
                                        "RFC PATCH" };
    static const char *const others[] = { "[PATCH] a", "[PATCH v2] b",
                                          "Re: [PATCH] a", "a question" };
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    GString *lines = g_string_new(NULL);

    for (int i = 0; i < 120; i++) {
        const int parent = g_rand_int_range(random, -60, 120);

        g_string_append_printf(
            lines, "%d m%d %s ", g_rand_int_range(random, 0, 3000), i,
            people[g_rand_int_range(random, 0, G_N_ELEMENTS(people))]);
        if (parent < 0)
            g_string_append(lines, "- ");
        else
            g_string_append_printf(lines, "m%d ", parent);
        if (g_rand_boolean(random))
            g_string_append(
                lines,
                others[g_rand_int_range(random, 0, G_N_ELEMENTS(others))]);
        else
            g_string_append_printf(
                lines, "[%s %d/%d] a",
                tags[g_rand_int_range(random, 0, G_N_ELEMENTS(tags))],
                g_rand_int_range(random, 0, 5), g_rand_int_range(random, 1, 5));
        g_string_append_printf(lines, " | root=m%d patch=d%d change=e%d\n",
                               g_rand_int_range(random, 0, 130),
                               g_rand_int_range(random, 0, 40),
                               g_rand_int_range(random, 0, 90));
    }
    return g_string_free(lines, FALSE);
}

static void assert_is_sound(const char *lines)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    unsigned members = 0, parts = 0;

    for (unsigned i = 0; i < sets->count; i++) {
        parts += sets_is_part(sets, i);
        assert_int_equal(sets->set_of[i] != SETS_NONE, sets_is_part(sets, i));
        assert_true(sets->threads[i] <= i);
    }
    for (int i = 0; i < (int)sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, i);

        members += set->members->len;
        assert_true(set->older < i);
        assert_true(set->newer == SETS_NONE || set->newer > i);
        assert_true(set->reviewed <= set->seen);
        assert_int_equal(sets->set_of[set->head], i);
    }
    assert_int_equal(members, parts);
}

static void whatever_comes_is_put_together_in_one_way(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 100; seed++) {
        g_autofree char *lines = random_posts(seed);
        g_autofree char *first = situations_describe(lines, 0, NULL);
        g_autofree char *second = situations_describe(lines, seed, NULL);

        assert_string_equal(first, second);
        assert_is_sound(lines);
    }
}

static void no_posts_make_no_sets(void **state)
{
    g_autofree char *found = situations_describe("", 0, NULL);

    (void)state;
    assert_string_equal(found, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_thread_is_no_trouble),
        cmocka_unit_test(whatever_comes_is_put_together_in_one_way),
        cmocka_unit_test(no_posts_make_no_sets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
