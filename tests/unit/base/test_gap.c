/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "base/gap.h"

static void a_gap_is_read_as_it_was_written(void **state)
{
    static const char *const lists[] = { "", "a.example",
                                         "a.example b.example" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autofree char *list_copy = g_strdup(lists[i]);
        const Gap gap = { 1700000000000, 1700000005000, list_copy,
                          (char[]){ "the milter was stopped" } };
        g_autofree char *value = gap_write(&gap);
        Gap got;

        assert_true(gap_read(value, &got));
        assert_int_equal(got.from_ms, gap.from_ms);
        assert_int_equal(got.until_ms, gap.until_ms);
        assert_string_equal(got.lists, lists[i]);
        assert_string_equal(got.why, gap.why);
        gap_clear(&got);
    }
}

static void what_is_no_gap_is_refused(void **state)
{
    static const char *const values[] = {
        "",          "1",         "1 2",    "1 2 *",
        "x 2 * why", "1 y * why", "1  2 *", "99999999999999999999 2 * why",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        Gap gap;
        assert_false(gap_read(values[i], &gap));
    }
}

static void a_gap_is_of_its_lists_or_of_all(void **state)
{
    const Gap some = { 0, 0, (char[]){ "a.example b.example" }, NULL };
    const Gap all = { 0, 0, (char[]){ "" }, NULL };

    (void)state;
    assert_true(gap_is_of_list(&some, "b.example"));
    assert_false(gap_is_of_list(&some, "b"));
    assert_true(gap_is_of_list(&all, "c.example"));
}

static void a_gap_touches_what_it_overlaps(void **state)
{
    const Gap gap = { 100, 200, NULL, NULL };

    (void)state;
    assert_true(gap_touches(&gap, 150, 160));
    assert_true(gap_touches(&gap, 0, 101));
    assert_false(gap_touches(&gap, 0, 100));
    assert_true(gap_touches(&gap, 200, 300));
    assert_false(gap_touches(&gap, 201, 300));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_is_read_as_it_was_written),
        cmocka_unit_test(what_is_no_gap_is_refused),
        cmocka_unit_test(a_gap_is_of_its_lists_or_of_all),
        cmocka_unit_test(a_gap_touches_what_it_overlaps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
