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
    GHashTable *people;  /* header From as it stood -> GString, see write.c */
    char *known_list;    /* whose highest post number was asked last, */
    uint32_t known_post; /* and what it was */
    uint64_t missing;    /* see missing.h, */
    char *missing_words; /* and the first of what it is, or NULL */
    GHashTable *joined;  /* name -> Joined *, see joined.h; NULL: none */
    GHashTable *dated;   /* list -> Dated *, see dated.h; NULL: lists are read
                            by arrival */
    GHashTable *held;    /* list -> why, of the last store_count */
};

/* "posts" and the like of the list's meta hash; 0 where there is none. */
bool store_meta(Store *store, const char *list, const char *field,
                uint64_t *value, GError **error);

/* What is said of a key of a list that must be there and is not; owned. */
char *store_lost_key(const char *list, const char *key);

/* The highest post number of a list; false with STORE_ERROR_SCHEMA if another
 * version of the program counted it. */
bool store_last_post(Store *store, const char *list, uint32_t *last_post,
                     GError **error);
/* The command that asks for it, and what its answer says. */
void store_add_last_post(Batch *batch, const char *list);
bool store_take_last_post(Store *store, const char *list, const Reply *reply,
                          uint32_t *last_post, GError **error);
/* As it was when it was asked last: only for those who look again later. */
bool store_recent_post(Store *store, const char *list, uint32_t *last_post,
                       GError **error);
/* The same as list_rows(), but by arrival even if the store reads by Date. */
GArray *store_arrived_rows(Store *store, const char *list, int64_t from_ms,
                           int64_t until_ms, GError **error);
/* Orders PostRow by arrival, then number. */
int store_compare_rows(gconstpointer one, gconstpointer other);
/* Whether each post (owners) is found under its digest, in either family that
 * has post numbers in it. */
bool store_check_finders(Store *store, const char *list, KeysFamily family,
                         const uint64_t *digests, const uint32_t *owners,
                         unsigned count, bool *is_found, GError **error);

typedef void (*TakeValue)(const Reply *value, unsigned i, void *data);
/* The strings at all keys, in order, to a function; missing ones as nil. */
bool store_read_values(Store *store, const char *list, const GPtrArray *keys,
                       TakeValue take, void *data, GError **error);
/* The same, and the highest post number after all of them were read. */
bool store_read_values_then(Store *store, const char *list,
                            const GPtrArray *keys, TakeValue take, void *data,
                            uint32_t *last_post, GError **error);
/* Ascending; numbers of posts or people, uint32_t. */
void store_sort_numbers(GArray *numbers);
/* Arrival of the first and of the last row; 0 and 0 if there is none. */
bool store_row_ends(Store *store, const char *list, int64_t *first_ms,
                    int64_t *last_ms, GError **error);

/* Keys of a list that begin so; "*" stands for the rest. Walks the key space; a
 * key may be named twice. Owned array of char *. */
GPtrArray *store_scan(Store *store, const char *list, const char *rest,
                      GError **error);
/* The fields of a hash of a list: char * to char *. */
GHashTable *store_facts_of(Store *store, const char *list, const char *key,
                           GError **error);
/* Redis memory of all keys of a list, in bytes; walks the key space. */
bool store_list_memory(Store *store, const char *list, uint64_t *bytes,
                       GError **error);

/* Up to which arrival retention took texts or posts: fields of meta. */
#define META_TEXTS_FROM "texts_from"
#define META_POSTS_FROM "posts_from"
