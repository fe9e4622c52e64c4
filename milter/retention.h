/* SPDX-License-Identifier: MIT */
/*
 * Lets old texts and posts go, as retain_text and retain_posts say: every
 * hour, a few posts at a time.
 */
#pragma once

#include "base/settings.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Retention {
    GPtrArray *lists; /* of the round under way; NULL between rounds */
    unsigned next;
    int64_t round_at_ms; /* time of day of the next round */
    /* Of the list that is next, once that was found out: what arrived before
     * goes; 0: nothing. */
    bool is_planned;
    int64_t text_before_ms, posts_before_ms;
    uint64_t dropped;       /* since it was found out */
    GHashTable *texts_from; /* list -> int64_t *: where its texts begin */
} Retention;

/* One short step, if there is anything to do. */
bool retention_step(Retention *retention, Store *store,
                    const Settings *settings, int64_t now_ms, GError **error);
void retention_clear(Retention *retention);
