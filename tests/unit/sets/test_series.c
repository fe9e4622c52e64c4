/* SPDX-License-Identifier: MIT */
#include "sets/series.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/situations.h"

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
        { "attached to one mail", "0 a alice - [PATCH] two | attached=2\n",
          "v1 2/2: a a\n" },
        { "attached to one part",
          "0 a alice - [PATCH 1/2] one | attached=2\n"
          "1 b alice a [PATCH 2/2] two\n",
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
    situations_check(situations, G_N_ELEMENTS(situations));
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
    situations_check(situations, G_N_ELEMENTS(situations));
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
    situations_check(situations, G_N_ELEMENTS(situations));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_join_by_their_thread),
        cmocka_unit_test(parts_without_a_thread_join_by_name_and_time),
        cmocka_unit_test(pull_requests_are_one_item_with_their_patches),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
