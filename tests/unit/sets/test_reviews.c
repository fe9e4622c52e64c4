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
#include "tests/unit/sets/situations.h"

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

/* --- beside all else that is found -----------------------------------------
 */

static void answers_are_by_others_and_first_by_their_dates(void **state)
{
    static const Situation situations[] = {
        { "the author from another address",
          "0 a ann_lee - [PATCH] a\n"
          "50 b ann_lee/home a Re: [PATCH] a | credits=R:ann_lee/home\n",
          "v1 1/1: a\n" },
        { "one word is no whole name",
          "0 a ann - [PATCH] a\n"
          "50 b ann/home a Re: [PATCH] a\n",
          "v1 1/1: a answer=b\n" },
        { "delivered late, written first",
          "0 a alice - [PATCH] a\n"
          "50 b bob a Re: [PATCH] a | credits=R:bob\n"
          "90 c carol a Re: [PATCH] a | date=9 credits=A:carol\n",
          "v1 1/1: a reviewed=1 answer=c review=c\n" },
        { "b4 wrote it",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=2\n",
          "v1 1/1: a reviewed=1 applied=n\n" },
        { "a reply that names nothing, and its answer",
          "0 z alice - [PATCH] a\n"
          "1 a alice - [PATCH v2] a\n"
          "50 b bob - Re: [PATCH v2] A. | credits=R:bob\n"
          "60 c alice b Re: [PATCH v2] a\n"
          "70 d carol - Re: [PATCH v3] a\n",
          "v1 1/1: z\n"
          "v2 1/1: a older=z reviewed=1 answer=b review=b\n" },
        { "nor after months",
          "0 a alice - [PATCH] a\n"
          "90000 b bob - Re: [PATCH] a | credits=R:bob\n",
          "v1 1/1: a\n" },
        { "a talk in which the patch was sent",
          "0 q bob lost Re: it fails\n"
          "10 r carol q Re: it fails\n"
          "50 a alice r [PATCH] a\n"
          "60 b carol gone Re: it fails | root=lost\n"
          "70 c bob b2 Re: [PATCH] a | root=lost\n",
          "v1 1/1: a answer=c\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

static void reviews_are_credited(void **state)
{
    static const Situation situations[] = {
        { "one part",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 r bob b Re: [PATCH 2/2] b | credits=R:bob\n",
          "v1 2/2: a b reviewed=1 answer=r review=r\n" },
        { "the cover counts for all",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 r bob c Re: [PATCH 0/2] c | credits=A:bob\n",
          "v1 2/2: c a b reviewed=2 answer=r review=r\n" },
        { "the cover, for some of its patches",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 r bob c Re: [PATCH 0/2] c | credits=R:bob partial=1\n",
          "v1 2/2: c a b answer=r review=r\n" },
        { "another's diff below the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 r bob c Re: [PATCH 0/2] c | diff=1\n"
          "60 s carol r Re: [PATCH 0/2] c | credits=R:carol\n",
          "v1 2/2: c a b answer=r\n" },
        { "another's diff below a patch",
          "0 a alice - [PATCH] a\n"
          "50 r bob a Re: [PATCH] a | diff=1\n"
          "60 s carol r Re: [PATCH] a | credits=R:carol\n",
          "v1 1/1: a reviewed=1 answer=r review=s\n" },
        { "an answer to an answer",
          "0 a alice - [PATCH] a\n"
          "50 r bob a Re: [PATCH] a\n"
          "60 s alice r Re: [PATCH] a\n"
          "70 t bob s Re: [PATCH] a | credits=R:bob\n",
          "v1 1/1: a reviewed=1 answer=r review=t\n" },
        { "not by the author",
          "0 a alice - [PATCH] a\n"
          "50 r alice a Re: [PATCH] a | credits=R:alice\n",
          "v1 1/1: a\n" },
        { "not by the sender of another's patch",
          "0 a alice - [PATCH] a | author=bob\n"
          "50 r alice a Re: [PATCH] a | credits=R:alice\n",
          "v1 1/1: a\n" },
        { "named by the author, given by another",
          "0 a alice - [PATCH] a\n"
          "50 r alice a Re: [PATCH] a | credits=R:bob\n",
          "v1 1/1: a reviewed=1\n" },
        { "a test is no review",
          "0 a alice - [PATCH] a\n"
          "50 r bob a Re: [PATCH] a | credits=T:bob\n",
          "v1 1/1: a answer=r\n" },
        { "a refusal is one",
          "0 a alice - [PATCH] a\n"
          "50 r bob a Re: [PATCH] a | credits=N:bob\n",
          "v1 1/1: a answer=r review=r\n" },
        { "a re-rolled part keeps its review",
          "0 a alice - [PATCH v5 1/2] a\n"
          "1 b alice a [PATCH v5 2/2] b\n"
          "50 r bob b Re: [PATCH v5 2/2] b | credits=R:bob\n"
          "900 d alice b [PATCH v5.1 2/2] b\n",
          "v5 2/2: a b d reviewed=1 answer=r review=r\n" },
        { "the mails between are missing: the subject tells the part",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 r bob lost Re: [PATCH 2/2] b | root=a credits=R:bob\n",
          "v1 2/2: a b reviewed=1 answer=r review=r\n" },
        { "without Re:, under the cover's own id",
          "0 c alice - [PATCH 0/1] c\n"
          "1 a alice c [PATCH 1/1] a\n"
          "50 c bob c [PATCH 0/1] c | kind=reply credits=T:bob\n",
          "v1 1/1: c a answer=c\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
}

static void bots_answer_nothing(void **state)
{
    static const Situation situations[] = {
        { "a report is no answer",
          "0 a alice - [PATCH] a\n"
          "50 r lkp@intel.com a Re: [PATCH] a | kind=bot_report\n"
          "60 s bob a Re: [PATCH] a\n",
          "v1 1/1: a answer=s\n" },
        { "patchwork applies",
          "0 c alice - [PATCH 0/1] c\n"
          "1 a alice c [PATCH 1/1] a\n"
          "60 n patchwork-bot+kvm@kernel.org c Re: [PATCH 0/1] c | notice=1\n",
          "v1 1/1: c a applied=n\n" },
    };
    const IdentityFiles files = { 0 };
    g_autoptr(Identity) identity = identity_new(&files, NULL);

    (void)state;
    situations_check_with(situations, G_N_ELEMENTS(situations), identity);
}

static void the_author_of_the_first_patch_may_review_others(void **state)
{
    static const Situation situations[] = {
        { "sent by bob, the first one written by alice",
          "0 a bob - [PATCH 1/2] a | author=alice\n"
          "1 b bob a [PATCH 2/2] b\n"
          "50 r alice b Re: [PATCH 2/2] b | credits=R:alice\n",
          "v1 2/2: a b reviewed=1 answer=r review=r\n" },
        { "not so of the own patch, nor by the sender",
          "0 a bob - [PATCH 1/2] a | author=alice\n"
          "1 b bob a [PATCH 2/2] b\n"
          "50 r alice a Re: [PATCH 1/2] a | credits=R:alice\n"
          "51 s bob a Re: [PATCH 1/2] a | credits=R:bob\n",
          "v1 2/2: a b\n" },
    };

    (void)state;
    situations_check(situations, G_N_ELEMENTS(situations));
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
        cmocka_unit_test(answers_are_by_others_and_first_by_their_dates),
        cmocka_unit_test(reviews_are_credited),
        cmocka_unit_test(bots_answer_nothing),
        cmocka_unit_test(the_author_of_the_first_patch_may_review_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
