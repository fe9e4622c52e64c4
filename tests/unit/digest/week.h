/* SPDX-License-Identifier: MIT */
/*
 * A week of posts, built and presented: a series that is reviewed and applied,
 * one that waits, its older form before the week, a talk, a newcomer.
 */
#pragma once

#include "digest/present.h"
#include "tests/unit/sets/posts.h"

typedef struct Week {
    Posts *posts;
    Sets *sets;
    bool is_inside[16];
    Presenter presenter;
    Digest *digest;
} Week;

/* A fixture: *state is a Week, whose digest has its sets. */
int week_set_up(void **state);
int week_tear_down(void **state);
