/* SPDX-License-Identifier: MIT */
/*
 * What a list has beside rows, records, people and texts, read as a whole to be
 * written down elsewhere, and put back: identities, further marks, copies, when
 * people first wrote, how far sources were read.
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

/* Of the posts from first, until excluded, those that were erased too; by
 * post. All identities or marks of the list are read for it. */
GArray *store_known(Store *store, const char *list, uint32_t first,
                    uint32_t until, GError **error); /* StoreKnown */
GArray *store_marks(Store *store, const char *list, uint32_t first,
                    uint32_t until, GError **error); /* StoreMark */
/* By second. */
GArray *store_copies(Store *store, const char *list,
                     GError **error); /* StoreCopies */

/* --- putting back ---------------------------------------------------- */

/* Facts for store_restore: made by the functions below. */
GPtrArray *store_restore_new(void);
void store_restore_person(GPtrArray *facts, const MailPerson *person,
                          int64_t first_post_ms, int64_t first_patch_ms);
/* Of the post with this identity. */
void store_restore_mark(GPtrArray *facts, uint64_t identity, uint64_t digest);
void store_restore_copies(GPtrArray *facts, const StoreCopies *copies);
/* Where a source was read to (at SOURCE) is put back when all posts are there,
 * and before copies: rows up to it are not counted again from then on. */
void store_restore_field(GPtrArray *facts, const char *name, const char *value);
/* All has been put back: no mail of it will be told again. */
void store_restore_end(GPtrArray *facts);
/* Adds what the list does not have yet: no count gets smaller, no first post
 * later, no source goes back. May be repeated. */
bool store_restore(Store *store, const char *list, const GPtrArray *facts,
                   GError **error);
