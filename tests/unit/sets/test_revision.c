/* SPDX-License-Identifier: MIT */
#include "sets/revision.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/situations.h"

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
        { "sent again under its Message-ID, as its Date tells",
          "0 a alice - [PATCH] it\n"
          "900 a alice - [PATCH] it\n",
          "v1 1/1: a\n"
          "v1 1/1: a older=a\n" },
        { "one mail that came twice",
          "0 a alice - [PATCH] it\n"
          "900 a alice - [PATCH] it | date=0\n",
          "v1 1/1: a\n"
          "v1 1/1: a\n" },
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
    situations_check(situations, G_N_ELEMENTS(situations));
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
    situations_check(situations, G_N_ELEMENTS(situations));
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
    situations_check(situations, G_N_ELEMENTS(situations));
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
    situations_check(situations, G_N_ELEMENTS(situations));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(revisions_are_linked),
        cmocka_unit_test(a_set_that_has_grown_is_a_revision),
        cmocka_unit_test(a_revision_may_be_told_by_its_lines),
        cmocka_unit_test(a_revision_may_be_worded_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
