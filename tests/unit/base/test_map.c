/* SPDX-License-Identifier: MIT */
#include "base/map.h"

#include "tests/support/unit.h"

#include "base/banned.h"

enum { KEYS = 20000 };

/* Close to each other, far from each other, and the ends of the range. */
static uint64_t key_of(unsigned i)
{
    if (i % 3 == 0)
        return i;
    return i % 3 == 1 ? (uint64_t)i << 40 : UINT64_MAX - i;
}

static void a_key_has_the_value_that_it_was_given_last(void **state)
{
    g_autoptr(Map) map = map_new(NULL);

    (void)state;
    for (unsigned round = 1; round <= 2; round++) {
        for (unsigned i = 0; i < KEYS; i++)
            map_put(map, key_of(i), GUINT_TO_POINTER(round * KEYS + i));
    }
    for (unsigned i = 0; i < KEYS; i++)
        assert_int_equal(GPOINTER_TO_UINT(map_get(map, key_of(i))),
                         2 * KEYS + i);
}

static void reserved_room_holds_what_is_there(void **state)
{
    g_autoptr(Map) map = map_new(NULL);

    (void)state;
    for (unsigned i = 0; i < KEYS; i++) {
        map_put(map, key_of(i), GUINT_TO_POINTER(i + 1));
        if (i % 1000 == 5)
            map_reserve(map, (size_t)3 * i);
    }
    map_reserve(map, 1);
    for (unsigned i = 0; i < KEYS; i++)
        assert_int_equal(GPOINTER_TO_UINT(map_get(map, key_of(i))), i + 1);
}

static void a_key_that_was_not_given_has_none(void **state)
{
    g_autoptr(Map) map = map_new(NULL);

    (void)state;
    assert_null(map_get(map, 0));
    assert_null(map_get(map, UINT64_MAX));
    for (unsigned i = 0; i < KEYS; i++)
        map_put(map, key_of(i), map);
    assert_null(map_get(map, (uint64_t)1 << 63 | 5));
}

static void a_key_is_added_once(void **state)
{
    g_autoptr(Map) map = map_new(NULL);

    (void)state;
    assert_true(map_add(map, 0));
    assert_false(map_add(map, 0));
    assert_true(map_add(map, 16));
    assert_false(map_add(map, 16));
    assert_non_null(map_get(map, 16));
}

static void count_freed(gpointer value)
{
    ++*(unsigned *)value;
}

static void values_are_freed_when_replaced_and_at_the_end(void **state)
{
    unsigned freed[2] = { 0 };
    Map *map = map_new(count_freed);

    (void)state;
    map_put(map, 7, &freed[0]);
    map_put(map, 7, &freed[1]);
    assert_int_equal(freed[0], 1);
    assert_int_equal(freed[1], 0);
    map_free(map);
    assert_int_equal(freed[1], 1);
    map_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_has_the_value_that_it_was_given_last),
        cmocka_unit_test(reserved_room_holds_what_is_there),
        cmocka_unit_test(a_key_that_was_not_given_has_none),
        cmocka_unit_test(a_key_is_added_once),
        cmocka_unit_test(values_are_freed_when_replaced_and_at_the_end),
    };

    return cmocka_run_group_tests_name("base/map", tests, NULL, NULL);
}
