/* SPDX-License-Identifier: MIT */
/*
 * What people say in their own words became of patches: that they were
 * applied ("Applied, thanks"), or that they are so no more or need not be
 * looked at ("I have dropped this patch", "please ignore this series"). Each
 * sentence becomes a string of word classes (lexicon.h); the patterns below
 * are regular expressions over such strings. Quoted text makes no claim.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum PatchClaim {
    PATCH_CLAIM_APPLIED,
    /* For whoever applied it: it is so no more. For its author: it waits no
     * more. From anybody else it means nothing, which the sets decide. */
    PATCH_CLAIM_WITHDRAWN,
    /* Somebody changed a patch as was advised, or is going to. */
    PATCH_CLAIM_REWORKED,
    /* What is told in the same paragraph was done to try it. */
    PATCH_CLAIM_TRIED,
    /* What is told in the same paragraph was done to patches that the writer
     * sent in its stead. */
    PATCH_CLAIM_REPLACED,
    PATCH_CLAIMS,
} PatchClaim;

typedef struct PatchPattern {
    PatchClaim claim;
    const char *name;
    const char *regex;   /* over WordClass letters and the marks , . ? - */
    const char *example; /* a sentence that it is for */
    const char *counter; /* one that looks like it and makes no claim */
} PatchPattern;

/* All patterns, in the order in which they are tried. */
const PatchPattern *patch_patterns(size_t *count);

/* By claim, the first pattern that a sentence of the text fits, or NULL. */
typedef struct PatchClaims {
    const PatchPattern *by[PATCH_CLAIMS];
    bool is_bare;           /* "Applied": it names no tree and no patch */
    unsigned applied_block; /* of own lines between quoted ones */
    uint64_t reworked_blocks;
} PatchClaims;

PatchClaims patch_sentences_claims(PatchText text);

/* The classes of the text's sentences, a line each: for tests and tools.
 * Owned by the caller. */
char *patch_sentences_classes(PatchText text);

/* "Applied" between other answers to advice ("Fixed.", "I have added one"):
 * its author's, whoever that is. */
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
