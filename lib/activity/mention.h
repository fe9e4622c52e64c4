/* SPDX-License-Identifier: MIT */
/*
 * Collects the message ids in a text's URLs of archives, such as
 * "https://lore.kernel.org/r/<id>". Quoted lines never count.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

enum { MENTIONS_MAX = 64 };

/* Returns an array for the functions below; owned, of owned char *. */
GPtrArray *mentions_new(void);
/* Adds an id once, while there are fewer than MENTIONS_MAX. */
void mentions_add(GPtrArray *ids, const char *id);
/* Adds every id that an unquoted URL of the text names. */
void mentions_collect(GPtrArray *ids, const char *text, size_t length);
/* Adds the ids of earlier revisions: from "- Link to v1: URL", "v1: URL", "[v1]
 * URL", "Changes since v1: URL" with a number below version, as b4 and people
 * write them, or from "Changes since v1 [3]:" with "[3] URL" below, and from
 * "supersedes the previous" with a URL in the same or the next lines. version 1
 * means that the subject does not say one: then any number counts. */
void mentions_collect_earlier(GPtrArray *ids, const char *text, size_t length,
                              unsigned version);
