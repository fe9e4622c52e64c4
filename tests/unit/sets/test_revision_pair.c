/* SPDX-License-Identifier: MIT */
#include "sets/revision_pair.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/pair.h"

typedef bool (*Relation)(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set);

typedef struct Case {
    const char *lines;
    bool holds;
} Case;

static void check(Relation relation, const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_auto(Pair) pair;

        pair_init(&pair, cases[i].lines);
        if (relation(&pair.revisions, pair.older, pair.newer) != cases[i].holds)
            fail_msg("wanted %s:\n%s", cases[i].holds ? "it" : "not",
                     cases[i].lines);
    }
}

static void versions_are_raised_by_number_or_from_rfc(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 b alice - [PATCH v2] b\n", true },
        { "0 a alice - [PATCH v2] a\n9 b alice - [PATCH v2] b\n", false },
        { "0 a alice - [PATCH v3] a\n9 b alice - [PATCH v2] b\n", false },
        { "0 a alice - [RFC PATCH] a\n9 b alice - [PATCH] b\n", true },
    };

    (void)state;
    check(revision_is_older_version, cases, G_N_ELEMENTS(cases));
}

static void one_content_is_patch_for_patch(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a | patch=x\n9 b alice - [PATCH] b | patch=x\n",
          true },
        { "0 a alice - [PATCH] a | patch=x\n9 b alice - [PATCH] b | patch=y\n",
          false },
        { "0 a alice - [PATCH] a\n9 b alice - [PATCH] b\n", false },
        /* one of two is no whole */
        { "0 a alice - [PATCH 1/2] a | patch=x\n"
          "1 c alice a [PATCH 2/2] c | patch=y\n"
          "900 b alice - [PATCH] b | patch=x\n",
          false },
    };

    (void)state;
    check(revision_is_same_content, cases, G_N_ELEMENTS(cases));
}

static void parts_are_common_by_title_change_or_patch(void **state)
{
    static const struct {
        const char *lines;
        unsigned common;
    } cases[] = {
        { "0 a alice - [PATCH 1/3] wren\n"
          "1 b alice a [PATCH 2/3] owl | patch=o\n"
          "2 c alice a [PATCH 3/3] kite | change=k\n"
          "900 d alice - [PATCH v2 1/3] wren\n"
          "901 e alice d [PATCH v2 2/3] crow | patch=o\n"
          "902 f alice d [PATCH v2 3/3] duck | change=k\n",
          3 },
        { "0 a alice - [PATCH 0/1] birds\n1 b alice a [PATCH 1/1] owl\n"
          "900 c alice - [PATCH v2 0/1] birds\n"
          "901 d alice c [PATCH v2 1/1] crow\n",
          0 }, /* a cover is no part */
        { "0 a alice - [PATCH] wren\n9 b bob - [PATCH v2] wren\n", 0 },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Pair) pair;

        pair_init(&pair, cases[i].lines);
        assert_int_equal(
            revision_common_parts(&pair.revisions, pair.older, pair.newer),
            cases[i].common);
    }
}

/* A namesake of another season is other work; so is what was written first. */
static void a_repost_comes_within_a_season(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 b alice - [PATCH] a\n", true },
        { "0 a alice - [PATCH] a\n200000 b alice - [PATCH] a\n", false },
        { "0 a alice - [PATCH] a\n9 b alice - [PATCH] a | date=200000\n",
          false },
        { "60 a alice - [PATCH] a\n90 b alice - [PATCH] a | date=1\n", false },
    };

    (void)state;
    check(revision_is_repost, cases, G_N_ELEMENTS(cases));
}

static void a_revision_follows_on_its_own_branch(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 b alice - [PATCH v2] a\n", true },
        { "0 a alice - [PATCH v2] a\n9 b alice - [PATCH] a\n", false },
        { "0 a alice - [PATCH 5.10.y] a\n9 b alice - [PATCH v2 6.1.y] a\n",
          false },
        { "0 a alice - [PATCH libubox] a\n9 b alice - [PATCH v2 ubus] a\n",
          false },
        /* a pull request of the next season has the same title */
        { "0 a alice - [GIT PULL] a\n9 b alice - [GIT PULL] a\n", false },
        { "0 a alice - [GIT PULL] a\n9 b alice - [GIT PULL v2] a\n", true },
        /* what was applied is not sent again under its version */
        { "0 a alice - [PATCH] a\n5 n bob a Re: [PATCH] a | notice=5\n"
          "9 b alice - [PATCH] a\n",
          false },
        { "0 a alice - [PATCH] a\n5 n bob a Re: [PATCH] a | notice=5\n"
          "9 b alice - [PATCH v2] a\n",
          true },
    };

    (void)state;
    check(revision_may_follow, cases, G_N_ELEMENTS(cases));
}

static void applied_work_is_guessed_by_its_title_alone(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] a\n9 b alice - [PATCH v2] b\n", true },
        { "0 a alice - [PATCH] wren: sing louder at dawn\n"
          "5 n bob a Re: [PATCH] wren: sing louder at dawn | notice=5\n"
          "9 b alice - [PATCH v2] wren: sing louder at night\n",
          true },
        { "0 a alice - [PATCH] wren: sing louder at dawn\n"
          "5 n bob a Re: [PATCH] wren: sing louder at dawn | notice=5\n"
          "9 b alice - [PATCH v2] owl: hoot\n",
          false },
    };

    (void)state;
    check(revision_may_guess, cases, G_N_ELEMENTS(cases));
}

static void other_models_are_other_work(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] wren: add the bird\n"
          "9 b alice - [PATCH] wren: add the bird again\n",
          false },
        { "0 a alice - [PATCH] dts: add board rk3328 support\n"
          "9 b alice - [PATCH] dts: add board rk3399 support\n",
          true },
        /* long after, another title is another purpose */
        { "0 a alice - [PATCH] wren: sing\n"
          "120000 b alice - [PATCH v2] owl: hoot\n",
          true },
    };

    (void)state;
    check(revision_is_other_work, cases, G_N_ELEMENTS(cases));
}

static void one_mail_may_have_come_twice(void **state)
{
    static const char lines[] = "0 a alice - [PATCH] a\n9 b bob - [PATCH] b\n";
    g_auto(Pair) pair;
    PostRecord *records;

    (void)state;
    pair_init(&pair, lines);
    records = (PostRecord *)(void *)pair.posts->records->data;
    assert_false(
        revision_is_same_mail(&pair.revisions, pair.older, pair.newer));
    records[1].own_link = records[0].own_link;
    assert_false(/* sent again, as its Date tells */
                 revision_is_same_mail(&pair.revisions, pair.older,
                                       pair.newer));
    records[1].date = records[0].date;
    assert_true(revision_is_same_mail(&pair.revisions, pair.older, pair.newer));
    records[0].own_link = records[1].own_link = 0;
    assert_false(
        revision_is_same_mail(&pair.revisions, pair.older, pair.newer));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_are_raised_by_number_or_from_rfc),
        cmocka_unit_test(one_content_is_patch_for_patch),
        cmocka_unit_test(parts_are_common_by_title_change_or_patch),
        cmocka_unit_test(a_repost_comes_within_a_season),
        cmocka_unit_test(a_revision_follows_on_its_own_branch),
        cmocka_unit_test(applied_work_is_guessed_by_its_title_alone),
        cmocka_unit_test(other_models_are_other_work),
        cmocka_unit_test(one_mail_may_have_come_twice),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
