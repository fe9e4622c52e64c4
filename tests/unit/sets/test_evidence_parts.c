/* SPDX-License-Identifier: MIT */
#include "sets/evidence_rows.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/pair.h"

static void half_of_the_patches_under_a_higher_version(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH 0/3] birds\n"
          "1 c alice a [PATCH 1/3] wren\n"
          "2 d alice a [PATCH 2/3] owl\n"
          "3 e alice a [PATCH 3/3] kite\n"
          "900 b alice - [PATCH v2 0/3] more\n"
          "901 f alice b [PATCH v2 1/3] wren\n"
          "902 g alice b [PATCH v2 2/3] owl\n"
          "903 h alice b [PATCH v2 3/3] crow\n",
          2 },
        { "0 a alice - [PATCH 0/3] birds\n"
          "1 c alice a [PATCH 1/3] wren\n"
          "2 d alice a [PATCH 2/3] owl\n"
          "3 e alice a [PATCH 3/3] kite\n"
          "900 b alice - [PATCH v2 0/3] more\n"
          "901 f alice b [PATCH v2 1/3] wren\n"
          "902 g alice b [PATCH v2 2/3] duck\n"
          "903 h alice b [PATCH v2 3/3] crow\n",
          0 },
        { "0 a alice - [PATCH 0/3] birds\n"
          "1 c alice a [PATCH 1/3] wren\n"
          "2 d alice a [PATCH 2/3] owl\n"
          "3 e alice a [PATCH 3/3] kite\n"
          "900 b alice - [PATCH 0/3] more\n"
          "901 f alice b [PATCH 1/3] wren\n"
          "902 g alice b [PATCH 2/3] owl\n"
          "903 h alice b [PATCH 3/3] crow\n",
          0 },
        { "0 a alice - [PATCH 0/3] birds\n"
          "1 c alice a [PATCH 1/3] wren\n"
          "2 d alice a [PATCH 2/3] owl\n"
          "3 e alice a [PATCH 3/3] kite\n"
          "900 b alice - [PATCH v2] wren\n",
          0 },
    };

    (void)state;
    pair_check(evidence_has_half, cases, G_N_ELEMENTS(cases));
}

static void all_that_came_of_a_series_comes_again(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH 1/5] wren\n"
          "900 b alice - [PATCH v2 1/2] wren\n"
          "901 c alice b [PATCH v2 2/2] owl\n",
          1 },
        { "0 a alice - [PATCH 1/5] duck\n"
          "900 b alice - [PATCH v2 1/2] wren\n"
          "901 c alice b [PATCH v2 2/2] owl\n",
          0 },
        { "0 a alice - [PATCH] wren\n"
          "900 b alice - [PATCH v2 1/2] wren\n"
          "901 c alice b [PATCH v2 2/2] owl\n",
          0 },
    };

    (void)state;
    pair_check(evidence_has_all_that_came, cases, G_N_ELEMENTS(cases));
}

static void the_first_half_again_without_the_others(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH 0/3] birds\n"
          "1 c alice a [PATCH 1/3] wren\n"
          "2 d alice a [PATCH 2/3] owl\n"
          "3 e alice a [PATCH 3/3] kite\n"
          "900 b alice - [PATCH 0/2] songs\n"
          "901 f alice b [PATCH 1/2] wren\n"
          "902 g alice b [PATCH 2/2] owl\n",
          2 },
        { "0 a alice - [PATCH 0/3] birds\n"
          "1 c alice a [PATCH 1/3] wren\n"
          "2 d alice a [PATCH 2/3] owl\n"
          "3 e alice a [PATCH 3/3] kite\n"
          "900 b alice - [PATCH 0/2] songs\n"
          "901 f alice b [PATCH 1/2] wren\n"
          "902 g alice b [PATCH 2/2] crow\n",
          0 },
        { "0 a alice - [PATCH 0/3] birds\n"
          "1 c alice a [PATCH 1/3] wren\n"
          "2 d alice a [PATCH 2/3] owl\n"
          "3 e alice a [PATCH 3/3] kite\n"
          "900 b alice - [PATCH v2 0/2] songs\n"
          "901 f alice b [PATCH v2 1/2] wren\n"
          "902 g alice b [PATCH v2 2/2] owl\n",
          0 },
    };

    (void)state;
    pair_check(evidence_is_half, cases, G_N_ELEMENTS(cases));
}

