/* SPDX-License-Identifier: MIT */
/*
 * In a cluster, lists themselves record how far journals were counted. Each
 * node may lose its last writes alone, so a mark of a journal on one node
 * (marks.h) says nothing about lists on another. Therefore:
 * - Once a journal has been met, each list has a place in it: ANCHOR_ROW,
 *   lower than any row, until a row is counted. So a list without a place is
 *   on a node that went back to before the journal began, and the time before
 *   is named as a gap; a list whose place is only older lacks rows that the
 *   journal has, and these are counted again.
 * - Before anchors are set, the places in earlier journals must be where those
 *   journals knew them to be (priors.h), or the same has happened.
 * - The journal notes anchors before they are in Redis, and gaps before it
 *   forgets its priors: if a crash comes between, a gap is named needlessly.
 * - If the journal before this one is gone, it is not known how far it was:
 *   the time after its places is named as a gap. A list without a place in it
 *   is skipped if it was begun after that journal was met, and counted by
 *   others.
 */
#pragma once

#include "journal/journal_positions.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { ANCHOR_ROW = 1 };

/* Lists that lack what earlier journals had counted. */
typedef struct AnchorLoss {
    unsigned lists;
    GString *names;
    int64_t from_ms; /* the earliest */
} AnchorLoss;
void anchor_loss_add(AnchorLoss *loss, const char *list, int64_t from_ms);

typedef struct Anchors Anchors;
Anchors *anchors_new(void);
void anchors_free(Anchors *anchors);

/* Reads one of the journal's positions; returns true if it was one of a prior.
 */
bool anchors_load(Anchors *anchors, const JournalPosition *position);
/* Compares the priors with what Redis has, and adds what is missing to loss. */
bool anchors_look(const Anchors *anchors, Store *store, AnchorLoss *loss,
                  GError **error);
/* For a list that has lost its place of this journal: adds what is missing of
 * its priors to loss. Sets *is_emptied if Redis knows nothing about the list.
 */
bool anchors_lost(Store *store, Journal *journal, const char *list,
                  AnchorLoss *loss, bool *is_emptied, GError **error);
/* Call when priors were dealt with: adds positions that drop them; names owns
 * the strings. */
void anchors_settle(const Anchors *anchors, GArray *positions,
                    GPtrArray *names);
/* Call when these positions are in the journal. */
void anchors_settled(Anchors *anchors);
