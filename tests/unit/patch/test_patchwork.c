/* SPDX-License-Identifier: MIT */
#include "patch/patchwork.h"

#include "tests/support/unit.h"

#include <string.h>

#define START                                                                  \
    "Hello,\n\nThe following patches (submitted by you) have been updated in " \
    "Patchwork:\n\n"

static void what_was_accepted_has_title_and_link(void **state)
{
    static const char text[] =
        START " * heron: [v2,1/2] perch: one\n"
              "     - http://patchwork.example/patch/1/\n"
              "     - for: Heron development\n    was: New\n"
              "    now: Accepted\n\n"
              " * heron: perch: two\n    was: New\n    now: Superseded\n\n"
              " * three\n    was: New\n    now: Queued\n";
    g_autoptr(GPtrArray) accepted =
        patchwork_accepted((PatchText){ text, strlen(text) });

    (void)state;
    assert_non_null(accepted);
    assert_int_equal(accepted->len, 2);
    const PatchAccepted *one = accepted->pdata[0], *three = accepted->pdata[1];

    assert_string_equal(one->title, "[v2,1/2] perch: one");
    assert_string_equal(one->link, "http://patchwork.example/patch/1/");
    assert_string_equal(three->title, "three");
    assert_string_equal(three->link, "");
}

static void other_mails_accept_nothing(void **state)
{
    static const char *const texts[] = {
        "", "Hello,\n", "now: Accepted\n",
        "> The following patches (submitted by you) "
        "have been updated in Patchwork:\n"
        ">  * x: one\n>     now: Accepted\n"
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_null(
            patchwork_accepted((PatchText){ texts[i], strlen(texts[i]) }));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_accepted_has_title_and_link),
        cmocka_unit_test(other_mails_accept_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
