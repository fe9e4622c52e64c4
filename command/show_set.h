/* SPDX-License-Identifier: MIT */
/*
 * The patch set of a post, for `listpulse show`: its parts, its revisions,
 * who reviewed it and what became of it.
 */
#pragma once

#include "activity/record.h"
#include "command/shown_model.h"

#include <glib.h>
#include <stdbool.h>

/* Appends lines; nothing where the post is of no set and answers none. */
void show_set(const ShownModel *model, GString *out);
/* Returns why a set is known for a revision of the one before it: "same title";
 * lent. */
const char *show_set_evidence(const PatchSet *newer);
/* Returns true of a post that says that it supersedes a set, whose index is
 * index, and is not believed. */
bool show_set_is_claim(const Sets *sets, unsigned record, int index,
                       const PatchSet *set);
/* "what        text": one line, made visible. */
void show_line(GString *out, const char *what, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* "mark  time  " what "  subject" of another post. */
void show_post_line(GString *out, const char *what, const PostRecord *post,
                    const char *word);
/* "2025-03-11 06:45:22 +0000"; owned. */
char *show_time(int64_t seconds, int offset_minutes);
