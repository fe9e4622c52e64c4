/* SPDX-License-Identifier: MIT */
/*
 * The daemon's two clocks.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Time of day, milliseconds since 1970: for what is written down. */
static inline int64_t clock_now_ms(void)
{
    return g_get_real_time() / 1000;
}

/* Microseconds of a clock that nobody sets: for waits. */
static inline int64_t clock_ticks_us(void)
{
    return g_get_monotonic_time();
}

static inline int64_t clock_ticks_ms(void)
{
    return clock_ticks_us() / 1000;
}
