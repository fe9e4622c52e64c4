/* SPDX-License-Identifier: MIT */
/*
 * The names of keys, in one place; count.lua makes the same ones.
 * listpulse-counters(7) describes what each holds.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

enum {
    KEYS_ROWS_IN_CHUNK = 170, /* as in count.lua */
    KEYS_POSTS_IN_BUCKET = 64,
    KEYS_LINK_BITS = 8, /* buckets of generation 0, as a power of two */
    KEYS_MARK_BITS = 6,
    KEYS_SEEN_BITS = 4,
    KEYS_MONTH_LENGTH = 6, /* "202509" */
};

/* "lp:{list}:" and the rest. Owned. */
char *keys_of_list(const char *list, const char *rest);
char *keys_numbered(const char *list, const char *name, uint64_t number);
char *keys_rows(const char *list, const char *month, unsigned chunk);
/* A bucket by the top bits of a 48-bit digest. */
char *keys_bucket(const char *list, const char *name, unsigned generation,
                  unsigned bits, uint64_t digest);
/* The same without "lp:{list}:". */
char *keys_bucket_name(const char *name, unsigned generation, unsigned bits,
                       uint64_t digest);
/* Under what a raw From or an address is found: 8 bytes of its SHA-256. */
void keys_person_digest(const char *text, char digest[8]);
/* How many generations there are when this is the last post's number. */
unsigned keys_generations(uint32_t last_post);
/* "202509" of an arrival, UTC; text has room for 32 bytes. */
void keys_month(int64_t arrival_ms, char *text);
