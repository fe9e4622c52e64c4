/* SPDX-License-Identifier: MIT */
/*
 * A fuzz target is one function that takes any bytes, returns 0, and leaves
 * nothing behind. limit.c gives it to libFuzzer or to replay.c, and ends the
 * program where an input took more time than its length allows.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

int fuzz_target(const uint8_t *data, size_t size);
/* What libFuzzer and replay.c call. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
