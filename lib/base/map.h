/* SPDX-License-Identifier: MIT */
/*
 * A map from numbers of 64 bits to pointers. Digests look up hundreds of
 * thousands of them: GHashTable wants a number of that width allocated, and
 * calls functions to hash and to compare it.
 *
 * Strangers may choose keys and know the hash. But to make mails whose 48-bit
 * digests share a place they must find these by trial, and all that they cause
 * is a linear search.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Map Map;

/* free_value frees a value when it is replaced and at the end; or NULL. Owned.
 */
Map *map_new(GDestroyNotify free_value);
void map_free(Map *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Map, map_free)

/* Makes room for so many keys in all, which are then added without growing. */
void map_reserve(Map *map, size_t count);
/* Returns the value of a key, lent; NULL if there is none. */
gpointer map_get(const Map *map, uint64_t key);
/* Sets the value of a key, which replaces an earlier one; never NULL. */
void map_put(Map *map, uint64_t key, gpointer value);
/* Adds a key whose value does not matter. Returns false if it was there. */
bool map_add(Map *map, uint64_t key);
