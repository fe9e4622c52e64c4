/* SPDX-License-Identifier: MIT */
/*
 * Which patches were applied: by notices, until they are taken back, and by
 * the pull requests that list them.
 */
#pragma once

#include "sets/assembly.h"

/* Fills what sets know of it, once answers are known. */
void applied_find(Assembly *assembly);
