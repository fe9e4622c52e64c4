/* SPDX-License-Identifier: MIT */
/*
 * What `classic` prints, by the rules of the sample digest: its own idea of a
 * patch, names as they stood in the mail.
 */
#pragma once

#include "digest/digest.h"
#include "gather/interval_rows.h"
#include "sets/people.h"
#include "store/store.h"

/* Fills digest->classic. */
bool classic_data_load(Store *store, const char *list, const IntervalRows *span,
                       People *people, Digest *digest, GError **error);

/* The pure part: records in any order, and their people. */
void classic_data_count(const GArray *records, const People *people,
                        DigestClassic *classic);
/* Entries, newest Date first; posts (uint32_t) are theirs, in their order. */
void classic_data_entries(const GArray *records, const People *people,
                          DigestClassic *classic, GArray *posts);
/* "linaro.org" of " Name <name@linaro.org>"; owned; "" if there is none. */
char *classic_data_domain(const char *raw);
