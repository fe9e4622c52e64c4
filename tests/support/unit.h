/* SPDX-License-Identifier: MIT */
/* What cmocka wants before itself, in the order that it wants; and CPU time. */
#pragma once

/* clang-format off */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* clang-format on */

#include <time.h>

/* Returns the process' CPU time in microseconds. For upper bounds: the wall
 * clock goes on while other programs run. */
static inline int64_t test_cpu_us(void)
{
    struct timespec time = { 0, 0 };

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}
