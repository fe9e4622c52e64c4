/* SPDX-License-Identifier: MIT */
#include "patch/subject.h"

#include "tests/support/unit.h"

#include <string.h>

/* The flags of a subject as letters: r reply, f forward, p patch, q pull,
 * c RFC, s resend, v a version was written, n a number was written. */
static char *flags_of(const PatchSubject *subject)
{
    GString *flags = g_string_new(NULL);

    g_string_append(flags, subject->is_reply ? "r" : "");
    g_string_append(flags, subject->is_forward ? "f" : "");
    g_string_append(flags, subject->is_patch ? "p" : "");
    g_string_append(flags, subject->is_pull ? "q" : "");
    g_string_append(flags, subject->is_rfc ? "c" : "");
    g_string_append(flags, subject->is_resend ? "s" : "");
    g_string_append(flags, subject->has_version ? "v" : "");
    g_string_append(flags, subject->has_number ? "n" : "");
    return g_string_free(flags, FALSE);
}

/* "pvn 3.0 2/7 net-next,stable|title": all that was read, in one line. */
static char *reading_of(const char *text, const char *prefix)
{
    g_auto(PatchSubject) subject;
    g_autofree char *flags = NULL;
    g_autofree char *tags = NULL;

    patch_subject_init(&subject, text, prefix);
    flags = flags_of(&subject);
    g_ptr_array_add(subject.tags, NULL);
    tags = g_strjoinv(",", (char **)subject.tags->pdata);
    g_ptr_array_set_size(subject.tags, (int)subject.tags->len - 1);
    return g_strdup_printf("%s %u.%u %u/%u %s|%s", flags, subject.version,
                           subject.minor, subject.number, subject.total, tags,
                           subject.title);
}

typedef struct Case {
    const char *subject;
    const char *reading;
} Case;

static void assert_readings(const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_autofree char *reading = reading_of(cases[i].subject, NULL);

        if (strcmp(reading, cases[i].reading) != 0)
            print_message("subject: %s\n", cases[i].subject);
        assert_string_equal(reading, cases[i].reading);
    }
}

