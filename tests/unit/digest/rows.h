/* SPDX-License-Identifier: MIT */
/*
 * Eight rows of four days and the people who wrote them, for tests of what is
 * counted by rows. Zoe writes two patches under two names (numbers 1 and 2),
 * Bob (3) sends a third of hers; 4 is a bot, 5 an empty From.
 */
#pragma once

#include "activity/record.h"
#include "identity/identity.h"
#include "sets/people.h"

#define ROWS_DAY_MS INT64_C(86400000)

typedef struct Rows {
    Identity *identity;
    People *people;
    PostRow rows[8];
} Rows;

/* Returns people with these numbers; owned. identity may be NULL. */
People *rows_people(const Identity *identity);
PostRow rows_one(int64_t arrival_ms, uint32_t author, uint32_t sender,
                 PostKind kind);
/* A fixture: *state is a Rows. */
int rows_set_up(void **state);
int rows_tear_down(void **state);
