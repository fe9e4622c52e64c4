/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"
#include "tests/unit/render/rendered.h"

static void markdown_fences_hold_what_is_in_them(void **state)
{
    g_autofree char *text = rendered_full("markdown");

    (void)state;
    assert_non_null(strstr(text, "\n````\nWhat it does.\n"));
    assert_non_null(strstr(text, "\n a.c | 2 +-\n````\n"));
}

/* Escaped text outside fences: no tag, no emphasis, no table cell. */
static void markdown_of_mail_marks_nothing_up(void **state)
{
    g_autofree char *text = rendered_full("markdown");

    (void)state;
    assert_null(strstr(text, "do less <b>"));
    assert_non_null(strstr(text, "\\<b\\>\\&amp;\\`\\*\\_"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_fences_hold_what_is_in_them),
        cmocka_unit_test(markdown_of_mail_marks_nothing_up),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
