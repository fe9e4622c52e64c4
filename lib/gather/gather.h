/* SPDX-License-Identifier: MIT */
/*
 * Fetches the records that a digest needs, and those that they are joined
 * with: in rounds, each a few pipelined commands for all that is asked. Who
 * is found leads on, until there is nothing to ask or GATHER_ROUNDS are done.
 */
#pragma once

#include "sets/people.h"
#include "sets/subjects.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { GATHER_ROUNDS = 24 };

/* What a post is wanted for. */
typedef enum GatherWants {
    GATHER_INSIDE = 1 << 0,   /* a label: it lies in the interval */
    GATHER_BEFORE = 1 << 1,   /* a label: ... in the one before */
    GATHER_UP = 1 << 2,       /* what it answers and names, all the way */
    GATHER_EDGE = 1 << 3,     /* ... and the rest of the sets found so */
    GATHER_DOWN = 1 << 4,     /* its whole thread */
    GATHER_KIN = 1 << 5,      /* other revisions of it */
    GATHER_SERIES = 1 << 6,   /* parts that no thread joins with it */
    GATHER_NEAR = 1 << 7,     /* the nearest patch that it answers */
    GATHER_TARGET = 1 << 8,   /* ... and all that is known of its set */
    GATHER_ANSWERS = 1 << 9,  /* direct answers */
    GATHER_REST = 1 << 10,    /* its whole thread, if it has no label */
    GATHER_CONTEXT = 1 << 11, /* a label: of the window, see below */
    GATHER_WHOLE = 1 << 12,   /* ... of its set's parts, too, all that decides
                                 on revisions of it */
    GATHER_HEAD = 1 << 13,    /* the head of its set, though it answer none */
    GATHER_REPLIES = 1 << 15, /* direct answers, as GATHER_ANSWERS, no label */
    GATHER_TITLE = 1 << 14,   /* posts of its title, and no more of them */
} GatherWants;

typedef struct Gather Gather;

/* All are lent for its life. people learns the people of what is found.
 * prefix: of the list's subjects, or NULL. */
Gather *gather_new(Store *store, const char *list, const char *prefix,
                   People *people);
void gather_free(Gather *gather);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Gather, gather_free)

/* wants: GatherWants; what was wanted of the post before stays. */
void gather_post(Gather *gather, uint32_t post, unsigned wants);
/* Says that all posts that may answer those INSIDE or of the CONTEXT have been
 * asked for: then nobody looks for them. */
void gather_close_window(Gather *gather);
bool gather_run(Gather *gather, GError **error);
/* All that was found, sorted for sets_build; lent. */
const GArray *gather_records(Gather *gather);
/* Their subjects; lent. */
Subjects *gather_subjects(const Gather *gather);
/* GatherWants of a post; 0 if it was not found. */
unsigned gather_wants(const Gather *gather, uint32_t post);

/* Fetches the people that the people does not know yet. numbers: uint32_t. */
bool gather_people(Store *store, const char *list, People *people,
                   const GArray *numbers, GError **error);
