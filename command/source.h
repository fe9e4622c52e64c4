/* SPDX-License-Identifier: MIT */
/*
 * One archive -> Redis. One thread reads, some parse, the caller's counts.
 * Whatever ends it, what is counted is counted once, and reading the same
 * archive again goes on from there.
 */
#pragma once

#include "command/intake.h"
#include "command/progress.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct SourceTally {
    uint64_t mails, counted, duplicates, known, malformed;
    uint64_t differing;  /* of the duplicates, see STORE_DIFFERING */
    uint64_t unlisted;   /* of no list */
    uint64_t refused;    /* of a list beyond max_lists */
    uint64_t held;       /* of a list that cannot be counted */
    uint64_t unreadable; /* named and passed over */
    uint64_t before;     /* passed over, since an earlier run has read them */
} SourceTally;

/* What all sources of one run share. */
typedef struct SourceRun {
    Store *store;
    IntakeRules rules;
    const char *range;  /* of commits, or NULL */
    bool is_again;      /* also what an earlier run has read */
    GHashTable *lists;  /* ids that are known; a set */
    GHashTable *held;   /* ids of those that cannot be counted; a set */
    GPtrArray *bundles; /* Bundle *, at least two */
    int *interrupted;   /* not 0: stop; read atomically */
    Progress progress;
    int64_t started; /* monotonic microseconds */
    SourceTally tally;
    uint64_t last_row; /* out: of the source that was read last */
} SourceRun;

/* Fails with ARCHIVE_ERROR (what comes before is counted), STORE_ERROR, or
 * USAGE_ERROR where no mail names its list. True when interrupted. */
bool source_read(SourceRun *run, const char *path, GError **error);
