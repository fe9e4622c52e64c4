/* SPDX-License-Identifier: MIT */
/*
 * Whether a patch may be another's new form by its content alone: it came
 * later, its version is not lower, and it changes some of the same lines. Of a
 * higher version the title must be another: equal ones tell by themselves. What
 * that says of two sets is for revision.c.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

#include <stdbool.h>
#include <stdint.h>

/* Of two parts. Flags which of the newer one's lines the older one has, too;
 * 0 if it may not be. */
unsigned content_shared(const PostRecord *older,
                        const PatchSubject *older_subject,
                        const PostRecord *newer,
                        const PatchSubject *newer_subject);
/* Is there a line that both change, whatever else they are? */
bool content_has_common_line(const PostRecord *one, const PostRecord *other);
/* Returns true if the titles of two heads are worded alike. */
bool content_is_titled_alike(const PatchSubject *older,
                             const PatchSubject *newer);
/* Returns true if one line in common tells: the other head has the next
 * version, or a title that is alike. */
bool content_tells_one_line(const PatchSubject *older, unsigned older_version,
                            const PatchSubject *newer, unsigned newer_version);
