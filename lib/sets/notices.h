/* SPDX-License-Identifier: MIT */
/*
 * Which mails in people's own words are notices: their threads decide. The
 * mail alone says "Applied", but not whether its sender wrote the patch and
 * took an advice, or whether there is a patch at all.
 */
#pragma once

#include "sets/sets.h"

/* Makes notices of replies, and replies of notices, once it is known what each
 * post answers (rules N-7 and N-8 of listpulse-rules(7)). */
void notices_judge(Sets *sets);
