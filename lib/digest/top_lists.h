/* SPDX-License-Identifier: MIT */
/*
 * Makes the top lists from rows: domains, contributors, posters and
 * organisations that did most. Nothing here fails; without rows a list is
 * empty.
 */
#pragma once

#include "activity/record.h"
#include "digest/digest.h"
#include "sets/people.h"

#include <glib.h>
#include <stdint.h>

/* Puts rows (pointers) in order, and leaves at most limit of them. */
void top_lists_sort_and_cut(GPtrArray *rows, GCompareFunc compare,
                            unsigned limit);
/* Compares rows of DigestCount *: most first, then those with more tags, equal
 * ones by name and address. */
int top_lists_compare_counts(gconstpointer one, gconstpointer other);

/* All append to out (DigestCount *), at most limit rows, most first, equal ones
 * by name. These three count patches and covers: domains as written, persons
 * and organisations as the mailmap gives them. identity may be NULL: then
 * organisations are domains. */
void top_lists_domains(const People *people, const PostRow *rows, size_t count,
                       unsigned limit, GPtrArray *out);
void top_lists_contributors(const People *people, const Identity *identity,
                            const PostRow *rows, size_t count, unsigned limit,
                            GPtrArray *out);
void top_lists_organisations(const People *people, const Identity *identity,
                             const PostRow *rows, size_t count, unsigned limit,
                             GPtrArray *out);
/* Counts all posts by their speaker; bots are left out. */
void top_lists_posters(const People *people, const Identity *identity,
                       const PostRow *rows, size_t count, unsigned limit,
                       GPtrArray *out);
