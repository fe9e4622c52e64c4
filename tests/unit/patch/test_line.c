/* SPDX-License-Identifier: MIT */
#include "patch/line.h"

#include "tests/support/unit.h"

#include <string.h>

static PatchLine line_of(const char *text)
{
    return (PatchLine){ text, strlen(text), 0 };
}

static void lines_are_walked_to_the_end(void **state)
{
    PatchText text = { "a\n\nbc", 5 };
    PatchLine line = patch_line_at(text, 0);

    (void)state;
    assert_true(patch_line_is(&line, "a"));
    line = patch_line_after(text, &line);
    assert_int_equal(line.length, 0);
    assert_int_equal(line.offset, 2);
    line = patch_line_after(text, &line);
    assert_true(patch_line_is(&line, "bc"));
    assert_int_equal(patch_line_end(text, &line), 5);
    line = patch_line_after(text, &line);
    assert_int_equal(line.length, 0);
    assert_int_equal(line.offset, 5);
    line = patch_line_at(text, 99);
    assert_int_equal(line.offset, 5);
}

static void quotes_are_told(void **state)
{
    static const struct {
        const char *line;
        bool is_quoted;
    } cases[] = {
        { "> a", true },        { ">a", true },          { ">", true },
        { ">> a", true },       { " > a", true },        { "   > a", true },
        { "    > a", false },   { ">From here", false }, { ">From", true },
        { ">From a b", false }, { "a > b", false },      { "", false },
        { "\t> a", false },     { "-> a", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        PatchLine line = line_of(cases[i].line);

        assert_int_equal(patch_line_is_quoted(&line), cases[i].is_quoted);
    }
}

static void numbers_are_taken_up_to_nine_digits(void **state)
{
    static const struct {
        const char *line;
        bool is_taken;
        unsigned number;
    } cases[] = {
        { "12,3", true, 12 },
        { "0", true, 0 },
        { "999999999", true, 999999999 },
        { "1000000000", false, 7 },
        { "a", false, 7 },
        { "", false, 7 },
        { "-1", false, 7 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        PatchLine line = line_of(cases[i].line);
        unsigned number = 7;

        assert_int_equal(patch_line_take_number(&line, &number),
                         cases[i].is_taken);
        assert_int_equal(number, cases[i].number);
    }
}

static void the_line_before_is_found(void **state)
{
    const PatchText text = { "one\n\nthree", 10 };
    PatchLine line = patch_line_at(text, 5);

    (void)state;
    assert_true(patch_line_is(&line, "three"));
    line = patch_line_before(text, &line);
    assert_int_equal(line.offset, 4);
    assert_int_equal(line.length, 0);
    line = patch_line_before(text, &line);
    assert_true(patch_line_is(&line, "one"));
    line = patch_line_before(text, &line);
    assert_int_equal(line.offset, 0);
    assert_int_equal(line.length, 0);
}

static void hexadecimal_digits_are_counted(void **state)
{
    static const struct {
        const char *text;
        size_t digits;
    } cases[] = { { "", 0 }, { "0aF9 x", 4 }, { "g0", 0 }, { "12", 2 } };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const PatchLine line = { cases[i].text, strlen(cases[i].text), 0 };

        assert_int_equal(patch_line_hex_digits(&line), cases[i].digits);
    }
}

static void gits_first_line_has_a_whole_id_and_a_date(void **state)
{
    static const char forty[] = "0123456789abcdef0123456789abcdef01234567";
    static const struct {
        const char *before, *after;
        bool is_first;
    } cases[] = {
        { "From ", " Mon Sep 17 00:00:00 2001", true },
        { "From ", "89abcdef0123456789abcdef Mon Sep 17", true }, /* SHA-256 */
        { "From ", "", false },
        { "From ", "g Mon Sep 17", false },
        { "From x", " Mon Sep 17", false },
        { "From: ", " Mon Sep 17", false },
        { ">From ", " Mon Sep 17", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            g_strconcat(cases[i].before, forty, cases[i].after, NULL);
        const PatchLine line = line_of(text);

        if (patch_line_is_git_from(&line) != cases[i].is_first)
            fail_msg("%s", text);
    }
    const PatchLine lesser = line_of("From 0123456 Mon Sep 17");
    assert_false(patch_line_is_git_from(&lesser));
}

static void slices_stay_inside(void **state)
{
    PatchLine line = line_of(" a:b:c ");
    PatchLine trimmed = patch_line_trim(&line);
    PatchLine none = patch_line_from(&line, 99);

    (void)state;
    assert_true(patch_line_is(&trimmed, "a:b:c"));
    assert_int_equal(trimmed.offset, 1);
    assert_int_equal(none.length, 0);
    assert_int_equal(patch_line_find(&trimmed, ':'), 1);
    assert_int_equal(patch_line_find_last(&trimmed, ':'), 3);
    assert_int_equal(patch_line_find(&trimmed, '!'), trimmed.length);
    assert_int_equal(patch_line_find_last(&none, '!'), 0);
    assert_true(patch_line_take(&trimmed, "a:"));
    assert_true(patch_line_is(&trimmed, "b:c"));
    assert_false(patch_line_take(&trimmed, "b:c:"));
    assert_true(patch_line_starts_any_case(&trimmed, "B:"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_walked_to_the_end),
        cmocka_unit_test(quotes_are_told),
        cmocka_unit_test(numbers_are_taken_up_to_nine_digits),
        cmocka_unit_test(the_line_before_is_found),
        cmocka_unit_test(hexadecimal_digits_are_counted),
        cmocka_unit_test(gits_first_line_has_a_whole_id_and_a_date),
        cmocka_unit_test(slices_stay_inside),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
