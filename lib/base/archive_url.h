/* SPDX-License-Identifier: MIT */
/*
 * Where a list's archive has a post: a pattern such as
 * "https://lists.example.org/archive/{message-id}/", which settings name and
 * which a mail's List-Archive and Archived-At (RFC 5064) tell.
 */
#pragma once

#include <stdbool.h>

enum { ARCHIVE_URL_MAX = 250 }; /* bytes of a pattern that mail tells */

/* Returns the address of a post: pattern with {message-id}, {mark} and
 * {message-id-hash} (Mailman 3's: base32 of its SHA-1) replaced; NULL if
 * pattern is "" or needs a Message-ID that the post lacks. Owned. */
char *archive_url(const char *pattern, const char *message_id,
                  const char *mark);
/* Returns whether a pattern has a place for a post. */
bool archive_url_is_pattern(const char *pattern);
/* Returns the pattern of which the first http or https URL among values (of
 * headers, unfolded, blanks between) is the post's own address; NULL if none
 * is. Owned. */
char *archive_url_learn(const char *values, const char *message_id);
/* Returns the host of an http or https URL, in lower case; NULL if it is none,
 * or names a user. Owned. */
char *archive_url_host(const char *url);
