/* SPDX-License-Identifier: MIT */
/*
 * Mail of several lists, a line each as posts.h has them; beside it, of each
 * by arrival, a letter for its list (upper case: in the interval) and what
 * stays: "id@list", and in braces the lists that it came to.
 */
#include "digest/copies.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

typedef struct Case {
    const char *name, *posts, *lists, *stays;
} Case;

static void describe_lists(const Copies *copies, uint32_t post, GString *out)
{
    const GArray *lists =
        g_hash_table_lookup(copies->lists_of, GUINT_TO_POINTER(post));

    if (lists == NULL)
        return;
    g_string_append_c(out, '{');
    for (unsigned i = 0; i < lists->len; i++)
        g_string_append_c(out, (char)('a' + g_array_index(lists, unsigned, i)));
    g_string_append_c(out, '}');
}

static char *describe(const Copies *copies)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < copies->records->len; i++) {
        const PostRecord *record =
            &g_array_index(copies->records, PostRecord, i);

        g_string_append_printf(out, "%s%s@%c", i > 0 ? " " : "",
                               record->message_id,
                               (char)('a' + copies->list_of[i]));
        describe_lists(copies, record->post, out);
    }
    return g_string_free(out, FALSE);
}

static char *found_in(const Case *of)
{
    g_autoptr(Posts) posts = posts_new(of->posts, 0, NULL);
    const unsigned count = posts->records->len;
    g_autofree bool *is_inside = g_new0(bool, count + 1);
    g_autofree unsigned *list_of = g_new0(unsigned, count + 1);
    g_auto(Copies) copies = { 0 };

    assert_int_equal(count, strlen(of->lists));
    for (unsigned i = 0; i < count; i++) {
        is_inside[i] = g_ascii_isupper(of->lists[i]);
        list_of[i] = (unsigned)(g_ascii_tolower(of->lists[i]) - 'a');
        if (*g_array_index(posts->records, PostRecord, i).message_id == '-')
            g_array_index(posts->records, PostRecord, i).own_link = 0;
    }
    copies_find(&copies, posts->records, posts->people, is_inside, list_of);
    return describe(&copies);
}

static void of_copies_one_stays(void **state)
{
    static const Case cases[] = {
        { "nothing", "", "", "" },
        { "one", "0 x alice - x\n", "A", "x@a" },
        { "different mails", "0 x alice - x\n1 y alice - y\n", "AB",
          "x@a y@b" },
        { "two lists: the first", "0 x alice - x\n1 x alice - x\n", "AB",
          "x@a{ab}" },
        { "the lists as they come, not by number",
          "0 x alice - x\n1 x alice - x\n2 x alice - x\n", "CAB", "x@c{cab}" },
        { "the first that lies inside",
          "0 x alice - x\n1 x alice - x\n2 x alice - x\n", "aBC", "x@b{bca}" },
        { "all outside", "0 x alice - x\n1 x alice - x\n", "ab", "x@a{ab}" },
        { "one Message-ID by two people", "0 x alice - x\n1 x bob - x\n", "AB",
          "x@a x@b" },
        { "again on the same list is another post",
          "0 x alice - x\n1 x alice - x\n", "AA", "x@a x@a" },
        { "again on the same list, and on another",
          "0 x alice - x\n1 x alice - x\n2 x alice - x\n", "AAB",
          "x@a{ab} x@a" },
        { "twice on the other list: that one is told once",
          "0 x alice - x\n1 x alice - x\n2 x alice - x\n", "ABB", "x@a{ab}" },
        { "mail without a Message-ID is no copy",
          "0 - alice - x\n1 - alice - x\n", "AB", "-@a -@b" },
        { "copies between others keep the order",
          "0 x alice - x\n1 y bob - y\n2 x alice - x\n3 z eve - z\n", "ABBA",
          "x@a{ab} y@b z@a" },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = found_in(&cases[i]);

        if (strcmp(found, cases[i].stays) == 0)
            continue;
        failed++;
        print_error("%s: %s, wanted %s\n", cases[i].name, found,
                    cases[i].stays);
    }
    assert_int_equal(failed, 0);
}

static void clearing_leaves_nothing_looked_for(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 x alice - x\n", 0, NULL);
    const bool is_inside = true;
    const unsigned list_of = 0;
    Copies copies = { 0 };

    (void)state;
    copies_find(&copies, posts->records, posts->people, &is_inside, &list_of);
    assert_non_null(copies.records);
    copies_clear(&copies);
    assert_null(copies.records);
    copies_clear(&copies);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_copies_one_stays),
        cmocka_unit_test(clearing_leaves_nothing_looked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
