/* SPDX-License-Identifier: MIT */
/*
 * Lists read by the Dates of their posts, as if each had arrived when its
 * header says (store_read_by_date): what store.h says of arrivals is then said
 * of Dates. Rows hold no Date, so the records of a list are read once.
 */
#pragma once

#include "store/store.h"

typedef struct Dated Dated;

void dated_free(Dated *dated);
/* Returns what is known of a list by Date, read when first asked for; lent.
 * NULL with error. */
const Dated *dated_of(Store *store, const char *list, GError **error);
/* Sets the Dates of the first and the last post. */
void dated_ends(const Dated *dated, int64_t *first_ms, int64_t *last_ms);
/* Returns the latest arrival of what was written up to then. */
int64_t dated_latest_arrival(const Dated *dated, int64_t at_ms);
/* Returns the highest number of a person who wrote or sent a post. */
uint32_t dated_last_person(const Dated *dated);
/* Notes when each person sent and wrote first, two values a person, in firsts:
 * those of whoever same names in place of the person. Both go up to
 * dated_last_person. */
void dated_note_firsts(const Dated *dated, const uint32_t *same,
                       int64_t *firsts);
