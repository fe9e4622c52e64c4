/* SPDX-License-Identifier: MIT */
/*
 * Where a journal comes from, and how it gets another id. All that return bool
 * fail with JOURNAL_ERROR, and then nothing has changed.
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
/* A journal of which nothing was counted has a mark all the same, which whoever
 * follows it must find: so no mark has a lower row. */
enum { JOURNAL_TOLD_MIN = 1 };

typedef struct JournalOrigin {
    bool is_met;      /* Redis was given the mark, or was about to be */
    int64_t begun_ms; /* 0: the first journal here, or not known */
    char *priors;     /* ids of those before it, blank separated, the last one
                         first; "": none */
    int64_t told;     /* this row of the last one is in Redis, with all before
                         it: to be seen to before Redis has met this one; 0:
                         nothing to be seen to */
    bool is_copy;     /* it took the place of another, which may have had more:
                         to be seen to as well */
} JournalOrigin;
void journal_origin_clear(JournalOrigin *origin);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JournalOrigin, journal_origin_clear)
bool journal_get_origin(Journal *journal, JournalOrigin *origin,
                        GError **error);
/* positions: set too, all or none; or NULL. */
bool journal_set_origin(Journal *journal, const JournalOrigin *origin,
                        const GArray *positions, GError **error);
/* Puts a journal in front of the origin's priors. */
void journal_origin_add(JournalOrigin *origin, const char *id);
/* Reader: Redis holds this row's number under the journal's mark. */
bool journal_set_told(Journal *journal, int64_t row, GError **error);
bool journal_told(Journal *journal, int64_t *row, GError **error);

/* Reader: what Redis knows under the journal's id is not of this file: gives it
 * a new id, under which Redis knows nothing. Rows up to applied need not be
 * sent again; what is there behind it counts as a replay. The gap is added. The
 * old id is its prior, and Redis counts as having met it. All of that or none.
 */
bool journal_renew(Journal *journal, int64_t applied, JournalGap *gap,
                   GError **error);
/* Writer, before a reader: gives it an id of its own, behind the one that it
 * has now; what it holds and Redis was not told of counts as a replay.
 * positions (JournalPosition): those of its priors. All of that or none. */
bool journal_part(Journal *journal, int64_t now_ms, const GArray *positions,
                  GError **error);

/* For other files of this folder: writes it within a transaction of the
 * caller's. */
bool journal_put_origin(Journal *journal, const JournalOrigin *origin,
                        GError **error);
