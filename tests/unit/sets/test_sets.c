/* SPDX-License-Identifier: MIT */
/*
 * Each situation of section 6 as a few posts and what is understood of them:
 * a line a set, "vVERSION SEEN/TOTAL: ids", then what else is known of it.
 * All are put together in several orders of counting.
 */
#include "sets/build.h"
#include "sets/sets.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

enum { ORDERS = 12 };

static const char *id_of(const Sets *sets, int record)
{
    return sets->records[record].message_id;
}

static void describe_set(const Sets *sets, const PatchSet *set, GString *out)
{
    g_string_append_printf(out, "v%u %u/%u:", set->version, set->seen,
                           set->total);
    for (unsigned i = 0; i < set->members->len; i++)
        g_string_append_printf(
            out, " %s",
            id_of(sets, (int)g_array_index(set->members, SetMember, i).record));
    if (set->is_pull)
        g_string_append(out, " pull");
    if (!set->is_complete)
        g_string_append(out, " incomplete");
    if (set->older != SETS_NONE)
        g_string_append_printf(
            out, " older=%s%s",
            id_of(sets, (int)sets_get(sets, set->older)->head),
            set->is_same_as_older ? " same" : "");
    if (set->reviewed > 0)
        g_string_append_printf(out, " reviewed=%u", set->reviewed);
    if (set->first_answer != SETS_NONE)
        g_string_append_printf(out, " answer=%s",
                               id_of(sets, set->first_answer));
    if (set->first_review != SETS_NONE)
        g_string_append_printf(out, " review=%s",
                               id_of(sets, set->first_review));
    if (set->applied != SETS_NONE)
        g_string_append_printf(out, " applied=%s", id_of(sets, set->applied));
    else if (set->applied_parts > 0)
        g_string_append_printf(out, " applied_parts=%u", set->applied_parts);
    if (set->pull != SETS_NONE)
        g_string_append_printf(out, " pull=%s", id_of(sets, set->pull));
    g_string_append_c(out, '\n');
}

/* whatever the situation is. */
static void assert_mutual(const Sets *sets)
{
    for (int i = 0; i < (int)sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, i);

        if (set->older != SETS_NONE)
            assert_int_equal(sets_get(sets, set->older)->newer, i);
        if (set->newer != SETS_NONE)
            assert_int_equal(sets_get(sets, set->newer)->older, i);
    }
}

static char *describe(const char *lines, unsigned seed, Identity *identity)
{
    g_autoptr(Posts) posts = posts_new(lines, seed, identity);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    GString *out = g_string_new(NULL);

    assert_mutual(sets);
    for (unsigned i = 0; i < sets->all->len; i++)
        describe_set(sets, sets_get(sets, (int)i), out);
    return g_string_free(out, FALSE);
}

typedef struct Situation {
    const char *name, *posts, *sets;
} Situation;

static void check_with(const Situation *situations, size_t count,
                       Identity *identity)
{
    for (size_t i = 0; i < count; i++) {
        for (unsigned seed = 0; seed < ORDERS; seed++) {
            g_autofree char *found =
                describe(situations[i].posts, seed, identity);

            if (strcmp(found, situations[i].sets) != 0)
                fail_msg("%s (order %u):\n%swanted:\n%s", situations[i].name,
                         seed, found, situations[i].sets);
        }
    }
}

static void check(const Situation *situations, size_t count)
{
    check_with(situations, count, NULL);
}

