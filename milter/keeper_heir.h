/* SPDX-License-Identifier: MIT */
/*
 * Another journal in the place of one that was damaged, deleted or replaced,
 * and what it inherits: the origin, gaps, positions, and rows that are still to
 * be copied (keeper_rescue.h). All on the keeper's thread and without its
 * mutex, since files may be slow.
 */
#pragma once

#include "milter/keeper_state.h"

/* Begins another journal; why: "is damaged". At most one in ten seconds. If no
 * file can be made, that is logged, and the old one is kept and looked at
 * again. */
void keeper_heir_begin(Keeper *keeper, const char *why, bool is_gone);
/* Writes down in the new journal what it inherits: before that, nothing else
 * may be written. Fails with JOURNAL_ERROR, and is to be tried again. From here
 * on the processor opens it. */
bool keeper_heir_hand_down(Keeper *keeper, GError **error);
