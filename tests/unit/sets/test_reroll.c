/* SPDX-License-Identifier: MIT */
/* Of which part of an older series a single patch is a new form. */
#include "sets/build.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

#define SERIES                                                                 \
    "0 c ann - [PATCH 0/3] heap: faster\n"                                     \
    "1 a ann c [PATCH 1/3] heap: lock\n"                                       \
    "2 b ann c [PATCH 2/3] heap: count\n"                                      \
    "3 d ann c [PATCH 3/3] heap: merge\n"

/* wanted: the message id of the part that the post "r" is a new form of, or "".
 */
static void check(const char *lines, const char *wanted)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    const char *found = "";

    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);

        if (strcmp(sets->records[set->head].message_id, "r") == 0 &&
            set->rerolled != SETS_NONE)
            found = sets->records[set->rerolled].message_id;
    }
    if (strcmp(found, wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", lines, found, wanted);
}

static void a_part_that_comes_again_alone_revises_that_part(void **state)
{
    (void)state;
    check(SERIES "90 r ann - [PATCH v2] heap: count\n", "b");
    check(SERIES "90 r ann d [PATCH v2] heap: merge\n", "d");
    check(SERIES "90 r ann - [PATCH RESEND] heap: lock\n", "a");
}

static void what_answers_a_part_revises_it_under_any_title(void **state)
{
    (void)state;
    check(SERIES "90 r ann b [PATCH v2] heap: count well\n", "b");
    check(SERIES "80 q bob b Re: [PATCH 2/3] heap: count\n"
                 "90 r ann q [PATCH v2] heap: count well\n",
          "b");
    check(SERIES "90 r bob b [PATCH v2] heap: count well\n", "");
}

/* 120 days are 172,800 minutes. */
static void the_version_may_be_left_out_within_a_season(void **state)
{
    static const char third[] = "0 a ann - [PATCH v3 1/3] heap: lock\n"
                                "1 b ann a [PATCH v3 2/3] heap: count\n"
                                "2 d ann a [PATCH v3 3/3] heap: merge\n";
    g_autofree char *bare =
        g_strconcat(third, "90 r ann - [PATCH] heap: count\n", NULL);
    g_autofree char *told =
        g_strconcat(third, "90 r ann - [PATCH v1] heap: count\n", NULL);

    (void)state;
    check(SERIES "90 r ann - [PATCH] heap: count\n", "b");
    check(SERIES "172900 r ann - [PATCH] heap: count\n", "");
    check(bare, "b");
    check(told, "");
}

static void an_older_version_or_branch_does_not(void **state)
{
    (void)state;
    check("0 a ann - [PATCH v3 1/3] heap: lock\n"
          "1 b ann a [PATCH v3 2/3] heap: count\n"
          "90 r ann - [PATCH v2] heap: count\n",
          "");
    check(SERIES "90 r bob - [PATCH v2] heap: count\n", "");
    check(SERIES "90 r ann - [PATCH 6.1.y v2] heap: count\n", "");
}

static void what_revises_a_set_revises_no_part(void **state)
{
    (void)state;
    check(SERIES "90 r ann - [PATCH v2] heap: lock\n", "a"); /* the head */
    check(SERIES "80 x ann - [PATCH v2] heap: count\n"
                 "90 r ann - [PATCH v3] heap: count\n",
          "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_that_comes_again_alone_revises_that_part),
        cmocka_unit_test(what_answers_a_part_revises_it_under_any_title),
        cmocka_unit_test(the_version_may_be_left_out_within_a_season),
        cmocka_unit_test(an_older_version_or_branch_does_not),
        cmocka_unit_test(what_revises_a_set_revises_no_part),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
