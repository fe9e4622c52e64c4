/* SPDX-License-Identifier: MIT */
/*
 * Decides what became of each patch set: one state and one cause, from all that
 * the other finders found. Code that counts, filters or prints sets by what
 * became of them asks for the state.
 */
#pragma once

#include "sets/sets.h"

/* Fills in state and cause of all sets, once all else is known. */
void state_find(Sets *sets);
/* Returns true if a set is still open: somebody may answer, review or apply it,
 * or has done so for some of its parts. */
bool state_is_open(SetState state);
