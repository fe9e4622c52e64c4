/* SPDX-License-Identifier: MIT */
#include "command/progress.h"

#include "base/text.h"

#include <string.h>

#include "tests/support/unit.h"

static void a_line_says_share_rate_and_time_left(void **state)
{
    const ProgressState progress = {
        .label = "0.git",
        .done = 3000,
        .total = 6000,
        .before = 1000,
        .mails = 2000,
        .seconds = 10,
    };
    g_autofree char *line = progress_line(&progress, 80);

    (void)state;
    assert_string_equal(line, "0.git [===============>              ] "
                              " 50 % 2000 mails, 200/s, 0:15 left");
}

static void without_a_total_there_is_no_bar(void **state)
{
    const ProgressState progress = {
        .label = "-", .done = 7, .mails = 7, .seconds = 1
    };
    g_autofree char *line = progress_line(&progress, 80);

    (void)state;
    assert_string_equal(line, "- 7 mails, 7/s");
}

static void no_line_is_wider_than_the_terminal(void **state)
{
    const ProgressState progress = {
        .label = "an archive with quite a long name \033[2J",
        .done = 1,
        .total = 1000000,
        .mails = 1,
        .seconds = 3,
    };

    (void)state;
    for (unsigned columns = 10; columns < 120; columns++) {
        g_autofree char *line = progress_line(&progress, columns);

        assert_true(text_columns(line) < columns);
        assert_null(strchr(line, '\033'));
    }
}

static void odd_figures_do_no_harm(void **state)
{
    static const ProgressState cases[] = {
        { .label = "" },
        { .label = "x", .done = 9, .total = 3, .mails = 9, .seconds = 1 },
        { .label = "x", .done = 3, .total = 9, .before = 5, .seconds = 1 },
        { .label = "x", .done = 1, .total = UINT64_MAX, .seconds = 1e9 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *line = progress_line(&cases[i], 80);

        assert_true(text_columns(line) < 80);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_says_share_rate_and_time_left),
        cmocka_unit_test(without_a_total_there_is_no_bar),
        cmocka_unit_test(no_line_is_wider_than_the_terminal),
        cmocka_unit_test(odd_figures_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
