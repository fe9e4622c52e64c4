/* SPDX-License-Identifier: MIT */
/*
 * What a fuzz target gives to libFuzzer or to replay.c: one function that
 * takes any bytes, returns 0, and leaves nothing behind.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
