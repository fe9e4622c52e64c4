/* SPDX-License-Identifier: MIT */
/*
 * What Redis lacks of what was there: it came back older, was emptied, or is
 * not the one that this journal filled. Rows that the journal still has are
 * counted again; what it has not is named as a gap. All that return bool fail
 * with STORE_ERROR or JOURNAL_ERROR: then Redis has to be asked again, and what
 * was named may be named twice, never not at all.
 */
#pragma once

#include "milter/feed_state.h"
#include "milter/marks.h"

typedef struct Rollback {
    int64_t row;        /* the lowest that it is back at; -1: none */
    int64_t arrival_ms; /* of that row, as Redis knows; 0: unknown */
    unsigned lists, emptied;
    GString *names;
    /* Places that are not of this journal. */
    unsigned foreign;
    FeedPlace lowest; /* of them */
    const char *why;  /* NULL: by what was emptied */
    bool has_place;   /* Redis knows a row of this journal */
    Doubt doubt;      /* is named already, and more than it need not be */
    AnchorLoss loss;  /* of earlier journals, on nodes of a cluster */
} Rollback;

/* Returns one in which nothing is lacking. */
Rollback rollback_new(void);
void rollback_clear(Rollback *rollback);

/* Records that a list is back at a place. */
void rollback_record(Rollback *rollback, const char *list, FeedPlace place);
/* Records a list whose place is not of this journal. */
void rollback_record_foreign(Rollback *rollback, const char *list,
                             FeedPlace place);
/* Records that Redis knows nothing of what this journal counted on the list. */
bool rollback_record_lost(Feed *feed, const char *list, Rollback *rollback,
                          GError **error);

/* Each of these settles one way in which Redis may lack something; nothing
 * happens where it does not. To be called in this order: */

/* Redis is older than this journal, or lost what the one before had counted
 * (marks.h): all that the journal holds is counted again. */
bool rollback_look_at_marks(Feed *feed, Rollback *rollback, GError **error);
/* In a cluster: records what nodes lost of earlier journals (anchors.h). */
bool rollback_look_at_priors(Feed *feed, Rollback *rollback, GError **error);
/* Takes the cursor back to the lowest row, and names what was trimmed since. */
bool rollback_go_back(Feed *feed, const Rollback *rollback, GError **error);
/* Names what nodes lost of earlier journals. */
bool rollback_settle_loss(Feed *feed, const AnchorLoss *loss, GError **error);
/* With foreign places, row numbers say nothing any more: gives the journal a
 * new id and names the time between. */
bool rollback_begin_anew(Feed *feed, const Rollback *rollback, GError **error);

/* Names the rows behind rollback->row that the journal does not have any more,
 * if there are any. */
bool rollback_name_gap(Feed *feed, const Rollback *rollback, GError **error);
