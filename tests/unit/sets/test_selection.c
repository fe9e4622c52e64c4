/* SPDX-License-Identifier: MIT */
/* Which sets are picked for a maintained branch: "1" of a set that is. */
#include "sets/selection.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static void check(const char *lines, const char *wanted)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets = posts_members(posts);
    g_autoptr(GString) found = g_string_new(NULL);

    selection_find(sets);
    for (unsigned i = 0; i < sets->all->len; i++)
        g_string_append_c(found,
                          sets_get(sets, (int)i)->is_selection ? '1' : '0');
    if (strcmp(found->str, wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", lines, found->str, wanted);
}

static void programs_select(void **state)
{
    (void)state;
    check("0 a sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n", "1");
    check("0 a sasha - [PATCH AUTOSEL 5.4] own work\n", "1");
}

static void others_work_for_a_port_is_selected(void **state)
{
    (void)state;
    check("0 a greg - [PATCH 6.1.y] a | author=alice\n", "1");
    check("0 a greg - [PATCH stable-6.1] a | author=alice\n", "1");
    check("0 a alice - [PATCH 6.1.y] a\n", "0");
}

/* One patch of another's for a release asks to be taken. */
static void of_a_release_several_are_selected(void **state)
{
    (void)state;
    check("0 a bob - [PATCH 19.07] a | author=alice\n", "0");
    check("0 a bob - [PATCH 19.07 1/2] a | author=alice\n"
          "1 b bob a [PATCH 19.07 2/2] b | author=eve\n",
          "1");
    check("0 a bob - [PATCH 19.07 1/2] a | author=alice\n"
          "1 b bob a [PATCH 19.07 2/2] b\n",
          "0");
}

static void other_work_is_not_selected(void **state)
{
    (void)state;
    check("0 a bob - [PATCH] a | author=alice\n", "0");
    check("0 a bob - [PATCH net-next] a | author=alice\n", "0");
    check("0 a bob - [GIT PULL 6.1.y] things | author=alice\n", "0");
    /* of a cover alone nobody knows who wrote the patches */
    check("0 a greg - [PATCH 6.1.y 0/2] a | author=alice\n", "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(programs_select),
        cmocka_unit_test(others_work_for_a_port_is_selected),
        cmocka_unit_test(of_a_release_several_are_selected),
        cmocka_unit_test(other_work_is_not_selected),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
