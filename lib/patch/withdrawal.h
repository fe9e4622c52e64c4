/* SPDX-License-Identifier: MIT */
/*
 * Does somebody say that what was applied is so no more, or never was: "I have
 * dropped this patch for now", "Dropped from my tree", "the thanks script got
 * confused"? Only whoever said that it was applied can mean that, which is for
 * the report to see. What is said of a part of the text or of the next version
 * ("I dropped this comment", "dropped in v2") is other news, and what is quoted
 * says nothing.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>

bool patch_withdrawal_is_told(PatchText text);
