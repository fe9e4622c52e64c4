/* SPDX-License-Identifier: MIT */
/*
 * Reads lists by the Dates of their posts, as if each post had arrived at its
 * Date (store_read_by_date): what store.h says about arrivals then holds for
 * Dates. Rows hold no Date, so the records of a list are read once.
 */
#pragma once

#include "store/store.h"

typedef struct Dated Dated;

void dated_free(Dated *dated);
/* Returns the rows of a list by Date, read at the first call; lent. NULL with
 * error. */
const Dated *dated_of(Store *store, const char *list, GError **error);
/* Sets the Dates of the first and the last post. */
void dated_ends(const Dated *dated, int64_t *first_ms, int64_t *last_ms);
/* Returns the latest arrival of a post whose Date is at most at_ms. */
int64_t dated_latest_arrival(const Dated *dated, int64_t at_ms);
/* Returns the highest number of a person who wrote or sent a post. */
uint32_t dated_last_person(const Dated *dated);
/* Writes to firsts, two values for each person, when the person that same[]
 * gives for it first sent a post and first wrote a patch. Both arrays go up to
 * dated_last_person. */
void dated_note_firsts(const Dated *dated, const uint32_t *same,
                       int64_t *firsts);
