/* SPDX-License-Identifier: MIT */
/*
 * Copies rows that were not counted from the journal before this one, a few
 * between mails. What cannot be read becomes a gap before the place in the old
 * journal moves past it. If the new journal does not take them now, the same
 * rows are tried again. On the keeper's thread, without its mutex.
 */
#pragma once

#include "milter/keeper_state.h"

/* Does one step; ends the rescue when nothing is left. To be called only while
 * keeper->rescue names a file. */
void keeper_rescue_go_on(Keeper *keeper);
/* Resumes what an earlier life did not finish. */
void keeper_rescue_resume(Keeper *keeper);
