/* SPDX-License-Identifier: MIT */
/*
 * Keeps lists of numbers under keys of 64 bits; the number added last comes
 * first. All lists are in one array, since most have one number.
 *
 *     for (unsigned at = chains_last(chains, key); at != 0;
 *          at = chains_before(chains, at))
 *         use(chains_number(chains, at));
 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct Chains Chains;

/* Owned by the caller. */
Chains *chains_new(void);
/* Makes room for so many numbers under as many keys. */
void chains_reserve(Chains *chains, unsigned count);
void chains_free(Chains *chains);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Chains, chains_free)

/* Adds a number under a key, unless it is what was added there last. */
void chains_add(Chains *chains, uint64_t key, unsigned number);

/* Returns a place to pass to the two below: of the number that was added last
 * under a key; 0 if there is none. */
unsigned chains_last(const Chains *chains, uint64_t key);
/* Returns the place of the number that was added before it under the same key;
 * 0 if there is none. */
unsigned chains_before(const Chains *chains, unsigned place);
/* Returns the number at a place. */
unsigned chains_number(const Chains *chains, unsigned place);
