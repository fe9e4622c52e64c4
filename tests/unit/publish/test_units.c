/* SPDX-License-Identifier: MIT */
#include "publish/units.h"

#include "tests/support/unit.h"

#include <string.h>

static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;
/* 2025-01-01 00:00 UTC, a Wednesday. */
static const int64_t NEW_YEAR_MS = INT64_C(1735689600000);

static void add_row(GArray *rows, uint32_t post, int64_t arrival_ms)
{
    const PostRow row = { .post = post, .arrival_ms = arrival_ms };

    g_array_append_val(rows, row);
}

/* Posts at the end of 2024, in January and in March 2025. */
static GArray *rows_of_a_winter(void)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(PostRow));

    add_row(rows, 1, NEW_YEAR_MS - 1);
    add_row(rows, 2, NEW_YEAR_MS);
    add_row(rows, 3, NEW_YEAR_MS + 5 * DAY_MS);
    add_row(rows, 4, NEW_YEAR_MS + 60 * DAY_MS);
    return rows;
}

static const Unit *unit_at(const GArray *units, unsigned index)
{
    return &g_array_index(units, Unit, index);
}

static void months_and_weeks_have_names(void **state)
{
    g_autoptr(GArray) rows = rows_of_a_winter();
    g_autoptr(GArray) months = units_of(rows, "UTC", false, 0);
    g_autoptr(GArray) weeks = units_of(rows, "UTC", true, 0);

    (void)state;
    assert_int_equal(months->len, 3);
    assert_string_equal(unit_at(months, 0)->name, "2024-12");
    assert_string_equal(unit_at(months, 1)->title, "January 2025");
    assert_string_equal(unit_at(months, 2)->name, "2025-03");
    assert_int_equal(weeks->len, 3);
    assert_string_equal(unit_at(weeks, 0)->name, "2025-W01");
    assert_string_equal(unit_at(weeks, 0)->title, "Week 1 of 2025");
    assert_string_equal(unit_at(weeks, 1)->name, "2025-W02");
    assert_true(unit_at(weeks, 0)->start_ms == NEW_YEAR_MS - 2 * DAY_MS);
}

static void a_zone_moves_midnight(void **state)
{
    g_autoptr(GArray) rows = rows_of_a_winter();
    g_autoptr(GArray) months = units_of(rows, "+02:00", false, 0);

    (void)state;
    assert_int_equal(months->len, 2);
    assert_string_equal(unit_at(months, 0)->name, "2025-01");
}

static void what_no_calendar_has_is_in_no_month(void **state)
{
    g_autoptr(GArray) rows = rows_of_a_winter();
    g_autoptr(GArray) months = NULL;

    (void)state;
    add_row(rows, 5, INT64_MAX / 2);
    months = units_of(rows, "UTC", false, 0);
    assert_int_equal(months->len, 3);
}

static GPtrArray *book_of(const GArray *units)
{
    GPtrArray *told =
        g_ptr_array_new_with_free_func((GDestroyNotify)book_unit_free);

    for (unsigned i = 0; i < units->len; i++) {
        BookUnit *unit = book_unit_new(unit_at(units, i)->name);

        unit->print = unit_at(units, i)->print;
        g_ptr_array_add(told, unit);
    }
    return told;
}

/* New posts change nothing of what was told of the others; one that is gone, or
 * that arrived earlier than was known, does. */
static void new_posts_are_told_from_changes(void **state)
{
    g_autoptr(GArray) rows = rows_of_a_winter();
    g_autoptr(GArray) before = units_of(rows, "UTC", false, 4);
    g_autoptr(GPtrArray) told = book_of(before);
    g_autoptr(GArray) grown = NULL, moved = NULL, shrunk = NULL;

    (void)state;
    add_row(rows, 5, NEW_YEAR_MS + 61 * DAY_MS);
    grown = units_of(rows, "UTC", false, 4);
    assert_true(units_are_as_told(grown, told));
    g_array_index(rows, PostRow, 2).arrival_ms -= 1;
    moved = units_of(rows, "UTC", false, 4);
    assert_false(units_are_as_told(moved, told));
    g_array_index(rows, PostRow, 2).arrival_ms += 1;
    g_array_remove_index(rows, 3);
    g_array_remove_index(rows, 3);
    shrunk = units_of(rows, "UTC", false, 4);
    assert_false(units_are_as_told(shrunk, told));
}

static void a_touch_reaches_what_waits(void **state)
{
    g_autoptr(GArray) rows = rows_of_a_winter();
    g_autoptr(GArray) months = NULL;

    (void)state;
    add_row(rows, 5, NEW_YEAR_MS + 300 * DAY_MS);
    months = units_of(rows, "UTC", false, 0);
    units_touch(months, NEW_YEAR_MS + DAY_MS);
    assert_false(unit_at(months, 0)->is_dirty);
    assert_true(unit_at(months, 1)->is_dirty);
    assert_true(unit_at(months, 2)->is_dirty);
    assert_false(unit_at(months, 3)->is_dirty);
}

static void neighbours_of_a_new_month_lead_to_it(void **state)
{
    g_autoptr(GArray) rows = rows_of_a_winter();
    g_autoptr(GArray) months = units_of(rows, "UTC", false, 0);
    g_autoptr(GPtrArray) told = book_of(months);

    (void)state;
    g_ptr_array_remove_index(told, 2);
    units_touch_new(months, told);
    assert_false(unit_at(months, 0)->is_dirty);
    assert_true(unit_at(months, 1)->is_dirty);
    assert_true(unit_at(months, 2)->is_dirty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_and_weeks_have_names),
        cmocka_unit_test(a_zone_moves_midnight),
        cmocka_unit_test(what_no_calendar_has_is_in_no_month),
        cmocka_unit_test(new_posts_are_told_from_changes),
        cmocka_unit_test(a_touch_reaches_what_waits),
        cmocka_unit_test(neighbours_of_a_new_month_lead_to_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
