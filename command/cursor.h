/* SPDX-License-Identifier: MIT */
/*
 * Named places in a list, kept in Redis: how far a reader has been shown a
 * list.
 */
#pragma once

#include "base/interval.h"
#include "digest/digest.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Cursor {
    char *list, *name;
    char *mark; /* of the last post shown, 40 hex */
    int64_t arrival_ms;
} Cursor;

bool cursor_name_is_valid(const char *name);
/*
 * Sets the interval that this cursor has not shown, up to words->until if it is
 * given. A cursor that was never moved has shown nothing: then words->since or
 * ->last say where to start, and without them all mail is new.
 */
bool cursor_interval(Store *store, const char *list, const char *name,
                     const IntervalWords *words, IntervalRequest *interval,
                     GError **error);
/* Moves it to the last post that was shown; an empty digest leaves it where it
 * is. */
bool cursor_advance(Store *store, const char *list, const char *name,
                    const Digest *digest, GError **error);

/* Returns all cursors (Cursor *), by list, then by name. Owned. */
GPtrArray *cursor_list(Store *store, GError **error);
/* Moves a cursor to the post that a mark names, or makes it there. */
bool cursor_set(Store *store, const char *list, const char *name,
                const char *mark, GError **error);
/* Removes a cursor; sets *was_there if there was one. */
bool cursor_remove(Store *store, const char *list, const char *name,
                   bool *was_there, GError **error);

/* Returns the Message-ID of the last digest mailed by this cursor: the next one
 * answers it, so that mail readers show them as a thread. Owned; NULL without
 * error if there is none. */
char *cursor_thread(Store *store, const char *list, const char *name,
                    GError **error);
bool cursor_set_thread(Store *store, const char *list, const char *name,
                       const char *message_id, GError **error);
