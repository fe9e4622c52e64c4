/* SPDX-License-Identifier: MIT */
#include "sets/series_repair.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/situations.h"

static void odd_series_are_understood(void **state)
{
    static const Situation situations[] = {
        { "8/7 is one more",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "90 d alice c [PATCH 3/2] d\n",
          "v1 3/2: c a b d\n" },
        { "3/3 after two of two",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "90 d alice c [PATCH 3/3] d\n",
          "v1 3/2: c a b d\n" },
        { "the cover counted wrong",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/3] a\n"
          "2 b alice c [PATCH 2/3] b\n"
          "3 d alice c [PATCH 3/3] d\n",
          "v1 3/3: c a b d\n" },
        { "the cover alone has the version",
          "0 c alice - [PATCH v2 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v2 2/2: c a b\n" },
        { "the patches alone have the version",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH v2 1/2] a\n"
          "2 b alice c [PATCH v2 2/2] b\n",
          "v2 2/2: c a b\n" },
        { "a cover without a tag has the version",
          "0 c alice - two fixes v2\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v2 2/2: a b\n" },
        { "what another says of a v2 is no cover",
          "0 c bob - broken since v2\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v1 2/2: a b\n" },
        { "one patch forgot the version",
          "0 c alice - [PATCH v2 0/2] cover\n"
          "1 a alice c [PATCH v2 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v2 2/2: c a b\n" },
        { "the first patch forgot the version",
          "1 a alice - [PATCH 1/3] a\n"
          "2 b alice a [PATCH v2 2/3] b\n"
          "3 d alice a [PATCH v2 3/3] d\n",
          "v2 3/3: a b d\n" },
        { "what comes an hour later forgot nothing",
          "0 c alice - [PATCH v2 0/2] cover\n"
          "1 a alice c [PATCH v2 1/2] a\n"
          "70 b alice c [PATCH 2/2] b\n",
          "v2 1/2: c a incomplete\nv1 1/2: b incomplete\n" },
        { "one patch below a cover of one",
          "0 c alice - [PATCH 0/1] cover\n"
          "1 a alice c [PATCH] a\n",
          "v1 1/1: c a\n" },
        { "a part twice is two sets, the second with what it has",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "2 x alice a [PATCH 2/2] b\n",
          "v1 2/2: a b\nv1 1/2: x incomplete\n" },
        { "another's patch below a series",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 x bob b [PATCH] x\n",
          "v1 2/2: a b answer=x\nv1 1/1: x\n" },
        { "a post that is its own parent", "0 a alice a [PATCH] a\n",
          "v1 1/1: a\n" },
        { "answers in a circle",
          "0 a alice b [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n",
          "v1 2/2: a b\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

static void covers_that_came_twice_are_one(void **state)
{
    static const Situation situations[] = {
        { "patches below the second",
          "0 b alice - [PATCH v7 0/2] c\n"
          "1 c alice - [PATCH v7 0/2] c\n"
          "2 d alice c [PATCH v7 1/2] d\n"
          "3 e alice c [PATCH v7 2/2] e\n"
          "9 r bob b Re: [PATCH v7 0/2] c | credits=R:bob\n",
          "v7 2/2: b c d e reviewed=2 answer=r review=r\n" },
        { "below the first",
          "0 b alice - [PATCH 0/1] c\n"
          "1 d alice b [PATCH 1/1] d\n"
          "2 c alice - [PATCH 0/1] c\n",
          "v1 1/1: b c d\n" },
        { "two without patches",
          "0 b alice - [PATCH 0/2] c\n"
          "1 c alice - [PATCH 0/2] c\n",
          "v1 0/2: b c incomplete\n" },
        { "not after an hour",
          "0 b alice - [PATCH 0/1] c\n"
          "60 c alice - [PATCH 0/1] c\n"
          "61 d alice c [PATCH 1/1] d\n",
          "v1 0/1: b incomplete\nv1 1/1: c d older=b\n" },
        { "nor of another title",
          "0 b alice - [PATCH 0/1] b\n"
          "1 c alice - [PATCH 0/1] c\n"
          "2 d alice c [PATCH 1/1] d\n",
          "v1 0/1: b incomplete\nv1 1/1: c d\n" },
        { "nor somebody else's",
          "0 b bob - [PATCH 0/1] c\n"
          "1 c alice - [PATCH 0/1] c\n"
          "2 d alice c [PATCH 1/1] d\n",
          "v1 0/1: b incomplete\nv1 1/1: c d\n" },
        { "nor a set with patches of its own",
          "0 b alice - [PATCH 0/1] c\n"
          "1 a alice b [PATCH 1/1] d\n"
          "2 c alice - [PATCH 0/1] c\n"
          "3 d alice c [PATCH 1/1] d\n",
          "v1 1/1: b a\nv1 1/1: c d older=b\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(odd_series_are_understood),
        cmocka_unit_test(covers_that_came_twice_are_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
