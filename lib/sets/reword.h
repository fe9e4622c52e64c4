/* SPDX-License-Identifier: MIT */
/*
 * Whether a set may be another's revision although its title was worded anew
 * and nothing in it names the other: the same author works on the same file,
 * the version is higher, and the titles share what they say. Shown by real
 * lists; see tests/unit/sets/test_reword.c for where the line runs.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

/* Returns how many words the titles of two heads share; 0 if the newer one is
 * not the older one worded anew. */
unsigned reword_likeness(const PostRecord *older,
                         const PatchSubject *older_subject,
                         const PostRecord *newer,
                         const PatchSubject *newer_subject);
