/* SPDX-License-Identifier: MIT */
/*
 * What the files of store/ share.
 */
#pragma once

#include "store/keys.h"
#include "store/packer.h"
#include "store/router.h"
#include "store/store.h"

struct Store {
    Router *router;
    Packer *packer;
    bool allows_eviction;
    GHashTable *people;  /* raw header From -> GString, see write.c */
    char *known_list;    /* the list whose highest post number was asked
                            last, */
    uint32_t known_post; /* and that number */
    uint64_t missing;    /* how many things were missing, see missing.h, */
    char *missing_words; /* and the first of them, or NULL */
    GHashTable *joined;  /* name -> Joined *, see joined.h; NULL: none */
    GHashTable *dated;   /* list -> Dated *, see dated.h; NULL: lists are read
                            by arrival */
    GHashTable *held;    /* list -> reason, from the last store_count */
};

/* Reads "posts" and other fields of the list's meta hash; 0 if there is none.
 */
bool store_meta(Store *store, const char *list, const char *field,
                uint64_t *value, GError **error);

/* Returns the message for a key of a list that should be there but is not;
 * owned. */
char *store_lost_key(const char *list, const char *key);

/* Reads the highest post number of a list; fails with STORE_ERROR_SCHEMA if
 * another version of the program counted it. */
bool store_last_post(Store *store, const char *list, uint32_t *last_post,
                     GError **error);
/* Adds the command that asks for it, and reads the answer. */
void store_add_last_post(Batch *batch, const char *list);
bool store_take_last_post(Store *store, const char *list, const Reply *reply,
                          uint32_t *last_post, GError **error);
/* Returns the number as it was when it was asked last: only for callers that
 * look again later. */
bool store_recent_post(Store *store, const char *list, uint32_t *last_post,
                       GError **error);
/* The same as list_rows(), but by arrival even if the store reads by Date. */
GArray *store_arrived_rows(Store *store, const char *list, int64_t from_ms,
                           int64_t until_ms, GError **error);
/* Orders PostRow by arrival, then number. */
int store_compare_rows(gconstpointer one, gconstpointer other);
/* Digests (count) and the posts, owners, that should be found under them in a
 * family that holds post numbers. */
typedef struct StoreFinders {
    KeysFamily family;
    const uint64_t *digests;
    const uint32_t *owners;
    unsigned count;
    bool *is_found; /* out: set for those that are found */
} StoreFinders;
/* Sets is_found. */
bool store_check_finders(Store *store, const char *list,
                         const StoreFinders *finders, GError **error);

typedef void (*TakeValue)(const Reply *value, unsigned i, void *data);
/* Passes the strings at all keys, in order, to a function; missing ones as nil.
 */
bool store_read_values(Store *store, const char *list, const GPtrArray *keys,
                       TakeValue take, void *data, GError **error);
/* The same, and reads the highest post number after all of them. */
bool store_read_values_then(Store *store, const char *list,
                            const GPtrArray *keys, TakeValue take, void *data,
                            uint32_t *last_post, GError **error);
/* Sorts numbers of posts or people (uint32_t), ascending. */
void store_sort_numbers(GArray *numbers);
/* Sets the arrival of the first and of the last row; 0 and 0 if there are none.
 */
bool store_row_ends(Store *store, const char *list, int64_t *first_ms,
                    int64_t *last_ms, GError **error);

/* Returns the keys of a list that match; "*" stands for any text. Walks the key
 * space; a key may come twice. An owned array of char *. */
GPtrArray *store_scan(Store *store, const char *list, const char *rest,
                      GError **error);
/* Returns the fields of a hash of a list, char * to char *; owned. */
GHashTable *store_facts_of(Store *store, const char *list, const char *key,
                           GError **error);
/* Measures the Redis memory of all keys of a list, in bytes; walks the key
 * space. */
bool store_list_memory(Store *store, const char *list, uint64_t *bytes,
                       GError **error);

/* The fields of meta that say up to which arrival retention dropped texts or
 * posts. */
#define META_TEXTS_FROM "texts_from"
#define META_POSTS_FROM "posts_from"
