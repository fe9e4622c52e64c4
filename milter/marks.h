/* SPDX-License-Identifier: MIT */
/*
 * What Redis holds of journals as a whole: a field of the hash MARK_HASH for
 * each that it has met, its id, with the value "ROW COVERED SAID": all of its
 * rows up to ROW are in Redis, so that of its mails none that arrived before
 * COVERED is missing there; so it was at SAID (ms since 1970).
 *
 * Who reads what, so that no mail is lost without a word:
 * - A row is in the journal or in Redis. Positions of lists tell whether Redis
 *   went back behind rows of this journal: those are counted again.
 * - Rows of the journals before this one are in Redis alone. The mark of a
 *   journal is written before its first row is counted, when Redis holds all
 *   that those before it had counted. Redis takes writes in order and loses
 *   them from the end only: while it has the mark, or a position of this
 *   journal, it has all that was there when they were written.
 * - A Redis without both has lost an unknown part of what came before. It
 *   still says how far the prior journals were counted then: from there until
 *   this journal began is a gap, of all lists.
 * - Before the mark is written, the prior journal's mark must be what it was
 *   when this one began, or the same has happened.
 * - COVERED never passes a gap that Redis was not told of, so what a journal
 *   that is lost had named, and nobody else, lies in the gap that is named for
 *   it.
 * - "Met" is written down in the journal before the mark is in Redis. So where
 *   a crash comes between, a gap is named for nothing; the other order would
 *   lose mail without a word.
 * In a cluster the hash lies on one node, and says nothing of what another node
 * lost alone. There each list says it (anchors.h).
 */
#pragma once

#include "journal/journal.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define MARK_HASH "lp:journals"

/* What Redis may have lost of earlier journals. */
typedef struct Doubt {
    bool is_there;
    bool is_empty; /* Redis knows of no journal */
    int64_t from_ms, until_ms;
} Doubt;

/* Compares the marks with the journal's origin. has_place: Redis holds a
 * position of this journal. False: Redis or the journal failed. */
bool marks_look(Store *store, Journal *journal, bool has_place, int64_t now_ms,
                Doubt *doubt, GError **error);
/* Where the journal is a copy that Redis has not met: *from_ms, up to when all
 * that was counted here before is in Redis or named, and *until_ms, when the
 * copy began; else *until_ms is 0. */
bool marks_of_copy(Store *store, Journal *journal, int64_t *from_ms,
                   int64_t *until_ms, GError **error);
/* Where a gap of what came before the journal ends: what it has is counted. */
bool marks_until(Journal *journal, int64_t now_ms, int64_t *until_ms,
                 GError **error);
/* Up to when all is in Redis, or named there, if all rows up to this one are.
 * whole_ms: HEALTH_WHOLE_MS, read before Redis was told of the journal's gaps
 * and before this is called; 0: not known. */
bool marks_find_covered(Journal *journal, int64_t row, int64_t whole_ms,
                        int64_t now_ms, int64_t *covered_ms, GError **error);
/* What a mark says. */
typedef struct Mark {
    int64_t row, covered_ms, said_ms;
} Mark;
/* Notes that Redis has met the journal, and sees to it that it has. All gaps of
 * the journal were told. */
bool marks_meet(Store *store, Journal *journal, const Mark *mark,
                GError **error);
/* Says how far it is now: in Redis, then in the journal. */
bool marks_tell(Store *store, Journal *journal, const Mark *mark,
                GError **error);
/* *is_there: Redis has a mark of this journal. */
bool marks_are_there(Store *store, Journal *journal, bool *is_there,
                     GError **error);
/* Up to when all that any journal counted that was alive within the day before
 * at_ms is in Redis; at_ms if there is none. */
bool marks_covered(Store *store, int64_t at_ms, int64_t *covered_ms,
                   GError **error);
