/* SPDX-License-Identifier: MIT */
#include "digest/detail.h"

#include "tests/support/unit.h"

/* The set that has it frees it, with all that is in it. */
static void a_detail_owns_what_is_in_it(void **state)
{
    DigestSet *set = digest_set_new();
    DigestPart *part = g_new0(DigestPart, 1);
    DigestEvent *event = g_new0(DigestEvent, 1);

    (void)state;
    set->detail = digest_detail_new();
    assert_int_equal(set->detail->parts->len, 0);
    assert_int_equal(set->detail->events->len, 0);
    assert_int_equal(set->detail->events_left, 0);
    part->number = g_strdup("1/2");
    part->title = g_strdup("wren: sing");
    event->what = g_strdup("answered");
    event->by.name = g_strdup("Bob");
    g_ptr_array_add(set->detail->parts, part);
    g_ptr_array_add(set->detail->events, event);
    digest_set_free(set);
    digest_detail_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_detail_owns_what_is_in_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
