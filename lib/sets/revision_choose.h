/* SPDX-License-Identifier: MIT */
/*
 * Chooses among all ties of sets which older and which newer revision each has.
 */
#pragma once

#include "sets/revision_pair.h"

/* The ties of a set with others, guesses excepted. */
typedef struct Neighbour {
    GArray *older, *newer; /* unsigned indexes of sets->ties; NULL: none */
} Neighbour;

/* Turns the ties of sets into older and newer revisions: each set has at most
 * one of both, and is the newer one of its older one. neighbours: one a set. */
void revision_choose(const Revisions *revisions, const Neighbour *neighbours);
