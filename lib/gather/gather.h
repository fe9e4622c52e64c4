/* SPDX-License-Identifier: MIT */
/*
 * Fetches the records that a digest needs, and the records that these are
 * connected with. Works in rounds; each sends all open look-ups in a few
 * pipelined commands. Every record found may trigger further look-ups; stops
 * when none are left, or after GATHER_ROUNDS rounds.
 *
 * If Redis fails, gather_run() fails with the store's error and nothing of the
 * result may be used. A record that is missing, erased or damaged is skipped:
 * what it would have led to is then found by other ways or not at all.
 */
#pragma once

#include "sets/people.h"
#include "sets/subject_cache.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { GATHER_ROUNDS = 24 };

/* Where a post is in time, or what role it has for the caller. */
typedef enum GatherLabel {
    GATHER_INSIDE = 1 << 0,  /* it is in the interval */
    GATHER_CONTEXT = 1 << 1, /* of the window, see gather_close_window() */
    GATHER_OLDER = 1 << 2,   /* of a set that came before the interval and may
                                wait at its end */
    GATHER_FIRST = 1 << 3,   /* a newcomer's first post in the interval */
} GatherLabel;

/* What else is wanted for a post: each wish is a look-up that starts once the
 * post's record is there. */
typedef enum GatherWish {
    GATHER_UP = 1 << 0,      /* what it answers and names, up to the root */
    GATHER_EDGE = 1 << 1,    /* ... and the rest of the sets found in this
                                way */
    GATHER_DOWN = 1 << 2,    /* its whole thread */
    GATHER_KIN = 1 << 3,     /* other revisions of its set */
    GATHER_SERIES = 1 << 4,  /* parts of its set outside its thread */
    GATHER_NEAR = 1 << 5,    /* the nearest patch that it answers */
    GATHER_TARGET = 1 << 6,  /* ... and all that is known of its set */
    GATHER_REPLIES = 1 << 7, /* direct answers */
    GATHER_REST = 1 << 8,    /* its whole thread, if it is not GATHER_INSIDE */
    GATHER_WHOLE = 1 << 9,   /* ... for the parts of its set, too, all that
                                decides which sets revise it */
    GATHER_HEAD = 1 << 10,   /* the head of its set, even if this part replies
                                to nothing */
    GATHER_TITLE =
        1 << 11, /* posts with its title, without look-ups of theirs */
    GATHER_LISTED = 1 << 12, /* for a pull request, the sets of the patches that
                                it lists and the requests that it builds on */
} GatherWish;

typedef struct Gather Gather;

/* All arguments are lent for the result's life. Adds to people everybody who is
 * named in a record found. prefix: what the list puts before subjects, or NULL.
 */
Gather *gather_new(Store *store, const char *list, const char *prefix,
                   People *people);
/* Returns one for other people and posts of the same list, which takes what
 * beside has unpacked already. beside and its arguments are lent for the
 * result's life. */
Gather *gather_new_beside(Gather *beside, People *people);
/* Returns one that only reads the records that it is asked for, from what
 * beside has unpacked already. beside and its arguments are lent for the
 * result's life. */
Gather *gather_new_reader(Gather *beside);
void gather_free(Gather *gather);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gather, gather_free)

/* Wants a post. labels: GatherLabel, wishes: GatherWish, added to those of
 * earlier calls. */
void gather_post(Gather *gather, uint32_t post, unsigned labels,
                 unsigned wishes);
/* Promises that every post that may answer one labelled INSIDE or CONTEXT has
 * been passed to gather_post(), so that no look-ups for answers are sent. */
void gather_close_window(Gather *gather);
bool gather_run(Gather *gather, GError **error);
/* Returns all records found (PostRecord), sorted for sets_build(); lent. */
const GArray *gather_records(Gather *gather);
/* Returns the cache of their subjects; lent. */
SubjectCache *gather_subjects(const Gather *gather);
/* Both return 0 if the post was not found. */
unsigned gather_labels(const Gather *gather, uint32_t post);
unsigned gather_wishes(const Gather *gather, uint32_t post);

/* Fetches the persons behind these numbers (uint32_t) that people does not know
 * yet, and adds them. */
bool gather_people(Store *store, const char *list, People *people,
                   const GArray *numbers, GError **error);
