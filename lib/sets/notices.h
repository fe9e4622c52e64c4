/* SPDX-License-Identifier: MIT */
/*
 * Decides by their threads which mails in people's own words are notices. The
 * mail alone says "Applied", but not whether its sender is the author who took
 * advice, or whether there is a patch at all.
 */
#pragma once

#include "sets/sets.h"

/* Makes notices of replies, and replies of notices, once it is known what each
 * post answers (rules N-7 and N-8 of listpulse-rules(7)). */
void notices_judge(Sets *sets);
