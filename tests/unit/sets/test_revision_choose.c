/* SPDX-License-Identifier: MIT */
/* Which of several ties counts: of each set "ID>OLDER", in order. */
#include "sets/revision_choose.h"

#include <string.h>

#include "sets/build.h"
#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

typedef struct Case {
    const char *lines, *wanted;
} Case;

static const char *head_of(const Sets *sets, int set)
{
    return set == SETS_NONE
               ? "-"
               : sets->records[sets_get(sets, set)->head].message_id;
}

static void check(const Case *one)
{
    g_autoptr(Posts) posts = posts_new(one->lines, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    g_autoptr(GString) found = g_string_new(NULL);

    for (int i = 0; i < (int)sets->all->len; i++) {
        const int older = sets_get(sets, i)->older;

        g_string_append_printf(found, "%s%s>%s", i == 0 ? "" : " ",
                               head_of(sets, i), head_of(sets, older));
        if (older != SETS_NONE)
            assert_int_equal(sets_get(sets, older)->newer, i);
    }
    if (strcmp(found->str, one->wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", one->lines, found->str,
                 one->wanted);
}

static void of_several_the_latest_is_the_older_one(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] wren\n900 b alice - [PATCH v2] wren\n"
          "1800 c alice - [PATCH v3] wren\n",
          "a>- b>a c>b" },
        /* v2 did not come: v3 is tied to both */
        { "0 a alice - [PATCH] wren\n900 b alice - [PATCH] wren\n"
          "1800 c alice - [PATCH v3] wren\n",
          "a>- b>a c>b" },
        /* what is sure goes before common parts */
        { "0 a alice - [PATCH] wren\n"
          "100 b alice - [PATCH 0/2] birds\n"
          "101 d alice b [PATCH 1/2] owl\n102 e alice b [PATCH 2/2] kite\n"
          "900 c alice - [PATCH v2 0/2] more birds | names=a supersedes=1\n"
          "901 f alice c [PATCH v2 1/2] owl\n"
          "902 g alice c [PATCH v2 2/2] kite\n",
          "a>- b>- c>a" },
        /* many common parts go before few that came later */
        { "0 a alice - [PATCH 0/3] a\n1 a1 alice a [PATCH 1/3] p\n"
          "2 a2 alice a [PATCH 2/3] q\n3 a3 alice a [PATCH 3/3] r\n"
          "100 b alice - [PATCH 0/2] b\n101 b1 alice b [PATCH 1/2] s\n"
          "102 b2 alice b [PATCH 2/2] t\n"
          "900 c alice - [PATCH v2 0/4] c\n901 c1 alice c [PATCH v2 1/4] p\n"
          "902 c2 alice c [PATCH v2 2/4] q\n903 c3 alice c [PATCH v2 3/4] r\n"
          "904 c4 alice c [PATCH v2 4/4] s\n",
          "a>- b>- c>a" },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

/* Both later sets revise the first one: the second goes on from the first. */
static void a_set_has_one_newer_one(void **state)
{
    static const Case cases[] = {
        { "0 a alice - [PATCH] wren | change=x\n"
          "900 b alice - [PATCH v2] owl | change=x\n"
          "1800 c alice - [PATCH v3] wren\n",
          "a>- b>a c>b" },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_several_the_latest_is_the_older_one),
        cmocka_unit_test(a_set_has_one_newer_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
