/* SPDX-License-Identifier: MIT */
/* Who answers whom: a post a word, "ID<PARENT@DEPTH/THREAD". */
#include "sets/threads.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

enum { ORDERS = 8 };

static char *describe(const char *lines, unsigned seed)
{
    g_autoptr(Posts) posts = posts_new(lines, seed, NULL);
    g_autoptr(Sets) sets = posts_members(posts);
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < sets->count; i++) {
        const int parent = sets->parents[i];

        g_string_append_printf(
            out, "%s%s<%s@%u/%s", i == 0 ? "" : " ",
            sets->records[i].message_id,
            parent == SETS_NONE ? "-" : sets->records[parent].message_id,
            sets->depths[i], sets->records[sets->threads[i]].message_id);
    }
    return g_string_free(out, FALSE);
}

static void check(const char *lines, const char *wanted)
{
    for (unsigned seed = 0; seed < ORDERS; seed++) {
        g_autofree char *found = describe(lines, seed);

        if (strcmp(found, wanted) != 0)
            fail_msg("order %u:\n%sfound:  %s\nwanted: %s", seed, lines, found,
                     wanted);
    }
}

static void answers_make_a_thread(void **state)
{
    (void)state;
    check("0 a ann - hello\n1 b bob a Re: hello\n2 c ann b Re: hello\n"
          "3 d dan a Re: hello\n4 e eve - else\n",
          "a<-@0/a b<a@1/a c<b@2/a d<a@1/a e<-@0/e");
}

static void a_missing_mail_parts_no_thread(void **state)
{
    (void)state;
    check("0 a ann - hello\n2 c ann b Re: hello | root=a\n"
          "3 d dan b Re: hello\n",
          "a<-@0/a c<-@0/a d<-@0/a");
    check("2 c ann b Re: hello\n3 d dan b Re: hello\n4 e eve x Re: hello\n",
          "c<-@0/c d<-@0/c e<-@0/e");
}

/* Clocks of hosts differ, and mail comes late. */
static void an_answer_may_come_before_its_question(void **state)
{
    (void)state;
    check("0 b bob a Re: hello\n5 a ann - hello\n", "b<a@1/b a<-@0/b");
}

static void circles_are_cut(void **state)
{
    (void)state;
    check("0 a ann a hello\n", "a<-@0/a");
    check("0 a ann b hello\n1 b bob a hello\n", "a<b@1/a b<-@0/a");
    check("0 a ann c hello\n1 b bob a hello\n2 c cat b hello\n",
          "a<c@2/a b<-@0/a c<b@1/a");
}

/* 60 days are 86,400 minutes. */
static void a_reply_that_names_nothing_goes_by_its_subject(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] wren: sing\n9 r bob - Re: [PATCH] wren: sing\n",
          "a<-@0/a r<a@1/a");
    check("0 a ann - [PATCH] wren: sing\n5 b ann - [PATCH] wren: sing\n"
          "9 r bob - Re: [PATCH] wren: sing\n",
          "a<-@0/a b<-@0/b r<b@1/b");
    check("0 a ann - [PATCH] wren: sing\n5 b ann - [PATCH v2] wren: sing\n"
          "9 r bob - Re: [PATCH] wren: sing\n",
          "a<-@0/a b<-@0/b r<a@1/a");
    check("0 a ann - [PATCH] wren: sing\n"
          "86399 r bob - Re: [PATCH] wren: sing\n"
          "86401 s bob - Re: [PATCH] wren: sing\n",
          "a<-@0/a r<a@1/a s<-@0/s");
    check("0 a ann - [PATCH] wren: sing\n9 r bob - Re: [PATCH] owl: hoot\n",
          "a<-@0/a r<-@0/r");
    /* before the patch came, it was of something else */
    check("0 r bob - Re: [PATCH] wren: sing\n9 a ann - [PATCH] wren: sing\n",
          "r<-@0/r a<-@0/a");
}

static void a_part_goes_before_other_mail_of_one_id(void **state)
{
    g_autoptr(Posts) posts =
        posts_new("0 a ann - hello\n1 a ann - [PATCH] wren: sing\n"
                  "2 b bob a Re: wren: sing\n",
                  0, NULL);
    g_autoptr(Sets) sets = posts_members(posts);

    (void)state;
    assert_int_equal(sets->parents[2], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_make_a_thread),
        cmocka_unit_test(a_missing_mail_parts_no_thread),
        cmocka_unit_test(an_answer_may_come_before_its_question),
        cmocka_unit_test(circles_are_cut),
        cmocka_unit_test(a_reply_that_names_nothing_goes_by_its_subject),
        cmocka_unit_test(a_part_goes_before_other_mail_of_one_id),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
