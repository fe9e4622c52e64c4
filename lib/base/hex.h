/* SPDX-License-Identifier: MIT */
/*
 * Hex digits, as commit ids and marks are written.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* text gets 2 * length digits and a NUL. */
void hex_encode(const void *bytes, size_t length, char *text);
/* Exactly 2 * length digits of any case; false and untouched otherwise. */
bool hex_decode(const char *text, size_t text_length, uint8_t *bytes,
                size_t length);
/* Also of no digits at all. */
bool hex_is_digits(const char *text, size_t length);
