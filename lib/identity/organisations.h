/* SPDX-License-Identifier: MIT */
/*
 * Reads gitdm's maps: lines "ADDRESS-OR-DOMAIN EMPLOYER [< YYYY-MM-DD]"; "#"
 * starts a comment. The date (UTC) is the first day on which the line no longer
 * holds.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct Organisations Organisations;

/* Fails with IDENTITY_ERROR, which names path and line, if a line has another
 * form. */
Organisations *organisations_new(const char *path, const char *bytes,
                                 size_t length, GError **error);
void organisations_free(Organisations *organisations);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Organisations, organisations_free)

/* Returns the employer of an address at that time, else that of the longest
 * part of its domain that has one: a line for intel.com holds for
 * linux.intel.com. Of several lines for one key the one that ends next counts,
 * of equal ones the first. Lent; NULL: none. address: lower case. */
const char *organisations_find(const Organisations *organisations,
                               const char *address, int64_t when_seconds);
