/* SPDX-License-Identifier: MIT */
/*
 * Builds threads, patch sets and all that is known about them from the records
 * of posts: section 6 of the specification. The same posts give the same result
 * in whatever order they were counted, since everything is decided in order of
 * (arrival, mark). Pure. The functions of build.c are the table of contents:
 * each finder fills the fields of the model that its header names, in the order
 * in which they need each other.
 */
#pragma once

#include "sets/sets.h"

/* Finds everything. All arguments are lent for the result's life; records are
 * sorted by record_compare(). subjects: NULL for a list without a prefix. */
Sets *sets_build(const PostRecord *records, unsigned count,
                 const People *people, SubjectCache *subjects);

/* The same in two steps, for callers that may drop the sets once they know what
 * ties them. */
typedef struct SetsBuilding SetsBuilding;

/* Finds members, answers, what notices apply, and ties. Arguments as above. */
SetsBuilding *sets_begin(const PostRecord *records, unsigned count,
                         const People *people, SubjectCache *subjects);
/* Returns the model as far as it is known; lent. */
const Sets *sets_so_far(const SetsBuilding *building);
/* Finds the rest, frees the building and returns its model; owned. */
Sets *sets_finish(SetsBuilding *building);
/* Frees the building and its model. */
void sets_building_free(SetsBuilding *building);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SetsBuilding, sets_building_free)

/* Finds only which posts belong to one set: no answers, revisions, outcomes. */
Sets *sets_build_members_only(const PostRecord *records, unsigned count,
                              const People *people, SubjectCache *subjects);
