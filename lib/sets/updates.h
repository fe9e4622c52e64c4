/* SPDX-License-Identifier: MIT */
/*
 * Answers by which the author of a patch sends its next form, attached and
 * under a reply mark: "Updated patch attached."
 */
#pragma once

#include "sets/sets.h"

/* Makes patches of them in kinds; all others stay replies. Needs parents and
 * speakers. */
void updates_find(Sets *sets);
