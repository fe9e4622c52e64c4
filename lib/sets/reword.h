/* SPDX-License-Identifier: MIT */
/*
 * Decides whether a set may be another's revision although its title has new
 * wording and nothing in it names the other: the same author works on the same
 * file, the version is higher, and the titles share words that matter. The
 * limits were found on real lists; tests/unit/sets/test_reword.c shows them.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

/* The same of titles that begin alike and have nearly all words in common,
 * whatever they work on; without a higher version all words, and the file. */
unsigned reword_retitled(const PostRecord *older,
                         const PatchSubject *older_subject,
                         const PostRecord *newer,
                         const PatchSubject *newer_subject);
/* Returns how many words the titles of two heads share; 0 if the newer one is
 * not the older one in new words. */
unsigned reword_likeness(const PostRecord *older,
                         const PatchSubject *older_subject,
                         const PostRecord *newer,
                         const PatchSubject *newer_subject);
