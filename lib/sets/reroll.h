/* SPDX-License-Identifier: MIT */
/*
 * Single patches that revise no set, but one part of a series: "[PATCH v2]"
 * with the title of 3/7. The series goes on without it.
 */
#pragma once

#include "sets/revision_pair.h"

/* Fills in rerolled of all sets that have no older one. */
void reroll_find(const Revisions *revisions);
