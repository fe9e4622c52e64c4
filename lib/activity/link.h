/* SPDX-License-Identifier: MIT */
/*
 * Links: 48-bit digests under which a post can be found. Adding them is all
 * that the script does for threads, sets and revisions, so the order of arrival
 * cannot matter; these are put together when a digest is printed.
 */
#pragma once

#include "patch/subject.h"

#include <stdint.h>

typedef enum LinkKind {
    LINK_SELF = 's',     /* this post's Message-ID */
    LINK_ABOVE = 'a',    /* the Message-ID that it answers; the first one of its
                            References */
    LINK_CHANGE = 'c',   /* change-id */
    LINK_TITLE = 't',    /* title key of heads, parts and stray replies, and of
                            what a pull request lists */
    LINK_SERIES = 'n',   /* author, version, total, tags, hour: lost parts */
    LINK_PATCH = 'd',    /* patch-id */
    LINK_NAMES = 'x',    /* an id it names: Supersedes:, Based-on:, Link: */
    LINK_WORK = 'w',     /* work and half-year, of heads */
    LINK_REVISION = 'v', /* work, of heads of revisions that say in no other way
                            what they revise */
    LINK_OPENING = 'o',  /* author and first words of the title, of heads */
    LINK_COMMIT = 'p',   /* a commit where a pull request begins or ends */
    LINK_CONTENT = 'l',  /* a line of the sketch, of patches up to
                            LINK_CONTENT_PARTS */
} LinkKind;

enum { LINK_CONTENT_PARTS = 4 }; /* later ones of a series add little */

enum { LINK_OPENING_WORDS = 2 }; /* that say something */

enum { LINK_AUTHOR_BYTES = 3, LINK_PATH_BYTES = 3 }; /* of such digests */

enum { LINK_SERIES_SECONDS = 20 * 60 }; /* the most between two parts */
/* The most between a revision and the one before, if only the work shows it. */
enum { LINK_WORK_SECONDS = 180 * 24 * 3600 };

/* Returns the first 48 bits of SHA-256 over a text, whatever its kind; never 0.
 */
uint64_t link_digest(const char *text);
/* Return the digests behind LINK_TITLE and LINK_SERIES. author: lower case
 * address. when_seconds: the post's Date, 0 if it has none. Look up a series
 * under when, when - LINK_SERIES_SECONDS and when + LINK_SERIES_SECONDS, since
 * each hour has a key. */
uint64_t link_title_digest(const PatchSubject *subject);
uint64_t link_series_digest(const char *author, const PatchSubject *subject,
                            int64_t when_seconds);
/* Returns a digest of what somebody works on. author: a name as written, or an
 * address. path: the one that changes most; only its last folder and the file
 * count, since a diffstat shortens paths. */
uint64_t link_work(const char *author, const char *path);
/* Returns a digest of how a title begins: of the author, as above, and its
 * first LINK_OPENING_WORDS; 0 if it has fewer. */
uint64_t link_opening(const char *author, const PatchSubject *subject);
/* Returns the digest behind LINK_WORK. Look up what a revision may revise under
 * when and when - LINK_WORK_SECONDS. */
uint64_t link_work_digest(uint64_t work, int64_t when_seconds);
/* Returns a digest of an author's name, as a shortlog and a From have it. */
uint32_t link_author(const char *name);
/* Returns a digest of the path of a changed file. */
uint32_t link_path(const char *path);
/* Returns the key for look-ups: the digest mixed with the kind. All keys of one
 * digest begin with the same 24 bits, so the mail itself, its answers and the
 * mails that name it are in one bucket and are read together. */
uint64_t link_key(LinkKind kind, uint64_t digest);
