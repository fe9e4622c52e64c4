/* SPDX-License-Identifier: MIT */
/*
 * What stands in the brackets of a subject, "[PATCH net-next v3 2/7]": which of
 * its words say something of a patch, and which are tags. For subject.c, which
 * finds the groups of a subject and what stands between them.
 */
#pragma once

#include "patch/span.h"
#include "patch/subject.h"

/* Returns the "]" that closes the group at "[", nested ones passed over; where
 * they are not balanced, the first "]". NULL: that is no group. */
const char *subject_group_end(const char *at);
/* Reads the words of a group, without its brackets, into the subject. */
void subject_group_read(PatchSubject *subject, const Span *text);
/* Reads a tag that is mistyped, for its version and number: whether it is a
 * patch, only its diff says. Returns what follows it; NULL if there is none. */
const char *subject_group_read_broken(PatchSubject *subject, const char *at);
/* Returns true if what was read so far is of a patch: PATCH, RFC, RESEND, a
 * version or a number. */
bool subject_group_says_something(const PatchSubject *subject);
/* Returns true of "PATCH" and other words with a meaning. */
bool subject_group_is_keyword(const Span *word);
/* Adds a word to the tags, as it is written; beyond 32 it is dropped. */
void subject_group_add_tag(PatchSubject *subject, const Span *word);
