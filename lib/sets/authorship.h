/* SPDX-License-Identifier: MIT */
/*
 * Decides whether a post is by the people behind a part: the part's author, or
 * the sender of its set. They are recognised by the person that mailmap and
 * address lead to, and by a full name at another address. Nothing here fails:
 * an unknown person counts as somebody else.
 */
#pragma once

#include "sets/sets.h"

/* Returns true if a program sent a post. */
bool authorship_is_bot(const Sets *sets, unsigned record);
/* Returns true if the person behind a number (of a From, as people has it) is
 * the author of a part, or sent its set: the author of a set's first patch may
 * well review the others. member: a record that is in a set. */
bool authorship_is_own(const Sets *sets, uint32_t number, unsigned member);
/* Returns true if a post is by the author of a part, or by the set's sender. */
bool authorship_is_by_author(const Sets *sets, unsigned record,
                             unsigned member);
/* Returns true if it is by anybody else, bots excepted. */
bool authorship_is_by_others(const Sets *sets, unsigned record,
                             unsigned member);
