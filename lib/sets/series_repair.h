/* SPDX-License-Identifier: MIT */
/*
 * Sets whose subjects do not tell it: covers of another total, sent twice or
 * without a tag, forgotten versions, parts that came on top or replace some of
 * an older set.
 */
#pragma once

#include "sets/draft.h"

/* Once sets are put together by thread and name. */
void series_repair(Series *series);
