/* SPDX-License-Identifier: MIT */
/*
 * Decides by the lines that both change whether a patch may be another's new
 * form: it came later, and its version is not lower. If its version is higher
 * the titles must differ, since equal titles are evidence by themselves.
 * evidence_guess.c decides what that means for two sets.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

#include <stdbool.h>
#include <stdint.h>

/* Returns flags (1 << index in content) of those lines of the newer part that
 * the older one changes, too; 0 if it cannot be its new form. */
unsigned shared_lines_flags(const PostRecord *older,
                            const PatchSubject *older_subject,
                            const PostRecord *newer,
                            const PatchSubject *newer_subject);
/* Returns true if both change a line, whatever else they are. */
bool shared_lines_any(const PostRecord *one, const PostRecord *other);
/* Returns true if the titles of two heads are worded alike. */
bool shared_lines_titled_alike(const PatchSubject *older,
                               const PatchSubject *newer);
/* Returns true if one line in common is enough: the other head has the next
 * version, or a similar title. */
bool shared_lines_one_tells(const PatchSubject *older, unsigned older_version,
                            const PatchSubject *newer, unsigned newer_version);
