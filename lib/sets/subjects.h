/* SPDX-License-Identifier: MIT */
/*
 * Subjects of records, each read once: gathering and assembling ask for them
 * again and again.
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

/* Lent. The record may move meanwhile, its subject stays. */
const PatchSubject *subjects_of(Subjects *subjects, const PostRecord *record);
/* Its link_title_digest. */
uint64_t subjects_title(Subjects *subjects, const PostRecord *record);
