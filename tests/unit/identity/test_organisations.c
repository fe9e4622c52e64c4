/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <glib.h>
#include <string.h>

#include "identity/identity.h"
#include "identity/organisations.h"

enum {
    DAY_2024_06_30 = 1719705600,
    DAY_2024_07_01 = 1719792000,
};

static const char map[] = "# gitdm's form\n"
                          "\n"
                          "ann@example.org\tFirst Employer < 2024-07-01\n"
                          "Ann@Example.org  Second Employer\n"
                          "bob@example.org   Only Then < 2024-07-01   # gone\n"
                          "intel.com\tIntel\n"
                          "linux.intel.com Intel OTC < 2024-07-01\n"
                          "linux.intel.com Intel Linux <2030-01-01\n"
                          "csharp.example C# House # a remark\n"
                          "twice.example One\n"
                          "twice.example Two\n"
                          "edu University\r\n"
                          "zoë.example Zoë & Söhne";

static const char *find(const char *address, int64_t when_seconds)
{
    static char *found;
    g_autoptr(Organisations) organisations =
        organisations_new("map", map, strlen(map), NULL);

    assert_non_null(organisations);
    g_free(found);
    found = g_strdup(organisations_find(organisations, address, when_seconds));
    return found != NULL ? found : "-";
}

static void the_most_specific_line_that_holds_counts(void **state)
{
    static const struct {
        const char *address;
        int64_t when_seconds;
        const char *employer;
    } cases[] = {
        { "ann@example.org", DAY_2024_07_01 - 1, "First Employer" },
        { "ann@example.org", DAY_2024_07_01, "Second Employer" },
        { "ann@example.org", INT64_MIN, "First Employer" },
        { "ann@example.org", INT64_MAX - 1, "Second Employer" },
        { "bob@example.org", DAY_2024_06_30, "Only Then" },
        { "bob@example.org", DAY_2024_07_01, "-" },
        { "x@intel.com", 0, "Intel" },
        { "x@mail.intel.com", 0, "Intel" },
        { "x@notintel.com", 0, "-" },
        { "x@linux.intel.com", DAY_2024_06_30, "Intel OTC" },
        { "x@a.linux.intel.com", DAY_2024_07_01, "Intel Linux" },
        { "x@linux.intel.com", 4102444800, "Intel" },
        { "x@csharp.example", 0, "C# House" },
        { "x@twice.example", 0, "One" },
        { "x@mit.edu", 0, "University" },
        { "x@zoë.example", 0, "Zoë & Söhne" },
        { "intel.com", 0, "Intel" },
        { "x@", 0, "-" },
        { "", 0, "-" },
        { "x@..", 0, "-" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_string_equal(find(cases[i].address, cases[i].when_seconds),
                            cases[i].employer);
}

static void what_is_no_line_is_refused_with_its_number(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        { "intel.com", "map:1: not ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]" },
        { "a.b C\n\nintel.com   # none",
          "map:3: not ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]" },
        { "intel.com < 2024-01-01",
          "map:1: not ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]" },
        { "@intel.com Intel",
          "map:1: not ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]" },
        { "ann@ Intel",
          "map:1: not ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]" },
        { "a@b@c Intel",
          "map:1: not ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]" },
        { "a.b C < soon", "map:1: what follows < is not a date as 2025-10-31" },
        { "a.b C <", "map:1: what follows < is not a date as 2025-10-31" },
        { "a.b C < 2024-1-1",
          "map:1: what follows < is not a date as 2025-10-31" },
        { "a.b C < 2023-02-29",
          "map:1: what follows < is not a date as 2025-10-31" },
        { "a.b C < 0000-01-01",
          "map:1: what follows < is not a date as 2025-10-31" },
        { "a.b C < 2024-01-01 x",
          "map:1: what follows < is not a date as 2025-10-31" },
        { "a.b C\na.b \xff", "map:2: not UTF-8 text" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        assert_null(organisations_new("map", cases[i].text,
                                      strlen(cases[i].text), &error));
        assert_true(
            g_error_matches(error, IDENTITY_ERROR, IDENTITY_ERROR_FILE));
        assert_string_equal(error->message, cases[i].message);
    }
}

static void a_nul_is_no_text(void **state)
{
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_null(organisations_new("map", "a.b C\0D\n", 8, &error));
    assert_string_equal(error->message, "map:1: not UTF-8 text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_most_specific_line_that_holds_counts),
        cmocka_unit_test(what_is_no_line_is_refused_with_its_number),
        cmocka_unit_test(a_nul_is_no_text),
    };

    return cmocka_run_group_tests_name("identity/organisations", tests, NULL,
                                       NULL);
}
