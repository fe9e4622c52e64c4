/* SPDX-License-Identifier: MIT */
/*
 * Reads and writes a time in which mail may have passed uncounted, as Redis
 * keeps it for digests and status: a field of the hash GAP_HASH, named
 * JOURNAL-ID:NUMBER:FROM-UNTIL (by older programs JOURNAL-ID:NUMBER), with the
 * value "FROM UNTIL LISTS WHY".
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#define GAP_HASH "lp:gaps"

typedef struct Gap {
    int64_t from_ms, until_ms; /* since 1970 */
    char *lists;               /* blank separated ids; "" for all */
    char *why;                 /* "the milter was stopped" */
} Gap;
void gap_clear(Gap *gap);

/* Returns the value; owned. */
char *gap_write(const Gap *gap);
/* Returns false if the value is not a gap. */
bool gap_read(const char *value, Gap *gap);
bool gap_is_of_list(const Gap *gap, const char *list);
/* Returns true if some of it, its last millisecond included, lies in
 * [from, until). */
bool gap_touches(const Gap *gap, int64_t from_ms, int64_t until_ms);