static void the_usual_tags_are_read(void **state)
{
    static const Case cases[] = {
        { "[PATCH] one", "p 1.0 1/1 |one" },
        { "[PATCH v3] one", "pv 3.0 1/1 |one" },
        { "[PATCH 2/7] one", "pn 1.0 2/7 |one" },
        { "[PATCH 0/7] cover", "pn 1.0 0/7 |cover" },
        { "[PATCH 00/15] cover", "pn 1.0 0/15 |cover" },
        { "[PATCH v3 02/17] one", "pvn 3.0 2/17 |one" },
        { "[PATCH net-next v3 2/7] one", "pvn 3.0 2/7 net-next|one" },
        { "[net-next PATCH v3 2/7] one", "pvn 3.0 2/7 net-next|one" },
        { "[kvm-unit-tests PATCH] one", "p 1.0 1/1 kvm-unit-tests|one" },
        { "[RFC PATCH] one", "pc 1.0 1/1 |one" },
        { "[PATCH RFC] one", "pc 1.0 1/1 |one" },
        { "[RFC PATCH v2 0/3] one", "pcvn 2.0 0/3 |one" },
        { "[PATCH RESEND] one", "ps 1.0 1/1 |one" },
        { "RESEND: [PATCH] one", "ps 1.0 1/1 |one" },
        { "REPOST [PATCH] one", "ps 1.0 1/1 |one" },
        { "Resend your mail", " 1.0 1/1 |Resend your mail" },
        /* S-3: an id that a program puts before a commit's title */
        { "git: 0123456789ab - main - one - two", " 1.0 1/1 |one - two" },
        { "[heron] 0123abc - one", " 1.0 1/1 heron|one" },
        { "master 0123abc: one", " 1.0 1/1 |one" },
        { "(heron) branch main updated: one", " 1.0 1/1 |one" },
        { "[heron] branch main updated: one", " 1.0 1/1 heron|one" },
        { "12345678: a day", " 1.0 1/1 |12345678: a day" },
        { "[RFC] e1000e: one", "c 1.0 1/1 |e1000e: one" },
        { "e1000e: one", " 1.0 1/1 |e1000e: one" },
        { "Bug 2123456: one", " 1.0 1/1 |Bug 2123456: one" },
        { "facade: a word", " 1.0 1/1 |facade: a word" },
        { "[PATCH] 0123abc: one", "p 1.0 1/1 |0123abc: one" },
        { "branch main is open", " 1.0 1/1 |branch main is open" },
        { "[RESEND PATCH v2 1/2] one", "psvn 2.0 1/2 |one" },
        { "[PATCH REPOST] one", "ps 1.0 1/1 |one" },
        { "[PATCH REBASED v2 1/4] one", "psvn 2.0 1/4 |one" },
        { "[GIT PULL] one", "q 1.0 1/1 |one" },
        { "[PULL] one", "q 1.0 1/1 |one" },
        { "[PULL 00/23] qemu queue", "qn 1.0 0/23 |qemu queue" },
        { "[PATCH AUTOSEL 5.10 1/7] one", "pn 1.0 1/7 AUTOSEL,5.10|one" },
        { "[PATCH for-next] one", "p 1.0 1/1 for-next|one" },
        { "[PATCH v10 100/100] one", "pvn 10.0 100/100 |one" },
        { "[ANNOUNCE] v6.1", " 1.0 1/1 ANNOUNCE|v6.1" },
        { "[patch 1/3] lower", "pn 1.0 1/3 |lower" },
        { "[Patch V2 1/3] mixed", "pvn 2.0 1/3 |mixed" },
        { "[PATCH v0 1/3] zero", "pvn 0.0 1/3 |zero" },
        { "[PATCH kernel v2 1/2] one", "pvn 2.0 1/2 kernel|one" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void sloppy_words_are_read(void **state)
{
    static const Case cases[] = {
        { "[PATCHv3] one", "pv 3.0 1/1 |one" },
        { "[PATCHV3] one", "pv 3.0 1/1 |one" },
        { "[PATCHv3 1/8] one", "pvn 3.0 1/8 |one" },
        { "[PATCHv3,1/8] one", "pvn 3.0 1/8 |one" },
        { "[PATCHv3/1/8] one", "pvn 3.0 1/8 |one" },
        { "[PATCHv3-RFC] one", "pcv 3.0 1/1 |one" },
        { "[PATCH1/8] one", "pn 1.0 1/8 |one" },
        { "[PATCH-1/8] one", "pn 1.0 1/8 |one" },
        { "[PATCH-v2] one", "pv 2.0 1/1 |one" },
        { "[PATCH_v2] one", "pv 2.0 1/1 |one" },
        { "[PATCH.v2] one", "pv 2.0 1/1 |one" },
        { "[PATCH-v2 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH -v2 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH -next] one", "p 1.0 1/1 -next|one" },
        { "[PATCH-next] one", "p 1.0 1/1 next|one" },
        { "[-next PATCH] one", "p 1.0 1/1 -next|one" },
        { "[PATCH/RFC] one", "pc 1.0 1/1 |one" },
        { "[RFC/PATCH] one", "pc 1.0 1/1 |one" },
        { "[RFC/PATCH 2/3] one", "pcn 1.0 2/3 |one" },
        { "[RFC/PATCHv2 2/3] one", "pcvn 2.0 2/3 |one" },
        { "[RFC/PATCH1/8] one", "pcn 1.0 1/8 |one" },
        { "[RFC / PATCH] one", "pc 1.0 1/1 |one" },
        { "[RFC-PATCH] one", "pc 1.0 1/1 |one" },
        { "[PATCH-RFC] one", "pc 1.0 1/1 |one" },
        { "[RFC+PATCH] one", "pc 1.0 1/1 |one" },
        { "[RFC,PATCH] one", "pc 1.0 1/1 |one" },
        { "[RFCv2 1/3] one", "cvn 2.0 1/3 |one" },
        { "[RFC v2] one", "cv 2.0 1/1 |one" },
        { "[RFC 1/3] one", "cn 1.0 1/3 |one" },
        { "[RFC2 PATCH] one", "pc 1.0 1/1 2|one" },
        { "[RFC2822] dates", " 1.0 1/1 RFC2822|dates" },
        { "[PATCHWORK] news", " 1.0 1/1 PATCHWORK|news" },
        { "[PATCHED] news", " 1.0 1/1 PATCHED|news" },
        { "[DISPATCH] news", " 1.0 1/1 DISPATCH|news" },
        { "[PATCHES] one", "p 1.0 1/1 |one" },
        { "[PATCHES v2 0/3] one", "pvn 2.0 0/3 |one" },
        { "[PATCHSET wq/for-6.7] one", "p 1.0 0/1 wq,for-6.7|one" },
        { "[PATCHSET v2 00/12] one", "pvn 2.0 0/12 |one" },
        { "[PATCHSET 03/12] one", "pn 1.0 3/12 |one" },
        { "[GIT-PULL] one", "q 1.0 1/1 |one" },
        { "[git pull] one", "q 1.0 1/1 |one" },
        { "[PULL REQUEST] one", "q 1.0 1/1 |one" },
        { "[PULL-REQUEST] one", "q 1.0 1/1 |one" },
        { "[GIT PULL for v5.2] one", "q 1.0 1/1 for,v5.2|one" },
        { "[GIT PULL v2] one", "qv 2.0 1/1 |one" },
        { "[GIT PULL v5.2] one", "q 1.0 1/1 v5.2|one" },
        { "[PATCH for v5.2 v3] one", "pv 3.0 1/1 for,v5.2|one" },
        { "[GIT] Networking", " 1.0 1/1 GIT|Networking" },
        { "[RE-SEND PATCH] one", "ps 1.0 1/1 |one" },
        { "[PATCH RESENT] one", "ps 1.0 1/1 |one" },
        { "[PATCH v2 RESEND 1/2] one", "psvn 2.0 1/2 |one" },
        { "[PATCH v2-RESEND 1/2] one", "psvn 2.0 1/2 |one" },
        { "[RESENDv2 PATCH] one", "psv 2.0 1/1 |one" },
        { "[PATCH-RESEND] one", "ps 1.0 1/1 |one" },
        { "[PATCH resend] one", "ps 1.0 1/1 |one" },
        { "[kvm-unit-tests-PATCH] one", "p 1.0 1/1 kvm-unit-tests|one" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void positions_are_read_in_every_form(void **state)
{
    static const Case cases[] = {
        { "[PATCH 1 of 2] hg", "pn 1.0 1/2 |hg" },
        { "[PATCH 0 of 2] hg", "pn 1.0 0/2 |hg" },
        { "[PATCH 01 of 10] hg", "pn 1.0 1/10 |hg" },
        { "[PATCH 1 of 2 V3] hg", "pvn 3.0 1/2 |hg" },
        { "[PATCH 1 OF 2] hg", "pn 1.0 1/2 |hg" },
        { "[PATCH 1of2] hg", "pn 1.0 1/2 |hg" },
        { "[PATCH 1 of many] hg", "p 1.0 1/1 1,of,many|hg" },
        { "[PATCH 1 / 2] one", "pn 1.0 1/2 |one" },
        { "[PATCH 1/ 2] one", "pn 1.0 1/2 |one" },
        { "[PATCH 1 /2] one", "pn 1.0 1/2 |one" },
        { "[PATCH (1/2)] one", "pn 1.0 1/2 |one" },
        { "[PATCH 1/2 v4] one", "pvn 4.0 1/2 |one" },
        { "[PATCH 1/2-v4] one", "pvn 4.0 1/2 |one" },
        { "[PATCH 1/2v4] one", "pvn 4.0 1/2 |one" },
        { "[PATCH 8/7] extra part", "pn 1.0 8/7 |extra part" },
        { "[PATCH 0/0] odd", "pn 1.0 0/0 |odd" },
        { "[PATCH 123456/7] odd", "p 1.0 1/1 123456,7|odd" },
        { "[PATCH 1/n] odd", "p 1.0 1/1 1,n|odd" },
        { "[PATCH 2019/04/05] date", "p 1.0 1/1 2019/04/05|date" },
        { "[PATCH] [1/3] one", "pn 1.0 1/3 |one" },
        { "[1/3] one", "n 1.0 1/3 |one" },
        { "[v4 1/3] one", "vn 4.0 1/3 |one" },
        { "[PATCH 1/3] [2/9] one", "pn 1.0 1/3 |one" },
        { "[PATCH v2: 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH v2;1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH\xc2\xa0v2 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH  v2   1/3 ] one", "pvn 2.0 1/3 |one" },
        { "[ PATCH v2 1/3] one", "pvn 2.0 1/3 |one" },
        { "[net-next,v2,3/7] one", "vn 2.0 3/7 net-next|one" },
        { "[PATCH net-next,v2,3/7] one", "pvn 2.0 3/7 net-next|one" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void versions_are_read_in_every_form(void **state)
{
    static const Case cases[] = {
        { "[PATCH v5.1 10/12] one", "pvn 5.1 10/12 |one" },
        { "[PATCH v2.1] one", "pv 2.1 1/1 |one" },
        { "[PATCHv2.1] one", "pv 2.1 1/1 |one" },
        { "[PATCH v.2] one", "pv 2.0 1/1 |one" },
        { "[PATCH V2] one", "pv 2.0 1/1 |one" },
        { "[PATCH (v2)] one", "pv 2.0 1/1 |one" },
        { "[PATCH] v2: one", "pv 2.0 1/1 |one" },
        { "[PATCH] v4l2: one", "p 1.0 1/1 |v4l2: one" },
        { "[PATCH] one [v2]", "pv 2.0 1/1 |one" },
        { "[PATCH] one, V2", "pv 2.0 1/1 |one" },
        { "[PATCH] one - v2", "pv 2.0 1/1 |one" },
        { "[PATCH] speak protocol v2", "p 1.0 1/1 |speak protocol v2" },
        { "[PATCH] speak (protocol v2)", "p 1.0 1/1 |speak (protocol v2)" },
        { "[PATCH] one (v2", "p 1.0 1/1 |one (v2" },
        { "[PATCH v3] one (v2)", "pv 3.0 1/1 |one (v2)" },
        { "[PATCH version 2] one", "pv 2.0 1/1 |one" },
        { "[PATCH, try #3] one", "pv 3.0 1/1 |one" },
        { "[PATCH -take2 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH take one] one", "p 1.0 1/1 take,one|one" },
        { "[PATCH rev] one", "p 1.0 1/1 rev|one" },
        { "[PATCH] [v2] one", "pv 2.0 1/1 |one" },
        { "[PATCH v4.19.7] kernel", "p 1.0 1/1 v4.19.7|kernel" },
        { "[PATCH v4.19.y] kernel", "p 1.0 1/1 v4.19.y|kernel" },
        { "[PATCH v6.x] kernel", "p 1.0 1/1 v6.x|kernel" },
        { "[PATCH v5.15 v2 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH v2 v5.15 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH v4 v5 1/3] one", "pvn 5.0 1/3 |one" },
        { "[PATCH v5 v4 1/3] one", "pvn 5.0 1/3 |one" },
        { "[PATCH v5.1 v5.2] one", "pv 5.2 1/1 |one" },
        { "[PATCH vhost] one", "p 1.0 1/1 vhost|one" },
        { "[PATCH v] one", "p 1.0 1/1 v|one" },
        { "[PATCH v1234567] one", "p 1.0 1/1 v1234567|one" },
        { "[PATCH v2a] one", "p 1.0 1/1 v2a|one" },
        { "[agraf-2.6:snp-host-v9 3/9] f.c: bad",
          "n 1.0 3/9 agraf-2.6:snp-host-v9|f.c: bad" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void reply_marks_are_read_in_every_form(void **state)
{
    static const Case cases[] = {
        { "Re: one", "r 1.0 1/1 |one" },
        { "RE: one", "r 1.0 1/1 |one" },
        { "re:one", "r 1.0 1/1 |one" },
        { "Re : one", "r 1.0 1/1 |one" },
        { "Re[2]: one", "r 1.0 1/1 |one" },
        { "RE[12]: one", "r 1.0 1/1 |one" },
        { "Re(3): one", "r 1.0 1/1 |one" },
        { "Re^2: one", "r 1.0 1/1 |one" },
        { "Re: Re: RE: one", "r 1.0 1/1 |one" },
        { "AW: one", "r 1.0 1/1 |one" },
        { "Aw: Re: one", "r 1.0 1/1 |one" },
        { "Antw: one", "r 1.0 1/1 |one" },
        { "SV: one", "r 1.0 1/1 |one" },
        { "Sv: one", "r 1.0 1/1 |one" },
        { "VS: one", "r 1.0 1/1 |one" },
        { "Fwd: one", "rf 1.0 1/1 |one" },
        { "FW: one", "rf 1.0 1/1 |one" },
        { "fw: one", "rf 1.0 1/1 |one" },
        { "WG: one", "rf 1.0 1/1 |one" },
        { "TR: one", "rf 1.0 1/1 |one" },
        { "Re: Fwd: [PATCH] one", "rfp 1.0 1/1 |one" },
        { "\xe5\x9b\x9e\xe5\xa4\x8d: one", "r 1.0 1/1 |one" },
        { "\xe7\xad\x94\xe5\xa4\x8d\xef\xbc\x9aone", "r 1.0 1/1 |one" },
        { "Re\xef\xbc\x9a one", "r 1.0 1/1 |one" },
        { "Re: [PATCH v2 1/3] one", "rpvn 2.0 1/3 |one" },
        { "[list] Re: [PATCH] one", "rp 1.0 1/1 list|one" },
        { "Re: [list] [PATCH] one", "rp 1.0 1/1 list|one" },
        { "Re: [list] Re: [PATCH] one", "rp 1.0 1/1 list|one" },
        { "[EXTERNAL] Re: [PATCH] one", "rp 1.0 1/1 EXTERNAL|one" },
        { "[External] : Re: [PATCH] one", "rp 1.0 1/1 External|one" },
        { "[PATCH] Re: one", "rp 1.0 1/1 |one" },
        { "[PATCH] Fwd: [PATCH] one", "rfp 1.0 1/1 |one" },
        { "Re: (subset) [PATCH v2 0/3] one", "rpvn 2.0 0/3 |one" },
        { "Re: (EXT) [PATCH] one", "rp 1.0 1/1 |one" },
        { "Re: (subset) one", "r 1.0 1/1 |(subset) one" },
        { "RE meep", " 1.0 1/1 |RE meep" },
        { "Re meep: [PATCH] one", " 1.0 1/1 |Re meep: [PATCH] one" },
        { "Regarding: one", " 1.0 1/1 |Regarding: one" },
        { "Re[x]: one", " 1.0 1/1 |Re[x]: one" },
        { "tr: one", " 1.0 1/1 |tr: one" },
        { "res: one", " 1.0 1/1 |res: one" },
        { "[PATCH] sv: one", "p 1.0 1/1 |sv: one" },
        { "[PATCH] fw: arm: one", "p 1.0 1/1 |fw: arm: one" },
        { "[PATCH] TR: one", "p 1.0 1/1 |TR: one" },
        { "Re:", "r 1.0 1/1 |" },
        { "Re", " 1.0 1/1 |Re" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void brackets_nest_double_and_break(void **state)
{
    static const Case cases[] = {
        { "[PATCH][RFC] one", "pc 1.0 1/1 |one" },
        { "[RFC][PATCH 1/2] one", "pcn 1.0 1/2 |one" },
        { "[PATCH] [RFC] [v2] one", "pcv 2.0 1/1 |one" },
        { "[[PATCH v2] 1/3] one", "pvn 2.0 1/3 |one" },
        { "[PATCH [RFC] 2/3] one", "pcn 1.0 2/3 |one" },
        { "[[PATCH 1/2]] one", "pn 1.0 1/2 |one" },
        { "[[[PATCH 1/2]]] one", "pn 1.0 1/2 |one" },
        { "[[PATCH 1/2] one", "pn 1.0 1/2 |one" },
        { "[PATCH 1/2]] one", "pn 1.0 1/2 |one" },
        { "[PATCH [net-next] 1/2] one", "pn 1.0 1/2 net-next|one" },
        { "[PATCH]one", "p 1.0 1/1 |one" },
        { "[PATCH 2/2]: one", "pn 1.0 2/2 |one" },
        { "[PATCH 2/2] : one", "pn 1.0 2/2 |one" },
        { "[PATCH 2/2] - one", "pn 1.0 2/2 |one" },
        { "[Patch 2/2]: one", "pn 1.0 2/2 |one" },
        { "[PATCH] -Wall: one", "p 1.0 1/1 |-Wall: one" },
        { "[PATCH v2] [media] one", "pv 2.0 1/1 media|one" },
        { "[PATCH 07/15] mmu: Replace [a -> b]_rw()",
          "pn 1.0 7/15 |mmu: Replace [a -> b]_rw()" },
        { "[PATCH] one [v2 3/4]", "p 1.0 1/1 |one [v2 3/4]" },
        { "[PATCH] one ] two [", "p 1.0 1/1 |one ] two [" },
        { "one [PATCH v2] two", " 1.0 1/1 |one [PATCH v2] two" },
        { "one [two]", " 1.0 1/1 |one [two]" },
        { "[PATCH one", " 1.0 1/1 |one" },
        /* S-16 */
        { "PATCH] one", " 1.0 1/1 |one" },
        { "PATCH v2] one", "v 2.0 1/1 |one" },
        { "Re: PATCH v2 2/3] one", "rvn 2.0 2/3 |one" },
        { "{ATCH v2] one", "v 2.0 1/1 ATCH|one" },
        { "[PATCH[ net: one", " 1.0 1/1 |net: one" },
        { "[PATCH}one", " 1.0 1/1 |one" },
        { "[PATCH v2 net: one", "v 2.0 1/1 |net: one" },
        { "[PATCH net/a: one", " 1.0 1/1 |net/a: one" },
        { "PATCH v2: one", "v 2.0 1/1 |one" },
        { "i[next] one", " 1.0 1/1 next|one" },
        { "SMB3] one", " 1.0 1/1 SMB3|one" },
        { "[PATCH]SMB3] one", "p 1.0 1/1 SMB3|one" },
        { "[PATCH]i[next] one", "p 1.0 1/1 next|one" },
        { "Subject: [PATCH 1/1] one", "pn 1.0 1/1 |one" },
        { "Subject: one", " 1.0 1/1 |Subject: one" },
        { "[PATCH] Subject: one", "p 1.0 1/1 |one" },
        { "[PATCH] Subject", "p 1.0 1/1 |Subject" },
        { "a] one", " 1.0 1/1 |a] one" },
        { "a[1] is one", " 1.0 1/1 |a[1] is one" },
        { "some words] one", " 1.0 1/1 |some words] one" },
        { "[RFC how is one", " 1.0 1/1 |[RFC how is one" },
        { "patch: one", " 1.0 1/1 |patch: one" },
        { "PATCHES: one", " 1.0 1/1 |one" },
        { "PATCHWORK: one", " 1.0 1/1 |PATCHWORK: one" },
        { "(PATCH) one", " 1.0 1/1 |(PATCH) one" },
        { "{PATCH v2] one", "v 2.0 1/1 |one" },
        { "[PATHC v2] one", "v 2.0 1/1 PATHC|one" },
        { "PATCH: one", " 1.0 1/1 |one" },
        { "[] one", " 1.0 1/1 |one" },
        { "[ ] one", " 1.0 1/1 |one" },
        { "[PATCH]", "p 1.0 1/1 |" },
        { "[PATCH v2 1/2]  ", "pvn 2.0 1/2 |" },
        { "", " 1.0 1/1 |" },
        { "   ", " 1.0 1/1 |" },
        { "[", " 1.0 1/1 |[" },
        { "]", " 1.0 1/1 |]" },
        { "[syzbot] [kvm?] WARNING in one", " 1.0 1/1 syzbot,kvm?|WARNING "
                                            "in one" },
        { "[FSL P50x0] [PATCH 1/2] one", "pn 1.0 1/2 FSL,P50x0|one" },
        { "[SLOF] [PATCH v3] one", "pv 3.0 1/1 SLOF|one" },
        { "[//] one", " 1.0 1/1 |one" },
        { "[PATCH/] one", "p 1.0 1/1 |one" },
        { "[/PATCH] one", "p 1.0 1/1 |one" },
        { "[-] one", " 1.0 1/1 -|one" },
    };

    (void)state;
    assert_readings(cases, G_N_ELEMENTS(cases));
}

static void a_list_prefix_is_dropped_before_and_after_reply_marks(void **state)
{
    static const Case cases[] = {
        { "[usrp] [PATCH] one", "p 1.0 1/1 |one" },
        { "[USRP] Re: one", "r 1.0 1/1 |one" },
        { "Re: [usrp] one", "r 1.0 1/1 |one" },
        { "Re: [usrp] Re: [usrp] [PATCH] one", "rp 1.0 1/1 |one" },
        { "[usrp][PATCH v2] one", "pv 2.0 1/1 |one" },
        { "[PATCH] [usrp] one", "p 1.0 1/1 |one" },
        { "[PATCH] one [usrp]", "p 1.0 1/1 |one [usrp]" },
        { "[usrp-users] one", " 1.0 1/1 usrp-users|one" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *reading = reading_of(cases[i].subject, "[usrp]");

        assert_string_equal(reading, cases[i].reading);
    }
}

static void covers_and_series_parts_are_told(void **state)
{
    static const struct {
        const char *subject;
        bool is_cover, is_series_part;
    } cases[] = {
        { "[PATCH 0/3] x", true, false },   { "[PATCH 00/13] x", true, false },
        { "[PATCH v2 0/3] x", true, true }, { "[RFC 0/3] x", true, true },
        { "[v2 0/3] x", true, true },       { "[PATCHSET] x", true, false },
        { "[0/3] x", false, false },        { "[PATCH 1/3] x", false, false },
        { "[RFC 1/3] x", false, true },     { "[v4 1/3] x", false, true },
        { "[RFC] x", false, false },        { "[v4] x", false, false },
        { "[foo 1/3] x", false, false },    { "[PATCH] x", false, false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchSubject) subject;

        patch_subject_init(&subject, cases[i].subject, NULL);
        assert_int_equal(patch_subject_is_cover(&subject), cases[i].is_cover);
        assert_int_equal(patch_subject_is_series_part(&subject),
                         cases[i].is_series_part);
    }
}

static void title_keys_forget_case_blanks_and_the_period(void **state)
{
    static const char *const cases[][2] = {
        { "[PATCH] KVM: PPC: Do Less", "kvm: ppc: do less" },
        { "[PATCH v2 1/2] kvm: ppc:  do less.", "kvm: ppc: do less" },
        { "Re: [PATCH] Do less ...", "do less" },
        { "[PATCH] \xc3\x84ndere", "\xc3\xa4ndere" },
        { "[PATCH] bad \xff Byte", "bad \xff byte" },
        { "[PATCH]", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchSubject) subject;

        patch_subject_init(&subject, cases[i][0], NULL);
        assert_string_equal(patch_subject_title_key(&subject), cases[i][1]);
    }
}

static void a_cover_without_a_tag_may_end_in_its_version(void **state)
{
    static const struct {
        const char *subject;
        unsigned version;
    } cases[] = {
        { "own device pages v2", 2 },
        { "own device pages V12", 12 },
        { "own device pages (v3)", 3 },
        { "own device pages [v3]", 3 },
        { "own device pages, v4", 4 },
        { "own device pages", 0 },
        { "own device pages 2", 0 },
        { "own device pages v", 0 },
        { "own device pages v0", 0 },
        { "own device pages v123", 0 },
        { "own device pages of ipv6", 0 },
        { "v2 of own device pages", 0 },
        { "v2", 0 },
        { "", 0 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchSubject) subject;

        patch_subject_init(&subject, cases[i].subject, NULL);
        if (patch_subject_closing_version(&subject) != cases[i].version)
            fail_msg("%s", cases[i].subject);
    }
}

/* 256 KB of what looks like leading items must cost milliseconds. */
static void hostile_subjects_cost_little(void **state)
{
    static const char *const pieces[] = {
        "[",
        "]",
        "Re: ",
        "Re[",
        "[[a] ",
        "[a,b/c]",
        "[PATCH ",
        "1/",
        "-",
        "/",
        "[RFC-RFC-RFC-RFC-",
        "v1.",
        "> ",
        "[1 of 1 of 1 of ]",
        "\xc2\xa0",
    };
    const size_t size = 256 * 1024;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        g_autoptr(GString) text = g_string_sized_new(size + 32);
        g_auto(PatchSubject) subject;
        gint64 start;

        while (text->len < size)
            g_string_append(text, pieces[i]);
        start = test_cpu_us();
        patch_subject_init(&subject, text->str, "[usrp]");
        assert_true(test_cpu_us() - start < 2 * G_USEC_PER_SEC);
        assert_true(subject.tags->len <= 32);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_tags_are_read),
        cmocka_unit_test(sloppy_words_are_read),
        cmocka_unit_test(positions_are_read_in_every_form),
        cmocka_unit_test(versions_are_read_in_every_form),
        cmocka_unit_test(reply_marks_are_read_in_every_form),
        cmocka_unit_test(brackets_nest_double_and_break),
        cmocka_unit_test(a_list_prefix_is_dropped_before_and_after_reply_marks),
        cmocka_unit_test(covers_and_series_parts_are_told),
        cmocka_unit_test(title_keys_forget_case_blanks_and_the_period),
        cmocka_unit_test(a_cover_without_a_tag_may_end_in_its_version),
        cmocka_unit_test(hostile_subjects_cost_little),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
