/* SPDX-License-Identifier: MIT */
/*
 * What became of a set, and why. Notices are numbered as in patch/notice.h;
 * 5 is a person's.
 */
#include "sets/state.h"

#include "sets/build.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static const char *const state_names[] = {
    [SET_UNDECIDED] = "undecided",   [SET_APPLIED] = "applied",
    [SET_SUPERSEDED] = "superseded", [SET_WITHDRAWN] = "withdrawn",
    [SET_REPEATED] = "repeated",     [SET_REQUESTED] = "requested",
    [SET_CONTINUED] = "continued",   [SET_SELECTION] = "selection",
    [SET_NOTICED] = "noticed",       [SET_ANSWERED] = "answered",
    [SET_INCOMPLETE] = "incomplete", [SET_WAITING] = "waiting",
};
static const char *const cause_names[] = {
    [CAUSE_NONE] = "",
    [CAUSE_NOTICE] = " notice",
    [CAUSE_PULL] = " pull",
    [CAUSE_LATER_PULL] = " later pull",
    [CAUSE_SAME_PATCH] = " same patch",
    [CAUSE_OTHER_SETS] = " other sets",
};

typedef struct Case {
    const char *posts, *states; /* of the sets, by arrival */
} Case;

static void check(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].posts, 0, NULL);
        g_autoptr(Sets) sets =
            sets_build((const PostRecord *)(void *)posts->records->data,
                       posts->records->len, posts->people, NULL);
        g_autoptr(GString) found = g_string_new(NULL);

        for (unsigned j = 0; j < sets->all->len; j++) {
            const PatchSet *set = sets_get(sets, (int)j);

            g_string_append_printf(found, "%s%s%s", j == 0 ? "" : ", ",
                                   state_names[set->state],
                                   cause_names[set->cause]);
        }
        if (strcmp(found->str, cases[i].states) != 0)
            fail_msg("%sfound:  %s\nwanted: %s", cases[i].posts, found->str,
                     cases[i].states);
    }
}

static void what_is_open_waits_or_says_why_not(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n", "waiting" },
        { "0 a alice - [PATCH] a\n1 b alice a Re: [PATCH] a\n", "waiting" },
        { "0 a alice - [PATCH] a\n1 b bob a Re: [PATCH] a\n", "answered" },
        { "0 a alice - [PATCH 1/2] a\n", "incomplete" },
        { "0 a alice - [PATCH 1/2] a\n1 b alice a [PATCH 2/2] b\n"
          "9 n alice b Re: [PATCH 2/2] b | notice=5\n",
          "noticed" },
        { "0 a sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n",
          "selection" },
    };

    (void)state;
    check(cases, G_N_ELEMENTS(cases));
}

static void what_was_applied_says_by_what(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 n bob a Re: [PATCH] a | notice=5\n",
          "applied notice" },
        { "0 a alice - [PATCH] a\n"
          "50 p bob - [GIT PULL] things | lists=alice:a\n"
          "90 n linus p Re: [GIT PULL] things | notice=5\n",
          "applied pull, applied notice" },
        { "0 p bob - [GIT PULL] one | tip=c1\n"
          "50 q bob - [GIT PULL] two | base=c1 tip=c2\n"
          "90 n linus q Re: [GIT PULL] two | notice=5\n",
          "applied later pull, applied notice" },
        /* the answer came to the first of two equal mails */
        { "0 a alice - [PATCH] a | patch=d\n"
          "50 b alice - [PATCH] a | patch=d\n"
          "90 n bob a Re: [PATCH] a | notice=5\n",
          "applied notice, applied same patch" },
        /* and what was taken back was not */
        { "0 a alice - [PATCH] a\n9 n bob a Re: [PATCH] a | notice=5\n"
          "20 x bob n Re: [PATCH] a | back=1\n",
          "answered" },
    };

    (void)state;
    check(cases, G_N_ELEMENTS(cases));
}

static void what_came_again_is_not_open(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n900 b alice - [PATCH v2] a\n",
          "superseded, waiting" },
        { "0 a alice - [PATCH] a\n9 x alice a Re: [PATCH] a | back=1\n",
          "withdrawn" },
        { "0 a alice - [PATCH] a\n"
          "50 p bob - [GIT PULL] things | lists=alice:a\n",
          "requested, waiting" },
        { "0 a alice - [PATCH v2] a\n"
          "900 c bob - [PATCH 0/2] c\n"
          "901 d bob c [PATCH 1/2] a | author=alice\n"
          "902 e bob c [PATCH 2/2] b\n",
          "repeated other sets, waiting" },
        { "0 p bob - [GIT PULL] one | tip=c1\n"
          "50 q bob - [GIT PULL] two | base=c1 tip=c2\n",
          "repeated later pull, waiting" },
    };

    (void)state;
    check(cases, G_N_ELEMENTS(cases));
}

/* "[PATCH]" after "[PATCH v2]" of one title ends their chain, though nothing
 * ties it to the v2. */
static void the_last_of_a_chain_waits_alone(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n900 b alice - [PATCH v2] a\n"
          "1800 c alice - [PATCH] a\n",
          "superseded, superseded, waiting" },
    };

    (void)state;
    check(cases, G_N_ELEMENTS(cases));
}

static void the_first_that_is_true_is_the_state(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 n bob a Re: [PATCH] a | notice=5\n"
          "900 b alice - [PATCH v2] a\n",
          "applied notice, waiting" },
        { "0 a alice - [PATCH] a\n9 x alice a Re: [PATCH] a | back=1\n"
          "900 b alice - [PATCH v2] a\n",
          "superseded, waiting" },
    };

    (void)state;
    check(cases, G_N_ELEMENTS(cases));
}

static void members_alone_decide_nothing(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a alice - [PATCH] a\n", 0, NULL);
    g_autoptr(Sets) sets = sets_build_members_only(
        (const PostRecord *)(void *)posts->records->data, posts->records->len,
        posts->people, NULL);

    (void)state;
    assert_int_equal(sets_get(sets, 0)->state, SET_UNDECIDED);
    assert_false(state_is_open(SET_UNDECIDED));
}

static void what_nothing_became_of_is_open(void **state)
{
    static const SetState open[] = {
        SET_CONTINUED, SET_SELECTION,  SET_NOTICED,
        SET_ANSWERED,  SET_INCOMPLETE, SET_WAITING
    };
    unsigned count = 0;

    (void)state;
    for (SetState at = SET_UNDECIDED; at <= SET_WAITING; at++)
        count += state_is_open(at);
    assert_int_equal(count, G_N_ELEMENTS(open));
    for (size_t i = 0; i < G_N_ELEMENTS(open); i++)
        assert_true(state_is_open(open[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_open_waits_or_says_why_not),
        cmocka_unit_test(what_was_applied_says_by_what),
        cmocka_unit_test(what_came_again_is_not_open),
        cmocka_unit_test(the_last_of_a_chain_waits_alone),
        cmocka_unit_test(the_first_that_is_true_is_the_state),
        cmocka_unit_test(members_alone_decide_nothing),
        cmocka_unit_test(what_nothing_became_of_is_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
