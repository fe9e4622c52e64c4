/* SPDX-License-Identifier: MIT */
/*
 * Who answered and reviewed patch sets. As of all mail that is known, whatever
 * the interval.
 */
#pragma once

#include "sets/sets.h"

/* Fills answers. If the mails in between are missing, the subject of an answer
 * identifies the part: "Re: [PATCH v2 3/7]" in a thread with such a v2. */
void outcome_find_answers(Sets *sets);
/* Fills what sets know of their reviews and first answers. */
void outcome_find(Sets *sets);

/* True if a post is by who wrote a member of a set, or sent the set. */
bool outcome_is_by_author(const Sets *sets, unsigned record, unsigned member);
/* True if it is by anybody else who is no bot. */
bool outcome_is_by_others(const Sets *sets, unsigned record, unsigned member);

/* Returns true if a post is a reply to a patch by a person other than the
 * patch's author: reviewers are counted by such replies. A reply to a patch
 * that is not on the list counts, since its author is unknown. */
bool outcome_is_review_reply(Sets *sets, unsigned record);
/* Returns true if a credit in a post counts: those to the patch's own author do
 * not. */
bool outcome_credit_counts(const Sets *sets, unsigned record,
                           const PostCredit *credit);
/* Seconds from a set's head to a record that answers it, by their Dates where
 * these can be believed, else by arrival; -1 for SETS_NONE. */
int64_t outcome_delay(const Sets *sets, const PatchSet *set, int answer);
/* Of each record: has somebody else, who is no bot, answered it. Owned. */
bool *outcome_were_answered(const Sets *sets);
