/* SPDX-License-Identifier: MIT */
/*
 * Reads git's .mailmap. Hides libgit2, which is started by the first look-up:
 * that takes some 4 ms, more than a whole digest of a day.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct Mailmap Mailmap;

/* Makes a mailmap from the bytes of a file; lines in none of git's forms are
 * ignored, as in git. Of several lines about one commit address libgit2 takes
 * only the last, where git combines them. */
Mailmap *mailmap_new(const char *bytes, size_t length);
void mailmap_free(Mailmap *mailmap);
/* name, address: valid UTF-8. Owned results; address in lower case. */
void mailmap_resolve(Mailmap *mailmap, const char *name, const char *address,
                     char **real_name, char **real_address);
/* Returns the addresses (lower case) that lines of the map replace by this one;
 * lent array of char *, or NULL. */
const GPtrArray *mailmap_aliases(Mailmap *mailmap, const char *address);
