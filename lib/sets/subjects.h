/* SPDX-License-Identifier: MIT */
/*
 * A cache of parsed subjects: gathering and building sets need them many times.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

#include <glib.h>

typedef struct Subjects Subjects;

/* prefix: of the list's subjects, or NULL; lent. */
Subjects *subjects_new(const char *prefix);
void subjects_free(Subjects *subjects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Subjects, subjects_free)

/* Returns the record's subject; lent, and valid even if the record moves. */
const PatchSubject *subjects_of(Subjects *subjects, const PostRecord *record);
/* Returns the link_title_digest() of the record's subject. */
uint64_t subjects_title(Subjects *subjects, const PostRecord *record);
