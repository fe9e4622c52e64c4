/* SPDX-License-Identifier: MIT */
/*
 * Mail as activities, made as import makes them; and digests of it.
 */
#pragma once

#include "archive/archive.h"
#include "digest/load.h"
#include "store/store.h"

/* The activity of one mail; owned. */
Activity *test_post(const ArchiveMail *mail, const char *list);
/* Activities (owned) of all mails of an archive in the corpus folder; a
 * bundle is cloned first. NULL if it is not there. */
GPtrArray *test_posts(const char *name, const char *list);
/* Counts them all, in this order; fails the test otherwise. */
void test_count_posts(Store *store, const GPtrArray *posts);
/* The digest of a request, of which list, settings and identity are filled in.
 */
Digest *test_digest_asked(Store *store, const char *list,
                          const DigestRequest *asked);
/* The digest of an interval with these DigestSections. */
Digest *test_digest_of(Store *store, const char *list,
                       const IntervalRequest *interval, unsigned sections);
/* The digest of [from, until) with all sections. */
Digest *test_digest(Store *store, const char *list, int64_t from_ms,
                    int64_t until_ms);
/* The same with its totals alone. */
Digest *test_numbers(Store *store, const char *list, int64_t from_ms,
                     int64_t until_ms);
