/* SPDX-License-Identifier: MIT */
#include "digest/present_people.h"

#include "sets/build.h"
#include "tests/support/unit.h"
#include "tests/unit/digest/week.h"

static void reviewers_are_credited_and_counted(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);
    const DigestCount *first;

    present_reviewers(&week->presenter, found);
    assert_int_equal(found->len, 1);
    first = found->pdata[0];
    assert_string_equal(first->who.name, "Bob");
    assert_int_equal(first->tags, 1);
    assert_int_equal(first->replies, 1);
}

static void newcomers_tell_whether_they_were_answered(void **state)
{
    const Week *week = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_newcomer_free);
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(unsigned));
    const unsigned question = 7, idea = 6;
    const DigestNewcomer *first, *second;

    g_array_append_val(posts, question);
    g_array_append_val(posts, idea);
    present_newcomers(&week->presenter, posts, found);
    assert_int_equal(found->len, 2);
    first = found->pdata[0];
    second = found->pdata[1];
    assert_string_equal(first->subject, "[RFC PATCH] an idea");
    assert_true(first->is_patch);
    assert_false(first->was_answered);
    assert_string_equal(second->subject, "a question");
    assert_false(second->is_patch);
    assert_true(second->was_answered);
}

/* "Re:" alone is what spam writes, too. */
static void a_newcomer_who_answers_nothing_is_quiet(void **state)
{
    static const struct {
        const char *post;
        bool is_quiet;
    } cases[] = {
        { "0 a zoe - Re: an investment", true },
        { "0 a zoe z Re: an investment", false },
        { "0 a zoe - Re: an investment | root=z", false },
        { "0 a zoe - an investment", true },
        { "0 a zoe - [PATCH] invest", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].post, 0, NULL);
        g_autoptr(Sets) sets =
            sets_build((const PostRecord *)(void *)posts->records->data,
                       posts->records->len, posts->people, NULL);
        g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(
            (GDestroyNotify)digest_newcomer_free);
        g_autoptr(GArray) firsts = g_array_new(FALSE, TRUE, sizeof(unsigned));
        const Presenter presenter = { .sets = sets, .archive = "" };

        g_array_set_size(firsts, 1);
        present_newcomers(&presenter, firsts, found);
        assert_int_equal(found->len, 1);
        assert_int_equal(((DigestNewcomer *)found->pdata[0])->is_quiet,
                         cases[i].is_quiet);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reviewers_are_credited_and_counted),
        cmocka_unit_test(newcomers_tell_whether_they_were_answered),
        cmocka_unit_test(a_newcomer_who_answers_nothing_is_quiet),
    };

    return cmocka_run_group_tests(tests, week_set_up, week_tear_down);
}
