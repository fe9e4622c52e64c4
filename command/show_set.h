/* SPDX-License-Identifier: MIT */
/*
 * Prints the patch set of a post for `listpulse show`: its parts, its
 * revisions, who reviewed it and what became of it.
 */
#pragma once

#include "activity/record.h"
#include "command/shown_model.h"

#include <glib.h>
#include <stdbool.h>

/* Appends lines; nothing if the post is in no set and answers none. */
void show_set(const ShownModel *model, GString *out);
/* Returns why a set is considered a revision of the one before it, "same
 * title"; lent. */
const char *show_set_evidence(const PatchSet *newer);
/* Returns true if a post claims to supersede the set with this index, and the
 * claim is not accepted. */
bool show_set_is_claim(const Sets *sets, unsigned record, int index,
                       const PatchSet *set);
/* Appends a line "what text", with control characters made visible. */
void show_line(GString *out, const char *what, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* Appends a line about another post: what, mark, time, word and subject. */
void show_post_line(GString *out, const char *what, const PostRecord *post,
                    const char *word);
/* Returns "2025-03-11 06:45:22 +0000"; owned. */
char *show_time(int64_t seconds, int offset_minutes);
