/* SPDX-License-Identifier: MIT */
/*
 * Compares two patch sets in what several rows of evidence need: versions,
 * branches, authors, contents and titles. `older` came first. Nothing here
 * decides that a set revises another: evidence.h does.
 */
#pragma once

#include "base/chains.h"
#include "sets/heads.h"
#include "sets/sets.h"

typedef struct Revisions {
    Sets *sets;
    uint32_t *titles; /* by record: a number for author and title, or 0 */
    Chains *sharers;  /* what members have in common -> sets, in order: see
                         revision.c */
    unsigned ties;    /* traits by which sets are tied, other than guesses */
} Revisions;

const SetMember *revision_member(const PatchSet *set, unsigned index);
const PostRecord *revision_record(const Revisions *revisions, unsigned record);

/* Returns what the heads of two sets are, and the sets' versions. */
Heads revision_heads(const Revisions *revisions, const PatchSet *older,
                     const PatchSet *set);

bool revision_is_same_version(const PatchSet *one, const PatchSet *other);
bool revision_is_older_version(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set);
bool revision_is_resend(const Revisions *revisions, const PatchSet *set);

/* Returns true if two records have one title and author. */
bool revision_has_title(const Revisions *revisions, unsigned one,
                        unsigned other);
/* Returns true if both records are by one author: see people.h. */
bool revision_is_same_author(const Revisions *revisions, unsigned one,
                             unsigned other);
/* Returns true if all parts of the later set are in the older one unchanged. */
bool revision_is_same_content(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set);
/* Returns how many parts of the set are in the older one, by title, patch-id
 * or change-id. */
unsigned revision_common_parts(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set);

/* Both as of heads.h: heads_is_titled_alike(), heads_is_other_work(). */
bool revision_is_titled_alike(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set);
bool revision_is_other_work(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set);

/* Returns true if all of the older set was in a tree before the other came. */
bool revision_was_taken(const PatchSet *older, const PatchSet *set);
/* Returns true if the set came so soon after the older one that the same title
 * is the same work. */
bool revision_is_repost(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set);
/* Returns true if the changes of both may show that one revises the other: a
 * set that was applied is revised only by a higher version with nearly the same
 * title. */
bool revision_may_guess(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set);
/* Returns true for two posts with one Message-ID and Date: one mail that came
 * twice. With another Date it was sent again. */
bool revision_is_same_mail(const Revisions *revisions, const PatchSet *one,
                           const PatchSet *other);
/* Returns true if version, branch and repository allow the set to revise the
 * older one, and the older one was not applied before the same version came
 * again. */
bool revision_may_follow(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set);