static void one_patch_again_with_others(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren\n"
          "900 b alice - [PATCH 0/2] birds\n"
          "901 c alice b [PATCH 1/2] wren\n"
          "902 d alice b [PATCH 2/2] owl\n",
          1 },
        { "0 a alice - [PATCH] crow\n"
          "900 b alice - [PATCH 0/2] birds\n"
          "901 c alice b [PATCH 1/2] wren\n"
          "902 d alice b [PATCH 2/2] owl\n",
          0 },
    };

    (void)state;
    pair_check(evidence_is_grown, cases, G_N_ELEMENTS(cases));
}

static void the_next_version_with_few_left(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH 0/5] birds\n"
          "1 c alice a [PATCH 1/5] p\n"
          "2 d alice a [PATCH 2/5] q\n"
          "3 e alice a [PATCH 3/5] r\n"
          "4 f alice a [PATCH 4/5] s\n"
          "5 g alice a [PATCH 5/5] t\n"
          "900 b alice - [PATCH v2 0/5] ducks\n"
          "901 h alice b [PATCH v2 1/5] p\n"
          "902 i alice b [PATCH v2 2/5] q\n"
          "903 j alice b [PATCH v2 3/5] u\n"
          "904 k alice b [PATCH v2 4/5] v\n"
          "905 l alice b [PATCH v2 5/5] w\n",
          2 },
        { "0 a alice - [PATCH 0/5] birds\n"
          "1 c alice a [PATCH 1/5] p\n"
          "2 d alice a [PATCH 2/5] q\n"
          "3 e alice a [PATCH 3/5] r\n"
          "4 f alice a [PATCH 4/5] s\n"
          "5 g alice a [PATCH 5/5] t\n"
          "900 b alice - [PATCH v3 0/5] ducks\n"
          "901 h alice b [PATCH v3 1/5] p\n"
          "902 i alice b [PATCH v3 2/5] q\n"
          "903 j alice b [PATCH v3 3/5] u\n"
          "904 k alice b [PATCH v3 4/5] v\n"
          "905 l alice b [PATCH v3 5/5] w\n",
          0 },
    };

    (void)state;
    pair_check(evidence_is_next, cases, G_N_ELEMENTS(cases));
}

static void one_diff_under_another_title(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren: sing | patch=x\n"
          "9 b alice - [PATCH] wren: sing louder | patch=x\n",
          1 },
        { "0 a alice - [PATCH] wren: sing | patch=x\n"
          "9 b alice - [PATCH] wren: sing louder | patch=y\n",
          0 },
        { "0 a alice - [PATCH] wren: sing | patch=x\n"
          "9 b alice - [PATCH v2] wren: sing louder | patch=x\n",
          0 },
    };

    (void)state;
    pair_check(evidence_is_same_diff, cases, G_N_ELEMENTS(cases));
}

static void another_author_sends_the_next_version(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH 0/2] birds\n"
          "1 c alice a [PATCH 1/2] wren\n"
          "2 d alice a [PATCH 2/2] owl\n"
          "900 b bob - [PATCH v2 0/2] mine\n"
          "901 e bob b [PATCH v2 1/2] wren\n"
          "902 f bob b [PATCH v2 2/2] owl\n",
          1 },
        { "0 a alice - [PATCH 0/2] birds\n"
          "1 c alice a [PATCH 1/2] wren\n"
          "2 d alice a [PATCH 2/2] owl\n"
          "900 b bob - [PATCH 0/2] mine\n"
          "901 e bob b [PATCH 1/2] wren\n"
          "902 f bob b [PATCH 2/2] owl\n",
          0 },
        { "0 a alice - [PATCH 0/2] birds\n"
          "1 c alice a [PATCH 1/2] wren\n"
          "2 d alice a [PATCH 2/2] owl\n"
          "900 b bob - [PATCH v2 0/2] mine\n"
          "901 e bob b [PATCH v2 1/2] wren\n"
          "902 f bob b [PATCH v2 2/2] crow\n",
          0 },
    };

    (void)state;
    pair_check(evidence_is_handed_over, cases, G_N_ELEMENTS(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_of_the_patches_under_a_higher_version),
        cmocka_unit_test(all_that_came_of_a_series_comes_again),
        cmocka_unit_test(the_first_half_again_without_the_others),
        cmocka_unit_test(one_patch_again_with_others),
        cmocka_unit_test(the_next_version_with_few_left),
        cmocka_unit_test(one_diff_under_another_title),
        cmocka_unit_test(another_author_sends_the_next_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
