/* SPDX-License-Identifier: MIT */
/*
 * Which parts have one title, of one person: compared often, so that each is
 * made a number once.
 */
#pragma once

#include "sets/sets.h"

#include <stdint.h>

/* For each record, owned: the same number for the same title; 0 for those of no
 * set, and for titles that say nothing. */
uint32_t *titles_number(Sets *sets);
