/* SPDX-License-Identifier: MIT */
#include "digest/present_threads.h"

#include "tests/support/unit.h"
#include "tests/unit/digest/week.h"

static void talk_makes_a_thread_busy(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_thread_free);
    const DigestThread *first;

    present_threads(&week->presenter, found);
    assert_int_equal(found->len, 1);
    first = found->pdata[0];
    assert_string_equal(first->subject, "a question");
    assert_string_equal(first->root, "t");
    assert_int_equal(first->posts, 5);
    assert_int_equal(first->answers, 5);
    assert_int_equal(first->people, 2);
}

/* Neither what was answered nor a patch. */
static void talk_without_an_answer_is_told(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_thread_free);

    present_unanswered(&week->presenter, found);
    assert_int_equal(found->len, 1);
    const DigestThread *thread = found->pdata[0];
    assert_string_equal(thread->subject, "nobody knows");
    assert_string_equal(thread->by.email, "yan@y.org");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(talk_makes_a_thread_busy),
        cmocka_unit_test(talk_without_an_answer_is_told),
    };

    return cmocka_run_group_tests(tests, week_set_up, week_tear_down);
}
