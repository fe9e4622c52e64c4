/* SPDX-License-Identifier: MIT */
/*
 * The memory that collector and processor share: the health, and the bell that
 * the collector rings when there is a new row. Both live in memory, not in
 * files: a slow disk must not hold up a counter in the mail path.
 */
#pragma once

#include "journal/health.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Shared {
    Health *health;
    int memory; /* descriptors that the processor inherits */
    int bell;
} Shared;

bool shared_make(Shared *shared, GError **error);
/* In the processor: attaches to it by the numbers of the descriptors. */
bool shared_attach(Shared *shared, int memory, int bell, GError **error);
/* Never blocks. */
void shared_ring(const Shared *shared);
/* Clears all rings so far. */
void shared_clear_bell(const Shared *shared);
