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

typedef struct Cursor {
    char *list, *name;
    char *mark; /* of the last post shown, 40 hex */
    int64_t arrival_ms;
} Cursor;

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

/* Returns all cursors (Cursor *), by list, then by name. Owned. */
GPtrArray *cursor_list(Store *store, GError **error);
/* Moves a cursor to the post that a mark names, or makes it there. */
bool cursor_set(Store *store, const char *list, const char *name,
                const char *mark, GError **error);
/* Takes a cursor away; *was_there: there was one. */
bool cursor_remove(Store *store, const char *list, const char *name,
                   bool *was_there, GError **error);

/* The Message-ID of the digest that was mailed last by this cursor: the next
 * one answers it, so that readers show them as a thread. NULL without error:
 * none. Owned. */
char *cursor_thread(Store *store, const char *list, const char *name,
                    GError **error);
bool cursor_set_thread(Store *store, const char *list, const char *name,
                       const char *message_id, GError **error);
