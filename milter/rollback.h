/* SPDX-License-Identifier: MIT */
/*
 * Handles what Redis has lost: it came back older, was emptied, or is not the
 * one that this journal filled. Rows that the journal still has are counted
 * again; the others become a gap. All that return bool fail with STORE_ERROR or
 * JOURNAL_ERROR: then Redis has to be asked again, and a gap may be named
 * twice, but is never left out.
 */
#pragma once

#include "milter/feed_state.h"
#include "milter/marks.h"

typedef struct Rollback {
    int64_t row;        /* the lowest row that a list went back to; -1: none */
    int64_t arrival_ms; /* of that row, as Redis knows; 0: unknown */
    unsigned lists, emptied;
    GString *names;
    /* How many places are not of this journal. */
    unsigned foreign;
    FeedPlace lowest; /* of them */
    const char *why;  /* NULL: depends on emptied */
    bool has_place;   /* Redis knows a row of this journal */
    Doubt doubt;      /* already named as a gap, which need not be named
                         again */
    AnchorLoss loss;  /* of earlier journals, on nodes of a cluster */
} Rollback;

/* Returns a Rollback in which nothing is lost. */
Rollback rollback_new(void);
void rollback_clear(Rollback *rollback);

/* Records that a list went back to a place. */
void rollback_record(Rollback *rollback, const char *list, FeedPlace place);
/* Records a list whose place is not of this journal. */
void rollback_record_foreign(Rollback *rollback, const char *list,
                             FeedPlace place);
/* Records that Redis has nothing that this journal counted on the list. */
bool rollback_record_lost(Feed *feed, const char *list, Rollback *rollback,
                          GError **error);

/* Each of these handles one way in which Redis may have lost something, and
 * does nothing otherwise. To be called in this order: */

/* Redis is older than this journal, or lost what the one before had counted
 * (marks.h): all that the journal holds is counted again. */
bool rollback_look_at_marks(Feed *feed, Rollback *rollback, GError **error);
/* In a cluster: records what nodes lost of earlier journals (anchors.h). */
bool rollback_look_at_priors(Feed *feed, Rollback *rollback, GError **error);
/* Takes the cursor back to the lowest row, and names what was trimmed since. */
bool rollback_go_back(Feed *feed, const Rollback *rollback, GError **error);
/* Names what nodes lost of earlier journals. */
bool rollback_settle_loss(Feed *feed, const AnchorLoss *loss, GError **error);
/* With foreign places, row numbers mean nothing: gives the journal a new id and
 * names the time between as a gap. */
bool rollback_begin_anew(Feed *feed, const Rollback *rollback, GError **error);

/* Names the rows after rollback->row that the journal no longer has, if any, as
 * a gap. */
bool rollback_name_gap(Feed *feed, const Rollback *rollback, GError **error);
