/* SPDX-License-Identifier: MIT */
/*
 * What `classic` prints, by the rules of the sample digest: its own idea of a
 * patch, names as they stood in the mail.
 */
#pragma once

#include "digest/digest.h"
#include "gather/span.h"
#include "sets/people.h"
#include "store/store.h"

/* Fills digest->classic. */
bool sample_load(Store *store, const char *list, const Span *span,
                 People *people, Digest *digest, GError **error);

/* The pure part: records in any order, and their people. */
void sample_count(const GArray *records, const People *people,
                  DigestClassic *classic);
/* Entries, newest Date first; posts (uint32_t) are theirs, in their order. */
void sample_entries(const GArray *records, const People *people,
                    DigestClassic *classic, GArray *posts);
/* "linaro.org" of " Name <name@linaro.org>"; owned; "" if there is none. */
char *sample_domain(const char *raw);
