/* SPDX-License-Identifier: MIT */
/*
 * Reads the words in the brackets of a subject, "[PATCH net-next v3 2/7]": some
 * describe a patch, the others are tags. For subject.c, which finds the groups
 * of a subject and the text between them.
 */
#pragma once

#include "patch/span.h"
#include "patch/subject.h"

/* Returns the "]" that closes the group at "[", past nested ones; if they are
 * not balanced, the first "]". NULL if it is not a group. */
const char *subject_group_end(const char *at);
/* Reads the words of a group, without its brackets, into the subject. */
void subject_group_read(PatchSubject *subject, const Span *text);
/* Reads version and number of a mistyped tag; only the diff can say whether the
 * mail is a patch. Returns what follows the tag; NULL if there is none. */
const char *subject_group_read_broken(PatchSubject *subject, const char *at);
/* Returns true if what was read so far describes a patch: PATCH, RFC, RESEND, a
 * version or a number. */
bool subject_group_says_something(const PatchSubject *subject);
/* Returns true for "PATCH" and other words with a meaning. */
bool subject_group_is_keyword(const Span *word);
/* Adds a word to the tags, as it is written; tags beyond 32 are dropped. */
void subject_group_add_tag(PatchSubject *subject, const Span *word);
