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
