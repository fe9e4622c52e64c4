/* SPDX-License-Identifier: MIT */
/*
 * Reads what a list has beside rows, records, people and texts, to export it,
 * and restores it: identities, further marks, copies, when people first wrote,
 * how far sources were read.
 */
#pragma once

#include "store/store.h"

typedef struct StoreKnown {
    uint32_t post;
    uint64_t identity;
    int64_t arrival_ms;
} StoreKnown;

typedef struct StoreMark {
    uint32_t post;
    uint64_t digest; /* the first 48 bits of a mark */
} StoreMark;

typedef struct StoreCopies {
    int64_t second;
    uint64_t count;
} StoreCopies;

typedef struct StoreState {
    uint32_t last_post, last_person;
    uint64_t posts;
    GHashTable *fields; /* name -> value: texts_from, posts_from, "at SOURCE" */
} StoreState;

StoreState *store_state(Store *store, const char *list, GError **error);
void store_state_free(StoreState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreState, store_state_free)

/* Return the identities and marks of the posts in [first, until), erased ones
 * included, by post. All of the list's are read for it. */
GArray *store_known(Store *store, const char *list, uint32_t first,
                    uint32_t until, GError **error); /* StoreKnown */
GArray *store_marks(Store *store, const char *list, uint32_t first,
                    uint32_t until, GError **error); /* StoreMark */
/* Returns the copies by second. */
GArray *store_copies(Store *store, const char *list,
                     GError **error); /* StoreCopies */

/* --- putting back ---------------------------------------------------- */

/* Returns an empty list of facts for store_restore; the functions below add to
 * it. */
GPtrArray *store_restore_new(void);
void store_restore_person(GPtrArray *facts, const MailPerson *person,
                          int64_t first_post_ms, int64_t first_patch_ms);
/* Adds a mark of the post with this identity. */
void store_restore_mark(GPtrArray *facts, uint64_t identity, uint64_t digest);
void store_restore_copies(GPtrArray *facts, const StoreCopies *copies);
/* How far a source was read (at SOURCE) is restored when all posts are there,
 * and before copies: from then on rows up to it are not counted again. */
void store_restore_field(GPtrArray *facts, const char *name, const char *value);
/* Everything is restored: no mail of it will come again. */
void store_restore_end(GPtrArray *facts);
/* Adds what the list does not have yet: no count gets smaller, no first post
 * later, and no source goes back. May be repeated. */
bool store_restore(Store *store, const char *list, const GPtrArray *facts,
                   GError **error);
