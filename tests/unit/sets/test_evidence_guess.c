/* SPDX-License-Identifier: MIT */
#include "sets/evidence_rows.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/pair.h"

static void two_lines_prove_a_higher_version(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4\n"
          "900 b alice - [PATCH v2] owl: hoot | lines=1,2,5,6\n",
          2 },
        { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4\n"
          "900 b alice - [PATCH v3] owl: hoot | lines=1,7,5,6\n",
          0 },
        { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4\n"
          "900 b alice - [PATCH v2] owl: hoot | lines=7,8,5,6\n",
          0 },
    };

    (void)state;
    pair_check(evidence_has_lines, cases, G_N_ELEMENTS(cases));
}

/* What is sent within ten minutes is several patches, however alike. */
static void equal_versions_want_three_lines_or_one_file(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren: sing at dawn | lines=1,2,3,4\n"
          "900 b alice - [PATCH] wren: hum at night | lines=1,2,3,6\n",
          3 },
        { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4\n"
          "900 b alice - [PATCH] owl: hoot | lines=1,2,3,6\n",
          0 },
        { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4 work=w\n"
          "900 b alice - [PATCH] owl: hoot | lines=1,2,7,6 work=w\n",
          2 },
        { "0 a alice - [PATCH] wren: sing at dawn | lines=1,2,3,4\n"
          "9 b alice - [PATCH] wren: hum at night | lines=1,2,3,6\n",
          0 },
    };

    (void)state;
    pair_check(evidence_has_lines, cases, G_N_ELEMENTS(cases));
}

static void others_count_versions_on(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4 work=a\n"
          "900 b bob - [PATCH v2] owl: hoot | lines=1,2,3,6 work=b\n",
          3 },
        { "0 a alice - [PATCH] wren: sing | lines=1,2,3,4 work=a\n"
          "900 b bob - [PATCH] owl: hoot | lines=1,2,3,6 work=b\n",
          0 },
    };

    (void)state;
    pair_check(evidence_has_lines, cases, G_N_ELEMENTS(cases));
}

static void pull_requests_have_no_lines(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [GIT PULL] wren: sing | lines=1,2,3,4\n"
          "900 b alice - [GIT PULL v2] owl: hoot | lines=1,2,3,4\n",
          0 },
    };

    (void)state;
    pair_check(evidence_has_lines, cases, G_N_ELEMENTS(cases));
}

static void a_title_worded_anew_shares_words_and_file(void **state)
{
    static const PairCase cases[] = {
        { "0 a alice - [PATCH] wren: sing a song louder at dawn | work=w\n"
          "900 b alice - [PATCH v2] wren: sing a song softer at dawn | "
          "work=w\n",
          3 },
        { "0 a alice - [PATCH] wren: sing a song louder at dawn | work=w\n"
          "900 b alice - [PATCH v2] wren: sing a song softer at dawn | "
          "work=x\n",
          0 },
        { "0 a alice - [PATCH] wren: sing a song louder at dawn | work=w\n"
          "900 b alice - [PATCH] wren: sing a song softer at dawn | work=w\n",
          0 },
    };

    (void)state;
    pair_check(evidence_is_reworded, cases, G_N_ELEMENTS(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_lines_prove_a_higher_version),
        cmocka_unit_test(equal_versions_want_three_lines_or_one_file),
        cmocka_unit_test(others_count_versions_on),
        cmocka_unit_test(pull_requests_have_no_lines),
        cmocka_unit_test(a_title_worded_anew_shares_words_and_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
