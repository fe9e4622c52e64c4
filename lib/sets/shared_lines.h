/* SPDX-License-Identifier: MIT */
/*
 * Whether a patch may be another's new form by the lines that both change: it
 * came later, and its version is not lower. Of a higher version the title must
 * be another: equal ones tell by themselves. What that says of two sets is for
 * evidence_guess.c.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

#include <stdbool.h>
#include <stdint.h>

/* Returns flags (1 << index in content) of the newer part's lines that the
 * older one changes, too; 0 if it may not be its new form. */
unsigned shared_lines_flags(const PostRecord *older,
                            const PatchSubject *older_subject,
                            const PostRecord *newer,
                            const PatchSubject *newer_subject);
/* Returns true if both change a line, whatever else they are. */
bool shared_lines_any(const PostRecord *one, const PostRecord *other);
/* Returns true if the titles of two heads are worded alike. */
bool shared_lines_titled_alike(const PatchSubject *older,
                               const PatchSubject *newer);
/* Returns true if one line in common tells: the other head has the next
 * version, or a title that is alike. */
bool shared_lines_one_tells(const PatchSubject *older, unsigned older_version,
                            const PatchSubject *newer, unsigned newer_version);
