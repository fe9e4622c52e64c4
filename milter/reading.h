/* SPDX-License-Identifier: MIT */
/*
 * Turns a row of the journal into activities, one for each list: the only place
 * where the daemon parses a mail. A mail that kills us twice, or that takes
 * seconds, is counted unread.
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

/* Returns the activity of a row on each of the lists (NULL-terminated), in
 * their order; owned array of Activity. */
GPtrArray *reading_of_row(const Reading *reading, const JournalRow *row,
                          char *const *lists);
