/* SPDX-License-Identifier: MIT */
/*
 * Repairs sets that cannot be put together by their subjects: covers with
 * another total, sent twice or without a tag; forgotten versions; parts that
 * were added later or replace some of an older set.
 */
#pragma once

#include "sets/draft.h"

/* To be called once sets are put together by thread and name. */
void series_repair(Series *series);
