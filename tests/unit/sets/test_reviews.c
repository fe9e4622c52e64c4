/* SPDX-License-Identifier: MIT */
/*
 * Who answered and reviewed: of each set
 * "ANSWER REVIEW REVIEWED/SEEN answers=N pings=N".
 */
#include "sets/reviews.h"

#include <string.h>

#include "sets/answers.h"
#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static const char *id_of(const Sets *sets, int record)
{
    return record == SETS_NONE ? "-" : sets->records[record].message_id;
}

static Sets *with_reviews(const Posts *posts)
{
    Sets *sets = posts_members(posts);

    answers_find(sets);
    reviews_find(sets);
    return sets;
}

static void check(const char *lines, const char *wanted)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets = with_reviews(posts);
    g_autoptr(GString) found = g_string_new(NULL);

    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);

        g_string_append_printf(
            found, "%s%s %s %u/%u answers=%u pings=%u", i == 0 ? "" : ", ",
            id_of(sets, set->first_answer), id_of(sets, set->first_review),
            set->reviewed, set->seen, set->answer_count, set->pings);
    }
    if (strcmp(found->str, wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", lines, found->str, wanted);
}

static void others_answer_and_the_author_pings(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n5 p ann a Re: [PATCH] a\n"
          "6 q ann a Re: [PATCH] a\n9 r bob a Re: [PATCH] a\n"
          "10 s ann r Re: [PATCH] a\n11 t cat s Re: [PATCH] a\n",
          "r - 0/1 answers=2 pings=2");
    /* of one whole name, from another address */
    check("0 a ann_finch - [PATCH] a\n"
          "9 r ann_finch/home a Re: [PATCH] a\n",
          "- - 0/1 answers=0 pings=1");
}

static void the_first_answer_is_the_first_that_was_written(void **state)
{
    (void)state;
    check("0 a ann - [PATCH] a\n9 r bob a Re: [PATCH] a\n"
          "20 s cat a Re: [PATCH] a | date=5\n",
          "s - 0/1 answers=2 pings=0");
    /* no mail was written after it came, but by a wrong clock */
    check("0 a ann - [PATCH] a\n9 r bob a Re: [PATCH] a\n"
          "20 s cat a Re: [PATCH] a | date=900\n",
          "r - 0/1 answers=2 pings=0");
}

static void tags_of_others_review_parts(void **state)
{
    static const char series[] = "0 c ann - [PATCH 0/2] c\n"
                                 "1 a ann c [PATCH 1/2] a\n"
                                 "2 b ann c [PATCH 2/2] b\n";
    g_autofree char *part = g_strconcat(
        series, "9 r bob a Re: [PATCH 1/2] a | credits=R:bob\n", NULL);
    g_autofree char *cover = g_strconcat(
        series, "9 r bob c Re: [PATCH 0/2] c | credits=A:bob\n", NULL);
    g_autofree char *own = g_strconcat(
        series, "9 r ann a Re: [PATCH 1/2] a | credits=R:ann\n", NULL);
    g_autofree char *tested = g_strconcat(
        series, "9 r bob a Re: [PATCH 1/2] a | credits=T:bob\n", NULL);
    g_autofree char *nack = g_strconcat(
        series, "9 r bob a Re: [PATCH 1/2] a | credits=N:bob\n", NULL);
    g_autofree char *partial = g_strconcat(
        series, "9 r bob c Re: [PATCH 0/2] c | credits=R:bob partial=1\n",
        NULL);

    (void)state;
    check(part, "r r 1/2 answers=1 pings=0");
    check(cover, "r r 2/2 answers=1 pings=0");
    check(own, "- - 0/2 answers=0 pings=1");
    check(tested, "r - 0/2 answers=1 pings=0");
    check(nack, "r r 0/2 answers=1 pings=0"); /* a review, no approval */
    check(partial, "r r 0/2 answers=1 pings=0");
}

/* It is for the diff in the mail above, which is no part. */
static void a_tag_below_anothers_diff_is_for_that(void **state)
{
    (void)state;
    check("0 c ann - [PATCH 0/1] c\n1 a ann c [PATCH 1/1] a\n"
          "5 d dan c Re: [PATCH 0/1] c | diff=1\n"
          "9 r bob d Re: [PATCH 0/1] c | credits=R:bob\n",
          "d - 0/1 answers=2 pings=0");
}

static void mails_between_may_be_missing(void **state)
{
    (void)state;
    check("0 c ann - [PATCH 0/2] c\n1 a ann c [PATCH 1/2] a\n"
          "2 b ann c [PATCH 2/2] b\n"
          "9 r bob lost Re: [PATCH 2/2] b | root=c credits=R:bob\n",
          "r r 1/2 answers=1 pings=0");
    check("0 a ann - [PATCH] a\n"
          "9 r bob lost what is it | root=a credits=R:bob\n",
          "r r 1/1 answers=1 pings=0");
}

static void replies_of_others_are_reviews(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a ann - [PATCH] a\n"
                                       "1 b ann a Re: [PATCH] a\n"
                                       "2 c bob a Re: [PATCH] a\n"
                                       "3 d bob - hello\n"
                                       "4 e cat d Re: hello\n"
                                       "5 f cat lost Re: [PATCH] gone\n",
                                       0, NULL);
    g_autoptr(Sets) sets = with_reviews(posts);
    static const bool reviews[] = { false, false, true, false, false, true };

    (void)state;
    for (unsigned i = 0; i < sets->count; i++) {
        if (reviews_is_reply(sets, i) != reviews[i])
            fail_msg("review: %s", id_of(sets, (int)i));
    }
}

static void credit_to_oneself_does_not_count(void **state)
{
    g_autoptr(Posts) posts =
        posts_new("0 a ann - [PATCH] a\n"
                  "9 r bob a Re: [PATCH] a | credits=R:bob,R:ann\n",
                  0, NULL);
    g_autoptr(Sets) sets = with_reviews(posts);
    const PostRecord *reply = &sets->records[1];

    (void)state;
    assert_true(reviews_credit_counts(sets, 1, &reply->credits[0]));
    assert_false(reviews_credit_counts(sets, 1, &reply->credits[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(others_answer_and_the_author_pings),
        cmocka_unit_test(the_first_answer_is_the_first_that_was_written),
        cmocka_unit_test(tags_of_others_review_parts),
        cmocka_unit_test(a_tag_below_anothers_diff_is_for_that),
        cmocka_unit_test(mails_between_may_be_missing),
        cmocka_unit_test(replies_of_others_are_reviews),
        cmocka_unit_test(credit_to_oneself_does_not_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
