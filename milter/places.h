/* SPDX-License-Identifier: MIT */
/*
 * With lists = "all": which lists that no section names have one of the
 * max_lists places. Redis says who has one. Where none is free, a list waits,
 * and its mails with it, in the journal, for as long as others stay there:
 * until a place is given back, or until it had place_posts posts while a list
 * that has a place had fewer in 30 days.
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
/* What is known of Redis is asked anew. */
void places_doubt(Places *places);

/* The list of a row has a place, or gets a free one; else it waits from now
 * on. False: Redis failed. */
bool places_admit(Places *places, Store *store, const Settings *settings,
                  const char *list, const JournalRow *row, bool *is_admitted,
                  GError **error);

/* A list that waited and may have a place now. */
typedef struct Seated {
    char *list;              /* owned; NULL: none */
    int64_t row, arrival_ms; /* the first that it missed */
} Seated;
/* At most one a call; it waits until places_seat. False: Redis failed. */
bool places_next(Places *places, Store *store, const Settings *settings,
                 Seated *seated, GError **error);
/* It waits no more. */
void places_seat(Places *places, const char *list);

/* From the journal's positions and back: which lists wait since which row.
 * What it appends to positions (JournalPosition) points into names, which owns
 * it. */
void places_load(Places *places, const JournalPosition *position);
bool places_is_position(const JournalPosition *position);
bool places_has_changed(const Places *places);
void places_save(const Places *places, GArray *positions, GPtrArray *names);
/* They are in the journal. */
void places_saved(Places *places);
