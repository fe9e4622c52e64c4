/* SPDX-License-Identifier: MIT */
/*
 * Finds what people say in their own words about the fate of patches: that they
 * were applied ("Applied, thanks"), are no longer applied, or need not be
 * looked at ("I have dropped this patch", "please ignore this series"). Each
 * sentence becomes a string of word classes (lexicon.h); the patterns below are
 * regular expressions over such strings. Quoted text is ignored.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum PatchClaim {
    PATCH_CLAIM_APPLIED,
    /* From the person who applied it: it is no longer applied. From its author:
     * it no longer waits. From anybody else it means nothing; lib/sets decides
     * which it is. */
    PATCH_CLAIM_WITHDRAWN,
    /* Somebody changed a patch as advised, or is going to. */
    PATCH_CLAIM_REWORKED,
    /* What the same paragraph describes was done to try the patch. */
    PATCH_CLAIM_TRIED,
    /* What the same paragraph describes was done to patches that the writer
     * sent instead. */
    PATCH_CLAIM_REPLACED,
    PATCH_CLAIMS,
} PatchClaim;

typedef struct PatchPattern {
    PatchClaim claim;
    const char *name;
    const char *regex;   /* over WordClass letters and the marks , . ? - */
    const char *example; /* a sentence that it matches */
    const char *counter; /* one that looks similar but makes no claim */
} PatchPattern;

/* All patterns, in the order in which they are tried. */
const PatchPattern *patch_patterns(size_t *count);

/* For each claim, the first pattern that a sentence of the text matches, or
 * NULL. */
typedef struct PatchClaims {
    const PatchPattern *by[PATCH_CLAIMS];
    bool is_bare;           /* "Applied": it names no tree and no patch */
    unsigned applied_block; /* of own lines between quoted ones */
    uint64_t reworked_blocks;
} PatchClaims;

PatchClaims patch_sentences_claims(PatchText text);

/* Returns the classes of the text's sentences, one per line, for tests and
 * tools. Owned by the caller. */
char *patch_sentences_classes(PatchText text);

/* Returns true for an "Applied" among other answers to advice ("Fixed.", "I
 * have added one"): the author of the patch writes so, whatever the address. */
static inline bool patch_claims_are_advice(const PatchClaims *claims)
{
    return claims->by[PATCH_CLAIM_APPLIED] != NULL && claims->is_bare &&
           (claims->reworked_blocks &
            ~(UINT64_C(1) << MIN(claims->applied_block, 63))) != 0;
}

static inline bool patch_sentences_say_applied(PatchText text)
{
    return patch_sentences_claims(text).by[PATCH_CLAIM_APPLIED] != NULL;
}

static inline bool patch_sentences_say_withdrawn(PatchText text)
{
    return patch_sentences_claims(text).by[PATCH_CLAIM_WITHDRAWN] != NULL;
}
