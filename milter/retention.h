/* SPDX-License-Identifier: MIT */
/*
 * Drops old texts and posts, as retain_text and retain_posts say: every hour, a
 * few posts at a time. Dropping by age is slow, and stops while the clock is in
 * doubt.
 */
#pragma once

#include "base/settings.h"
#include "journal/health.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Retention {
    GPtrArray *lists; /* of the current round; NULL between rounds */
    unsigned next;
    bool is_hasty;       /* another round follows this one at once */
    int64_t round_at_ms; /* ticks of the next round */
    /* For the next list, once they are known: texts and posts that arrived
     * before these times are dropped; 0: none. */
    bool is_planned;
    int64_t text_before_ms, posts_before_ms;
    uint64_t dropped;         /* since then */
    uint64_t budget;          /* how many may go in this round */
    int64_t now_ms, ticks_ms; /* of the last step */
    bool is_held;             /* by the clock; said so */
    GHashTable *texts_from;   /* list -> int64_t *: where its texts begin */
} Retention;

/* Does one short step, if there is anything to do. health says since when the
 * clock is steady. */
bool retention_step(Retention *retention, Store *store,
                    const Settings *settings, Health *health, GError **error);
/* Begins the next round now. */
void retention_hasten(Retention *retention);
void retention_clear(Retention *retention);
