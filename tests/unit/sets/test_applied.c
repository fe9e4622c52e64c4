/* SPDX-License-Identifier: MIT */
#include "sets/applied.h"

#include "sets/build.h"
#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"
#include "tests/unit/sets/situations.h"

static void pulls_tell_of_what_they_list(void **state)
{
    static const Situation situations[] = {
        { "merged with it",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 1/1: a reviewed=1 applied=n pull=p\nv1 0/0: p pull answer=n "
          "applied=n\n" },
        { "not while nobody pulled",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n",
          "v1 1/1: a pull=p\nv1 0/0: p pull\n" },
        { "who took it first is told",
          "0 a alice - [PATCH] a\n"
          "50 m bob a Re: [PATCH] a | notice=5\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 1/1: a reviewed=1 answer=m applied=m pull=p\n"
          "v1 0/0: p pull answer=n applied=n\n" },
        { "some parts, and the others by a notice",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:b\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 2/2: a b reviewed=1 applied_parts=1 pull=p\n"
          "v1 0/0: p pull answer=n applied=n\n" },
        { "all parts, by two pulls",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 m bob b Re: [PATCH 2/2] b | notice=5 parts=0\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a,alice:c\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 2/2: a b reviewed=2 answer=m applied=n pull=p\n"
          "v1 0/0: p pull answer=n applied=n\n" },
        { "the newest revision before it",
          "0 a alice - [PATCH] a\n"
          "50 b alice - [PATCH v2] a\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n"
          "120 c alice - [PATCH v3] a\n",
          "v1 1/1: a\nv2 1/1: b older=a reviewed=1 applied=n pull=p\n"
          "v1 0/0: p pull answer=n applied=n\nv3 1/1: c older=b\n" },
        { "another author's patch of that title is another",
          "0 a alice - [PATCH] fix typo\n"
          "90 p bob - [GIT PULL] fixes | lists=carol:fix_typo\n"
          "99 n dave p Re: [GIT PULL] fixes | notice=5\n",
          "v1 1/1: a\nv1 0/0: p pull answer=n applied=n\n" },
        { "nor a patch of the year before last",
          "0 a alice - [PATCH] fix typo\n"
          "600000 p bob - [GIT PULL] fixes | lists=alice:fix_typo\n",
          "v1 1/1: a\nv1 0/0: p pull\n" },
        { "one that begins where another ends takes both",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [GIT PULL] one | lists=alice:a base=x tip=y\n"
          "120 q bob - [GIT PULL] two | lists=alice:b base=y tip=z\n"
          "150 n carol q Re: [GIT PULL] two | notice=5\n",
          "v1 1/1: a reviewed=1 applied=n pull=p\n"
          "v1 0/0: p pull applied=n\n"
          "v1 0/0: q pull answer=n applied=n\n" },
        { "not so somebody else's, nor an earlier one",
          "0 o bob - [GIT PULL] none | base=y tip=w\n"
          "10 m carol o Re: [GIT PULL] none | notice=5\n"
          "90 p bob - [GIT PULL] one | base=x tip=y\n"
          "120 q dave - [GIT PULL] two | base=y tip=z\n"
          "150 n carol q Re: [GIT PULL] two | notice=5\n",
          "v1 0/0: o pull answer=m applied=m\n"
          "v1 0/0: p pull\n"
          "v1 0/0: q pull answer=n applied=n\n" },
        { "its own patches were not taken by it",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [PULL 0/1] fixes | lists=alice:a\n"
          "91 q bob p [PULL 1/1] a | author=alice\n"
          "99 n carol p Re: [PULL 0/1] fixes | notice=5\n",
          "v1 1/1: a reviewed=1 applied=n pull=p\n"
          "v1 1/1: p q pull answer=n applied=n\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

static void notices_tell_of_parts_that_did_not_come(void **state)
{
    static const Situation situations[] = {
        { "all but the second, of a lone cover",
          "0 c alice - [PATCH 0/3] c\n"
          "50 n bob c Re: [PATCH 0/3] c | notice=5 parts=5\n",
          "v1 0/3: c incomplete answer=n applied_parts=2\n" },
        { "beside those that came",
          "0 c alice - [PATCH 0/3] c\n"
          "1 a alice c [PATCH 1/3] a\n"
          "50 n bob c Re: [PATCH 0/3] c | notice=5 parts=5\n",
          "v1 1/3: c a incomplete reviewed=1 answer=n applied_parts=2\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

static void what_came_again_is_told(void **state)
{
    static const struct {
        const char *posts;
        bool is_repeated; /* the first set */
    } cases[] = {
        { "0 a alice - [PATCH] a\n"
          "900 c sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n",
          true },
        { "0 a alice - [PATCH v2] a\n"
          "900 c bob - [PATCH 0/2] c\n"
          "901 d bob c [PATCH 1/2] a | author=alice\n"
          "902 e bob c [PATCH 2/2] b\n",
          true },
        { "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "900 c sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n",
          false },
        { "0 a alice - [PATCH] a\n900 c bob - [PATCH] a\n", false },
        { "0 a alice - [PATCH 5.10] a\n900 b alice - [PATCH 6.1] a\n", false },
        { "0 a alice - [PATCH] a\n"
          "600000 c sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n",
          false },
        { "0 a alice - [PATCH 1/2] a\n1 b alice a [PATCH 2/2] a\n", false },
        { "0 a alice - [PATCH] a\n", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].posts, 0, NULL);
        g_autoptr(Sets) sets =
            sets_build((const PostRecord *)(void *)posts->records->data,
                       posts->records->len, posts->people, NULL);

        assert_int_equal(sets_get(sets, 0)->repeated_by != CAUSE_NONE,
                         cases[i].is_repeated);
    }
}

static void a_notice_for_the_same_patch_counts(void **state)
{
    static const Situation situations[] = {
        { "sent again, and the first one is answered",
          "0 a alice - [PATCH v3] a | patch=x\n"
          "50 b alice - [PATCH v3] a | patch=x\n"
          "90 n bob a Re: [PATCH v3] a | notice=5\n",
          "v3 1/1: a reviewed=1 answer=n applied=n\n"
          "v3 1/1: b older=a same reviewed=1 applied=n\n" },
        { "not before it was sent again",
          "0 a alice - [PATCH v3] a | patch=x\n"
          "40 n bob a Re: [PATCH v3] a | notice=5\n"
          "50 b alice - [PATCH v3] a | patch=x\n",
          "v3 1/1: a reviewed=1 answer=n applied=n\nv3 1/1: b older=a same\n" },
        { "nor of another version",
          "0 a alice - [PATCH v3] a | patch=x\n"
          "50 b alice - [PATCH v4] a | patch=x\n"
          "90 n bob a Re: [PATCH v3] a | notice=5\n",
          "v3 1/1: a reviewed=1 answer=n applied=n\nv4 1/1: b older=a same\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

static void notices_are_taken_back_by_whoever_gave_them(void **state)
{
    static const Situation situations[] = {
        { "of the whole set",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "90 m bob n Re: [PATCH] a | back=1\n",
          "v1 1/1: a answer=n\n" },
        { "by somebody else nothing is taken back",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "90 m carol n Re: [PATCH] a | back=1\n",
          "v1 1/1: a reviewed=1 answer=n applied=n\n" },
        { "what comes before says nothing of it",
          "0 a alice - [PATCH] a\n"
          "40 m bob a Re: [PATCH] a | back=1\n"
          "50 n bob a Re: [PATCH] a | notice=5\n",
          "v1 1/1: a reviewed=1 answer=m applied=n\n" },
        { "and given again",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "60 m bob n Re: [PATCH] a | back=1\n"
          "70 o bob m Re: [PATCH] a | notice=5\n",
          "v1 1/1: a reviewed=1 answer=n applied=o\n" },
        { "of one part",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5\n"
          "60 m bob b Re: [PATCH 2/2] b | back=1\n",
          "v1 2/2: c a b reviewed=1 answer=n applied_parts=1\n" },
        { "of all parts",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob a Re: [PATCH 1/2] a | notice=5\n"
          "60 m bob c Re: [PATCH 0/2] c | back=1\n",
          "v1 2/2: c a b answer=n\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

static void notices_tell_what_was_applied(void **state)
{
    static const Situation situations[] = {
        { "a person, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5\n",
          "v1 2/2: c a b reviewed=2 answer=n applied=n\n" },
        { "to one part",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob b Re: [PATCH 2/2] b | notice=5\n",
          "v1 2/2: c a b reviewed=1 answer=n applied_parts=1\n" },
        { "of the series, to one part",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob b Re: [PATCH 2/2] b | notice=5 parts=ffffffffffffffff\n",
          "v1 2/2: c a b reviewed=2 answer=n applied=n\n" },
        { "of one part, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5 parts=1\n",
          "v1 2/2: c a b reviewed=1 answer=n applied_parts=1\n" },
        { "of each part in turn, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 m bob c Re: [PATCH 0/2] c | notice=5 parts=1\n"
          "51 n bob c Re: [PATCH 0/2] c | notice=5 parts=2\n",
          "v1 2/2: c a b reviewed=2 answer=m applied=n\n" },
        { "of some, not said which, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5 parts=8000000000000000\n",
          "v1 2/2: c a b answer=n\n" },
        { "to each part in turn",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 m tip - [tip: x86/core] b | notice=4 names=b\n"
          "51 n tip - [tip: x86/core] a | notice=4 names=a\n",
          "v1 2/2: a b reviewed=2 applied=n\n" },
        { "in a thread of its own, by link",
          "0 a alice - [PATCH] a\n"
          "50 n bob - applied: a | notice=2 names=a\n",
          "v1 1/1: a reviewed=1 applied=n\n" },
        { "the author applies his own",
          "0 a alice - [PATCH] a\n"
          "50 n alice a Re: [PATCH] a | notice=5\n",
          "v1 1/1: a applied=n\n" },
        { "the first of several counts",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "60 m eve a Re: [PATCH] a | notice=2\n",
          "v1 1/1: a reviewed=1 answer=n applied=n\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pulls_tell_of_what_they_list),
        cmocka_unit_test(notices_tell_of_parts_that_did_not_come),
        cmocka_unit_test(what_came_again_is_told),
        cmocka_unit_test(a_notice_for_the_same_patch_counts),
        cmocka_unit_test(notices_are_taken_back_by_whoever_gave_them),
        cmocka_unit_test(notices_tell_what_was_applied),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
