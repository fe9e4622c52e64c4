/* SPDX-License-Identifier: MIT */
/*
 * Named places in a list, kept in Redis: what a reader has been shown.
 */
#pragma once

#include "base/interval.h"
#include "digest/digest.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

bool cursor_name_is_valid(const char *name);
/*
 * What this cursor has not shown, up to words->until if it is given. A cursor
 * that nobody has moved yet has shown nothing: then words->since or ->last
 * say where to start, and without them all mail is new.
 */
bool cursor_interval(Store *store, const char *list, const char *name,
                     const IntervalWords *words, IntervalRequest *interval,
                     GError **error);
/* To the last post that was shown; an empty digest leaves it where it is. */
bool cursor_advance(Store *store, const char *list, const char *name,
                    const Digest *digest, GError **error);
