/* SPDX-License-Identifier: MIT */
/*
 * A row of the journal -> activities, one a list: the only place where the
 * daemon looks into a mail. Guarded: a mail that kills us twice, or that
 * takes seconds, is counted unread.
 */
#pragma once

#include "activity/activity.h"
#include "base/settings.h"
#include "journal/health.h"
#include "journal/journal_rows.h"

#include <glib.h>

typedef struct Reading {
    const Settings *settings;
    Journal *journal;
    Health *health;
} Reading;

/* The activity of a row on each of the lists (NULL-terminated), in their
 * order; owned array of Activity. */
GPtrArray *reading_of_row(const Reading *reading, const JournalRow *row,
                          char *const *lists);
