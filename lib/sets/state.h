/* SPDX-License-Identifier: MIT */
/*
 * What became of each patch set: one state, for one cause, out of all that the
 * other finders found. Whoever counts, filters or prints sets by what became
 * of them asks for the state.
 */
#pragma once

#include "sets/sets.h"

/* Fills in state and cause of all sets, once all else is known. */
void state_find(Sets *sets);
/* Returns true if nothing became of a set yet: somebody may still answer,
 * review or apply it, or did so with some of its parts. */
bool state_is_open(SetState state);
