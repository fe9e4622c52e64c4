/* SPDX-License-Identifier: MIT */
/*
 * Patch sets while they grow: what series.c and series_mend.c put them
 * together with.
 */
#pragma once

#include "sets/sets.h"

enum {
    GROWING_STEPS_MAX = 256,      /* up a thread */
    GROWING_CANDIDATES_MAX = 256, /* sets looked at for one to be joined */
};

/* Parts of one series lie no farther apart, unless in one thread. */
#define GROWING_APART_MS           (INT64_C(20) * 60 * 1000)
#define GROWING_APART_IN_THREAD_MS (INT64_C(24) * 3600 * 1000)

/* A set while it grows; dead ones were merged into another. */
typedef struct Growing {
    GArray *records; /* unsigned, in order of joining; the first founded it */
    bool is_dead;
    bool is_pull, has_cover;
    int cover; /* the record that is its cover without a number, or NONE */
    bool is_numbered; /* parts say n/m */
    unsigned version, minor, total;
    int64_t first_ms, last_ms;     /* arrivals */
    int64_t first_date, last_date; /* seconds, of Dates that can be believed */
    bool has_dates;
} Growing;

typedef struct Series {
    Sets *sets;
    GPtrArray *drafts; /* Growing * */
    int *set_of;       /* Growing's index, lent from the sets */
} Series;

void growing_free(gpointer data);
Growing *growing_of(const Series *series, int set);
const PatchSubject *growing_subject(const Series *series, unsigned record);
/* The record that began it. */
unsigned growing_founder(const Growing *set);
/* "[PATCH 0/3]"; a lone pull request is none. */
bool growing_is_cover(const Series *series, unsigned record);
/* The same, or what the set took as its cover without a number. */
bool growing_is_cover_of(const Series *series, const Growing *set,
                         unsigned record);
/* Also a patch of one that was sent along: "[PULL 03/30]". */
bool growing_is_pull(const Series *series, unsigned record);
/* A record begins a set; joins one. */
void growing_found(Series *series, unsigned record);
void growing_add(Series *series, int set, unsigned record);
bool growing_has_number(const Series *series, const Growing *set,
                        unsigned number, unsigned minor);

/* No number of one is one of the other's. */
bool growing_are_disjoint(const Series *series, const Growing *one,
                          const Growing *other);
/* In ms, by arrival or by Date: a moderator lets parts through hours later. */
int64_t growing_time_between(const Growing *one, const Growing *other);
/* As near as parts of one series lie. */
bool growing_are_near(const Series *series, const Growing *one,
                      const Growing *other);
/* All of one set join the other; it is dead then. */
void growing_merge(Series *series, int into, int from);
