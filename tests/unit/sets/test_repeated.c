/* SPDX-License-Identifier: MIT */
/* Which sets came again in others: "1" of a set that did. */
#include "sets/repeated.h"

#include "sets/title_groups.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static void check(const char *lines, const char *wanted)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets = posts_members(posts);
    g_autofree uint32_t *titles = title_groups_find(sets);
    g_autoptr(GString) found = g_string_new(NULL);

    repeated_find(sets, titles);
    for (unsigned i = 0; i < sets->all->len; i++) {
        const SetCause cause = sets_get(sets, (int)i)->repeated_by;

        assert_true(cause == CAUSE_NONE || cause == CAUSE_OTHER_SETS);
        g_string_append_c(found, cause == CAUSE_NONE ? '0' : '1');
    }
    if (strcmp(found->str, wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", lines, found->str, wanted);
}

static void a_later_set_repeats_an_earlier_one(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n9 b ann - [PATCH] a\n", "10");
    check("0 a ann - [PATCH] a\n9 b ann - [PATCH] a\n18 c ann - [PATCH] a\n",
          "110");
    check("0 a ann - [PATCH] a\n9 b ann - [PATCH] b\n", "00");
    check("0 a ann - [PATCH] a\n9 b bob - [PATCH] a\n", "00");
}

static void all_patches_must_come_again(void **state)
{
    static const char series[] = "0 c ann - [PATCH 0/2] c\n"
                                 "1 a ann c [PATCH 1/2] a\n"
                                 "2 b ann c [PATCH 2/2] b\n";
    g_autofree char *one = g_strconcat(series, "900 d ann - [PATCH] a\n", NULL);
    g_autofree char *both = g_strconcat(
        series, "900 d ann - [PATCH] a\n901 e ann - [PATCH] b\n", NULL);

    (void)state;
    check(one, "00");
    check(both, "100"); /* without the cover */
}

static void a_series_does_not_repeat_itself(void **state)
{
    (void)state;
    check("0 a ann - [PATCH 1/2] a\n1 b ann a [PATCH 2/2] a\n", "0");
    check("0 a ann - [PATCH 1/2] a\n1 b ann a [PATCH 2/2] a\n"
          "900 c ann - [PATCH] a\n",
          "10");
}

/* 400 days are 576,000 minutes. */
static void a_title_is_another_patch_after_years(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n575999 b ann - [PATCH] a\n", "10");
    check("0 a ann - [PATCH] a\n576001 b ann - [PATCH] a\n", "00");
}

static void what_is_for_a_branch_waits_for_itself(void **state)
{
    (void)state;
    check("0 a ann - [PATCH 6.1.y] a\n9 b ann - [PATCH] a\n", "00");
    check("0 a ann - [PATCH] a\n9 b ann - [PATCH 6.1.y] a\n", "10");
}

static void one_title_may_be_of_two_repositories(void **state)
{
    (void)state;
    check("0 a ann - [PATCH libwren] a\n9 b ann - [PATCH wrend] a\n", "00");
    check("0 a ann - [PATCH net] a\n9 b ann - [PATCH net-next] a\n", "10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_set_repeats_an_earlier_one),
        cmocka_unit_test(all_patches_must_come_again),
        cmocka_unit_test(a_series_does_not_repeat_itself),
        cmocka_unit_test(a_title_is_another_patch_after_years),
        cmocka_unit_test(what_is_for_a_branch_waits_for_itself),
        cmocka_unit_test(one_title_may_be_of_two_repositories),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
