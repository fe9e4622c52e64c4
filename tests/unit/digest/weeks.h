/* SPDX-License-Identifier: MIT */
/*
 * A list with mail of two weeks in a Redis of the test's own, and digests of
 * the second week. Before it: Alice's set "a", which nobody answered, her set
 * "d", which was reviewed, and a talk. In it: v2 of "d", a set of the newcomer
 * Zoe, who is answered, Carl's question, and a notice for "e".
 */
#pragma once

#include "digest/load.h"
#include "tests/support/redis.h"

#define WEEKS_LIST "birds.example.org"

/* A fixture: *state is a TestRedis. */
int weeks_set_up(void **state);
/* Returns the digest of the second week; owned. Of the request only interval,
 * list and what the list is called are filled in. */
Digest *weeks_digest(const TestRedis *redis, const DigestRequest *asked);
