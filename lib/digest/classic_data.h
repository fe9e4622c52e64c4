/* SPDX-License-Identifier: MIT */
/*
 * Fills what only `classic` prints, by the rules of the digest that started the
 * project: its own definition of a patch, and names as they are in the mail.
 */
#pragma once

#include "digest/digest.h"
#include "gather/interval_rows.h"
#include "sets/people.h"
#include "store/store.h"

/* Fills digest->classic. */
bool classic_data_load(Store *store, const char *list, const IntervalRows *span,
                       People *people, Digest *digest, GError **error);

/* The pure part. records may be in any order; people knows their authors. */
void classic_data_count(const GArray *records, const People *people,
                        DigestClassic *classic);
/* Appends the entries, newest Date first, and appends the post of each to posts
 * (uint32_t). */
void classic_data_entries(const GArray *records, const People *people,
                          DigestClassic *classic, GArray *posts);
/* Returns "linaro.org" for " Name <name@linaro.org>", or "". Owned. */
char *classic_data_domain(const char *raw);
