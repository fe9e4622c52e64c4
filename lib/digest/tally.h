/* SPDX-License-Identifier: MIT */
/*
 * Counts rows. Each function makes one pass with arrays indexed by person
 * number, without a hash or string per row: a million rows take a few
 * milliseconds.
 */
#pragma once

#include "activity/record.h"
#include "digest/digest.h"
#include "sets/people.h"

#include <glib.h>
#include <stdint.h>

/* Returns the person numbers in rows, each once, ascending: uint32_t. Owned. */
GArray *tally_numbers(const PostRow *rows, size_t count);
/* Records in people how often each of them appears. */
void tally_appearances(People *people, const PostRow *rows, size_t count);
/* Fills all of totals that rows know: not duplicates, new_people, sets. */
void tally_totals(const People *people, const PostRow *rows, size_t count,
                  DigestTotals *totals);
/* Returns who speaks in rows (people_speaker()): person indexes, each once,
 * ascending: uint32_t. Owned. */
GArray *tally_senders(const People *people, const PostRow *rows, size_t count);

/* Puts DigestCount rows in order, most first, equal ones by name, and leaves at
 * most limit of them. */
void tally_sort_and_cut(GPtrArray *counts, unsigned limit);
/* Top lists by patches and covers, at most limit rows into out (DigestCount *),
 * most first, equal ones by name. Domains are those that were written, persons
 * and organisations those behind the mailmap. */
void tally_domains(const People *people, const PostRow *rows, size_t count,
                   unsigned limit, GPtrArray *out);
void tally_contributors(const People *people, const Identity *identity,
                        const PostRow *rows, size_t count, unsigned limit,
                        GPtrArray *out);
/* The same by all posts, of whoever speaks in them; bots are left out. */
void tally_posters(const People *people, const Identity *identity,
                   const PostRow *rows, size_t count, unsigned limit,
                   GPtrArray *out);
void tally_organisations(const People *people, const Identity *identity,
                         const PostRow *rows, size_t count, unsigned limit,
                         GPtrArray *out);
/* One DigestDay a UTC day from one time to the other, both included, and those
 * of the rows; rows are in order of arrival. */
void tally_days(const People *people, const PostRow *rows, size_t count,
                int64_t first_ms, int64_t last_ms, GPtrArray *out);
/* Posts by hour and weekday (from Monday on) in a time zone. */
void tally_hours(const PostRow *rows, size_t count, const char *zone_name,
                 uint64_t hours[24], uint64_t weekdays[7]);
/* Fills out with a person as shown: name, address, organisation at that time.
 */
void tally_person(const People *people, const Identity *identity,
                  uint32_t person, int64_t when_seconds, DigestPerson *out);
/* The same of who wrote a mail, by the number of its From, named as
 * people_name_in says. */
void tally_person_in(const People *people, const Identity *identity,
                     uint32_t number, int64_t when_seconds, DigestPerson *out);
