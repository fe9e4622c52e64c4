/* SPDX-License-Identifier: MIT */
/*
 * Computes all keys under which a post is found, from its record alone, so that
 * what was added on arrival can be checked and removed later.
 */
#pragma once

#include "activity/link.h"
#include "activity/record.h"

#include <glib.h>

/* Returns true for the record of a head of version 2 or later that answers
 * nothing and names neither a change nor an older set: only its words and paths
 * show what it revises. */
bool activity_is_lone_revision(const PostRecord *record,
                               const PatchSubject *subject);
/* The same, but it may answer something, since patches of one work are sent as
 * answers to each other. A record that an older program made must answer
 * nothing. */
bool activity_may_be_reworded(const PostRecord *record,
                              const PatchSubject *subject);
/* Returns true for a reply, or a program's mail about a commit, that does not
 * say which mail it answers: only its title shows it. */
bool activity_is_stray(const PostRecord *record, const PatchSubject *subject);
/* Returns false if the record shows without the subject that it is not stray,
 * as for nearly all mail. */
bool activity_may_be_stray(const PostRecord *record);
/* Returns an owned array of uint64_t, each key once. author_address: of the
 * record's author, lower case. */
GArray *activity_links(const PostRecord *record, const PatchSubject *subject,
                       const char *author_address);
/* The same with the subject read from the record; prefix: the list's own. */
GArray *activity_links_of_record(const PostRecord *record, const char *prefix,
                                 const char *author_address);
