/* SPDX-License-Identifier: MIT */
/*
 * Branches that the tags of a subject name: what a patch is ported to. The
 * same patch for two branches is not two revisions.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* tags: of a PatchSubject. */
bool branch_is_named(const GPtrArray *tags);
bool branch_is_same(const GPtrArray *tags, const GPtrArray *others);
/* Returns true if only one of two lists of tags names a release, and neither a
 * branch that patches are ported to: "[PATCH 5.12]", then "[PATCH v2]". */
bool branch_may_differ(const GPtrArray *tags, const GPtrArray *others);
