/* SPDX-License-Identifier: MIT */
/*
 * Situations of section 6 as a few posts and what is understood of them: a line
 * a set, "vVERSION SEEN/TOTAL: ids", then what else is known of it. All are put
 * together in several orders of counting.
 */
#pragma once

#include "identity/identity.h"

#include <stddef.h>

typedef struct Situation {
    const char *name, *posts, *sets; /* posts: see posts.h */
} Situation;

/* Returns what is understood of posts; owned. seed: the order in which they are
 * counted. Fails the test if revisions are not mutual. */
char *situations_describe(const char *posts, unsigned seed, Identity *identity);
/* Fails the test for the first situation that is understood otherwise. */
void situations_check(const Situation *situations, size_t count);
void situations_check_with(const Situation *situations, size_t count,
                           Identity *identity);
