/* SPDX-License-Identifier: MIT */
/*
 * Reads what a Subject says about a patch: "[PATCH net-next v3 2/7] net: do
 * less".
 *
 * Parsing is total. Any text gives a result, and text that is not a patch is an
 * ordinary result, not an error: list mail is written by people. The grammar is
 * section 4 of the specification, sloppy forms included.
 */
#pragma once

#include "patch/likeness.h"

#include <glib.h>
#include <stdbool.h>

typedef struct PatchSubject {
    bool is_reply;     /* a reply mark (Re: AW: Sv: Re[2]: ...) was read */
    bool is_forward;   /* ... it was Fwd: or Fw: */
    bool is_patch;     /* PATCH in a group */
    bool is_pull;      /* PULL or GIT PULL in a group */
    bool is_rfc;       /* RFC in a group */
    bool is_resend;    /* RESEND, REPOST, REBASED */
    bool is_committed; /* COMMITTED, PUSHED, APPLIED, ...: by its sender */
    bool is_commit;    /* "[git commit]", from a program that reports it */
    bool is_ping;      /* "Ping:", "PING^2": a reply that asks for review */
    bool has_version;  /* a vN was written */
    bool has_number;   /* an n/m was written */
    unsigned version;  /* 3 for "v3"; 1 when none is written */
    unsigned minor;    /* 1 for "v5.1", else 0 */
    unsigned number;   /* 2 in "2/7"; 0 is the cover; 1 when none is written */
    unsigned total;    /* 7 in "2/7"; 1 when none is written */
    GPtrArray *tags;   /* char *, all other words, as written; never NULL */
    char *title;       /* what follows the leading items; may be "" */
    struct PatchDerived *derived; /* results that were asked for before;
                                     private */
} PatchSubject;

/* text: decoded (RFC 2047) and unfolded UTF-8. prefix: the list's own, as
 * list_id_prefix makes it, or its text alone, "[usrp]", or NULL. It is dropped
 * before or after reply marks, and so is a group that is only a label of the
 * list. */
void patch_subject_init(PatchSubject *subject, const char *text,
                        const char *prefix);
void patch_subject_clear(PatchSubject *subject);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PatchSubject, patch_subject_clear)

/* The version of a patch: "[RFC PATCH v5.1]" is 5, 1 and an RFC. */
typedef struct PatchVersion {
    unsigned version, minor;
    bool is_rfc;
} PatchVersion;

/* Returns true if the newer version is higher. Versions start again after RFCs:
 * RFC, RFC v2, then a PATCH without one. */
bool patch_version_is_raised(PatchVersion older, PatchVersion newer);

/* Returns true for number 0 of an n/m together with PATCH, RFC or a version. */
bool patch_subject_is_cover(const PatchSubject *subject);
/* Returns true if it begins with "bug#12:" from a tracker, which drops every
 * "Re:". */
bool patch_subject_is_tracked(const PatchSubject *subject);
/* Returns true if it has PATCH and is not an answer. */
bool patch_subject_is_posting(const PatchSubject *subject);
/* Returns true for a part of a series without the word PATCH: n/m together with
 * vN or RFC. */
bool patch_subject_is_series_part(const PatchSubject *subject);
/* Returns the version at the end of the title of a cover that nothing marks as
 * one, "... v3" or "... (v3)"; 0 if there is none. */
unsigned patch_subject_closing_version(const PatchSubject *subject);
/* Returns the title for comparing revisions: lower case, blanks collapsed,
 * trailing period off. Made when it is first asked for; lent. */
const char *patch_subject_title_key(const PatchSubject *subject);
/* Returns the words of the title, read when they are first asked for; lent. */
const PatchWords *patch_subject_words(const PatchSubject *subject);
