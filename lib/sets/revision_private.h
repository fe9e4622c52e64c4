/* SPDX-License-Identifier: MIT */
/*
 * What the files of revisions share: revision.c links sets by what names them,
 * revision_alike.c those that nothing links by what they change.
 */
#pragma once

#include "sets/revision.h"

typedef struct Revisions {
    Sets *sets;
    uint32_t *titles;      /* by record: a number for author and title, or 0 */
    GHashTable *by_change; /* change link -> GArray of set indexes */
    GHashTable *by_title;  /* number -> likewise */
    GHashTable *by_patch;  /* patch link -> likewise */
    GHashTable *by_work;   /* work link of the head -> likewise */
    GHashTable *by_line;   /* a line of the sketch -> likewise */
} Revisions;

typedef enum Relation {
    RELATION_NONE,
    RELATION_WEAK,
    RELATION_STRONG
} Relation;

/* The latest before, and the earliest after; a strong relation wins. */
typedef struct Neighbour {
    int older, newer;
    Relation older_relation, newer_relation;
} Neighbour;

const SetMember *revision_member(const PatchSet *set, unsigned index);
const PostRecord *revision_record(const Revisions *revisions, unsigned record);
bool revision_is_same_version(const PatchSet *one, const PatchSet *other);
bool revision_is_older_version(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set);
bool revision_is_same_branch(const Revisions *revisions, const PatchSet *older,
                             const PatchSet *set);
/* Returns true if all of the older set was applied before the other was sent
 * under no higher version, and not as a resend. */
bool revision_was_applied(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set);
/* The same person, or one of the same name: people write from home and from
 * work, and not every list has a mailmap. */
bool revision_is_same_author(const Revisions *revisions, unsigned one,
                             unsigned other);
/* Those of sets that come before the set, the latest ones. */
void revision_add_candidates(const GArray *indexes, int set,
                             GHashTable *candidates);

/* Sets that have no older one yet: by the lines that both change; by the words
 * of their titles and what they work on. */
void revision_take_of_lines(const Revisions *revisions,
                            const Neighbour *neighbours);
void revision_take_reworded(const Revisions *revisions,
                            const Neighbour *neighbours);
