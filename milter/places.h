/* SPDX-License-Identifier: MIT */
/*
 * With lists = "all", decides which lists without a section have one of the
 * max_lists places. Redis knows which have one. If none is free, a list waits,
 * and its mails wait in the journal as long as others stay there: until a place
 * becomes free, or until the list had place_posts posts while a list that has a
 * place had fewer in 30 days.
 */
#pragma once

#include "base/settings.h"
#include "journal/health.h"
#include "journal/journal_positions.h"
#include "journal/journal_rows.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Places Places;

/* health is lent. */
Places *places_new(Health *health);
void places_free(Places *places);
/* Forgets what is known from Redis, which is then asked again. */
void places_doubt(Places *places);

/* Sets *is_admitted if the list of a row has a place or gets a free one;
 * otherwise it waits from now on. Returns false if Redis failed. */
bool places_admit(Places *places, Store *store, const Settings *settings,
                  const char *list, const JournalRow *row, bool *is_admitted,
                  GError **error);

/* A list that waited and may have a place now. */
typedef struct Seated {
    char *list;              /* owned; NULL: none */
    int64_t row, arrival_ms; /* the first that it missed */
} Seated;
/* Finds at most one such list; it waits until places_seat. Returns false if
 * Redis failed. */
bool places_next(Places *places, Store *store, const Settings *settings,
                 Seated *seated, GError **error);
/* Notes that a list no longer waits. */
void places_seat(Places *places, const char *list);

/* Load from the journal's positions, and save, which lists wait since which
 * row. names owns the strings of the positions (JournalPosition) that are
 * appended. */
void places_load(Places *places, const JournalPosition *position);
bool places_is_position(const JournalPosition *position);
bool places_has_changed(const Places *places);
void places_save(const Places *places, GArray *positions, GPtrArray *names);
/* Call when they are in the journal. */
void places_saved(Places *places);
