/* SPDX-License-Identifier: MIT */
/*
 * What the heads of two sets show: whether branches, versions, titles and times
 * allow that the newer set revises the older one by the lines that both change.
 * Whoever has both sets asks (evidence_guess.c), and whoever has to tell from
 * their heads alone whether the rest of them is worth fetching
 * (lib/gather/gather_kin.c): so the rules stand here once.
 */
#pragma once

#include "activity/record.h"
#include "patch/subject.h"

#include <stdbool.h>

/* Records and subjects are lent. */
typedef struct Heads {
    const PostRecord *older, *newer;
    const PatchSubject *older_subject, *newer_subject;
    PatchVersion older_version, newer_version; /* of the sets */
} Heads;

/* Returns true if the newer set has a higher version. */
bool heads_is_raised(const Heads *heads);
/* Returns true if the tags do not name two branches, of which each has a
 * revision of its own. */
bool heads_is_same_branch(const Heads *heads);
/* Returns true if both titles share words that say something. */
bool heads_is_titled_alike(const Heads *heads);
/* Returns true if the titles tell of different work, however alike the changes
 * are: of another model, release or file, or of another purpose long after. */
bool heads_is_other_work(const Heads *heads);

/* Both return true if so many lines in common prove a revision: those of parts
 * of one author; those of parts of others. are_single: each set is one patch.
 * has_title: both have one title and author; false where that is not known.
 * is_answer: the newer one answers the older one. */
bool heads_prove_own(const Heads *heads, unsigned lines, bool are_single,
                     bool has_title);
bool heads_prove_foreign(const Heads *heads, unsigned lines, bool is_answer);

/* Returns false if no part that is still to come can make the newer set a
 * revision by its lines. lines: in common by now; is_own: some of them are in
 * parts of one author. */
bool heads_may_prove(const Heads *heads, unsigned lines, bool is_own);
