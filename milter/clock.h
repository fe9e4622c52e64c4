/* SPDX-License-Identifier: MIT */
/*
 * The daemon's two clocks.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

/* Returns the time of day, milliseconds since 1970: for what is stored. */
static inline int64_t clock_now_ms(void)
{
    return g_get_real_time() / 1000;
}

/* Returns a number for the first row of a life. It is higher than all numbers
 * of earlier lives, known or not, as long as the clock is right, since nobody
 * appends that many rows a second. It is never 1, which is the place of a list
 * of which the journal has no row. */
static inline int64_t clock_row_number(void)
{
    const int64_t since_2025 = clock_now_ms() / 1000 - INT64_C(1735689600);
    const int64_t rows_a_second = 20000;

    return since_2025 > 0 && since_2025 < INT64_C(1) << 32
               ? since_2025 * rows_a_second
               : 2;
}

/* Return microseconds and milliseconds of a clock that nobody sets: for waits.
 */
static inline int64_t clock_ticks_us(void)
{
    return g_get_monotonic_time();
}

static inline int64_t clock_ticks_ms(void)
{
    return clock_ticks_us() / 1000;
}
