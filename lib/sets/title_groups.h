/* SPDX-License-Identifier: MIT */
/*
 * Groups parts that have the same title and author under one number, since they
 * are compared often.
 */
#pragma once

#include "sets/sets.h"

#include <stdint.h>

/* Returns a number for each record, equal for equal titles of one person; 0 for
 * records outside sets and for titles that identify nothing. Owned. */
uint32_t *title_groups_find(Sets *sets);
