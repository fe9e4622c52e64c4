/* SPDX-License-Identifier: MIT */
/*
 * A delta as git packs it: how an object is made from another, its base. The
 * bytes are anybody's: what does not fit is refused, and nothing outside of
 * the three buffers is touched.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads how long base and result are. False where the delta ends too soon, or
 * a length fits no size_t. */
bool delta_sizes(const uint8_t *delta, size_t length, size_t *base_length,
                 size_t *result_length);
/* Fills result, whose length, as that of base, delta_sizes told. False where
 * the delta is damaged; result is then filled in part. */
bool delta_apply(const uint8_t *delta, size_t length, const uint8_t *base,
                 size_t base_length, uint8_t *result, size_t result_length);
