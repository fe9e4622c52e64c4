/* SPDX-License-Identifier: MIT */
/*
 * Message ids that a text names by an archive's URL, as
 * "https://lore.kernel.org/r/<id>" does. Quoted lines never count.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

enum { MENTIONS_MAX = 64 };

/* An array for the two below: owned char *. */
GPtrArray *mentions_new(void);
/* Adds an id once, while there are fewer than MENTIONS_MAX. */
void mentions_add(GPtrArray *ids, const char *id);
/* Adds every id that an unquoted URL of the text names. */
void mentions_collect(GPtrArray *ids, const char *text, size_t length);
/* Adds those of earlier revisions: "- Link to v1: URL", "v1: URL", "[v1]
 * URL", "Changes since v1: URL" with a number below version, as b4 and people
 * write them, and what "supersedes the previous" one, with its URL in the same
 * or the next lines. A version of 1 is one that the subject does not say: then
 * changes may be since any. */
void mentions_collect_earlier(GPtrArray *ids, const char *text, size_t length,
                              unsigned version);
