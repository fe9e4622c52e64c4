/* SPDX-License-Identifier: MIT */
/*
 * Whom posts answer: of each post that answers a part "POST>PART".
 */
#include "sets/answers.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static const char *id_of(const Sets *sets, int record)
{
    return record == SETS_NONE ? "-" : sets->records[record].message_id;
}

static Sets *with_answers(const Posts *posts)
{
    Sets *sets = posts_members(posts);

    answers_find(sets);
    return sets;
}

static void check(const char *lines, const char *wanted)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets = with_answers(posts);
    g_autoptr(GString) found = g_string_new(NULL);

    for (unsigned i = 0; i < sets->count; i++) {
        if (sets->answers[i] != SETS_NONE)
            g_string_append_printf(found, "%s%s>%s", found->len > 0 ? " " : "",
                                   id_of(sets, (int)i),
                                   id_of(sets, sets->answers[i]));
    }
    if (strcmp(found->str, wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", lines, found->str, wanted);
}

static void an_answer_is_to_the_nearest_part_of_another_set(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n1 r bob a Re: [PATCH] a\n"
          "2 s cat r Re: [PATCH] a\n",
          "r>a s>a");
    /* a part of one set answers none of its own set */
    check("0 c ann - [PATCH 0/1] c\n1 a ann c [PATCH 1/1] a\n"
          "9 b ann a [PATCH v2] a\n",
          "b>a");
    check("0 d dan - hello\n1 e eve d Re: hello\n", "");
}

static void a_subject_tells_the_part_if_mails_are_missing(void **state)
{
    static const char series[] = "0 c ann - [PATCH 0/2] c\n"
                                 "1 a ann c [PATCH 1/2] a\n"
                                 "2 b ann c [PATCH 2/2] b\n";
    g_autofree char *numbered =
        g_strconcat(series, "9 r bob lost Re: [PATCH 2/2] b | root=c\n", NULL);
    g_autofree char *untold =
        g_strconcat(series, "9 r bob lost what is it | root=c\n", NULL);
    g_autofree char *elsewhere =
        g_strconcat(series, "9 r bob lost Re: [PATCH 2/2] b\n", NULL);

    (void)state;
    check(numbered, "r>b");
    check(untold, "r>c");
    check(elsewhere, "");
}

/* A letter without a tag, and its patches as answers to it. */
static void what_answers_a_letter_answers_its_series(void **state)
{
    static const char series[] = "0 l ann - a letter\n"
                                 "1 a ann l [PATCH 1/2] a\n"
                                 "2 b ann l [PATCH 2/2] b\n"
                                 "9 r bob l Re: a letter\n";
    static const char late[] = "0 l ann - a letter\n"
                               "31 a ann l [PATCH 1/2] a\n"
                               "32 b ann l [PATCH 2/2] b\n"
                               "39 r bob l Re: a letter\n";

    (void)state;
    check(series, "r>a");
    check(late, "");
}

static void delays_go_by_dates_that_can_be_believed(void **state)
{
    g_autoptr(Posts) posts =
        posts_new("0 a ann - [PATCH] a\n9 r bob a Re: [PATCH] a | date=7\n"
                  "20 s bob a Re: [PATCH] a | date=900\n"
                  "21 t bob a Re: [PATCH] a | date=-50\n",
                  0, NULL);
    g_autoptr(Sets) sets = with_answers(posts);
    const PatchSet *set = sets_get(sets, 0);

    (void)state;
    assert_int_equal(answers_delay(sets, set, SETS_NONE), -1);
    assert_int_equal(answers_delay(sets, set, 1), 7 * 60);
    assert_int_equal(answers_delay(sets, set, 2), 20 * 60);
    assert_int_equal(answers_delay(sets, set, 3), 21 * 60);
}

static void who_answers_oneself_was_not_answered(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a ann - [PATCH] a\n"
                                       "1 b ann a Re: [PATCH] a\n"
                                       "2 c bob a Re: [PATCH] a\n"
                                       "3 d bob - hello\n"
                                       "4 e cat d Re: hello\n"
                                       "5 f cat lost Re: [PATCH] gone\n",
                                       0, NULL);
    g_autoptr(Sets) sets = with_answers(posts);
    g_autofree bool *answered = answers_of_others(sets);
    static const bool answers[] = { true, false, false, true, false, false };

    (void)state;
    for (unsigned i = 0; i < sets->count; i++) {
        if (answered[i] != answers[i])
            fail_msg("answered: %s", id_of(sets, (int)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_to_the_nearest_part_of_another_set),
        cmocka_unit_test(a_subject_tells_the_part_if_mails_are_missing),
        cmocka_unit_test(what_answers_a_letter_answers_its_series),
        cmocka_unit_test(delays_go_by_dates_that_can_be_believed),
        cmocka_unit_test(who_answers_oneself_was_not_answered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
