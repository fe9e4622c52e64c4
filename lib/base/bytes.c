/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"

#include <string.h>

#include "base/banned.h"

enum {
    VARINT_BITS = 7,
    VARINT_MORE = 0x80,
    VARINT_LAST_SHIFT = 63, /* the tenth byte holds one bit */
};

void bytes_put(GString *out, uint64_t value, unsigned width)
{
    char packed[sizeof value];

    g_assert(width >= 1 && width <= sizeof value);
    for (unsigned i = 0; i < width; i++)
        packed[i] = (char)(value >> (8 * i));
    g_string_append_len(out, packed, width);
}

void bytes_put_varint(GString *out, uint64_t value)
{
    for (; value >= VARINT_MORE; value >>= VARINT_BITS)
        g_string_append_c(out, (char)(value | VARINT_MORE));
    g_string_append_c(out, (char)value);
}

void bytes_put_signed(GString *out, int64_t value)
{
    const uint64_t sign = value < 0 ? UINT64_MAX : 0;

    bytes_put_varint(out, ((uint64_t)value << 1) ^ sign);
}

void bytes_put_string(GString *out, const char *text, size_t length)
{
    bytes_put_varint(out, length);
    g_string_append_len(out, text, (gssize)length);
}

BytesReader bytes_reader(const void *bytes, size_t length)
{
    const uint8_t *at = length > 0 ? bytes : (const uint8_t *)"";

    return (BytesReader){ .at = at, .end = at + length };
}

static uint64_t fail(BytesReader *reader)
{
    reader->failed = true;
    reader->at = reader->end;
    return 0;
}

/* Usually eight bytes are left, so that one load is enough for any width. */
uint64_t bytes_get(BytesReader *reader, unsigned width)
{
    const size_t left = (size_t)(reader->end - reader->at);
    uint64_t value = 0;

    g_assert(width >= 1 && width <= sizeof value);
    if (left < width)
        return fail(reader);
    memcpy(&value, reader->at, left >= sizeof value ? sizeof value : width);
    reader->at += width;
    return GUINT64_FROM_LE(value) & (UINT64_MAX >> 8 * (sizeof value - width));
}

uint64_t bytes_get_varint(BytesReader *reader)
{
    uint64_t value = 0;

    for (unsigned shift = 0; reader->at < reader->end; shift += VARINT_BITS) {
        const uint8_t byte = *reader->at++;

        if (shift == VARINT_LAST_SHIFT && byte > 1)
            break;
        value |= (uint64_t)(byte & ~VARINT_MORE) << shift;
        if (byte < VARINT_MORE)
            return value;
    }
    return fail(reader);
}

int64_t bytes_get_signed(BytesReader *reader)
{
    const uint64_t zigzag = bytes_get_varint(reader);

    return (int64_t)((zigzag >> 1) ^ -(zigzag & 1));
}

const char *bytes_get_string(BytesReader *reader, size_t *length)
{
    const uint64_t wanted = bytes_get_varint(reader);
    const char *text = NULL;

    *length = 0;
    if (reader->failed || wanted > (size_t)(reader->end - reader->at)) {
        fail(reader);
        return NULL;
    }
    text = bytes_get_raw(reader, (size_t)wanted);
    *length = (size_t)wanted;
    return text;
}

const void *bytes_get_raw(BytesReader *reader, size_t length)
{
    const uint8_t *raw = reader->at;

    if (reader->failed || (size_t)(reader->end - reader->at) < length) {
        fail(reader);
        return NULL;
    }
    reader->at += length;
    return raw;
}
