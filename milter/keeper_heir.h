/* SPDX-License-Identifier: MIT */
/*
 * Begins another journal in the place of one that was damaged, deleted or
 * replaced. It inherits the origin, gaps, positions, and rows that are still to
 * be copied (keeper_rescue.h). All runs on the keeper's thread and without its
 * mutex, since files may be slow.
 */
#pragma once

#include "milter/keeper_state.h"

/* Begins another journal, at most one in ten seconds; why: "is damaged". If no
 * file can be made, logs that and keeps the old one, which is checked again
 * later. */
void keeper_heir_begin(Keeper *keeper, const char *why, bool is_gone);
/* Writes to the new journal what it inherits; nothing else may be written
 * before. Fails with JOURNAL_ERROR and must then be called again. After it the
 * processor opens the new journal. */
bool keeper_heir_hand_down(Keeper *keeper, GError **error);
