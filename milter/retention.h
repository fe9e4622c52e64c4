/* SPDX-License-Identifier: MIT */
/*
 * Lets old texts and posts go, as retain_text_days and retain_posts_days
 * say: every hour, a few posts at a time.
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
} Retention;

/* One short step, if there is anything to do. */
bool retention_step(Retention *retention, Store *store,
                    const Settings *settings, int64_t now_ms, GError **error);
void retention_clear(Retention *retention);
