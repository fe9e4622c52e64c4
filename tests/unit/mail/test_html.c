/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/html.h"

#include <string.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_becomes_text),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
