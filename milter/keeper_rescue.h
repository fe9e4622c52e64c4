/* SPDX-License-Identifier: MIT */
/*
 * Copies rows that were not counted from the journal before this one, a few
 * between mails. What cannot be read is named as a gap before the place in the
 * old journal moves on behind it. If the new journal does not take them now,
 * the same rows are tried again. On the keeper's thread, without its mutex.
 */
#pragma once

#include "milter/keeper_state.h"

/* One step; ends the rescue when nothing is left. Only while keeper->rescue
 * names a file. */
void keeper_rescue_go_on(Keeper *keeper);
/* Takes up what an earlier life could not copy. */
void keeper_rescue_resume(Keeper *keeper);
