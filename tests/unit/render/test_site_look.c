/* SPDX-License-Identifier: MIT */
#include "render/site.h"

#include <string.h>

#include "tests/support/unit.h"

/* Text of mail stands in the pages: a script must never read it as markup. */
static void the_script_makes_nothing_but_text(void **state)
{
    static const char *const never[] = { "innerHTML", "outerHTML",
                                         "eval(",     "document.write",
                                         "fetch(",    "XMLHttpRequest",
                                         "http" };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(never); i++)
        assert_null(strstr(site_script, never[i]));
    assert_true(g_str_has_prefix(site_script, "\"use strict\";\n"));
}

static void braces_are_closed(void **state)
{
    const char *const texts[] = { site_style, site_script };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++) {
        int depth = 0;

        for (const char *at = texts[i]; *at != '\0'; at++) {
            depth += (*at == '{') - (*at == '}');
            assert_true(depth >= 0);
        }
        assert_int_equal(depth, 0);
    }
    assert_null(strstr(site_style, "url("));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_script_makes_nothing_but_text),
        cmocka_unit_test(braces_are_closed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
