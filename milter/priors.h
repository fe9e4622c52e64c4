/* SPDX-License-Identifier: MIT */
/*
 * Keeps how far each list was in the journals before this one, among the
 * journal's positions, as "prior ID LIST" and a row, until Redis has been asked
 * whether it still holds that row. With one server it is enough to compare
 * marks (marks.h), since it loses writes in order; in a cluster each node loses
 * its own, and only data on a list's node shows what that node lost.
 */
#pragma once

#include "journal/journal_positions.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Stands for all lists, if it is not known how far each was. */
#define PRIOR_ALL_LISTS "*"

typedef struct Prior {
    char *id, *list;
    int64_t row;
} Prior;
void prior_clear(Prior *prior);

bool prior_is_position(const JournalPosition *position);
/* Returns false if the position is not one of a prior. */
bool prior_read(const JournalPosition *position, Prior *prior);
/* Returns the positions for the journal that follows this one; owned array of
 * JournalPosition with its clear function. */
GArray *priors_after(Journal *journal);
/* The same if the journal is gone, and only its id is known. */
GArray *priors_unknown(const char *id);
