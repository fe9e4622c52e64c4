/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"
#include "tests/unit/render/rendered.h"

static void html_of_mail_is_only_text(void **state)
{
    g_autofree char *text = rendered_full("html");

    (void)state;
    assert_null(strstr(text, "<b>&amp;`"));
    assert_non_null(strstr(text, "&lt;b&gt;&amp;amp;`*_"));
    assert_null(strstr(text, "<script"));
    assert_true(g_str_has_prefix(text, "<!DOCTYPE html>\n"));
    assert_true(g_str_has_suffix(text, "</html>\n"));
}

static void html_links_nothing_but_the_web(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = digest->sets->pdata[0];

    (void)state;
    g_free(set->url);
    set->url = g_strdup("javascript:alert(1)");
    g_autofree char *html = rendered("html", digest, SECTION_ALL);
    g_autofree char *markdown = rendered("markdown", digest, SECTION_ALL);

    assert_null(strstr(html, "javascript"));
    assert_null(strstr(markdown, "javascript"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(html_of_mail_is_only_text),
        cmocka_unit_test(html_links_nothing_but_the_web),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
