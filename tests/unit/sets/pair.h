/* SPDX-License-Identifier: MIT */
/*
 * Two sets of posts, the older one first, for tests of what they are to each
 * other.
 */
#pragma once

#include "sets/revision_pair.h"
#include "tests/unit/sets/posts.h"

typedef struct Pair {
    Posts *posts;
    Sets *sets;
    uint32_t *titles;
    Revisions revisions;
    const PatchSet *older, *newer;
} Pair;

/* Builds everything of these lines (posts.h); fails the test unless they make
 * two sets. */
void pair_init(Pair *pair, const char *lines);
void pair_clear(Pair *pair);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Pair, pair_clear)

/* A row of evidence, and how much it says of two sets. */
typedef unsigned (*PairRow)(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set);
typedef struct PairCase {
    const char *lines;
    unsigned weight; /* 0: it does not hold */
} PairCase;

/* Fails the test for the first case of which the row says another weight. */
void pair_check(PairRow row, const PairCase *cases, size_t count);
