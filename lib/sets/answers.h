/* SPDX-License-Identifier: MIT */
/*
 * Finds which part each post answers, and how long after its set. Uses all mail
 * that is known, whatever the interval. Nothing here fails: a post for which no
 * part is found answers nothing (SETS_NONE).
 */
#pragma once

#include "sets/sets.h"

/* Fills answers, once threads and sets are known. If the mails in between are
 * missing, the subject of an answer identifies the part: "Re: [PATCH v2 3/7]"
 * in a thread with such a v2. */
void answers_find(Sets *sets);

/* Returns the seconds from a set's head to a record that answers it, by their
 * Dates if these are plausible, else by arrival; -1 for SETS_NONE. */
int64_t answers_delay(const Sets *sets, const PatchSet *set, int answer);
/* Returns for each record whether another person answered it; bots do not
 * count. Owned. */
bool *answers_of_others(const Sets *sets);