static void parts_join_by_their_thread(void **state)
{
    static const Situation situations[] = {
        { "shallow",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v1 2/2: c a b\n" },
        { "deep",
          "0 c alice - [PATCH 0/3] cover\n"
          "1 a alice c [PATCH 1/3] a\n"
          "2 b alice a [PATCH 2/3] b\n"
          "3 d alice b [PATCH 3/3] d\n",
          "v1 3/3: c a b d\n" },
        { "without a cover",
          "1 a alice - [PATCH 1/2] a\n"
          "2 b alice a [PATCH 2/2] b\n",
          "v1 2/2: a b\n" },
        { "shuffled by the mail system",
          "0 b alice c [PATCH 2/2] b\n"
          "1 c alice - [PATCH 0/2] cover\n"
          "2 a alice c [PATCH 1/2] a\n",
          "v1 2/2: c a b\n" },
        { "a part that comes a day late",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "1500 b alice c [PATCH 2/2] b\n",
          "v1 2/2: c a b\n" },
        { "incomplete",
          "0 c alice - [PATCH 0/3] cover\n"
          "1 a alice c [PATCH 1/3] a\n"
          "2 d alice c [PATCH 3/3] d\n",
          "v1 2/3: c a d incomplete\n" },
        { "a cover alone", "0 c alice - [PATCH 0/3] cover\n",
          "v1 0/3: c incomplete\n" },
        { "the cover is not on this list",
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v1 2/2: a b\n" },
        { "patches of several authors, sent by one",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a | author=bob\n"
          "2 b alice c [PATCH 2/2] b | author=eve\n",
          "v1 2/2: c a b\n" },
        { "two digits",
          "0 c alice - [PATCH 00/02] cover\n"
          "1 a alice c [PATCH 01/02] a\n"
          "2 b alice c [PATCH 02/02] b\n",
          "v1 2/2: c a b\n" },
        { "a mercurial patchbomb",
          "0 c alice - [PATCH 0 of 2] cover\n"
          "1 a alice c [PATCH 1 of 2] a\n"
          "2 b alice c [PATCH 2 of 2] b\n",
          "v1 2/2: c a b\n" },
        { "single patches are each their own",
          "0 a alice - [PATCH] a\n"
          "1 b alice a [PATCH] b\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "an answer between cover and patch",
          "0 c alice - [PATCH 0/1] cover\n"
          "1 r bob c Re: [PATCH 0/1] cover\n"
          "2 a alice r [PATCH 1/1] a\n",
          "v1 1/1: c a answer=r\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void parts_without_a_thread_join_by_name_and_time(void **state)
{
    static const Situation situations[] = {
        { "no threading at all",
          "0 a alice - [PATCH 1/3] a\n"
          "1 b alice - [PATCH 2/3] b\n"
          "2 d alice - [PATCH 3/3] d\n",
          "v1 3/3: a b d\n" },
        { "the cover comes last",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "5 c alice - [PATCH 0/2] cover\n",
          "v1 2/2: c a b\n" },
        { "an hour apart they are two",
          "0 a alice - [PATCH 1/2] a\n"
          "60 b alice - [PATCH 2/2] b\n",
          "v1 1/2: a incomplete\nv1 1/2: b incomplete\n" },
        { "a moderator's hour does not count, the Date does",
          "0 a alice - [PATCH 1/2] a\n"
          "60 b alice - [PATCH 2/2] b | date=1\n",
          "v1 2/2: a b\n" },
        { "other tags",
          "0 a alice - [PATCH net 1/2] a\n"
          "1 b alice - [PATCH bpf 2/2] b\n",
          "v1 1/2: a incomplete\nv1 1/2: b incomplete\n" },
        { "the same tags in another order and case",
          "0 a alice - [PATCH net kvm 1/2] a\n"
          "1 b alice - [PATCH KVM,net,2/2] b\n",
          "v1 2/2: a b\n" },
        { "another sender",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b bob - [PATCH 2/2] b\n",
          "v1 1/2: a incomplete\nv1 1/2: b incomplete\n" },
        { "another version",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice - [PATCH v2 2/2] b\n",
          "v1 1/2: a incomplete\nv2 1/2: b incomplete\n" },
        { "two series sent one after the other",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice - [PATCH 2/2] b\n"
          "2 x alice - [PATCH 1/2] x\n"
          "3 y alice - [PATCH 2/2] y\n",
          "v1 2/2: a b\nv1 2/2: x y\n" },
        { "all answer an old mail, none each other",
          "0 o bob - an idea\n"
          "10 a alice o [PATCH 1/2] a\n"
          "11 b alice o [PATCH 2/2] b\n",
          "v1 2/2: a b\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void odd_series_are_understood(void **state)
{
    static const Situation situations[] = {
        { "8/7 is one more",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "90 d alice c [PATCH 3/2] d\n",
          "v1 3/2: c a b d\n" },
        { "3/3 after two of two",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "90 d alice c [PATCH 3/3] d\n",
          "v1 3/2: c a b d\n" },
        { "the cover counted wrong",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH 1/3] a\n"
          "2 b alice c [PATCH 2/3] b\n"
          "3 d alice c [PATCH 3/3] d\n",
          "v1 3/3: c a b d\n" },
        { "the cover alone has the version",
          "0 c alice - [PATCH v2 0/2] cover\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v2 2/2: c a b\n" },
        { "the patches alone have the version",
          "0 c alice - [PATCH 0/2] cover\n"
          "1 a alice c [PATCH v2 1/2] a\n"
          "2 b alice c [PATCH v2 2/2] b\n",
          "v2 2/2: c a b\n" },
        { "a cover without a tag has the version",
          "0 c alice - two fixes v2\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v2 2/2: a b\n" },
        { "what another says of a v2 is no cover",
          "0 c bob - broken since v2\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v1 2/2: a b\n" },
        { "one patch forgot the version",
          "0 c alice - [PATCH v2 0/2] cover\n"
          "1 a alice c [PATCH v2 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n",
          "v2 2/2: c a b\n" },
        { "the first patch forgot the version",
          "1 a alice - [PATCH 1/3] a\n"
          "2 b alice a [PATCH v2 2/3] b\n"
          "3 d alice a [PATCH v2 3/3] d\n",
          "v2 3/3: a b d\n" },
        { "what comes an hour later forgot nothing",
          "0 c alice - [PATCH v2 0/2] cover\n"
          "1 a alice c [PATCH v2 1/2] a\n"
          "70 b alice c [PATCH 2/2] b\n",
          "v2 1/2: c a incomplete\nv1 1/2: b incomplete\n" },
        { "one patch below a cover of one",
          "0 c alice - [PATCH 0/1] cover\n"
          "1 a alice c [PATCH] a\n",
          "v1 1/1: c a\n" },
        { "a part twice is two sets, the second with what it has",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "2 x alice a [PATCH 2/2] b\n",
          "v1 2/2: a b\nv1 1/2: x incomplete\n" },
        { "another's patch below a series",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 x bob b [PATCH] x\n",
          "v1 2/2: a b answer=x\nv1 1/1: x\n" },
        { "a post that is its own parent", "0 a alice a [PATCH] a\n",
          "v1 1/1: a\n" },
        { "answers in a circle",
          "0 a alice b [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n",
          "v1 2/2: a b\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void pull_requests_are_one_item_with_their_patches(void **state)
{
    static const Situation situations[] = {
        { "alone", "0 p alice - [GIT PULL] fixes\n", "v1 0/0: p pull\n" },
        { "numbered throughout",
          "0 p alice - [PULL 0/2] queue\n"
          "1 a alice p [PULL 1/2] a\n"
          "2 b alice p [PULL 2/2] b\n",
          "v1 2/2: p a b pull\n" },
        { "patches below it",
          "0 p alice - [GIT PULL] fixes\n"
          "1 a alice p [PATCH 1/2] a\n"
          "2 b alice p [PATCH 2/2] b\n",
          "v1 2/2: p a b pull\n" },
        { "another's patch below it is not its",
          "0 p alice - [GIT PULL] fixes\n"
          "100 a bob p [PATCH] a\n",
          "v1 0/0: p pull answer=a\nv1 1/1: a\n" },
        { "two seasons are no revisions",
          "0 p alice - [GIT PULL] fixes\n"
          "9000 q alice - [GIT PULL] fixes\n",
          "v1 0/0: p pull\nv1 0/0: q pull\n" },
        { "merged",
          "0 p alice - [GIT PULL] fixes\n"
          "90 n tracker p Re: [GIT PULL] fixes | notice=3\n",
          "v1 0/0: p pull applied=n\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void pulls_tell_of_what_they_list(void **state)
{
    static const Situation situations[] = {
        { "merged with it",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 1/1: a reviewed=1 applied=n pull=p\nv1 0/0: p pull answer=n "
          "applied=n\n" },
        { "not while nobody pulled",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n",
          "v1 1/1: a pull=p\nv1 0/0: p pull\n" },
        { "who took it first is told",
          "0 a alice - [PATCH] a\n"
          "50 m bob a Re: [PATCH] a | notice=5\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 1/1: a reviewed=1 answer=m applied=m pull=p\n"
          "v1 0/0: p pull answer=n applied=n\n" },
        { "some parts, and the others by a notice",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:b\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 2/2: a b reviewed=1 applied_parts=1 pull=p\n"
          "v1 0/0: p pull answer=n applied=n\n" },
        { "all parts, by two pulls",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 m bob b Re: [PATCH 2/2] b | notice=5 parts=0\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a,alice:c\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n",
          "v1 2/2: a b reviewed=2 answer=m applied=n pull=p\n"
          "v1 0/0: p pull answer=n applied=n\n" },
        { "the newest revision before it",
          "0 a alice - [PATCH] a\n"
          "50 b alice - [PATCH v2] a\n"
          "90 p bob - [GIT PULL] fixes | lists=alice:a\n"
          "99 n carol p Re: [GIT PULL] fixes | notice=5\n"
          "120 c alice - [PATCH v3] a\n",
          "v1 1/1: a\nv2 1/1: b older=a reviewed=1 applied=n pull=p\n"
          "v1 0/0: p pull answer=n applied=n\nv3 1/1: c older=b\n" },
        { "another author's patch of that title is another",
          "0 a alice - [PATCH] fix typo\n"
          "90 p bob - [GIT PULL] fixes | lists=carol:fix_typo\n"
          "99 n dave p Re: [GIT PULL] fixes | notice=5\n",
          "v1 1/1: a\nv1 0/0: p pull answer=n applied=n\n" },
        { "nor a patch of the year before last",
          "0 a alice - [PATCH] fix typo\n"
          "600000 p bob - [GIT PULL] fixes | lists=alice:fix_typo\n",
          "v1 1/1: a\nv1 0/0: p pull\n" },
        { "one that begins where another ends takes both",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [GIT PULL] one | lists=alice:a base=x tip=y\n"
          "120 q bob - [GIT PULL] two | lists=alice:b base=y tip=z\n"
          "150 n carol q Re: [GIT PULL] two | notice=5\n",
          "v1 1/1: a reviewed=1 applied=n pull=p\n"
          "v1 0/0: p pull applied=n\n"
          "v1 0/0: q pull answer=n applied=n\n" },
        { "not so somebody else's, nor an earlier one",
          "0 o bob - [GIT PULL] none | base=y tip=w\n"
          "10 m carol o Re: [GIT PULL] none | notice=5\n"
          "90 p bob - [GIT PULL] one | base=x tip=y\n"
          "120 q dave - [GIT PULL] two | base=y tip=z\n"
          "150 n carol q Re: [GIT PULL] two | notice=5\n",
          "v1 0/0: o pull answer=m applied=m\n"
          "v1 0/0: p pull\n"
          "v1 0/0: q pull answer=n applied=n\n" },
        { "its own patches were not taken by it",
          "0 a alice - [PATCH] a\n"
          "90 p bob - [PULL 0/1] fixes | lists=alice:a\n"
          "91 q bob p [PULL 1/1] a | author=alice\n"
          "99 n carol p Re: [PULL 0/1] fixes | notice=5\n",
          "v1 1/1: a reviewed=1 applied=n pull=p\n"
          "v1 1/1: p q pull answer=n applied=n\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void notices_tell_of_parts_that_did_not_come(void **state)
{
    static const Situation situations[] = {
        { "all but the second, of a lone cover",
          "0 c alice - [PATCH 0/3] c\n"
          "50 n bob c Re: [PATCH 0/3] c | notice=5 parts=5\n",
          "v1 0/3: c incomplete answer=n applied_parts=2\n" },
        { "beside those that came",
          "0 c alice - [PATCH 0/3] c\n"
          "1 a alice c [PATCH 1/3] a\n"
          "50 n bob c Re: [PATCH 0/3] c | notice=5 parts=5\n",
          "v1 1/3: c a incomplete reviewed=1 answer=n applied_parts=2\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void what_came_again_is_told(void **state)
{
    static const struct {
        const char *posts;
        bool is_repeated; /* the first set */
    } cases[] = {
        { "0 a alice - [PATCH] a\n"
          "900 c sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n",
          true },
        { "0 a alice - [PATCH v2] a\n"
          "900 c bob - [PATCH 0/2] c\n"
          "901 d bob c [PATCH 1/2] a | author=alice\n"
          "902 e bob c [PATCH 2/2] b\n",
          true },
        { "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "900 c sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n",
          false },
        { "0 a alice - [PATCH] a\n900 c bob - [PATCH] a\n", false },
        { "0 a alice - [PATCH 5.10] a\n900 b alice - [PATCH 6.1] a\n", false },
        { "0 a alice - [PATCH] a\n"
          "600000 c sasha - [PATCH AUTOSEL 5.4 7/9] a | author=alice\n",
          false },
        { "0 a alice - [PATCH 1/2] a\n1 b alice a [PATCH 2/2] a\n", false },
        { "0 a alice - [PATCH] a\n", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Posts) posts = posts_new(cases[i].posts, 0, NULL);
        g_autoptr(Sets) sets =
            sets_build((const PostRecord *)(void *)posts->records->data,
                       posts->records->len, posts->people, NULL);

        assert_int_equal(sets_get(sets, 0)->repeated_by != CAUSE_NONE,
                         cases[i].is_repeated);
    }
}

static void a_notice_for_the_same_patch_counts(void **state)
{
    static const Situation situations[] = {
        { "sent again, and the first one is answered",
          "0 a alice - [PATCH v3] a | patch=x\n"
          "50 b alice - [PATCH v3] a | patch=x\n"
          "90 n bob a Re: [PATCH v3] a | notice=5\n",
          "v3 1/1: a reviewed=1 answer=n applied=n\n"
          "v3 1/1: b older=a same reviewed=1 applied=n\n" },
        { "not before it was sent again",
          "0 a alice - [PATCH v3] a | patch=x\n"
          "40 n bob a Re: [PATCH v3] a | notice=5\n"
          "50 b alice - [PATCH v3] a | patch=x\n",
          "v3 1/1: a reviewed=1 answer=n applied=n\nv3 1/1: b older=a same\n" },
        { "nor of another version",
          "0 a alice - [PATCH v3] a | patch=x\n"
          "50 b alice - [PATCH v4] a | patch=x\n"
          "90 n bob a Re: [PATCH v3] a | notice=5\n",
          "v3 1/1: a reviewed=1 answer=n applied=n\nv4 1/1: b older=a same\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void covers_that_came_twice_are_one(void **state)
{
    static const Situation situations[] = {
        { "patches below the second",
          "0 b alice - [PATCH v7 0/2] c\n"
          "1 c alice - [PATCH v7 0/2] c\n"
          "2 d alice c [PATCH v7 1/2] d\n"
          "3 e alice c [PATCH v7 2/2] e\n"
          "9 r bob b Re: [PATCH v7 0/2] c | credits=R:bob\n",
          "v7 2/2: b c d e reviewed=2 answer=r review=r\n" },
        { "below the first",
          "0 b alice - [PATCH 0/1] c\n"
          "1 d alice b [PATCH 1/1] d\n"
          "2 c alice - [PATCH 0/1] c\n",
          "v1 1/1: b c d\n" },
        { "two without patches",
          "0 b alice - [PATCH 0/2] c\n"
          "1 c alice - [PATCH 0/2] c\n",
          "v1 0/2: b c incomplete\n" },
        { "not after an hour",
          "0 b alice - [PATCH 0/1] c\n"
          "60 c alice - [PATCH 0/1] c\n"
          "61 d alice c [PATCH 1/1] d\n",
          "v1 0/1: b incomplete\nv1 1/1: c d older=b\n" },
        { "nor of another title",
          "0 b alice - [PATCH 0/1] b\n"
          "1 c alice - [PATCH 0/1] c\n"
          "2 d alice c [PATCH 1/1] d\n",
          "v1 0/1: b incomplete\nv1 1/1: c d\n" },
        { "nor somebody else's",
          "0 b bob - [PATCH 0/1] c\n"
          "1 c alice - [PATCH 0/1] c\n"
          "2 d alice c [PATCH 1/1] d\n",
          "v1 0/1: b incomplete\nv1 1/1: c d\n" },
        { "nor a set with patches of its own",
          "0 b alice - [PATCH 0/1] c\n"
          "1 a alice b [PATCH 1/1] d\n"
          "2 c alice - [PATCH 0/1] c\n"
          "3 d alice c [PATCH 1/1] d\n",
          "v1 1/1: b a\nv1 1/1: c d older=b\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

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
    check(situations, G_N_ELEMENTS(situations));
}

static void revisions_are_linked(void **state)
{
    static const Situation situations[] = {
        { "by title and author",
          "0 a alice - [PATCH] Do it\n"
          "900 b alice - [PATCH v2] do it.\n",
          "v1 1/1: a\nv2 1/1: b older=a\n" },
        { "not by another's title",
          "0 a alice - [PATCH] do it\n"
          "900 b bob - [PATCH v2] do it\n",
          "v1 1/1: a\nv2 1/1: b\n" },
        { "by change-id, whatever the title",
          "0 a alice - [PATCH] this | change=x\n"
          "900 b bob - [PATCH v2] that | change=x\n",
          "v1 1/1: a\nv2 1/1: b older=a\n" },
        { "by an answer to the old set",
          "0 c alice - [PATCH 0/1] this\n"
          "1 a alice c [PATCH 1/1] a\n"
          "900 d alice c [PATCH v2 0/1] that\n"
          "901 b alice d [PATCH v2 1/1] b\n",
          "v1 1/1: c a\nv2 1/1: d b older=c\n" },
        { "by Supersedes: of the author",
          "0 a alice - [PATCH] this\n"
          "900 b alice - [PATCH v2] that | names=a supersedes=1\n",
          "v1 1/1: a\nv2 1/1: b older=a\n" },
        { "by Supersedes: of another, who changes one of its lines",
          "0 a alice - [PATCH] this | lines=1,2,3,4\n"
          "900 b bob - [PATCH] that | lines=4,5,6,7 names=a supersedes=1\n",
          "v1 1/1: a\nv1 1/1: b older=a\n" },
        { "not by Supersedes: of a stranger",
          "0 a alice - [PATCH] this | lines=1,2,3,4\n"
          "900 b bob - [PATCH v2] that | lines=5,6,7,8 names=a supersedes=1\n",
          "v1 1/1: a\nv2 1/1: b\n" },
        { "not by Based-on:",
          "0 a alice - [PATCH] this\n"
          "900 b alice - [PATCH] that | names=a\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "by patch-id",
          "0 a alice - [PATCH] this | patch=x\n"
          "900 b alice - [PATCH v2] that | patch=x\n",
          "v1 1/1: a\nv2 1/1: b older=a same\n" },
        { "by half of its patches, under another cover",
          "0 c alice - [PATCH 0/2] this\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "900 d alice - [PATCH v2 0/2] that\n"
          "901 e alice d [PATCH v2 1/2] a\n"
          "902 f alice d [PATCH v2 2/2] new\n",
          "v1 2/2: c a b\nv2 2/2: d e f older=c\n" },
        { "another's series that holds the patch is no revision of it",
          "0 a alice - [PATCH] it\n"
          "900 c bob - [PATCH v2 0/2] more\n"
          "901 x bob c [PATCH v2 1/2] it | author=alice\n"
          "902 y bob c [PATCH v2 2/2] y\n",
          "v1 1/1: a\nv2 2/2: c x y\n" },
        { "each by the one before",
          "0 a alice - [PATCH] it\n"
          "900 b alice - [PATCH v2] it\n"
          "1900 d alice - [PATCH v3] it\n",
          "v1 1/1: a\nv2 1/1: b older=a\nv3 1/1: d older=b\n" },
        { "v2 in the thread of v1 is a set of its own",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "900 d alice a [PATCH v2 1/2] a\n"
          "901 e alice d [PATCH v2 2/2] b\n",
          "v1 2/2: a b\nv2 2/2: d e older=a\n" },
        { "a new form of one patch is not one of the series",
          "0 c alice - [PATCH 0/2] this\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "900 d alice b [PATCH v2] b\n",
          "v1 2/2: c a b\nv2 1/1: d\n" },
        { "an RFC and what came of it",
          "0 a alice - [RFC PATCH] it\n"
          "900 b alice - [PATCH] it\n",
          "v1 1/1: a\nv1 1/1: b older=a\n" },
        { "versions begin anew after RFCs",
          "0 a alice - [RFC PATCH] it\n"
          "900 b alice - [RFC PATCH v2] it\n"
          "1800 d alice - [PATCH] it\n"
          "2700 e alice - [PATCH v2] it\n",
          "v1 1/1: a\nv2 1/1: b older=a\nv1 1/1: d older=b\n"
          "v2 1/1: e older=d\n" },
        { "an unlabelled re-post",
          "0 a alice - [PATCH 1/2] a | patch=x\n"
          "1 b alice a [PATCH 2/2] b | patch=y\n"
          "2000 d alice - [PATCH 1/2] a | patch=x\n"
          "2001 e alice d [PATCH 2/2] b | patch=y\n",
          "v1 2/2: a b\nv1 2/2: d e older=a same\n" },
        { "the first two of three again, without the last",
          "0 c alice - [PATCH 0/3] all of it\n"
          "1 a alice c [PATCH 1/3] a\n"
          "2 b alice c [PATCH 2/3] b\n"
          "3 d alice c [PATCH 3/3] d\n"
          "2000 e alice - [PATCH 0/2] some of it\n"
          "2001 f alice e [PATCH 1/2] a\n"
          "2002 g alice e [PATCH 2/2] b\n",
          "v1 3/3: c a b d\nv1 2/2: e f g older=c\n" },
        { "a few of many again, or with others: another set",
          "0 a alice - [PATCH 1/5] a\n"
          "1 b alice a [PATCH 2/5] b\n"
          "2 d alice a [PATCH 3/5] d\n"
          "3 e alice a [PATCH 4/5] e\n"
          "4 f alice a [PATCH 5/5] f\n"
          "2000 g alice - [PATCH 0/2] two\n"
          "2001 h alice g [PATCH 1/2] a\n"
          "2002 i alice g [PATCH 2/2] b\n"
          "3000 j alice - [PATCH 0/4] four\n"
          "3001 k alice j [PATCH 1/4] q\n"
          "3002 l alice j [PATCH 2/4] b\n"
          "3003 m alice j [PATCH 3/4] d\n"
          "3004 n alice j [PATCH 4/4] e\n",
          "v1 5/5: a b d e f\nv1 2/2: g h i\nv1 4/4: j k l m n\n" },
        { "the same diffs under other titles, and more of them",
          "0 a alice - [PATCH 1/2] a | patch=x\n"
          "1 b alice a [PATCH 2/2] b | patch=x\n"
          "2000 d alice - [PATCH 1/2] d | patch=x\n"
          "2001 e alice d [PATCH 2/2] e | patch=x\n"
          "3000 f alice - [PATCH 1/3] f | patch=x\n"
          "3001 g alice f [PATCH 2/3] g | patch=x\n"
          "3002 h alice f [PATCH 3/3] h | patch=x\n",
          "v1 2/2: a b\nv1 2/2: d e\nv1 3/3: f g h\n" },
        { "another author, but sent by the same person",
          "0 a alice - [RFC PATCH] it | author=eve\n"
          "900 b alice - [PATCH v2] it\n"
          "1800 d bob - [PATCH v3] it\n",
          "v1 1/1: a\nv2 1/1: b older=a\nv3 1/1: d\n" },
        { "from home, under the same name",
          "0 a alice - [PATCH] it\n"
          "900 b alice/home - [PATCH] it\n"
          "1800 d alice - [PATCH v2] it\n",
          "v1 1/1: a\nv1 1/1: b older=a\nv2 1/1: d older=b\n" },
        { "written first, but come last, from moderation",
          "0 a alice - [PATCH] it | date=90\n"
          "60 b alice - [PATCH] it | date=5\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "a clock that is somewhat slow",
          "0 a alice - [PATCH] it | date=90\n"
          "60 b alice - [PATCH] it | date=86\n",
          "v1 1/1: a\nv1 1/1: b older=a\n" },
        { "RESEND",
          "0 a alice - [PATCH v3] it\n"
          "900 b alice - [PATCH RESEND v3] it\n",
          "v3 1/1: a\nv3 1/1: b older=a\n" },
        { "the same patch for two branches",
          "0 a alice - [PATCH AUTOSEL 5.10 1/2] it\n"
          "1 b alice - [PATCH AUTOSEL 5.4 1/2] it\n",
          "v1 1/2: a incomplete\nv1 1/2: b incomplete\n" },
        { "the same patch for two releases, not for mainline",
          "0 a alice - [PATCH] it\n"
          "1 b alice - [RHEL8.0 PATCH v5 1/2] it\n"
          "2 d alice - [RHEL8.1 PATCH v5 1/3] it\n",
          "v1 1/1: a\nv5 1/2: b incomplete\nv5 1/3: d incomplete\n" },
        { "a namesake of another year",
          "0 a alice - [PATCH] MAINTAINERS: update\n"
          "525600 b alice - [PATCH] MAINTAINERS: update\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "v5.1 10/12 is a part of v5",
          "0 a alice - [PATCH v5 1/2] a\n"
          "1 b alice a [PATCH v5 2/2] b\n"
          "900 d alice b [PATCH v5.1 2/2] b\n",
          "v5 2/2: a b d\n" },
        { "v5.1 without a thread",
          "0 a alice - [PATCH v5 1/2] a\n"
          "1 b alice a [PATCH v5 2/2] b\n"
          "900 d alice - [PATCH v5.1 2/2] b\n",
          "v5 2/2: a b d\n" },
        { "one v3 part that answers v2, with no other v3",
          "0 a alice - [PATCH v2 1/2] a\n"
          "1 b alice a [PATCH v2 2/2] b\n"
          "900 d alice b [PATCH v3 2/2] b\n",
          "v2 2/2: a b d\n" },
        { "the same, but the rest of v3 is there",
          "0 a alice - [PATCH v2 1/2] a\n"
          "1 b alice a [PATCH v2 2/2] b\n"
          "900 d alice b [PATCH v3 2/2] b\n"
          "901 e alice a [PATCH v3 1/2] a\n",
          "v2 2/2: a b\nv3 2/2: e d older=a\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void a_set_that_has_grown_is_a_revision(void **state)
{
    static const Situation situations[] = {
        { "one patch, sent again with another",
          "0 a alice - [PATCH] net: a\n"
          "900 c alice - [PATCH 0/2] net: more\n"
          "901 d alice c [PATCH 1/2] net: a\n"
          "902 e alice c [PATCH 2/2] net: b\n",
          "v1 1/1: a\nv1 2/2: c d e older=a\n" },
        { "but not without one of two",
          "0 a alice - [PATCH 1/2] net: a\n"
          "1 b alice a [PATCH 2/2] net: x\n"
          "900 c alice - [PATCH 0/3] net: more\n"
          "901 d alice c [PATCH 1/3] net: a\n"
          "902 e alice c [PATCH 2/3] net: b\n"
          "903 f alice c [PATCH 3/3] net: c\n",
          "v1 2/2: a b\nv1 3/3: c d e f\n" },
        { "nor by somebody else",
          "0 a alice - [PATCH] net: a\n"
          "900 c bob - [PATCH 0/2] net: more\n"
          "901 d bob c [PATCH 1/2] net: a\n"
          "902 e bob c [PATCH 2/2] net: b\n",
          "v1 1/1: a\nv1 2/2: c d e\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void a_revision_may_be_told_by_its_lines(void **state)
{
    static const Situation situations[] = {
        { "three lines of one author and place, without versions",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH] net: be quick | lines=1,2,3,5\n",
          "v1 1/1: a\nv1 1/1: b older=a\n" },
        { "the same change of another place",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH] tcp: cut latency | lines=1,2,3,4\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "two lines alone do not tell",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH] net: be quick | lines=1,2,6,5\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "two lines of one file",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4 work=x\n"
          "900 b alice - [PATCH] tcp: be quick | lines=1,2,6,5 work=x\n",
          "v1 1/1: a\nv1 1/1: b older=a\n" },
        { "one line and titles alike",
          "0 a alice - [PATCH] net: cut latency here | lines=1,2,3,4\n"
          "900 b alice - [PATCH] net: latency cut | lines=1,7,6,5\n",
          "v1 1/1: a\nv1 1/1: b older=a\n" },
        { "what was sent together is several patches",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "5 b alice - [PATCH] tcp: be quick | lines=1,2,3,5\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "the next version with two lines, or one",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH v3] tcp: be quick | lines=1,2,6,5\n"
          "1800 d alice - [PATCH v4] ip: go | lines=6,7,8,9\n",
          "v1 1/1: a\nv3 1/1: b older=a\nv4 1/1: d older=b\n" },
        { "a later version with one line is not told",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH v3] tcp: be quick | lines=1,7,6,5\n",
          "v1 1/1: a\nv3 1/1: b\n" },
        { "a lower version is none",
          "0 a alice - [PATCH v2] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH] tcp: be quick | lines=1,2,3,4\n",
          "v2 1/1: a\nv1 1/1: b\n" },
        { "a patch after an RFC is one",
          "0 a alice - [RFC PATCH v2] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH] tcp: be quick | lines=1,2,6,5\n",
          "v2 1/1: a\nv1 1/1: b older=a\n" },
        { "lines of several parts add up",
          "0 a alice - [PATCH 1/2] net: cut latency | lines=1,2,3,4\n"
          "1 b alice a [PATCH 2/2] net: cut more | lines=5,6,7,8\n"
          "900 c alice - [PATCH 1/2] tcp: be quick | lines=1,2,13,14\n"
          "901 d alice c [PATCH 2/2] tcp: be quicker | lines=5,16,17,18\n",
          "v1 2/2: a b\nv1 2/2: c d older=a\n" },
        { "few of a series are no new form of it",
          "0 a alice - [PATCH 1/3] net: cut latency | lines=1,2,3,4\n"
          "1 b alice a [PATCH 2/3] net: cut more\n"
          "2 c alice a [PATCH 3/3] net: cut most\n"
          "900 d alice - [PATCH v2] tcp: be quick | lines=1,2,3,4\n",
          "v1 3/3: a b c\nv2 1/1: d\n" },
        { "ported to a branch",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PATCH 5.10] tcp: be quick | lines=1,2,3,4\n",
          "v1 1/1: a\nv1 1/1: b\n" },
        { "sent on to be pulled",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b alice - [PULL 1/1] tcp: be quick | lines=1,2,3,4\n",
          "v1 1/1: a\nv1 1/1: b pull\n" },
        { "gone on with by another",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b bob - [PATCH v2] tcp: be quick | lines=1,2,6,5 work=x\n",
          "v1 1/1: a\nv2 1/1: b older=a\n" },
        { "another's patch without a version, or with one line",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "900 b bob - [PATCH] tcp: be quick | lines=1,2,3,5 work=x\n"
          "901 d bob - [PATCH v2] ip: go | lines=4,7,8,9 work=x\n",
          "v1 1/1: a\nv1 1/1: b\nv2 1/1: d\n" },
        { "what has a newer one of its title keeps it",
          "0 a alice - [PATCH] net: cut latency | lines=1,2,3,4\n"
          "10 b alice - [PATCH v2] net: cut latency | lines=1,2,3,4\n"
          "900 d alice - [PATCH v2] net: be quick | lines=1,2,3,4\n",
          "v1 1/1: a\nv2 1/1: b older=a\nv2 1/1: d older=b\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void a_revision_may_be_worded_anew(void **state)
{
    static const Situation situations[] = {
        { "the same file and words",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "900 b alice - [PATCH v2] net: sockets without latency | work=x\n",
          "v1 1/1: a\nv2 1/1: b older=a\n" },
        { "another file, or another author",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "900 b alice - [PATCH v2] net: sockets without latency | work=y\n",
          "v1 1/1: a\nv2 1/1: b\n" },
        { "other words",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "900 b alice - [PATCH v2] net: grow the windows of tcp | work=x\n",
          "v1 1/1: a\nv2 1/1: b\n" },
        { "one patch becomes a series",
          "0 a alice - [PATCH] net: cut latency of sockets | work=x\n"
          "900 c alice - [PATCH v2 0/2] net: latency of sockets | work=x\n"
          "901 d alice c [PATCH v2 1/2] net: cut this\n"
          "902 e alice c [PATCH v2 2/2] net: cut that\n",
          "v1 1/1: a\nv2 2/2: c d e older=a\n" },
        { "one of a series alone is no new form of it",
          "0 c alice - [PATCH 0/2] net: latency of sockets | work=x\n"
          "1 d alice c [PATCH 1/2] net: cut this\n"
          "2 e alice c [PATCH 2/2] net: cut that\n"
          "900 a alice - [PATCH v2] net: cut latency of sockets | work=x\n",
          "v1 2/2: c d e\nv2 1/1: a\n" },
        { "what names its older one is believed",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "10 b alice - [PATCH] net: other latency of sockets | work=x\n"
          "900 d alice - [PATCH v2] net: sockets without latency | work=x "
          "names=a supersedes=1\n",
          "v1 1/1: a\nv1 1/1: b\nv2 1/1: d older=a\n" },
        { "an answer to something else names nothing, and is not lone",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "900 b alice z [PATCH v2] net: sockets without latency | work=x\n",
          "v1 1/1: a\nv2 1/1: b\n" },
        { "what has a newer one is not revised twice",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "10 b alice - [PATCH v2] net: cut the latency of sockets | work=x\n"
          "900 d alice - [PATCH v2] net: sockets without latency | work=x\n",
          "v1 1/1: a\nv2 1/1: b older=a\nv2 1/1: d\n" },
        { "what has an older one of its title keeps it",
          "0 a alice - [PATCH] net: sockets without latency | work=y\n"
          "10 b alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "900 d alice - [PATCH v2] net: sockets without latency | work=x\n",
          "v1 1/1: a\nv1 1/1: b\nv2 1/1: d older=a\n" },
        { "of several the most alike, then the latest",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "10 b alice - [PATCH] net: latency of sockets on loopback | work=x\n"
          "20 d alice - [PATCH] net: count the latency of sockets | work=x\n"
          "900 e alice - [PATCH v2] net: loopback sockets, no latency | "
          "work=x\n"
          "901 f alice - [PATCH v2] net: sockets without latency | work=x\n",
          "v1 1/1: a\nv1 1/1: b\nv1 1/1: d\nv2 1/1: e older=b\n"
          "v2 1/1: f older=d\n" },
        { "the highest version before",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "10 b alice - [PATCH v2] net: sockets with low latency | work=x\n"
          "900 d alice - [PATCH v3] net: cut latency of tcp sockets | work=x\n",
          "v1 1/1: a\nv2 1/1: b older=a\nv3 1/1: d older=b\n" },
        { "a version was sent elsewhere",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "900 b alice - [PATCH v3] net: cut latency of sockets more | "
          "work=x\n",
          "v1 1/1: a\nv3 1/1: b older=a\n" },
        { "for another branch",
          "0 a alice - [PATCH 5.10] net: cut latency of sockets | work=x\n"
          "900 b alice - [PATCH 5.4 v2] net: no latency of sockets | work=x\n",
          "v1 1/1: a\nv2 1/1: b\n" },
        { "next year",
          "0 a alice - [PATCH] net: cut the latency of sockets | work=x\n"
          "259201 b alice - [PATCH v2] net: sockets, no latency | work=x\n",
          "v1 1/1: a\nv2 1/1: b\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
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
    check(situations, G_N_ELEMENTS(situations));
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
    check_with(situations, G_N_ELEMENTS(situations), identity);
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
    check(situations, G_N_ELEMENTS(situations));
}

static void notices_are_taken_back_by_whoever_gave_them(void **state)
{
    static const Situation situations[] = {
        { "of the whole set",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "90 m bob n Re: [PATCH] a | back=1\n",
          "v1 1/1: a answer=n\n" },
        { "by somebody else nothing is taken back",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "90 m carol n Re: [PATCH] a | back=1\n",
          "v1 1/1: a reviewed=1 answer=n applied=n\n" },
        { "what comes before says nothing of it",
          "0 a alice - [PATCH] a\n"
          "40 m bob a Re: [PATCH] a | back=1\n"
          "50 n bob a Re: [PATCH] a | notice=5\n",
          "v1 1/1: a reviewed=1 answer=m applied=n\n" },
        { "and given again",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "60 m bob n Re: [PATCH] a | back=1\n"
          "70 o bob m Re: [PATCH] a | notice=5\n",
          "v1 1/1: a reviewed=1 answer=n applied=o\n" },
        { "of one part",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5\n"
          "60 m bob b Re: [PATCH 2/2] b | back=1\n",
          "v1 2/2: c a b reviewed=1 answer=n applied_parts=1\n" },
        { "of all parts",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob a Re: [PATCH 1/2] a | notice=5\n"
          "60 m bob c Re: [PATCH 0/2] c | back=1\n",
          "v1 2/2: c a b answer=n\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

static void notices_tell_what_was_applied(void **state)
{
    static const Situation situations[] = {
        { "a person, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5\n",
          "v1 2/2: c a b reviewed=2 answer=n applied=n\n" },
        { "to one part",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob b Re: [PATCH 2/2] b | notice=5\n",
          "v1 2/2: c a b reviewed=1 answer=n applied_parts=1\n" },
        { "of the series, to one part",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob b Re: [PATCH 2/2] b | notice=5 parts=ffffffffffffffff\n",
          "v1 2/2: c a b reviewed=2 answer=n applied=n\n" },
        { "of one part, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5 parts=1\n",
          "v1 2/2: c a b reviewed=1 answer=n applied_parts=1\n" },
        { "of each part in turn, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 m bob c Re: [PATCH 0/2] c | notice=5 parts=1\n"
          "51 n bob c Re: [PATCH 0/2] c | notice=5 parts=2\n",
          "v1 2/2: c a b reviewed=2 answer=m applied=n\n" },
        { "of some, not said which, to the cover",
          "0 c alice - [PATCH 0/2] c\n"
          "1 a alice c [PATCH 1/2] a\n"
          "2 b alice c [PATCH 2/2] b\n"
          "50 n bob c Re: [PATCH 0/2] c | notice=5 parts=8000000000000000\n",
          "v1 2/2: c a b answer=n\n" },
        { "to each part in turn",
          "0 a alice - [PATCH 1/2] a\n"
          "1 b alice a [PATCH 2/2] b\n"
          "50 m tip - [tip: x86/core] b | notice=4 names=b\n"
          "51 n tip - [tip: x86/core] a | notice=4 names=a\n",
          "v1 2/2: a b reviewed=2 applied=n\n" },
        { "in a thread of its own, by link",
          "0 a alice - [PATCH] a\n"
          "50 n bob - applied: a | notice=2 names=a\n",
          "v1 1/1: a reviewed=1 applied=n\n" },
        { "the author applies his own",
          "0 a alice - [PATCH] a\n"
          "50 n alice a Re: [PATCH] a | notice=5\n",
          "v1 1/1: a applied=n\n" },
        { "the first of several counts",
          "0 a alice - [PATCH] a\n"
          "50 n bob a Re: [PATCH] a | notice=5\n"
          "60 m eve a Re: [PATCH] a | notice=2\n",
          "v1 1/1: a reviewed=1 answer=n applied=n\n" },
    };

    (void)state;
    check(situations, G_N_ELEMENTS(situations));
}

/* Nothing in a thread may cost more than a walk of bounded length. */
static void a_long_thread_is_no_trouble(void **state)
{
    g_autoptr(GString) lines = g_string_new("0 m0 alice - [PATCH 1/9] a\n");

    (void)state;
    for (int i = 1; i < 5000; i++)
        g_string_append_printf(lines, "%d m%d alice m%d [PATCH %d/9] a\n", i, i,
                               i - 1, i % 9 + 1);

    g_autoptr(Posts) posts = posts_new(lines->str, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);

    assert_int_equal(sets->count, 5000);
    assert_int_equal(sets->depths[4999], 4999);
    assert_int_equal(sets->threads[4999], 0);
}

/* Any subjects, any parents, circles too. */
static char *random_posts(unsigned seed)
{
    static const char *const people[] = { "alice", "bob", "eve" };
    static const char *const tags[] = { "PATCH", "PATCH v2", "PATCH v3", "PULL",
                                        "RFC PATCH" };
    static const char *const others[] = { "[PATCH] a", "[PATCH v2] b",
                                          "Re: [PATCH] a", "a question" };
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    GString *lines = g_string_new(NULL);

    for (int i = 0; i < 120; i++) {
        const int parent = g_rand_int_range(random, -60, 120);

        g_string_append_printf(
            lines, "%d m%d %s ", g_rand_int_range(random, 0, 3000), i,
            people[g_rand_int_range(random, 0, G_N_ELEMENTS(people))]);
        if (parent < 0)
            g_string_append(lines, "- ");
        else
            g_string_append_printf(lines, "m%d ", parent);
        if (g_rand_boolean(random))
            g_string_append(
                lines,
                others[g_rand_int_range(random, 0, G_N_ELEMENTS(others))]);
        else
            g_string_append_printf(
                lines, "[%s %d/%d] a",
                tags[g_rand_int_range(random, 0, G_N_ELEMENTS(tags))],
                g_rand_int_range(random, 0, 5), g_rand_int_range(random, 1, 5));
        g_string_append_printf(lines, " | root=m%d patch=d%d change=e%d\n",
                               g_rand_int_range(random, 0, 130),
                               g_rand_int_range(random, 0, 40),
                               g_rand_int_range(random, 0, 90));
    }
    return g_string_free(lines, FALSE);
}

static void assert_is_sound(const char *lines)
{
    g_autoptr(Posts) posts = posts_new(lines, 0, NULL);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    unsigned members = 0, parts = 0;

    for (unsigned i = 0; i < sets->count; i++) {
        parts += sets_is_part(sets, i);
        assert_int_equal(sets->set_of[i] != SETS_NONE, sets_is_part(sets, i));
        assert_true(sets->threads[i] <= i);
    }
    for (int i = 0; i < (int)sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, i);

        members += set->members->len;
        assert_true(set->older < i);
        assert_true(set->newer == SETS_NONE || set->newer > i);
        assert_true(set->reviewed <= set->seen);
        assert_int_equal(sets->set_of[set->head], i);
    }
    assert_int_equal(members, parts);
}

static void whatever_comes_is_put_together_in_one_way(void **state)
{
    (void)state;
    for (unsigned seed = 1; seed <= 100; seed++) {
        g_autofree char *lines = random_posts(seed);
        g_autofree char *first = describe(lines, 0, NULL);
        g_autofree char *second = describe(lines, seed, NULL);

        assert_string_equal(first, second);
        assert_is_sound(lines);
    }
}

static void no_posts_make_no_sets(void **state)
{
    g_autofree char *found = describe("", 0, NULL);

    (void)state;
    assert_string_equal(found, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_join_by_their_thread),
        cmocka_unit_test(parts_without_a_thread_join_by_name_and_time),
        cmocka_unit_test(odd_series_are_understood),
        cmocka_unit_test(pull_requests_are_one_item_with_their_patches),
        cmocka_unit_test(pulls_tell_of_what_they_list),
        cmocka_unit_test(notices_tell_of_parts_that_did_not_come),
        cmocka_unit_test(what_came_again_is_told),
        cmocka_unit_test(a_notice_for_the_same_patch_counts),
        cmocka_unit_test(covers_that_came_twice_are_one),
        cmocka_unit_test(answers_are_by_others_and_first_by_their_dates),
        cmocka_unit_test(revisions_are_linked),
        cmocka_unit_test(a_set_that_has_grown_is_a_revision),
        cmocka_unit_test(a_revision_may_be_told_by_its_lines),
        cmocka_unit_test(a_revision_may_be_worded_anew),
        cmocka_unit_test(reviews_are_credited),
        cmocka_unit_test(bots_answer_nothing),
        cmocka_unit_test(notices_tell_what_was_applied),
        cmocka_unit_test(the_author_of_the_first_patch_may_review_others),
        cmocka_unit_test(notices_are_taken_back_by_whoever_gave_them),
        cmocka_unit_test(a_long_thread_is_no_trouble),
        cmocka_unit_test(whatever_comes_is_put_together_in_one_way),
        cmocka_unit_test(no_posts_make_no_sets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
