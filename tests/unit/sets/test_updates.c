/* SPDX-License-Identifier: MIT */
/* Which answers are patches (S-19): "1" for each post that is one. */
#include "sets/updates.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

#define FIRST "0 a ann - [PATCH] heap: lock | paths=heap.c patch=1\n"

static void check(const char *lines, const char *wanted)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets = posts_members(posts); /* calls it */
    g_autoptr(GString) found = g_string_new(NULL);

    for (unsigned i = 0; i < sets->count; i++)
        g_string_append_c(found, sets->kinds[i] == POST_PATCH ? '1' : '0');
    if (strcmp(found->str, wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", lines, found->str, wanted);
}

static void an_own_patch_under_the_title_is_the_next_form(void **state)
{
    (void)state;
    check(FIRST "9 b ann a Re: [PATCH] heap: lock | update=2 paths=heap.c\n",
          "11");
    check(FIRST "5 r bob a Re: [PATCH] heap: lock\n"
                "9 b ann r Re: [PATCH] heap: lock | update=2 paths=heap.c\n",
          "101");
    check(FIRST "9 b ann a Re: [PATCH] heap: lock | update=1 patch=1\n", "11");
}

static void another_patch_is_none(void **state)
{
    (void)state;
    check(FIRST "9 b ann a Re: [PATCH] heap: lock | update=1 paths=heap.c\n",
          "10");
    check(FIRST "9 b ann a Re: [PATCH] heap: lock | update=2 paths=rope.c\n",
          "10");
    check(FIRST "9 b ann a Re: [PATCH] heap: lock | paths=heap.c\n", "10");
}

static void another_persons_patch_is_none(void **state)
{
    (void)state;
    check(FIRST "9 b bob a Re: [PATCH] heap: lock | update=2 paths=heap.c\n",
          "10");
    check("0 a ann - Talk\n"
          "9 b ann a Re: Talk | update=2 paths=heap.c\n",
          "00");
}

/* It counts as what it answers, sent again, unless it says a version. */
static void it_is_a_set_of_the_same_version(void **state)
{
    g_autoptr(Posts) posts = posts_new(
        "0 a ann - [PATCH v3] heap: lock | paths=heap.c\n"
        "9 b ann a Re: [PATCH v3] heap: lock | update=2 paths=heap.c\n"
        "19 c ann b Re: heap: lock | update=2 paths=heap.c\n",
        0, NULL);
    g_autoptr(Sets) sets = posts_members(posts);

    (void)state;
    assert_int_equal(sets->all->len, 3);
    for (int i = 0; i < 3; i++)
        assert_int_equal(sets_get(sets, i)->version, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_own_patch_under_the_title_is_the_next_form),
        cmocka_unit_test(another_patch_is_none),
        cmocka_unit_test(another_persons_patch_is_none),
        cmocka_unit_test(it_is_a_set_of_the_same_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
