/* SPDX-License-Identifier: MIT */
/*
 * Packs and reads numbers and strings: little-endian, variable-length integers
 * as in LEB128. Reading is bounded and total: past the end it returns zeros and
 * sets failed.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void bytes_put(GString *out, uint64_t value, unsigned width); /* 1..8 bytes */
void bytes_put_varint(GString *out, uint64_t value);
void bytes_put_signed(GString *out, int64_t value); /* zigzag varint */
void bytes_put_string(GString *out, const char *text, size_t length);

typedef struct BytesReader {
    const uint8_t *at, *end;
    bool failed;
} BytesReader;

BytesReader bytes_reader(const void *bytes, size_t length);
uint64_t bytes_get(BytesReader *reader, unsigned width);
uint64_t bytes_get_varint(BytesReader *reader);
int64_t bytes_get_signed(BytesReader *reader);
/* Both return lent bytes, not NUL-terminated; NULL when failed. */
const char *bytes_get_string(BytesReader *reader, size_t *length);
const void *bytes_get_raw(BytesReader *reader, size_t length);
