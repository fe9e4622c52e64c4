/* SPDX-License-Identifier: MIT */
#include "archive/delta.h"

#include <string.h>

#include "base/banned.h"

enum {
    IS_COPY = 0x80,
    OFFSET_BITS = 4, /* of a copy's first byte: which bytes of each follow */
    SIZE_BITS = 3,
    SIZE_OF_ZERO = 0x10000,
    BYTE_BITS = 8,
    GROUP_BITS = 7,
};

/* Seven bits a byte, the lowest first. */
static bool read_size(const uint8_t **at, const uint8_t *end, size_t *size)
{
    size_t value = 0;

    for (unsigned shift = 0; *at < end; shift += GROUP_BITS) {
        const uint8_t byte = *(*at)++;
        const size_t bits = byte & 0x7f;

        if (shift >= sizeof(value) * BYTE_BITS ||
            bits << shift >> shift != bits)
            return false;
        value |= bits << shift;
        if ((byte & 0x80) == 0) {
            *size = value;
            return true;
        }
    }
    return false;
}

/* Reads the bytes that the lowest bits of `present` tell of. */
static bool read_bytes(const uint8_t **at, const uint8_t *end, unsigned present,
                       unsigned count, size_t *value)
{
    *value = 0;
    for (unsigned i = 0; i < count; i++) {
        if ((present & 1U << i) == 0)
            continue;
        if (*at == end)
            return false;
        *value |= (size_t) * (*at)++ << (i * BYTE_BITS);
    }
    return true;
}

bool delta_sizes(const uint8_t *delta, size_t length, size_t *base_length,
                 size_t *result_length)
{
    const uint8_t *at = delta;

    return read_size(&at, delta + length, base_length) &&
           read_size(&at, delta + length, result_length);
}

bool delta_apply(const uint8_t *delta, size_t length, const uint8_t *base,
                 size_t base_length, uint8_t *result, size_t result_length)
{
    const uint8_t *at = delta, *end = delta + length;
    size_t offset = 0, size = 0, room = result_length;

    if (!read_size(&at, end, &offset) || !read_size(&at, end, &size) ||
        offset != base_length || size != result_length)
        return false;
    while (at < end) {
        const unsigned step = *at++;
        const uint8_t *from = at;

        size = step;
        if ((step & IS_COPY) != 0) {
            if (!read_bytes(&at, end, step, OFFSET_BITS, &offset) ||
                !read_bytes(&at, end, step >> OFFSET_BITS, SIZE_BITS, &size))
                return false;
            if (size == 0)
                size = SIZE_OF_ZERO;
            if (offset > base_length || size > base_length - offset)
                return false;
            from = base + offset;
        } else if (size == 0 || size > (size_t)(end - at)) {
            return false;
        } else {
            at += size;
        }
        if (size > room)
            return false;
        memcpy(result + (result_length - room), from, size);
        room -= size;
    }
    return room == 0;
}
