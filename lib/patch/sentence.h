/* SPDX-License-Identifier: MIT */
/*
 * Does somebody say in their own words that patches were applied? "Applied,
 * thanks", "Both patches queued for 5.3", "I've pushed this to next"; but not
 * "I applied this and it fails", "When applied", "applied on top of", or a
 * question. What is quoted says nothing.
 */
#pragma once

#include "patch/line.h"

#include <stdbool.h>

bool patch_sentences_say_applied(PatchText text);
