/* SPDX-License-Identifier: MIT */
/*
 * Whose a post is: "author", "other", or "-" of a bot, seen from the first one.
 */
#include "sets/authorship.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

typedef struct Case {
    const char *lines, *wanted; /* of the last post, answering post "a" */
} Case;

static const char *relation_of(const Sets *sets, unsigned record,
                               unsigned member)
{
    const bool is_own = authorship_is_by_author(sets, record, member);
    const bool is_other = authorship_is_by_others(sets, record, member);

    assert_false(is_own && is_other);
    return is_own ? "author" : is_other ? "other" : "-";
}

static unsigned record_of(const Sets *sets, const char *id)
{
    unsigned i = 0;

    while (g_strcmp0(sets->records[i].message_id, id) != 0)
        assert_true(++i < sets->count);
    return i;
}

static void check(const Case *one)
{
    g_autoptr(Posts) posts = posts_new(one->lines, 0, NULL);
    g_autoptr(Sets) sets = posts_members(posts);
    const char *found =
        relation_of(sets, record_of(sets, "r"), record_of(sets, "a"));

    if (g_strcmp0(found, one->wanted) != 0)
        fail_msg("%sfound:  %s\nwanted: %s", one->lines, found, one->wanted);
}

static void who_wrote_or_sent_the_set_is_its_author(void **state)
{
    static const Case cases[] = {
        { "0 a ann - [PATCH] a\n9 r bob a Re: [PATCH] a\n", "other" },
        { "0 a ann - [PATCH] a\n9 r ann a Re: [PATCH] a\n", "author" },
        /* from another address, where the accent is left out */
        { "0 a ann_pálsson - [PATCH] a\n9 r ann_palsson/home a Re: x\n",
          "author" },
        { "0 a ann_palsson - [PATCH] a\n9 r ann_pÁlsson/home a Re: x\n",
          "author" },
        { "0 a ann_pálsson - [PATCH] a\n9 r ann_pulsson/home a Re: x\n",
          "other" },
        { "0 a ánn - [PATCH] a\n9 r ann/home a Re: x\n", "other" },
        /* sent on behalf of another */
        { "0 a bob - [PATCH] a | author=ann\n9 r ann a Re: [PATCH] a\n",
          "author" },
        { "0 a bob - [PATCH] a | author=ann\n9 r bob a Re: [PATCH] a\n",
          "author" },
        /* ... through a list that puts its address into From */
        { "0 a ann_finch_via_list - [PATCH] a | author=bob_low\n"
          "9 r ann_finch a Re: [PATCH] a\n",
          "author" },
        { "0 a ann_finch_via_list - [PATCH] a | author=bob_low\n"
          "9 r ann_lee a Re: [PATCH] a\n",
          "other" },
        /* the sender of the set, of a part that another sent */
        { "0 c ann - [PATCH 0/1] c\n1 a bob c [PATCH 1/1] a\n"
          "9 r ann a Re: [PATCH 1/1] a\n",
          "author" },
        /* the author of another patch of the set */
        { "0 c ann - [PATCH 0/2] c\n1 b ann c [PATCH 1/2] b | author=cat\n"
          "2 a ann c [PATCH 2/2] a\n9 r cat a Re: [PATCH 2/2] a\n",
          "other" },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

static void a_whole_name_is_known_at_another_address(void **state)
{
    static const Case cases[] = {
        { "0 a ann_finch - [PATCH] a\n9 r ann_finch/home a Re: [PATCH] a\n",
          "author" },
        { "0 a ann - [PATCH] a\n9 r ann/home a Re: [PATCH] a\n", "other" },
        { "0 a ann_finch - [PATCH] a\n9 r ann_lee a Re: [PATCH] a\n", "other" },
        /* a mail without a name: the address may have it */
        { "0 a ann_finch - [PATCH] a\n"
          "9 r <ann.finch@rill.example a Re: [PATCH] a\n",
          "author" },
        { "0 a ann_finch - [PATCH] a\n"
          "9 r <mail@annfinch.example a Re: [PATCH] a\n",
          "author" },
        { "0 a ann_finch - [PATCH] a\n"
          "9 r <ann@rill.example a Re: [PATCH] a\n",
          "other" },
    };

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++)
        check(&cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_wrote_or_sent_the_set_is_its_author),
        cmocka_unit_test(a_whole_name_is_known_at_another_address),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
