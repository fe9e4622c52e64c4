/* SPDX-License-Identifier: MIT */
/*
 * Keeps one post of each mail that came to several lists. Pure.
 */
#pragma once

#include "sets/people.h"

#include "activity/record.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Copies {
    GArray *records;      /* PostRecord, lent from those given, one for each
                             mail; NULL: copies_find() was not called */
    unsigned *list_of;    /* the list of each record */
    GHashTable *lists_of; /* post -> GArray of unsigned: for a post that came to
                             several lists these lists, its own first */
} Copies;

/* Of the posts with one Message-ID by one person on different lists, keeps the
 * first one in the interval, or else the first one. records are sorted;
 * is_inside and list_of have a value for each. */
void copies_find(Copies *copies, const GArray *records, const People *people,
                 const bool *is_inside, const unsigned *list_of);
void copies_clear(Copies *copies);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Copies, copies_clear)
