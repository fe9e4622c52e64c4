/* SPDX-License-Identifier: MIT */
/* Which patches a pull request lists: "PULL:PATCH" in order. */
#include "sets/pulled.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static void check(const char *lines, const char *wanted)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets = posts_members(posts);
    g_autoptr(GArray) pulled = pulled_find(sets);
    g_autoptr(GString) found = g_string_new(NULL);

    for (unsigned i = 0; i < pulled->len; i++) {
        const PulledPatch *patch = &g_array_index(pulled, PulledPatch, i);

        g_string_append_printf(found, "%s%s:%s", i == 0 ? "" : " ",
                               sets->records[patch->pull].message_id,
                               sets->records[patch->member].message_id);
    }
    if (strcmp(found->str, wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", lines, found->str, wanted);
}

static void listed_are_patches_by_title_and_author(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n1 b bob - [PATCH] b\n"
          "9 p bob - [GIT PULL] all | lists=ann:a,bob:b\n",
          "p:a p:b");
    check("0 a ann - [PATCH] a\n9 p bob - [GIT PULL] all | lists=bob:a\n", "");
    check("0 a ann - [PATCH] a\n9 p bob - [GIT PULL] all | lists=ann:b\n", "");
}

static void the_latest_before_the_request_is_meant(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n5 b ann - [PATCH v2] a\n"
          "9 p bob - [GIT PULL] all | lists=ann:a\n"
          "12 c ann - [PATCH v3] a\n",
          "p:b");
    check("0 a ann - [PATCH] a\n5 b bob - [PATCH] a\n"
          "9 p bob - [GIT PULL] all | lists=ann:a\n",
          "p:a");
}

/* 400 days are 576,000 minutes. */
static void titles_come_again_after_years(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n"
          "575999 p bob - [GIT PULL] all | lists=ann:a\n"
          "576001 q bob - [GIT PULL] all | lists=ann:a\n",
          "p:a");
}

static void covers_and_what_came_with_a_pull_are_not_listed(void **state)
{
    (void)state;
    check("0 c ann - [PATCH 0/1] a\n"
          "9 p bob - [GIT PULL] all | lists=ann:a\n",
          "");
    check("0 q ann - [PULL 0/1] other\n1 b ann q [PULL 1/1] a\n"
          "9 p bob - [GIT PULL] all | lists=ann:a\n",
          "");
    /* a reply that quotes the patch is none */
    check("0 r ann x Re: [PATCH] a\n9 p bob - [GIT PULL] all | lists=ann:a\n",
          "");
}

static void each_request_lists_for_itself(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n9 p bob - [GIT PULL] all | lists=ann:a\n"
          "20 q bob - [GIT PULL] more | lists=ann:a\n",
          "p:a q:a");
    check("0 a ann - [PATCH] a\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(listed_are_patches_by_title_and_author),
        cmocka_unit_test(the_latest_before_the_request_is_meant),
        cmocka_unit_test(titles_come_again_after_years),
        cmocka_unit_test(covers_and_what_came_with_a_pull_are_not_listed),
        cmocka_unit_test(each_request_lists_for_itself),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
