/* SPDX-License-Identifier: MIT */
/*
 * What the files of revisions share: revision.c links sets by what names them,
 * revision_alike.c those that nothing links by what they change.
 */
#pragma once

#include "sets/revision.h"

typedef struct Revisions {
    Sets *sets;
    uint32_t *titles; /* by record: a number for author and title, or 0 */
    Map *by_change;   /* change link -> GArray of set indexes */
    Map *by_title;    /* number -> likewise */
    Map *by_patch;    /* patch link -> likewise */
    Map *by_work;     /* work link of the head -> likewise */
    Map *by_line;     /* a line of the sketch -> likewise */
    Map *by_words;    /* a title, whoever wrote it -> those of several parts */
} Revisions;

/* What is known of a set's neighbours by more than guesses. */
typedef struct Neighbour {
    GArray *older, *newer; /* indexes of the ties with it; NULL: none */
} Neighbour;

const SetMember *revision_member(const PatchSet *set, unsigned index);
const PostRecord *revision_record(const Revisions *revisions, unsigned record);
bool revision_is_same_version(const PatchSet *one, const PatchSet *other);
bool revision_is_older_version(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set);
bool revision_is_same_branch(const Revisions *revisions, const PatchSet *older,
                             const PatchSet *set);
/* Returns true if all of the older set was in a tree before the other came. */
bool revision_was_taken(const PatchSet *older, const PatchSet *set);
/* Returns true for two posts of one Message-ID: one mail that came twice under
 * two Dates. */
bool revision_is_same_mail(const Revisions *revisions, const PatchSet *one,
                           const PatchSet *other);
/* Returns true if version, branch and repository allow that a set revises
 * another, and this one was not applied before the same version came. */
bool revision_may_follow(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set);
/* Returns true if the titles of both heads share words that say something. */
bool revision_is_titled_alike(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set);
/* Returns true if what both change may show that one revises the other: what
 * was applied is revised by a higher version of about the same title. */
bool revision_may_guess(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set);
/* Returns true if two titles tell of different work, however alike the changes
 * are: of another model, release or file, or of another purpose long after. */
bool revision_is_other_work(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set);
/* The same person, or one of the same name: people write from home and from
 * work, and not every list has a mailmap. */
bool revision_is_same_author(const Revisions *revisions, unsigned one,
                             unsigned other);
/* Those of sets that come before the set, the latest ones. */
void revision_add_candidates(const GArray *indexes, int set,
                             GHashTable *candidates);

/* Turns the ties of sets into older and newer revisions: each set has at most
 * one of both, and is the newer one of its older one. */
void revision_choose(const Revisions *revisions, const Neighbour *neighbours);

/* Sets that are tied to no older one: by the lines that both change; by the
 * words of their titles and what they work on. */
void revision_take_of_lines(const Revisions *revisions,
                            const Neighbour *neighbours);
void revision_take_reworded(const Revisions *revisions,
                            const Neighbour *neighbours);
