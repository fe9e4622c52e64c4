/* SPDX-License-Identifier: MIT */
#include "digest/digest.h"

#include <string.h>

#include "tests/support/unit.h"

static void sections_are_read_by_name(void **state)
{
    static const struct {
        const char *text;
        bool is_good;
        unsigned sections;
    } cases[] = {
        { "totals", true, SECTION_TOTALS },
        { "totals,entries", true, SECTION_TOTALS | SECTION_ENTRIES },
        { "entries, totals ", true, SECTION_TOTALS | SECTION_ENTRIES },
        { "waiting,waiting", true, SECTION_WAITING },
        { "", false, 0 },
        { "totals,", false, 0 },
        { "totals,,entries", false, 0 },
        { "total", false, 0 },
        { "Totals", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        unsigned sections = 0;
        const char *bad = NULL;

        assert_int_equal(sections_parse(cases[i].text, &sections, &bad),
                         cases[i].is_good);
        assert_int_equal(sections, cases[i].sections);
    }
}

static void the_unknown_section_is_pointed_at(void **state)
{
    unsigned sections = 0;
    const char *bad = NULL;

    (void)state;
    assert_false(sections_parse("totals,nonsense,entries", &sections, &bad));
    assert_true(g_str_has_prefix(bad, "nonsense"));
}

static void all_sections_have_a_name(void **state)
{
    unsigned sections = 0;
    const char *bad = NULL;

    (void)state;
    assert_true(sections_parse(sections_names(), &sections, &bad));
    assert_int_equal(sections, SECTION_ALL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sections_are_read_by_name),
        cmocka_unit_test(the_unknown_section_is_pointed_at),
        cmocka_unit_test(all_sections_have_a_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
