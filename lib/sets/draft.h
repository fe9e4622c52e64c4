/* SPDX-License-Identifier: MIT */
/*
 * A draft is a patch set while it grows. series.c begins drafts, adds records
 * to them and merges them; series_repair.c mends what subjects do not say; what
 * is left becomes the model's sets.
 */
#pragma once

#include "sets/sets.h"

enum {
    DRAFT_STEPS_MAX = 256,      /* up a thread */
    DRAFT_CANDIDATES_MAX = 256, /* sets looked at for one to be joined */
};

/* Parts of one series lie no farther apart, unless in one thread. */
#define DRAFT_APART_MS           (INT64_C(20) * 60 * 1000)
#define DRAFT_APART_IN_THREAD_MS (INT64_C(24) * 3600 * 1000)

/* A set while it grows; dead ones were merged into another. */
typedef struct Draft {
    GArray *records; /* unsigned, in order of joining; the first began it */
    bool is_dead;
    bool is_pull, has_cover;
    int cover; /* the record that is its cover without a number, or SETS_NONE */
    bool is_numbered; /* parts say n/m */
    unsigned version, minor, total;
    int64_t first_ms, last_ms;     /* arrivals */
    int64_t first_date, last_date; /* seconds, of plausible Dates */
    bool has_dates;
} Draft;

typedef struct Series {
    Sets *sets;
    GPtrArray *drafts; /* Draft * */
    int *set_of;       /* the draft's index, lent from the sets */
} Series;

void draft_free(gpointer data);
Draft *draft_at(const Series *series, int set);
const PatchSubject *draft_subject(const Series *series, unsigned record);
/* Returns the record that began a draft. */
unsigned draft_first(const Draft *set);
/* Returns true of "[PATCH 0/3]"; a lone pull request is no cover. */
bool draft_is_cover(const Series *series, unsigned record);
/* Returns true of such a cover, or of what the draft took as its cover without
 * a number. */
bool draft_is_cover_of(const Series *series, const Draft *set, unsigned record);
/* Returns true of a pull request, and of a patch that was sent along with one:
 * "[PULL 03/30]". */
bool draft_is_pull(const Series *series, unsigned record);
/* Begins a draft with a record; adds a record to one. */
void draft_begin(Series *series, unsigned record);
void draft_add(Series *series, int set, unsigned record);
bool draft_has_number(const Series *series, const Draft *set, unsigned number,
                      unsigned minor);

/* Returns true if the two drafts have no part number in common. */
bool draft_are_disjoint(const Series *series, const Draft *one,
                        const Draft *other);
/* Returns the time between two drafts in ms, the lesser of that by arrival and
 * that by Date: a moderator lets parts through hours later. */
int64_t draft_time_between(const Draft *one, const Draft *other);
/* Returns true if two drafts are as near as parts of one series. */
bool draft_are_near(const Series *series, const Draft *one, const Draft *other);
/* Moves all records of one draft to another; the first is then dead. */
void draft_merge(Series *series, int into, int from);
