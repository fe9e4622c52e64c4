/* SPDX-License-Identifier: MIT */
/*
 * Converts hex digits, in which commit ids and marks are written.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Writes 2 * length digits and a NUL to text. */
void hex_encode(const void *bytes, size_t length, char *text);
/* Reads exactly 2 * length digits of any case; otherwise returns false and
 * leaves bytes untouched. */
bool hex_decode(const char *text, size_t text_length, uint8_t *bytes,
                size_t length);
/* Returns true for hex digits only, and for an empty text. */
bool hex_is_digits(const char *text, size_t length);
