/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/html.h"

#include <string.h>
#include <time.h>

#include <glib.h>

static void html_becomes_text(void **state)
{
    static const struct {
        const char *html, *text;
    } cases[] = {
        { "a", "a\n" },
        { "<p>a</p><p>b</p>", "a\n\nb\n" },
        { "a<br>b<br/>c", "a\nb\nc\n" },
        { "<b>a</b>  <i>b</i>\n c", "a b c\n" },
        { "<DIV>a</DIV>b", "a\nb\n" },
        { "&lt;a&gt; &amp; &quot;b&quot;&nbsp;c", "<a> & \"b\" c\n" },
        { "&#65;&#x42;&#X43;&copy;", "ABC©\n" },
        { "&#0;&#x110000;&none; a & b&", "&#0;&#x110000;&none; a & b&\n" },
        { "<pre>a\n  b</pre> c", "a\n  b\nc\n" },
        { "<style>x</style>a<script>y<b></script>b", "ab\n" },
        { "<!-- x > y -->a<!-- z", "a\n" },
        { "<!DOCTYPE html><html><head><title>t</title></head>a", "a\n" },
        { "1 < 2 <3", "1 < 2 <3\n" },
        { "a<b", "a\n" },
        { "<script>a", "a\n" },
        { "</pre></pre>a", "a\n" },
        { "<p><p><p>a<p><p><p>b", "a\n\nb\n" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = mail_html_to_text(cases[i].html);

        if (strcmp(text, cases[i].text) != 0)
            print_message("%s\n", cases[i].html);
        assert_string_equal(text, cases[i].text);
    }
}

/* Of processor time, since others may keep us waiting. */
static void time_grows_no_faster_than_the_text(void **state)
{
    g_autoptr(GString) html = g_string_new(NULL);

    (void)state;
    while (html->len < 250 * 1024)
        g_string_append(html, "<style>");
    const clock_t start = clock();
    g_autofree char *text = mail_html_to_text(html->str);
    const clock_t end = clock();

    assert_string_equal(text, "");
    assert_true((end - start) / (CLOCKS_PER_SEC / 1000) < 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_becomes_text),
        cmocka_unit_test(time_grows_no_faster_than_the_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
