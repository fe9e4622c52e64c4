/* SPDX-License-Identifier: MIT */
/* The look-ups of the model; what finders fill in is tested with each. */
#include "sets/sets.h"

#include "activity/link.h"
#include "sets/build.h"
#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static Sets *build(const Posts *posts)
{
    return sets_build((const PostRecord *)(void *)posts->records->data,
                      posts->records->len, posts->people, NULL);
}

static int record_named(const Sets *sets, const char *id)
{
    for (unsigned i = 0; i < sets->count; i++) {
        if (g_strcmp0(sets->records[i].message_id, id) == 0)
            return (int)i;
    }
    return SETS_NONE;
}

static void a_message_id_means_the_part_that_has_it(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a alice - a letter\n"
                                       "1 b bob - [PATCH] b\n",
                                       0, NULL);
    PostRecord *records = (PostRecord *)(void *)posts->records->data;

    (void)state;
    records[0].own_link = records[1].own_link; /* one id, sent twice */
    g_autoptr(Sets) sets = build(posts);

    assert_int_equal(sets_find(sets, records[1].own_link, SETS_NONE), 1);
    assert_int_equal(sets_find(sets, records[1].own_link, 1), 0);
    assert_int_equal(sets_find(sets, link_digest("nobody"), SETS_NONE),
                     SETS_NONE);
    assert_int_equal(sets_find(sets, 0, SETS_NONE), SETS_NONE);
}

static void the_first_patch_is_number_one(void **state)
{
    static const struct {
        const char *lines, *first;
    } cases[] = {
        { "0 c alice - [PATCH 0/2] c\n1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "a" },
        { "0 a alice - [PATCH] a\n", "a" },
        { "0 c alice - [PATCH 0/2] c\n2 b alice c [PATCH 2/2] b\n", NULL },
        { "0 c alice - [PATCH 0/2] c\n", NULL },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].lines, 0, NULL);
        g_autoptr(Sets) sets = build(posts);
        const int wanted = cases[i].first == NULL
                               ? SETS_NONE
                               : record_named(sets, cases[i].first);

        if (sets_first_patch(sets_get(sets, 0)) != wanted)
            fail_msg("%s", cases[i].lines);
    }
}

static void the_member_above_may_be_far_up(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a alice - [PATCH] a\n"
                                       "1 r bob a Re: [PATCH] a\n"
                                       "2 s eve r Re: [PATCH] a\n"
                                       "3 t eve - hello\n"
                                       "4 u eve t Re: hello\n",
                                       0, NULL);
    g_autoptr(Sets) sets = build(posts);

    (void)state;
    assert_int_equal(sets_member_above(sets, 1), 0);
    assert_int_equal(sets_member_above(sets, 2), 0);
    assert_int_equal(sets_member_above(sets, 0), SETS_NONE);
    assert_int_equal(sets_member_above(sets, 4), SETS_NONE);
    assert_true(sets_is_part(sets, 0));
    assert_false(sets_is_part(sets, 1));
    assert_null(sets_get(sets, SETS_NONE));
}

static void a_person_is_known_as_speaker_or_author(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a alice - [PATCH] a\n"
                                       "1 b bob - [PATCH] b | author=alice\n"
                                       "2 c bob - [PATCH] c\n"
                                       "3 d eve - [PATCH] d\n",
                                       0, NULL);
    g_autoptr(Sets) sets = build(posts);

    (void)state;
    assert_true(sets_is_same_person(sets, 0, 1));
    assert_true(sets_is_same_person(sets, 1, 2));
    assert_false(sets_is_same_person(sets, 0, 2));
    assert_false(sets_is_same_person(sets, 0, 3));
}

static void ties_spread_however_far(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a alice - [PATCH] wren\n"
                                       "900 b alice - [PATCH v2] wren\n"
                                       "1800 c alice - [PATCH v3] wren\n"
                                       "1900 d bob - [PATCH] owl\n",
                                       0, NULL);
    g_autoptr(Sets) sets = build(posts);
    bool marks[4] = { false, false, true, false };

    (void)state;
    assert_int_equal(sets->all->len, 4);
    sets_spread_ties(sets, marks);
    assert_true(marks[0] && marks[1] && marks[2]);
    assert_false(marks[3]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_id_means_the_part_that_has_it),
        cmocka_unit_test(the_first_patch_is_number_one),
        cmocka_unit_test(the_member_above_may_be_far_up),
        cmocka_unit_test(a_person_is_known_as_speaker_or_author),
        cmocka_unit_test(ties_spread_however_far),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
