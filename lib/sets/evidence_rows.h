/* SPDX-License-Identifier: MIT */
/*
 * The functions behind the rows of evidence.c, by their strength in three
 * files: evidence_sure.c, evidence_parts.c and evidence_guess.c. Each returns
 * what Evidence.holds promises. The older set came first; of rows that are not
 * explicit, revision_may_follow() is true of both.
 */
#pragma once

#include "sets/evidence.h"
#include "sets/revision_pair.h"

/* It names the older one, and has a part in it. */
unsigned evidence_is_named(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set);
/* Both have one change-id: of a cover, or of a single patch. */
unsigned evidence_has_change(const Revisions *revisions, const PatchSet *older,
                             const PatchSet *set);
/* Both heads have one title and author. */
unsigned evidence_has_title(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set);
/* The same title and parts under a lower version, counted anew. */
unsigned evidence_falls_back(const Revisions *revisions, const PatchSet *older,
                             const PatchSet *set);
/* It answers the older one's head, or all of it. */
unsigned evidence_answers(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set);

/* Half of the patches of the shorter one are in both. */
unsigned evidence_has_half(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set);
/* Only some parts of the older one came, and all of them came again. */
unsigned evidence_has_all_that_came(const Revisions *revisions,
                                    const PatchSet *older, const PatchSet *set);
/* The same version again, the first half alone. */
unsigned evidence_is_half(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set);
/* The same version again, with more patches. */
unsigned evidence_is_grown(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set);
/* The next version, in which a few parts of the older one are left. */
unsigned evidence_is_next(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set);
/* One patch, sent again under another title. */
unsigned evidence_is_same_diff(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set);
/* The next version, sent by another author. */
unsigned evidence_is_handed_over(const Revisions *revisions,
                                 const PatchSet *older, const PatchSet *set);

/* Both change the same lines; returns how many. */
unsigned evidence_has_lines(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set);
/* Nearly the same title, whatever it works on; returns how many words both
 * have. */
unsigned evidence_is_retitled(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set);
/* Another title for work on the same file; returns how many words both have. */
unsigned evidence_is_reworded(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set);
