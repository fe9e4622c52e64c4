/* SPDX-License-Identifier: MIT */
/*
 * CPU time of this process, in microseconds, and medians of such times.
 */
#pragma once

#include <glib.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

static inline double stopwatch_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static inline int stopwatch_compare(const void *one, const void *other)
{
    const double a = *(const double *)one, b = *(const double *)other;

    return (a > b) - (a < b);
}

/* Sorts times. */
static inline double stopwatch_quantile(double *times, unsigned count,
                                        double quantile)
{
    qsort(times, count, sizeof(*times), stopwatch_compare);
    return times[MIN(count - 1, (unsigned)(quantile * count))];
}
