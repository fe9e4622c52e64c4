/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "identity/maintainers.h"

#include <string.h>

static const char text[] = "List of maintainers\n"
                           "===================\n"
                           "\n"
                           "Descriptions of section entries:\n"
                           "\n"
                           "\tF: *Files* patterns\n"
                           "\n"
                           "KESTREL SCHEDULER\n"
                           "M:\tOlga Brandt <olga@example.org>\n"
                           "F:\tcore/sched*\r\n"
                           "F:\tinclude/sched/\n"
                           "X:\tcore/sched_test.c\n"
                           "\n"
                           "KESTREL TIMER\n"
                           "F:\tcore/timer.c\n"
                           "\n"
                           "TIMER\n"
                           "M:\tNobody <nobody@example.org>\n";

static void a_title_or_its_part_names_a_subsystem(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Subsystem) found =
        maintainers_find_in(text, "M", "scheduler", &error);

    (void)state;
    assert_non_null(found);
    assert_string_equal(found->title, "KESTREL SCHEDULER");
    assert_string_equal(found->files[0], "core/sched*");
    assert_string_equal(found->files[1], "include/sched/");
    assert_null(found->files[2]);
    assert_string_equal(found->excluded[0], "core/sched_test.c");
    assert_null(found->excluded[1]);
}

static void assert_fails(const char *name, const char *words)
{
    g_autoptr(GError) error = NULL;

    assert_null(maintainers_find_in(text, "M", name, &error));
    assert_true(
        g_error_matches(error, MAINTAINERS_ERROR, MAINTAINERS_ERROR_UNKNOWN));
    assert_non_null(strstr(error->message, words));
}

static void what_names_none_or_several_is_told(void **state)
{
    (void)state;
    assert_fails("kestrel", "KESTREL SCHEDULER; KESTREL TIMER");
    assert_fails("network", "no subsystem");
    assert_fails("timer", "no files");       /* the title that it is */
    assert_fails("List of", "no subsystem"); /* prose */
}

static void a_missing_file_is_named(void **state)
{
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(maintainers_find("/nonexistent/M", "x", &error));
    assert_true(
        g_error_matches(error, MAINTAINERS_ERROR, MAINTAINERS_ERROR_FILE));
    assert_non_null(strstr(error->message, "/nonexistent/M"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_or_its_part_names_a_subsystem),
        cmocka_unit_test(what_names_none_or_several_is_told),
        cmocka_unit_test(a_missing_file_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
