/* SPDX-License-Identifier: MIT */
#include "patch/shortlog.h"

#include "tests/support/unit.h"

#include <string.h>

typedef struct Case {
    const char *text, *expected;
} Case;

/* "author: title; ..." and in brackets how many lines were none of it. */
static char *read_all(const char *text)
{
    const PatchText whole = { text, strlen(text) };
    g_autoptr(GPtrArray) listed = patch_listed_new();
    PatchShortlog shortlog = { .listed = listed };
    GString *out = g_string_new(NULL);
    unsigned others = 0;

    for (PatchLine line = patch_line_at(whole, 0); line.offset < whole.length;
         line = patch_line_after(whole, &line)) {
        if (patch_line_is_blank(&line))
            patch_shortlog_end(&shortlog);
        else
            others += !patch_shortlog_take(&shortlog, &line);
    }
    for (unsigned i = 0; i < listed->len; i++) {
        const PatchListed *patch = listed->pdata[i];

        g_string_append_printf(out, "%s: %s; ", patch->author, patch->title);
    }
    g_string_append_printf(out, "[%u]", others);
    return g_string_free(out, FALSE);
}

static void what_is_listed_is_read(void **state)
{
    static const Case cases[] = {
        { "", "[0]" },
        { "Ada Rill (1):\n      heap: free it\n",
          "Ada Rill: heap: free it; [0]" },
        { "Ada Rill (2):\n      a\n      b\n\nBo Lee (1):\n      c\n",
          "Ada Rill: a; Ada Rill: b; Bo Lee: c; [0]" },
        { "Ada Rill (1):\n  two blanks are enough\n",
          "Ada Rill: two blanks are enough; [0]" },
        { "Ada (home) Rill (1):\n      a\n", "Ada (home) Rill: a; [0]" },
        { "Ada Rill (1):\n      heap (core): free it (2)\n",
          "Ada Rill: heap (core): free it (2); [0]" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *listed = read_all(cases[i].text);

        assert_string_equal(listed, cases[i].expected);
    }
}

static void broken_titles_are_put_together(void **state)
{
    static const Case cases[] = {
        { "Ada Rill (2):\n      heap: free\nthe name\n      b\n",
          "Ada Rill: heap: free the name; Ada Rill: b; [0]" },
        { "Ada Rill (1):\n      heap: free\nthe name\n",
          "Ada Rill: heap: free the name; [1]" },
        { "Ada Rill (1):\n      a\n\nOther text.\n", "Ada Rill: a; [1]" },
        { "Ada Rill (2):\n  heap: free\n    the name\n  b\n",
          "Ada Rill: heap: free the name; Ada Rill: b; [0]" },
        { "Ada Rill (2):\n      a\n         b\n         c\n      d\n",
          "Ada Rill: a b; Ada Rill: c; [0]" },
        { "Ada Rill (3):\n      a\nb\nc\n      d\n", "Ada Rill: a b; [2]" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *listed = read_all(cases[i].text);

        assert_string_equal(listed, cases[i].expected);
    }
}

static void other_text_lists_nothing(void **state)
{
    static const Case cases[] = {
        { "Ada Rill (1)\n      a\n", "[2]" },
        { "Ada Rill (x):\n      a\n", "[2]" },
        { " Ada Rill (1):\n      a\n", "[2]" },
        { "Ada Rill (0):\n      a\n", "[0]" },
        { "Ada Rill (1):\n      a\n      more than it says\n",
          "Ada Rill: a; [0]" },
        { "Ada Rill (1):\n\n      a\n", "[1]" },
        { "Ada Rill (99999999999):\n      a\n", "[2]" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *listed = read_all(cases[i].text);

        assert_string_equal(listed, cases[i].expected);
    }
}

static void a_long_one_is_cut(void **state)
{
    g_autoptr(GPtrArray) listed = patch_listed_new();
    PatchShortlog shortlog = { .listed = listed };
    const PatchLine author = { "A (999):", 8, 0 };
    const PatchLine title = { "      t", 7, 9 };

    (void)state;
    assert_true(patch_shortlog_take(&shortlog, &author));
    for (unsigned i = 0; i < 2 * PATCH_LISTED_MAX; i++)
        assert_true(patch_shortlog_take(&shortlog, &title));
    assert_int_equal(listed->len, PATCH_LISTED_MAX);
}

static void nothing_is_kept_unless_asked_for(void **state)
{
    PatchShortlog shortlog = { 0 };
    const PatchLine author = { "A (1):", 6, 0 };
    const PatchLine title = { "      t", 7, 7 };
    const PatchLine rest = { "rest", 4, 15 };

    (void)state;
    assert_true(patch_shortlog_take(&shortlog, &author));
    assert_true(patch_shortlog_take(&shortlog, &title));
    assert_false(patch_shortlog_take(&shortlog, &rest));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_listed_is_read),
        cmocka_unit_test(broken_titles_are_put_together),
        cmocka_unit_test(other_text_lists_nothing),
        cmocka_unit_test(a_long_one_is_cut),
        cmocka_unit_test(nothing_is_kept_unless_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
