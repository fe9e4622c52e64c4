/* SPDX-License-Identifier: MIT */
/*
 * Makes the names of all keys; count.lua makes the same ones.
 * listpulse-counters(7) describes what each holds.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

#include "store/layout.h"

enum { KEYS_MONTH_LENGTH = 6 /* "202509" */ };

/* Entries that are found by the first bits of a digest, in buckets that are
 * split one by one while the list grows; see buckets.lua. */
typedef enum KeysFamily {
    KEYS_LINKS, /* digest, post (4, big-endian) */
    KEYS_MARKS, /* likewise */
    KEYS_SEEN,  /* identity (8), post (4), arrival (6) */
} KeysFamily;

/* Return "lp:{list}:" and the rest, with the list as list_id_encode writes it.
 * Owned. */
char *keys_of_list(const char *list, const char *rest);
char *keys_numbered(const char *list, const char *name, uint64_t number);
char *keys_rows(const char *list, const char *month, unsigned chunk);

/* Return how many buckets there are when this is the highest post number, and
 * the bytes of an entry. */
unsigned keys_bucket_count(KeysFamily family, uint32_t last_post);
unsigned keys_entry_bytes(KeysFamily family);
/* Returns the bucket that holds a 48-bit digest: buckets are in order of
 * digests. */
unsigned keys_bucket_of(KeysFamily family, uint32_t last_post, uint64_t digest);
/* Returns the first digest that a bucket may hold. */
uint64_t keys_bucket_start(KeysFamily family, uint32_t last_post,
                           unsigned bucket);
/* Returns the key of a bucket; owned. */
char *keys_bucket(const char *list, KeysFamily family, uint32_t last_post,
                  unsigned bucket);
/* Returns what the keys of all buckets of a family begin with; owned. */
char *keys_bucket_root(const char *list, KeysFamily family);
/* Returns the key of a bucket whose root this is; owned. */
char *keys_bucket_under(const char *root, KeysFamily family, uint32_t last_post,
                        unsigned bucket);
/* Write and read the six bytes of a 48-bit digest as Redis has them. */
void keys_put_digest(GString *out, uint64_t digest);
uint64_t keys_get_digest(const void *bytes);

/* Computes the digest under which a raw From or an address is found: 8 bytes of
 * its SHA-256. */
void keys_person_digest(const char *text, char digest[8]);
/* Writes the month of an arrival, "202509" in UTC; text has room for 32 bytes.
 */
void keys_month(int64_t arrival_ms, char *text);
