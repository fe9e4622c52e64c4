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
