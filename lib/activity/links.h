/* SPDX-License-Identifier: MIT */
/*
 * All keys under which a post is found. A function of its record, so that
 * what was added on arrival can be checked and taken away later.
 */
#pragma once

#include "activity/link.h"
#include "activity/record.h"

#include <glib.h>

/* A head's record of version 2 or later that answers nothing and names neither
 * change nor older set: what it revises, only its words and paths tell. */
bool activity_is_lone_revision(const PostRecord *record,
                               const PatchSubject *subject);
/* The same, but it may answer something: patches of one work are sent below
 * each other. Of records that older programs made, only what answers nothing.
 */
bool activity_may_be_reworded(const PostRecord *record,
                              const PatchSubject *subject);
/* A reply, or a program's mail of a commit, that names nothing that it answers:
 * only its title tells. */
bool activity_is_stray(const PostRecord *record, const PatchSubject *subject);
/* The same without the subject: false of nearly all mail. */
bool activity_may_be_stray(const PostRecord *record);
/* author_address: lower case, of the record's author. Owned array of
 * uint64_t, each key once. */
GArray *activity_links(const PostRecord *record, const PatchSubject *subject,
                       const char *author_address);
/* The same with the subject read from the record; prefix: the list's own. */
GArray *activity_links_of_record(const PostRecord *record, const char *prefix,
                                 const char *author_address);
