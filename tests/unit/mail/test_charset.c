/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/charset.h"

#include <string.h>

#include <glib.h>

static void bytes_become_utf8(void **state)
{
    static const struct {
        const char *charset, *bytes, *text;
        bool is_doubtful;
    } cases[] = {
        { NULL, "abc", "abc", false },
        { "", "\xc3\xa4", "ä", false },
        { NULL, "\xe4", "ä", true },
        { NULL, "\x80\x81", "€\xc2\x81", true },
        { "utf-8", "\xc3\xa4", "ä", false },
        { "UTF8", "\xc3\xa4", "ä", false },
        { "utf-8", "a\xe4z", "a\xef\xbf\xbdz", true },
        { "us-ascii", "abc", "abc", false },
        { "us-ascii", "\xc3\xa4", "ä", true },
        { "us-ascii", "\xe4", "ä", true },
        { "iso-8859-1", "\xe4", "ä", false },
        { "ISO_8859-1", "\x93x\x94", "“x”", false },
        { "latin1", "\xe4", "ä", false },
        { "windows-1252", "\x80", "€", false },
        { "iso-8859-15", "\xa4", "€", false },
        { "iso-8859-2", "\xb1", "ą", false },
        { "koi8-r", "\xc1", "а", false },
        { "windows-1251", "\xe0", "а", false },
        { "gb2312", "\xc4\xe3", "你", false },
        { "GBK", "\xc4\xe3", "你", false },
        { "gb18030", "\xc4\xe3", "你", false },
        { "big5", "\xa7\x41", "你", false },
        { "iso-2022-jp", "\x1b$B$\"\x1b(B", "あ", false },
        { "shift_jis", "\x82\xa0", "あ", false },
        { "euc-jp", "\xa4\xa2", "あ", false },
        { "ks_c_5601-1987", "\xb0\xa1", "가", false },
        { "gbk", "a\xff z", "a\xef\xbf\xbd z", true },
        { "iso-2022-jp", "a\xffz", "a\xef\xbf\xbdz", true },
        { "shift_jis", "a\x82", "a\xef\xbf\xbd", true },
        { "windows-1255", "\xe0", "א", false },
        { "x-unknown", "\xc3\xa4", "ä", true },
        { "x-unknown", "\xe4", "ä", true },
        { "x-unknown", "abc", "abc", true },
        { "utf-7", "+AGE-", "+AGE-", true },
        { "utf-16be", "\x30\x42", "あ", false },
        { "iso-2022-cn-ext", "a", "a", true },
        { "utf-8", "", "", false },
        { "gbk", "", "", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        bool is_doubtful = false;
        g_autofree char *text =
            mail_charset_decode(cases[i].charset, cases[i].bytes,
                                strlen(cases[i].bytes), &is_doubtful);

        assert_string_equal(text, cases[i].text);
        assert_int_equal(is_doubtful, cases[i].is_doubtful);
    }
}

static void no_bytes_make_invalid_text(void **state)
{
    static const char *const charsets[] = {
        NULL,      "utf-8",        "us-ascii",     "iso-8859-1",
        "gb18030", "big5",         "shift_jis",    "iso-2022-jp",
        "euc-kr",  "windows-1255", "koi8-r",       "none",
        "euc-jp",  "big5-hkscs",   "windows-1258", "tis-620",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(3);
    char bytes[24];

    (void)state;
    for (int times = 0; times < 50000; times++) {
        const size_t length =
            (size_t)g_rand_int_range(random, 0, sizeof(bytes));
        const char *charset =
            charsets[g_rand_int_range(random, 0, (int)G_N_ELEMENTS(charsets))];
        bool is_doubtful = false;

        for (size_t i = 0; i < length; i++)
            bytes[i] = (char)g_rand_int_range(random, 0, 256);
        g_autofree char *text =
            mail_charset_decode(charset, bytes, length, &is_doubtful);
        assert_true(g_utf8_validate(text, -1, NULL));
    }
}

static void nul_becomes_a_replacement(void **state)
{
    static const char *const charsets[] = { NULL, "utf-8", "us-ascii",
                                            "iso-8859-1", "koi8-r" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++) {
        bool is_doubtful = false;
        g_autofree char *text =
            mail_charset_decode(charsets[i], "a\0b", 3, &is_doubtful);
        assert_string_equal(text, "a\xef\xbf\xbd"
                                  "b");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_become_utf8),
        cmocka_unit_test(no_bytes_make_invalid_text),
        cmocka_unit_test(nul_becomes_a_replacement),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
