/* SPDX-License-Identifier: MIT */
/*
 * The state of making a digest: the request, the rows of its interval, people,
 * what was gathered, and the sets. The steps of load.c pass it on.
 */
#pragma once

#include "digest/copies.h"
#include "digest/digest.h"
#include "digest/filter.h"
#include "digest/request.h"
#include "gather/gather.h"
#include "gather/interval_rows.h"
#include "sets/sets.h"
#include "store/store.h"

/* Sections that show patch sets, not only their number. */
enum {
    SETS_SHOWN = SECTION_PATCHES | SECTION_SUPERSEDED | SECTION_APPLIED |
                 SECTION_WAITING | SECTION_ENTRIES,
    ALL_POSTS_SHOWN = SECTION_APPLIED | SECTION_REVIEWERS | SECTION_THREADS |
                      SECTION_UNANSWERED | SECTION_ZONES,
};

typedef struct Loading {
    Store *store;
    const DigestRequest *request;
    IntervalRows span;
    GArray *newcomers;   /* uint32_t persons; NULL: not asked for */
    GHashTable *is_new;  /* the same persons; NULL: not asked for */
    GArray *all_rows;    /* all rows of the interval, if a filter removed
                            some */
    FilterResult passed; /* empty without a filter */
    Copies copies;       /* of several lists */
    People *people;
    Gather *beside; /* another digest's of the same list, lent; or NULL */
    Gather *gather;
    Sets *sets, *at_end; /* see assemble, assemble_end */
    Digest *digest;
    int64_t list_first_ms, list_last_ms; /* arrivals of the list's posts */
} Loading;

/* Frees what loading holds, and leaves it empty. */
void loading_clear(Loading *loading);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Loading, loading_clear)

/* Returns the array's rows (PostRow); not owned. */
static inline const PostRow *loading_rows(const GArray *rows)
{
    return (const PostRow *)(void *)rows->data;
}

/* Returns what the list puts before subjects, or NULL; not owned. */
const char *loading_prefix(const Loading *loading);

bool loading_is_filtered(const Loading *loading);
bool loading_is_of_several(const Loading *loading);

/* Returns true if all posts have to be read, whatever is shown of them. */
bool loading_needs_all(const Loading *loading);

/* Returns true if any of these sections is shown. */
bool loading_shows(const Loading *loading, unsigned sections);

/* Returns the arrival of the interval's first post, whether or not it passes
 * the filter; 0 if it has none. In milliseconds since 1970. */
int64_t loading_first_arrival(const Loading *loading);

/* Reads the people of these rows. Fails with STORE_ERROR. */
bool loading_learn_rows(const Loading *loading, const GArray *rows,
                        GError **error);

/* Returns the kind of a row, by what is known of its people. */
PostKind loading_kind_of(const Loading *loading, const PostRow *row);

/* Returns for each record whether it was gathered with that GatherLabel;
 * owned. */
bool *loading_labelled(const Gather *gather, const GArray *records,
                       unsigned label);

/* Returns the records (PostRecord), not owned. A mail that came to several
 * lists counts once: the other copies are left out. Of two, the one with the
 * label is kept. copies then knows which were left out. */
const GArray *loading_one_of_each(const Loading *loading, Gather *gather,
                                  unsigned label, Copies *copies);
