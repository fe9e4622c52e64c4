/* SPDX-License-Identifier: MIT */
/*
 * Each input has so much time of the processor: what whoever sends mail can
 * make us spend must grow with what he sends, and not faster.
 */
#include "tests/fuzz/fuzz.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <glib.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define IS_SLOW 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define IS_SLOW 1
#endif
#ifndef IS_SLOW
#define IS_SLOW 0
#endif

enum {
    LEAST_MS = 200,
    NS_A_BYTE = 1000,
    SLOWNESS = IS_SLOW ? 10 : 1,
};

static int64_t used_ms(void)
{
    struct timespec used;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const int64_t limit_ms =
        SLOWNESS * (LEAST_MS + (int64_t)size * NS_A_BYTE / 1000000);
    const int64_t start_ms = used_ms();
    const int code = fuzz_target(data, size);
    const int64_t took_ms = used_ms() - start_ms;
    static bool is_warm;

    /* Libraries are slow when they are used for the first time. */
    if (took_ms <= limit_ms || !is_warm) {
        is_warm = true;
        return code;
    }
    fprintf(stderr,
            "%zu bytes took %" G_GINT64_FORMAT " ms, of %" G_GINT64_FORMAT "\n",
            size, took_ms, limit_ms);
    abort();
}
