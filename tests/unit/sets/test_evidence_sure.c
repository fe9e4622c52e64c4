/* SPDX-License-Identifier: MIT */
#include "sets/evidence_rows.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/pair.h"

static void whoever_names_a_set_has_a_part_in_it(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren\n"
          "9 b alice - [PATCH] owl | names=a supersedes=1\n",
          1 },
        { "0 a alice - [PATCH] wren\n"
          "9 b bob - [PATCH] owl | names=a supersedes=1\n",
          0 },
        { "0 a alice - [PATCH] wren | patch=x\n"
          "9 b bob - [PATCH] owl | names=a supersedes=1 patch=x\n",
          1 },
        { "0 a alice - [PATCH] wren | lines=1,2,3,4\n"
          "9 b bob - [PATCH] owl | names=a supersedes=1 lines=4,5,6,7\n",
          1 },
        { "0 a alice - [PATCH] wren\n"
          "9 b alice - [PATCH] owl | names=a\n",
          0 },
        { "0 a alice - [GIT PULL] wren\n"
          "9 b alice - [PATCH] owl | names=a supersedes=1\n",
          0 },
    };

    (void)state;
    pair_check(evidence_is_named, cases, G_N_ELEMENTS(cases));
}

static void a_change_id_is_of_the_head(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren | change=x\n"
          "9 b bob - [PATCH v2] owl | change=x\n",
          1 },
        { "0 a alice - [PATCH] wren | change=x\n"
          "9 b bob - [PATCH v2] owl | change=y\n",
          0 },
        { "0 a alice - [PATCH] wren\n"
          "9 b bob - [PATCH v2] owl\n",
          0 },
    };

    (void)state;
    pair_check(evidence_has_change, cases, G_N_ELEMENTS(cases));
}

static void a_title_is_sent_again_by_its_author(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren\n"
          "9 b alice - [PATCH v2] wren\n",
          1 },
        { "0 a alice - [PATCH] wren\n"
          "9 b bob - [PATCH v2] wren\n",
          0 },
        { "0 a alice - [PATCH] wren\n"
          "9 b alice - [PATCH] wren\n",
          1 },
        { "0 a alice - [PATCH] wren\n"
          "200000 b alice - [PATCH] wren\n",
          0 },
        { "0 a alice - [PATCH] wren\n"
          "200000 b alice - [PATCH RESEND] wren\n",
          1 },
    };

    (void)state;
    pair_check(evidence_has_title, cases, G_N_ELEMENTS(cases));
}

static void covers_of_one_title_want_a_common_part(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH 0/1] misc\n"
          "1 c alice a [PATCH 1/1] wren\n"
          "900 b alice - [PATCH 0/1] misc\n"
          "901 d alice b [PATCH 1/1] owl\n",
          0 },
        { "0 a alice - [PATCH 0/1] misc\n"
          "1 c alice a [PATCH 1/1] wren\n"
          "900 b alice - [PATCH 0/1] misc\n"
          "901 d alice b [PATCH 1/1] wren\n",
          1 },
    };

    (void)state;
    pair_check(evidence_has_title, cases, G_N_ELEMENTS(cases));
}

/* Below one of several patches it is a new form of that one. */
static void a_higher_version_answers_the_head_or_all(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren\n"
          "9 b alice a [PATCH v2] owl\n",
          1 },
        { "0 a alice - [PATCH] wren\n"
          "9 b alice a [PATCH] owl\n",
          0 },
        { "0 a alice - [PATCH] wren\n"
          "9 b bob a [PATCH v2] owl\n",
          0 },
        { "0 a alice - [PATCH] wren\n"
          "5 r bob a Re: [PATCH] wren\n"
          "9 b alice r [PATCH v2] owl\n",
          1 },
        { "0 a alice - [PATCH] wren\n"
          "9 b alice - [PATCH v2] owl\n",
          0 },
    };

    (void)state;
    pair_check(evidence_answers, cases, G_N_ELEMENTS(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_names_a_set_has_a_part_in_it),
        cmocka_unit_test(a_change_id_is_of_the_head),
        cmocka_unit_test(a_title_is_sent_again_by_its_author),
        cmocka_unit_test(covers_of_one_title_want_a_common_part),
        cmocka_unit_test(a_higher_version_answers_the_head_or_all),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
