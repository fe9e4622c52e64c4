/* SPDX-License-Identifier: MIT */
/*
 * Knows where a journal comes from, and gives it another id. All that return
 * bool fail with JOURNAL_ERROR, and then nothing has changed.
 */
#pragma once

#include "journal/journal.h"
#include "journal/journal_gaps.h"

/*
 * What was counted before this journal began, and so is not in it: only Redis
 * can say whether it still holds that. Redis has met a journal once it holds a
 * mark of it, which is written before the journal's first row is counted. A
 * Redis without the mark of a journal that it has met is older than that.
 */
/* A journal of which nothing was counted has a mark, too, which the next
 * journal must find: so no mark has a lower row than this. */
enum { JOURNAL_TOLD_MIN = 1 };

typedef struct JournalOrigin {
    bool is_met;      /* Redis was given the mark, or was about to be */
    int64_t begun_ms; /* 0: the first journal here, or not known */
    char *priors;     /* ids of earlier journals, blank separated, the last one
                         first; "": none */
    int64_t told;     /* this row of the last one, and all before it, is in
                         Redis: to be checked before Redis meets this journal;
                         0: nothing to check */
    bool is_copy;     /* it took the place of another, which may have had more
                         rows: to be checked, too */
} JournalOrigin;
void journal_origin_clear(JournalOrigin *origin);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JournalOrigin, journal_origin_clear)
bool journal_get_origin(Journal *journal, JournalOrigin *origin,
                        GError **error);
/* positions: set as well, all or none; or NULL. */
bool journal_set_origin(Journal *journal, const JournalOrigin *origin,
                        const GArray *positions, GError **error);
/* Puts a journal in front of the origin's priors. */
void journal_origin_add(JournalOrigin *origin, const char *id);
/* Reader: notes that Redis has this row's number in the journal's mark. */
bool journal_set_told(Journal *journal, int64_t row, GError **error);
bool journal_told(Journal *journal, int64_t *row, GError **error);

/* Reader: gives the journal a new id, under which Redis knows nothing, because
 * what Redis has under the old id is not from this file. Rows up to applied
 * need not be sent again; later ones count as a replay. Adds the gap. The old
 * id becomes its prior, and Redis counts as having met it. Does all of that or
 * nothing. */
bool journal_renew(Journal *journal, int64_t applied, JournalGap *gap,
                   GError **error);
/* Writer, before a reader opens it: gives it an id of its own, with the present
 * one as its prior; rows that Redis does not have count as a replay. positions
 * (JournalPosition): those of its priors. Does all of that or nothing. */
bool journal_part(Journal *journal, int64_t now_ms, const GArray *positions,
                  GError **error);

/* For other files of this folder: writes the origin within the caller's
 * transaction. */
bool journal_put_origin(Journal *journal, const JournalOrigin *origin,
                        GError **error);
