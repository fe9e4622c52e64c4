/* SPDX-License-Identifier: MIT */
/*
 * Finds who answered and reviewed patch sets. Uses all mail that is known,
 * whatever the interval. Nothing here fails: a set that nobody answered keeps
 * SETS_NONE and zero.
 */
#pragma once

#include "sets/sets.h"

/* Fills what sets know of their reviews, first answers and pings, and which
 * members are reviewed. Takes what answers_find() has filled. */
void reviews_find(Sets *sets);

/* Returns true if a post is a reply to a patch by a person other than the
 * patch's author: reviewers are counted by such replies. A reply to a patch
 * that is not on the list counts, since its author is unknown. */
bool reviews_is_reply(Sets *sets, unsigned record);
/* Returns true if a credit in a post counts; one to the patch's own author does
 * not. */
bool reviews_credit_counts(const Sets *sets, unsigned record,
                           const PostCredit *credit);
