/* SPDX-License-Identifier: MIT */
/*
 * Counts an archive into Redis. One thread reads, some parse, and the caller's
 * counts. Whatever ends it, mail is counted once, and reading the same archive
 * again resumes there.
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
    uint64_t unreadable; /* reported and skipped */
    uint64_t taken_back; /* posts that were erased, see command/taken.h */
    uint64_t before;     /* skipped, since an earlier run has read them */
} SourceTally;

/* What all sources of one run share. */
typedef struct SourceRun {
    Store *store;
    IntakeRules rules;
    const char *range;  /* of commits, or NULL */
    bool is_again;      /* read also what an earlier run has read */
    bool is_changed;    /* the archive's history is not what it was */
    GHashTable *lists;  /* set of known ids */
    GHashTable *held;   /* set of the ids of lists that cannot be counted */
    GPtrArray *bundles; /* Bundle *, at least two */
    int *interrupted;   /* not 0: stop; read atomically */
    Progress progress;
    int64_t started; /* monotonic microseconds */
    SourceTally tally;
    uint64_t last_row; /* out: of the source that was read last */
} SourceRun;

/* Fails with ARCHIVE_ERROR (mail before the error is counted), STORE_ERROR, or
 * USAGE_ERROR if no mail names its list. Returns true when interrupted. */
bool source_read(SourceRun *run, const char *path, GError **error);
