/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/words.h"

#include <string.h>

#include <glib.h>

static void words_are_decoded(void **state)
{
    static const struct {
        const char *value, *text;
    } cases[] = {
        { " plain  text", " plain  text" },
        { "=?utf-8?q?=C3=A4?=", "ä" },
        { "=?UTF-8?Q?a_b=20c?=", "a b c" },
        { "=?utf-8?b?w6Q=?=", "ä" },
        { "=?iso-8859-1?q?=E4?=", "ä" },
        { "=?utf-8*de?q?=C3=A4?=", "ä" },
        { "=?utf-8*?q?=C3=A4?=", "ä" },
        /* split and wrongly split */
        { "=?utf-8?q?a?= =?utf-8?q?b?=", "ab" },
        { "=?utf-8?q?a?=\t  =?utf-8?q?b?= c", "ab c" },
        { "=?utf-8?q?a?==?utf-8?q?b?=", "ab" },
        { "=?utf-8?q?=C3?= =?utf-8?q?=A4?=", "ä" },
        { "=?utf-8?q?=C3?= =?UTF-8?Q?=A4?=", "ä" },
        { "=?utf-8?b?w6?= =?utf-8?b?Q=?=", "ä" },
        { "=?utf-8?b?YcM=?= =?utf-8?b?pGI=?=", "aäb" },
        { "=?utf-8?b?ww==?= =?utf-8?q?=A4b?=", "äb" },
        { "=?iso-2022-jp?b?GyRCJA==?= =?iso-2022-jp?b?IhsoQg==?=", "あ" },
        { "=?utf-8?q?a?= =?iso-8859-1?q?=E4?=", "aä" },
        { "=?utf-8?b?aGVsbG8?=", "hello" },
        { "=?utf-8?b?aGVsbG8?= world", "hello world" },
        { "=?utf-8?b?a?=", "" },
        { "=?utf-8?b?a G V s\tbG8=?=", "hello" },
        /* next to text */
        { "x=?utf-8?q?a?=y", "xay" },
        { "[PATCH] =?utf-8?q?a?= b", "[PATCH] a b" },
        { "a =?utf-8?q?b?= =?utf-8?q?c?= d", "a bc d" },
        { "\"=?utf-8?q?a?=\"", "\"a\"" },
        { "=?utf-8?q?"
          "?=",
          "" },
        { "=?utf-8?q?a?b?=", "a?b" },
        { "=?utf-8?q?a b?=", "a b" },
        { "=?utf-8?q?=5BPATCH=5D?=", "[PATCH]" },
        { "=?utf-8?q?a=?=", "a=" },
        { "=?utf-8?q?a=g1?=", "a=g1" },
        /* no words */
        { "=?", "=?" },
        { "=?utf-8", "=?utf-8" },
        { "=?utf-8?q", "=?utf-8?q" },
        { "=?utf-8?q?a", "=?utf-8?q?a" },
        { "=?utf-8?x?a?=", "=?utf-8?x?a?=" },
        { "=?"
          "?q?a?=",
          "=?"
          "?q?a?=" },
        { "=?utf-8?q?a =?utf-8?q?b?=", "=?utf-8?q?a b" },
        { "=?=?utf-8?q?b?=", "=?b" },
        /* doubtful */
        { "=?x-none?q?=C3=A4?=", "ä" },
        { "=?x-none?q?=E4?=", "ä" },
        { "=?utf-8?q?=E4?=", "\xef\xbf\xbd" },
        { "=?utf-8?q?a=00b?=", "a\xef\xbf\xbd"
                               "b" },
        { "caf\xc3\xa9 =?utf-8?q?a?=", "café a" },
        { "caf\xe9 =?utf-8?q?=C3=A4?= \xc3\xa4", "café ä ä" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = mail_words_decode(cases[i].value, NULL);

        assert_string_equal(text, cases[i].text);
    }
}

static void doubts_are_told(void **state)
{
    static const struct {
        const char *value;
        bool charset, raw_8bit;
    } cases[] = {
        { "abc", false, false },
        { "\xc3\xa4 =?utf-8?q?=C3=A4?=", false, false },
        { "=?x-none?q?a?=", true, false },
        { "=?utf-8?q?=E4?=", true, false },
        { "caf\xe9", false, true },
        { "caf\xe9 =?x-none?q?a?=", true, true },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        MailWordsDoubts doubts = { false, false };
        g_autofree char *text = mail_words_decode(cases[i].value, &doubts);

        assert_non_null(text);
        assert_int_equal(doubts.charset, cases[i].charset);
        assert_int_equal(doubts.raw_8bit, cases[i].raw_8bit);
    }
}

static void repaired_runs_are_one_word(void **state)
{
    g_autofree char *repaired = mail_words_repair(
        "\"x, y\" =?utf-8?b?YcM=?= =?utf-8?b?pA==?=<\xe4@b>", NULL);

    (void)state;
    assert_string_equal(repaired, "\"x, y\" =?utf-8?q?a=C3=A4?=<ä@b>");
}

static void repaired_decodes_to_the_same(void **state)
{
    static const char *const pieces[] = {
        "=?utf-8?q?", "=?utf-8?b?",  "?=",        "=C3", "=A4", "w6Q=",
        " ",          "=?koi8-r?Q?", "abc",       "=?",  "?",   "=",
        "\xe4",       "\xc3\xa4",    "=?none?b?", "\t",  "YWJ", "_",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(4);

    (void)state;
    for (int times = 0; times < 20000; times++) {
        g_autoptr(GString) value = g_string_new(NULL);
        for (int i = g_rand_int_range(random, 0, 14); i > 0; i--)
            g_string_append(
                value,
                pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_autofree char *repaired = mail_words_repair(value->str, NULL);
        g_autofree char *once = mail_words_decode(value->str, NULL);
        g_autofree char *again = mail_words_repair(repaired, NULL);

        assert_true(g_utf8_validate(once, -1, NULL));
        assert_true(g_utf8_validate(repaired, -1, NULL));
        assert_string_equal(repaired, again);
    }
}

static void values_are_unfolded(void **state)
{
    static const struct {
        const char *value, *unfolded;
    } cases[] = {
        { " a", " a" },
        { " a\n b", " a b" },
        { " a\n\t  b", " a b" },
        { " a \r\n b", " a  b" },
        { "\n a", " a" },
        { " a\n \n b", " a b" },
        { "", "" },
        { " a\n", " a " },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *unfolded =
            mail_words_unfold(cases[i].value, strlen(cases[i].value));

        assert_string_equal(unfolded, cases[i].unfolded);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_decoded),
        cmocka_unit_test(doubts_are_told),
        cmocka_unit_test(repaired_runs_are_one_word),
        cmocka_unit_test(repaired_decodes_to_the_same),
        cmocka_unit_test(values_are_unfolded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
