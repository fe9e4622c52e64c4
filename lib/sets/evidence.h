/* SPDX-License-Identifier: MIT */
/*
 * The evidence that one patch set is a revision of another: a table with a row
 * for each way to know it. revision.c judges two sets by it, lib/gather looks
 * up what its traits lead to, `listpulse show` prints a row's name, and
 * listpulse-rules(7) lists the names; tests/unit/sets/test_evidence.c compares
 * that list with the table.
 *
 * To add a way: add a row in evidence.c with a function that says whether it
 * holds, and add its name to the manual. If posts are to be found by something
 * new that they have in common, add a trait, its key in activity/links.c, and
 * the look-ups for it to wishes_of_trait in gather/gather.c.
 */
#pragma once

#include "activity/link.h"
#include "sets/sets.h"

/* What two sets have in common, so that one leads to the other. */
typedef enum EvidenceTrait {
    TRAIT_NAME,    /* an id that one names and the other has */
    TRAIT_ANSWER,  /* a mail that one answers and the other has */
    TRAIT_CHANGE,  /* a change-id */
    TRAIT_PATCH,   /* a patch-id */
    TRAIT_TITLE,   /* a title */
    TRAIT_LINE,    /* a changed line */
    TRAIT_WORK,    /* author and file */
    TRAIT_OPENING, /* author and first words of the title */
    TRAITS,
} EvidenceTrait;

typedef enum EvidenceStrength {
    EVIDENCE_SURE,
    EVIDENCE_PARTS, /* ranks after all that is sure; many parts rank before
                       few */
    EVIDENCE_GUESS, /* counts only if nothing else ties either set to another */
} EvidenceStrength;

/* A key of the store. */
typedef struct EvidenceKey {
    LinkKind link;
    uint64_t digest;
} EvidenceKey;

enum { EVIDENCE_KEYS_MAX = 4, EVIDENCE_VALUES_MAX = PATCH_SKETCH_LINES };
enum { EVIDENCE_FOUND_MAX = 128 }; /* a key of more posts identifies nothing */

/* How a trait is found. */
typedef struct EvidenceFinder {
    unsigned limit;   /* of posts under a key, above which it is ignored */
    bool is_of_heads; /* only heads of sets are compared by it */
    /* Fills in the trait's values in a record, never 0, and returns their
     * number; NULL of ids, which are followed, and of titles, of which a
     * record alone does not have a value. */
    unsigned (*values)(const PostRecord *record, uint64_t *values);
    /* Returns true if a set with this head looks for older ones by it; NULL:
     * each does. */
    bool (*seeks_older)(const PostRecord *record, const PatchSubject *subject);
    /* Fills in the keys under which the store has older and newer sets with
     * the same values, and returns their number. NULL of ids: whole threads
     * are read. */
    unsigned (*keys)(const PostRecord *record, SubjectCache *subjects,
                     EvidenceKey *keys);
} EvidenceFinder;

typedef struct Revisions Revisions;

typedef struct Evidence {
    RevisionReason reason;
    const char *name; /* as `listpulse show` says it */
    const char *rule; /* of listpulse-rules(7) */
    EvidenceStrength strength;
    unsigned traits;  /* bits 1 << EvidenceTrait: one of them leads from each
                         set to the other */
    bool is_explicit; /* holds whatever versions and branches say */
    /* Returns how strong it is: the number of parts, lines or words that both
     * have in common, or 1 where that does not matter; 0 if it does not hold.
     */
    unsigned (*holds)(const Revisions *revisions, const PatchSet *older,
                      const PatchSet *newer);
} Evidence;

/* Both tables; the rows of evidence end with one without a name. */
extern const EvidenceFinder evidence_finders[TRAITS];
extern const Evidence evidence_table[];

/* Returns the first row, of those of a strength up to `most`, that shows that
 * a set revises an older one, and sets *weight to what its holds() returned;
 * NULL if there is none. */
const Evidence *evidence_of(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *newer, EvidenceStrength most,
                            unsigned *weight);
/* Returns the traits of all rows of a strength, as bits 1 << EvidenceTrait. */
unsigned evidence_traits(EvidenceStrength strength);
/* Returns true if two heads with one title show, without their sets, that the
 * newer one's set revises the older one's: they have the same author, another
 * version and no tags. False proves nothing. */
bool evidence_heads_show_title(const People *people, const PostRecord *older,
                               const PatchSubject *older_subject,
                               const PostRecord *newer,
                               const PatchSubject *newer_subject);
/* Returns the name of a reason; lent. */
const char *evidence_name(RevisionReason reason);
