/* SPDX-License-Identifier: MIT */
/*
 * Finds the branches that the tags of a subject name, those that a patch is
 * ported to. The same patch for two branches is not two revisions.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* tags: of a PatchSubject. */
bool branch_tags_name_any(const GPtrArray *tags);
/* Returns true if a tag names a branch that fixes are ported to: "6.1.y",
 * "stable". */
bool branch_tags_name_port(const GPtrArray *tags);
/* Returns true if a tag names a release and nothing else: "6.1". */
bool branch_tags_name_release(const GPtrArray *tags);
/* Returns true if a tag says that a program chose the patch for such a branch.
 */
bool branch_tags_are_automatic(const GPtrArray *tags);
bool branch_tags_are_same(const GPtrArray *tags, const GPtrArray *others);
/* Returns true if only one of two lists of tags names a release, and neither a
 * branch that patches are ported to: "[PATCH 5.12]", then "[PATCH v2]". */
bool branch_tags_may_differ(const GPtrArray *tags, const GPtrArray *others);
/* Returns true if each of two lists of tags names a repository that the other
 * does not: "[PATCH libubox]", "[PATCH ubus]". "net" and "net-next" count as
 * one. */
bool branch_tags_are_parted(const GPtrArray *tags, const GPtrArray *others);
