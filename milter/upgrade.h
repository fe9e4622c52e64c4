/* SPDX-License-Identifier: MIT */
/*
 * Brings up what an older program counted, list by list, while mail goes on:
 * every hour, a few buckets at a time. A list that cannot be brought up (a
 * newer program's, other data) is passed over.
 */
#pragma once

#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Upgrade {
    GPtrArray *lists; /* of the round under way; NULL between rounds */
    unsigned next;
    int64_t round_at_ms; /* time of day of the next round */
} Upgrade;

/* One short step, if there is anything to do. */
bool upgrade_step(Upgrade *upgrade, Store *store, int64_t now_ms,
                  GError **error);
void upgrade_clear(Upgrade *upgrade);
