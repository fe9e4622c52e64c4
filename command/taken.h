/* SPDX-License-Identifier: MIT */
/*
 * What public-inbox took back, purged or edited after it was counted.
 */
#pragma once

#include "command/bundle.h"
#include "command/intake.h"

typedef struct Taken {
    Store *store;
    const IntakeRules *rules;
    GHashTable *lists; /* keys: ids of those that the archive has mail of */
    bool is_changed;   /* the archive was written anew */
    uint64_t erased;   /* out: so many posts more */
} Taken;

/* Erases the posts that the bundle takes back. Where the archive was written
 * anew, also those that were purged, and texts that were edited are replaced:
 * what is erased stays known and is not counted again. */
bool taken_back(Taken *taken, const Bundle *bundle, GError **error);
