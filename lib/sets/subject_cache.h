/* SPDX-License-Identifier: MIT */
/*
 * A cache of parsed subjects: gathering and building sets need them many times.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

#include <glib.h>

typedef struct SubjectCache SubjectCache;

/* prefix: of the list's subjects, or NULL; lent. */
SubjectCache *subject_cache_new(const char *prefix);
void subject_cache_free(SubjectCache *cache);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SubjectCache, subject_cache_free)

/* Returns the record's subject; lent, and valid even if the record moves. */
const PatchSubject *subject_cache_get(SubjectCache *cache,
                                      const PostRecord *record);
/* Returns the link_title_digest() of the record's subject. */
uint64_t subject_cache_title(SubjectCache *cache, const PostRecord *record);
