/* SPDX-License-Identifier: MIT */
/*
 * git's .mailmap. Hides libgit2, which is started by the first question: it
 * takes some 4 ms, more than a whole digest of a day.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct Mailmap Mailmap;

/* Of the bytes of a file; lines that are none of git's forms count for
 * nothing, as in git. Unlike git, libgit2 takes only the last of several
 * lines about one commit address, where git joins what they say. */
Mailmap *mailmap_new(const char *bytes, size_t length);
void mailmap_free(Mailmap *mailmap);
/* name, address: valid UTF-8. Owned results; address in lower case. */
void mailmap_resolve(Mailmap *mailmap, const char *name, const char *address,
                     char **real_name, char **real_address);
/* The addresses that lines of the map give to this one (lower case); lent array
 * of char *, or NULL. */
const GPtrArray *mailmap_aliases(Mailmap *mailmap, const char *address);
