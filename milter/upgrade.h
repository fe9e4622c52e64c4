/* SPDX-License-Identifier: MIT */
/*
 * Rewrites in the present form what an older program counted, list by list,
 * while mail keeps coming: every hour, a few buckets at a time. Skips a list
 * that cannot be upgraded (a newer program's, other data).
 */
#pragma once

#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Upgrade {
    GPtrArray *lists; /* of the current round; NULL between rounds */
    unsigned next;
    int64_t round_at_ms; /* time of day of the next round */
} Upgrade;

/* Does one short step, if there is anything to do. */
bool upgrade_step(Upgrade *upgrade, Store *store, int64_t now_ms,
                  GError **error);
void upgrade_clear(Upgrade *upgrade);
