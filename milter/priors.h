/* SPDX-License-Identifier: MIT */
/*
 * How far each list was in the journals before this one: kept among the
 * journal's positions, as "prior ID LIST" and a row, until Redis has been asked
 * whether it still holds that row. Where one server loses its last writes, it
 * is enough to look at marks (marks.h), since it takes writes in order; in a
 * cluster each node loses its own, and only what lies on a list's node says
 * what that lost.
 */
#pragma once

#include "journal/journal_positions.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Stands for all lists: how far each was is not known. */
#define PRIOR_ALL_LISTS "*"

typedef struct Prior {
    char *id, *list;
    int64_t row;
} Prior;
void prior_clear(Prior *prior);

bool prior_is_position(const JournalPosition *position);
/* False: it is none. */
bool prior_read(const JournalPosition *position, Prior *prior);
/* What the journal that follows this one gets; owned array of JournalPosition
 * with its clear function. */
GArray *priors_after(Journal *journal);
/* The same where the journal is gone, and only its id is known. */
GArray *priors_unknown(const char *id);
