/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <string.h>

#include "base/text.h"

static void any_bytes_become_valid_text(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *text;
    } cases[] = {
        { "", 0, "" },
        { "plain", 5, "plain" },
        { "plain", 2, "pl" },
        { "caf\xc3\xa9", 5, "café" },
        { "caf\xe9!", 5, "caf\xef\xbf\xbd!" },
        { "a\0b", 3,
          "a\xef\xbf\xbd"
          "b" },
        { "\xc3", 1, "\xef\xbf\xbd" },                 /* cut */
        { "\xc0\xaf", 2, "\xef\xbf\xbd\xef\xbf\xbd" }, /* overlong */
        { "\xed\xa0\x80", 3, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd" },
        { "\xf0\x9f\x98\x80", 4, "😀" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text =
            text_make_valid(cases[i].bytes, cases[i].length);

        assert_string_equal(text, cases[i].text);
    }
}

static void one_upper_byte_anywhere_is_no_ascii(void **state)
{
    char bytes[100] = "";

    (void)state;
    for (size_t length = 0; length <= sizeof(bytes); length++) {
        assert_true(text_is_ascii(bytes, length));
        for (size_t at = 0; at < length; at++) {
            g_autofree char *copy = text_dup(bytes, length);

            copy[at] = (char)0x80;
            assert_false(text_is_ascii(copy, length));
        }
    }
}

static void blanks_collapse_to_one(void **state)
{
    static const char *const cases[][2] = {
        { "", "" },     { " ", "" },
        { "a", "a" },   { "  a \t\r\n b\v\fc  ", "a b c" },
        { "\n\n", "" }, { "caf\xc3\xa9  x", "café x" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup(cases[i][0]);

        assert_ptr_equal(text_collapse(text), text);
        assert_string_equal(text, cases[i][1]);
    }
}

static void nothing_that_acts_or_hides_is_left(void **state)
{
    static const char *const cases[][2] = {
        { "", "" },
        { "plain é 漢字 😀", "plain é 漢字 😀" },
        { "\x1b[31mred", "<U+001B>[31mred" },
        { "a\nb\tc\r", "a<U+000A>b<U+0009>c<U+000D>" },
        { "\x7f", "<U+007F>" },
        { "\xc2\x9b"
          "31m",
          "<U+009B>31m" },                /* C1: CSI */
        { "a\u202etxt", "a<U+202E>txt" }, /* right to left */
        { "\u2066\u2069\u061c", "<U+2066><U+2069><U+061C>" },
        { "\u200b\u00ad\ufeff", "<U+200B><U+00AD><U+FEFF>" },
        { "\u2028\u2029", "<U+2028><U+2029>" },
        { "\u3164\u115f", "<U+3164><U+115F>" },           /* blank letters */
        { "\U000e0041\U000e0101", "<U+E0041><U+E0101>" }, /* tag, selector */
        { "\xff\xc3", "\xef\xbf\xbd\xef\xbf\xbd" },
        { "<U+202E>", "<U+202E>" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = text_visible(cases[i][0]);

        assert_string_equal(text, cases[i][1]);
    }
}

static void line_ends_and_tabs_may_be_kept(void **state)
{
    static const char text[] = "a\n\tb\r\n\0\x1b";
    g_autoptr(GString) out = g_string_new("x");

    (void)state;
    text_append_visible(out, text, sizeof text - 1, true);
    assert_string_equal(out->str, "xa\n\tb<U+000D>\n<U+0000><U+001B>");
}

static void a_character_cut_by_the_length_is_no_character(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    text_append_visible(out, "\xe6\xbc\xa2", 2, false);
    assert_string_equal(out->str, "\xef\xbf\xbd\xef\xbf\xbd");
}

static void no_byte_alone_or_in_pair_is_let_through(void **state)
{
    (void)state;
    for (unsigned pair = 0; pair < 0x10000; pair++) {
        const char bytes[] = { (char)(pair >> 8), (char)pair };
        g_autoptr(GString) out = g_string_new(NULL);

        text_append_visible(out, bytes, sizeof bytes, false);
        assert_true(g_utf8_validate(out->str, (gssize)out->len, NULL));
        for (char *at = out->str; *at != '\0'; at = g_utf8_next_char(at))
            assert_false(g_unichar_iscntrl(g_utf8_get_char(at)));
    }
}

static void columns_are_those_of_a_terminal(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
    } cases[] = {
        { "", 0 },     { "abc", 3 },     { "café", 4 },
        { "漢字", 4 }, { "e\u0301", 1 }, /* combining */
        { "한글", 4 }, { "\xff", 1 },    { "a\xc3", 2 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(text_columns(cases[i].text), cases[i].columns);
}

static void a_cut_falls_between_characters(void **state)
{
    static const struct {
        const char *text;
        size_t max_bytes;
        const char *cut;
    } cases[] = {
        { "", 0, "" },
        { "", 5, "" },
        { "abc", 3, "abc" },
        { "abc", 2, "ab" },
        { "abc", 9, "abc" },
        { "café", 4, "caf" },
        { "café", 5, "café" },
        { "é", 1, "" },
        { "漢字", 5, "漢" },
        { "漢字", 4, "漢" },
        { "漢字", 2, "" },
        { "😀", 3, "" },
        { "a😀", 4, "a" },
        { "a😀", 5, "a😀" },
        { "\x80\x80\x80\x80\x80\x80", 5, "\x80\x80\x80\x80\x80" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *cut = text_cut(cases[i].text, cases[i].max_bytes);

        assert_string_equal(cut, cases[i].cut);
    }
}

static void fitting_text_ends_between_words(void **state)
{
    static const struct {
        const char *text;
        size_t columns;
        const char *fits;
    } cases[] = {
        { "short", 5, "short" },
        { "two words", 9, "two words" },
        { "some more words", 11, "some more\u2026" },
        { "some more words", 10, "some more\u2026" },
        { "some more words", 9, "some\u2026" },
        { "unbreakable", 6, "unbre\u2026" },
        /* a long name at a joint, a short one not at all */
        { "server: let some_long_name call", 22, "server: let some_\u2026" },
        { "server: let some_long_name call", 15, "server: let\u2026" },
        { "fs/smb/client/fs_context.c", 12, "fs/smb/\u2026" },
        { "\u6f22\u5b57\u306e\u672c", 8, "\u6f22\u5b57\u306e\u672c" },
        { "\u6f22\u5b57\u306e\u672c", 6, "\u6f22\u5b57\u2026" },
        { "e\u0301e\u0301e\u0301", 2, "e\u0301\u2026" },
        { "x", 0, "\u2026" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *fits = text_fit(cases[i].text, cases[i].columns);
        assert_string_equal(fits, cases[i].fits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fitting_text_ends_between_words),
        cmocka_unit_test(any_bytes_become_valid_text),
        cmocka_unit_test(one_upper_byte_anywhere_is_no_ascii),
        cmocka_unit_test(blanks_collapse_to_one),
        cmocka_unit_test(nothing_that_acts_or_hides_is_left),
        cmocka_unit_test(line_ends_and_tabs_may_be_kept),
        cmocka_unit_test(a_character_cut_by_the_length_is_no_character),
        cmocka_unit_test(no_byte_alone_or_in_pair_is_let_through),
        cmocka_unit_test(columns_are_those_of_a_terminal),
        cmocka_unit_test(a_cut_falls_between_characters),
    };

    return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
