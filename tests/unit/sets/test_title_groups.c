/* SPDX-License-Identifier: MIT */
/* Titles of one author: a digit a record, equal ones are one; 0: none. */
#include "sets/title_groups.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

enum { ORDERS = 8 };

/* Numbers are given as titles come: renamed by the order of records. */
static void check(const char *lines, const char *wanted)
{
    for (unsigned seed = 0; seed < ORDERS; seed++) {
        g_autoptr(Posts) posts = posts_new(lines, seed, NULL);
        g_autoptr(Sets) sets = posts_members(posts);
        g_autofree uint32_t *titles = title_groups_find(sets);
        g_autoptr(GHashTable) names = g_hash_table_new(NULL, NULL);
        g_autoptr(GString) found = g_string_new(NULL);

        for (unsigned i = 0; i < sets->count; i++) {
            gpointer number = GUINT_TO_POINTER(titles[i]);

            if (titles[i] != 0 && !g_hash_table_contains(names, number))
                g_hash_table_insert(
                    names, number,
                    GUINT_TO_POINTER(g_hash_table_size(names) + 1));
            g_string_append_printf(
                found, "%u",
                GPOINTER_TO_UINT(g_hash_table_lookup(names, number)));
        }
        if (strcmp(found->str, wanted) != 0)
            fail_msg("order %u:\n%sfound:  %s\nwanted: %s", seed, lines,
                     found->str, wanted);
    }
}

static void a_title_is_one_of_one_author(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] wren: sing\n1 b ann - [PATCH v2] wren: sing\n"
          "2 c bob - [PATCH] wren: sing\n3 d ann - [PATCH] owl: hoot\n",
          "1123");
}

static void case_and_a_final_dot_do_not_matter(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] Wren: sing.\n1 b ann - [PATCH v2] wren: Sing\n",
          "11");
}

static void one_person_may_have_two_addresses_or_a_sender(void **state)
{
    (void)state;
    check(
        "0 a ann - [PATCH] wren: sing\n1 b ann/home - [PATCH v2] wren: sing\n",
        "11");
    /* sent by bob for ann, then by bob himself */
    check("0 a bob - [PATCH] wren: sing | author=ann\n"
          "1 b bob - [PATCH v2] wren: sing\n",
          "11");
    /* a chain: ann's, sent by bob; bob's */
    check("0 a ann - [PATCH] wren: sing\n"
          "1 b bob - [PATCH v2] wren: sing | author=ann\n"
          "2 c bob - [PATCH v3] wren: sing\n",
          "111");
}

static void only_parts_have_numbers(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] wren: sing\n1 b ann a Re: [PATCH] wren: sing\n"
          "2 c ann - wren: sing\n",
          "100");
    check("0 a ann - [PATCH]\n1 b ann - [PATCH]\n", "00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_one_of_one_author),
        cmocka_unit_test(case_and_a_final_dot_do_not_matter),
        cmocka_unit_test(one_person_may_have_two_addresses_or_a_sender),
        cmocka_unit_test(only_parts_have_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
