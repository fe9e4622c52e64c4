/* SPDX-License-Identifier: MIT */
/*
 * Mail of an invented list, the same for the same seed: patch sets of one and
 * of many parts, with and without cover, their revisions (also reworded ones
 * and such that nothing names), answers, reviews, notices, pull requests, talk,
 * a robot's reports and copies. For tests that need much mail in every clone.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Activities (owned) of about this many mails between two times, by arrival.
 */
GPtrArray *generated_posts(const char *list, uint32_t seed, unsigned count,
                           int64_t from_ms, int64_t until_ms);
/* The seed to use: LISTPULSE_SEED, or 1. Prints it. */
uint32_t generated_seed(void);
