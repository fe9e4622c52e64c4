/* SPDX-License-Identifier: MIT */
#include "render/html_style.h"

#include <glib.h>
#include <string.h>

#include "tests/support/unit.h"

static void a_page_knows_light_and_dark(void **state)
{
    (void)state;
    assert_non_null(strstr(html_style, "prefers-color-scheme"));
    assert_non_null(strstr(html_style, "var(--"));
    assert_null(strchr(html_style, '<')); /* it stands in a page */
    assert_null(strstr(html_style, "url("));
}

/* Readers of mail know neither variables nor dark colours of ours. */
static void mail_has_the_colours_in_their_places(void **state)
{
    g_autofree char *style = html_style_for_mail();
    unsigned depth = 0;

    (void)state;
    assert_null(strstr(style, "var("));
    assert_null(strstr(style, "prefers-color-scheme"));
    assert_non_null(strstr(style, "color:#"));
    for (const char *at = style; *at != '\0'; at++) {
        depth += *at == '{';
        if (*at == '}')
            assert_true(depth-- > 0);
    }
    assert_int_equal(depth, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_knows_light_and_dark),
        cmocka_unit_test(mail_has_the_colours_in_their_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
