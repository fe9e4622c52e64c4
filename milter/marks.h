/* SPDX-License-Identifier: MIT */
/*
 * The marks of journals in Redis. The hash MARK_HASH has a field for each
 * journal that Redis has met: its id, with the value "ROW COVERED SAID". All
 * rows of the journal up to ROW are in Redis, so none of its mails that arrived
 * before COVERED is missing there; this was true at SAID (ms since 1970).
 *
 * How they are used, so that no mail is lost silently:
 * - A row is in the journal or in Redis. The positions of lists show whether
 *   Redis went back to a time before rows of this journal: those are counted
 *   again.
 * - Rows of earlier journals are only in Redis. The mark of a journal is
 *   written before its first row is counted, when Redis holds all that the
 *   earlier ones had counted. Redis takes writes in order and loses them from
 *   the end only: while it has the mark, or a position of this journal, it has
 *   all that was there when they were written.
 * - A Redis without both has lost an unknown part of what came before. It
 *   still says how far the prior journals were counted at that time: the time
 *   from there until this journal began is a gap, for all lists.
 * - Before the mark is written, the prior journal's mark must be what it was
 *   when this one began, or the same has happened.
 * - COVERED never passes a gap that Redis does not have. So gaps that only a
 *   lost journal had named are within the gap that is named for that journal.
 * - The journal notes that it was met before the mark is in Redis. If a crash
 *   comes between, a gap is named needlessly; the other order would lose mail
 *   silently.
 * In a cluster the hash is on one node, and does not show what another node
 * lost alone. There each list shows it (anchors.h).
 */
#pragma once

#include "journal/journal.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define MARK_HASH "lp:journals"

/* The time in which Redis may have lost mail of earlier journals. */
typedef struct Doubt {
    bool is_there;
    bool is_empty; /* Redis knows of no journal */
    int64_t from_ms, until_ms;
} Doubt;

/* Compares the marks with the journal's origin. has_place: Redis holds a
 * position of this journal. Returns false if Redis or the journal failed. */
bool marks_look(Store *store, Journal *journal, bool has_place, int64_t now_ms,
                Doubt *doubt, GError **error);
/* If the journal is a copy that Redis has not met, sets *from_ms to the time up
 * to which everything counted here before is in Redis or in a gap, and
 * *until_ms to when the copy began; else sets *until_ms to 0. */
bool marks_of_copy(Store *store, Journal *journal, int64_t *from_ms,
                   int64_t *until_ms, GError **error);
/* Sets the end of a gap for mail before this journal; what the journal has will
 * be counted. */
bool marks_until(Journal *journal, int64_t now_ms, int64_t *until_ms,
                 GError **error);
/* Sets the time up to which everything is in Redis, or in a gap there, if all
 * rows up to this one are. whole_ms: HEALTH_WHOLE_MS, read before the journal's
 * gaps were written to Redis and before this call; 0: not known. */
bool marks_find_covered(Journal *journal, int64_t row, int64_t whole_ms,
                        int64_t now_ms, int64_t *covered_ms, GError **error);
/* The values of a mark. */
typedef struct Mark {
    int64_t row, covered_ms, said_ms;
} Mark;
/* Notes in the journal that Redis has met it, then writes the mark. All gaps of
 * the journal must be in Redis. */
bool marks_meet(Store *store, Journal *journal, const Mark *mark,
                GError **error);
/* Writes how far it is now to Redis, then to the journal. */
bool marks_tell(Store *store, Journal *journal, const Mark *mark,
                GError **error);
/* Sets *is_there if Redis has a mark of this journal. */
bool marks_are_there(Store *store, Journal *journal, bool *is_there,
                     GError **error);
/* Sets the time up to which everything is in Redis that was counted by any
 * journal in use within the day before at_ms; at_ms if there is none. */
bool marks_covered(Store *store, int64_t at_ms, int64_t *covered_ms,
                   GError **error);
