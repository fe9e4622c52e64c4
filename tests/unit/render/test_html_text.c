/* SPDX-License-Identifier: MIT */
#include "render/html_text.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

typedef void (*Writer)(GString *out, const char *text);

static void assert_writes(Writer writer, const char *text, const char *wanted)
{
    g_autoptr(GString) out = g_string_new(NULL);

    writer(out, text);
    assert_string_equal(out->str, wanted);
}

static void what_html_reads_as_its_own_is_escaped(void **state)
{
    (void)state;
    assert_writes(html_escape, "<a href='x' title=\"y\">&</a>",
                  "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;"
                  "&lt;/a&gt;");
    assert_writes(html_escape, "&apos; &amp;", "&amp;apos; &amp;amp;");
    assert_writes(html_escape, "Zo\xc3\xab", "Zo\xc3\xab");
}

/* Escape, C1, an override: readers see them, terminals and browsers do not. */
static void controls_of_mail_are_visible(void **state)
{
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    assert_writes(html_mail, NULL, "");
    assert_writes(html_mail, "", "");
    html_mail(out, HOSTILE);
    assert_true(g_utf8_validate(out->str, -1, NULL));
    assert_null(strchr(out->str, '\033'));
    assert_null(strstr(out->str, "\xc2\x9b"));
    assert_null(strstr(out->str, "\xe2\x80\xae"));
    assert_null(strchr(out->str, '<'));
    assert_non_null(strstr(out->str, "&lt;b&gt;&amp;amp;"));
}

static void long_words_may_be_broken(void **state)
{
    (void)state;
    assert_writes(html_broken, NULL, "");
    assert_writes(html_broken, "short words stay as they are, all of them",
                  "short words stay as they are, all of them");
    assert_writes(html_broken, "ann.of.the.long.house@example.org",
                  "ann.of.the.long.<wbr>house@example.<wbr>org");
    /* of 11 bytes not yet */
    assert_writes(html_broken, "abcdefghij.k", "abcdefghij.k");
    assert_writes(html_broken, "abcdefghijk.l", "abcdefghijk.<wbr>l");
    /* nothing behind the last byte */
    assert_writes(html_broken, "abcdefghijk.", "abcdefghijk.");
    assert_writes(html_broken, "aaaaaaaaaaaaaaaaaaaaaaaaaaa",
                  "aaaaaaaaaaaaaaaaaaaaaaaa<wbr>aaa");
}

/* Not within a character, nor within what stands for one. */
static void a_break_parts_no_character(void **state)
{
    g_autoptr(GString) wide = g_string_new(NULL);
    g_autoptr(GString) marks = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    for (unsigned i = 0; i < 40; i++) {
        g_string_append(wide, "\xe2\x82\xac");
        g_string_append_c(marks, '&');
    }
    html_broken(out, wide->str);
    assert_true(g_utf8_validate(out->str, -1, NULL));
    assert_non_null(strstr(out->str, "\xe2\x82\xac<wbr>\xe2\x82\xac"));
    g_string_truncate(out, 0);
    html_broken(out, marks->str);
    assert_non_null(strstr(out->str, "&amp;<wbr>&amp;"));
}

static void a_person_has_a_name_and_an_address(void **state)
{
    DigestPerson both = { .name = (char *)(uintptr_t) "Ann <b>",
                          .email = (char *)(uintptr_t) "ann@a.org" };
    DigestPerson bare = { .name = (char *)(uintptr_t) "",
                          .email = (char *)(uintptr_t) "ann@a.org" };
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    html_person(out, &both);
    assert_string_equal(
        out->str, "Ann &lt;b&gt; <span class=\"dim\">&lt;ann@a.org&gt;</span>");
    g_string_truncate(out, 0);
    html_person(out, &bare);
    assert_string_equal(out->str, "ann@a.org"); /* once */
}

static void only_the_web_is_linked(void **state)
{
    static const struct {
        const char *url, *wanted;
    } cases[] = {
        { "https://a.org/?x=1&y=2",
          "<a href=\"https://a.org/?x=1&amp;y=2\">a &amp; b</a>" },
        { "https://a.org/\"><b>",
          "<a href=\"https://a.org/&quot;&gt;&lt;b&gt;\">a &amp; b</a>" },
        { "javascript:alert(1)", "a &amp; b" },
        { "ftp://a.org/", "a &amp; b" },
        { NULL, "a &amp; b" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) out = g_string_new(NULL);

        html_linked(out, "a & b", cases[i].url);
        if (strcmp(out->str, cases[i].wanted) != 0)
            fail_msg("%s: %s", cases[i].url, out->str);
    }
}

static void text_keeps_its_lines(void **state)
{
    (void)state;
    assert_writes(html_pre, "\n\n  a < b\n\tc\n\n",
                  "<pre>  a &lt; b\n\tc</pre>\n");
    assert_writes(html_pre, "\n \n", "");
    assert_writes(html_pre, NULL, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_html_reads_as_its_own_is_escaped),
        cmocka_unit_test(controls_of_mail_are_visible),
        cmocka_unit_test(long_words_may_be_broken),
        cmocka_unit_test(a_break_parts_no_character),
        cmocka_unit_test(a_person_has_a_name_and_an_address),
        cmocka_unit_test(only_the_web_is_linked),
        cmocka_unit_test(text_keeps_its_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
