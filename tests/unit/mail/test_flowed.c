/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/flowed.h"

#include <string.h>

#include <glib.h>

static void soft_line_ends_are_taken_out(void **state)
{
    static const struct {
        const char *text, *unwrapped;
        bool deletes_space;
    } cases[] = {
        { "a \nb\n", "a b\n", false },
        { "a \nb\n", "ab\n", true },
        { "a\nb\n", "a\nb\n", false },
        { "a \nb \nc", "a b c\n", false },
        { "a \n\nb\n", "a \nb\n", false },
        { " >a\n From b\n  c\n", ">a\nFrom b\n c\n", false },
        { "> a \n> b\nc\n", "> a b\nc\n", false },
        { "> a \nb\n", "> a \nb\n", false },
        { "> a \n>> b\n", "> a \n>> b\n", false },
        { ">> a \n>> b\n>\n", ">> a b\n>\n", false },
        { ">a\n", "> a\n", false },
        { "a \n-- \nb \nc\n", "a \n-- \nb c\n", false },
        { "", "", false },
        { " ", "\n", false },
        { "a ", "a \n", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *unwrapped =
            mail_flowed_unwrap(cases[i].text, cases[i].deletes_space);

        assert_string_equal(unwrapped, cases[i].unwrapped);
    }
}

static const char plain_patch[] = "Message that is \nflowed.\n"
                                  "---\n"
                                  "diff --git a/f b/f\n"
                                  "--- a/f\n"
                                  "+++ b/f\n"
                                  "@@ -1,4 +1,4 @@ int f(void) \n"
                                  " int x;\n"
                                  " \n"
                                  "-old \n"
                                  "+new \n"
                                  " \tint y;\n"
                                  "-- \n"
                                  "2.40.0\n";

static void unstuffed_patch_is_not_joined(void **state)
{
    g_autoptr(GString) expected = g_string_new(plain_patch);
    g_autofree char *unwrapped = mail_flowed_unwrap(plain_patch, false);

    (void)state;
    g_string_replace(expected, "is \nflowed", "is flowed", 1);
    assert_string_equal(unwrapped, expected->str);
}

/* As Thunderbird sends it: long lines are wrapped, in the diff, too. */
static void stuffed_patch_is_unstuffed_and_joined(void **state)
{
    g_autofree char *unwrapped = mail_flowed_unwrap("Message.\n"
                                                    "---\n"
                                                    "diff --git a/f b/f\n"
                                                    "--- a/f\n"
                                                    "+++ b/f\n"
                                                    "@@ -1,4 +1,4 @@ int \n"
                                                    "f(void)\n"
                                                    "  int x;\n"
                                                    "  \n"
                                                    "-old\n"
                                                    "+new\n"
                                                    "  \tint y;\n"
                                                    "-- \n"
                                                    "2.40.0\n",
                                                    false);

    (void)state;
    assert_string_equal(unwrapped, "Message.\n"
                                   "---\n"
                                   "diff --git a/f b/f\n"
                                   "--- a/f\n"
                                   "+++ b/f\n"
                                   "@@ -1,4 +1,4 @@ int f(void)\n"
                                   " int x;\n"
                                   " \n"
                                   "-old\n"
                                   "+new\n"
                                   " \tint y;\n"
                                   "-- \n"
                                   "2.40.0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(soft_line_ends_are_taken_out),
        cmocka_unit_test(unstuffed_patch_is_not_joined),
        cmocka_unit_test(stuffed_patch_is_unstuffed_and_joined),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
