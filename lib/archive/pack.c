/* SPDX-License-Identifier: MIT */
#include "archive/pack.h"

#include <string.h>

#include "base/banned.h"

enum {
    WORD = 4,
    FANOUT = 256,
    INDEX_HEAD_BYTES = 2 * WORD + FANOUT * WORD,
    SUM_BYTES = 20,
    INDEX_TAIL_BYTES = 2 * SUM_BYTES, /* of the pack, of the index */
    PACK_HEAD_BYTES = 3 * WORD,
    VERSION = 2,
    SIZE_BITS = 64,
    GROUP_BITS = 7,
    FIRST_BITS = 4, /* of an entry's size in its first byte */
    KIND_MASK = 7,
    IS_MORE = 0x80,
    GROUP_MASK = 0x7f,
};

static const uint32_t LARGE = UINT32_C(0x80000000);

struct Pack {
    GBytes *index, *data;
    const uint8_t *fanout, *ids, *offsets, *large; /* in the index */
    uint32_t count, large_count;
    const uint8_t *bytes;
    uint64_t end; /* of the last entry */
};

static uint32_t word_at(const uint8_t *bytes)
{
    uint32_t word;

    memcpy(&word, bytes, sizeof(word));
    return GUINT32_FROM_BE(word);
}

static bool starts_with(const uint8_t *bytes, const char magic[WORD])
{
    return memcmp(bytes, magic, WORD) == 0 && word_at(bytes + WORD) == VERSION;
}

static bool is_ascending(const uint8_t *fanout)
{
    for (unsigned i = 1; i < FANOUT; i++) {
        if (word_at(fanout + (size_t)i * WORD) <
            word_at(fanout + (size_t)(i - 1) * WORD))
            return false;
    }
    return true;
}

/* The tables of the index: ids, sums of entries, offsets, those that need 64
 * bits. */
static bool read_index(Pack *pack)
{
    gsize length = 0;
    const uint8_t *bytes = g_bytes_get_data(pack->index, &length);

    if (length < INDEX_HEAD_BYTES + INDEX_TAIL_BYTES ||
        !starts_with(bytes, "\377tOc"))
        return false;
    pack->fanout = bytes + (size_t)2 * WORD;
    pack->count = word_at(pack->fanout + (size_t)(FANOUT - 1) * WORD);
    const uint64_t tables =
        (uint64_t)pack->count * (OBJECT_ID_BYTES + WORD + WORD);
    const uint64_t room = length - INDEX_HEAD_BYTES - INDEX_TAIL_BYTES;

    if (room < tables || !is_ascending(pack->fanout))
        return false;
    pack->ids = bytes + INDEX_HEAD_BYTES;
    pack->offsets = pack->ids + (size_t)pack->count * (OBJECT_ID_BYTES + WORD);
    pack->large = pack->offsets + (size_t)pack->count * WORD;
    pack->large_count = (uint32_t)MIN((room - tables) / 2 / WORD, UINT32_MAX);
    return true;
}

/* The pack ends with its sum, which the index repeats. */
static bool read_data(Pack *pack)
{
    gsize length = 0, index_length = 0;
    const uint8_t *bytes = g_bytes_get_data(pack->data, &length);
    const uint8_t *index = g_bytes_get_data(pack->index, &index_length);

    if (length < PACK_HEAD_BYTES + SUM_BYTES || !starts_with(bytes, "PACK") ||
        word_at(bytes + (size_t)2 * WORD) != pack->count)
        return false;
    pack->bytes = bytes;
    pack->end = length - SUM_BYTES;
    return memcmp(bytes + pack->end, index + index_length - INDEX_TAIL_BYTES,
                  SUM_BYTES) == 0;
}

Pack *pack_new(GBytes *index, GBytes *data)
{
    Pack *pack = g_new0(Pack, 1);

    pack->index = g_bytes_ref(index);
    pack->data = g_bytes_ref(data);
    if (read_index(pack) && read_data(pack))
        return pack;
    pack_free(pack);
    return NULL;
}

void pack_free(Pack *pack)
{
    if (pack == NULL)
        return;
    g_bytes_unref(pack->index);
    g_bytes_unref(pack->data);
    g_free(pack);
}

static bool offset_of(const Pack *pack, uint32_t place, uint64_t *offset)
{
    const uint32_t word = word_at(pack->offsets + (size_t)place * WORD);
    const uint32_t large = word & ~LARGE;

    *offset = word;
    if (word < LARGE)
        return true;
    if (large >= pack->large_count)
        return false;
    const uint8_t *bytes = pack->large + (size_t)large * 2 * WORD;
    *offset = (uint64_t)word_at(bytes) << 32 | word_at(bytes + WORD);
    return true;
}

bool pack_find(const Pack *pack, const ObjectId *id, uint64_t *offset)
{
    const uint8_t *bytes = id->bytes;
    uint32_t from = bytes[0] > 0
                        ? word_at(pack->fanout + (size_t)(bytes[0] - 1) * WORD)
                        : 0;
    uint32_t until = word_at(pack->fanout + (size_t)bytes[0] * WORD);

    while (from < until) {
        const uint32_t middle = from + (until - from) / 2;
        const int order = memcmp(
            id, pack->ids + (size_t)middle * OBJECT_ID_BYTES, OBJECT_ID_BYTES);

        if (order == 0)
            return offset_of(pack, middle, offset);
        if (order < 0)
            until = middle;
        else
            from = middle + 1;
    }
    return false;
}

/* Three bits of kind and four of size, then seven a byte. */
static bool read_head(const uint8_t **at, const uint8_t *end, PackEntry *entry)
{
    const uint8_t first = *(*at)++;
    bool is_more = (first & IS_MORE) != 0;

    entry->kind = (ObjectKind)(first >> FIRST_BITS & KIND_MASK);
    entry->size = first & ((1U << FIRST_BITS) - 1);
    for (unsigned shift = FIRST_BITS; is_more; shift += GROUP_BITS) {
        if (*at == end || shift + GROUP_BITS >= SIZE_BITS)
            return false;
        is_more = (**at & IS_MORE) != 0;
        entry->size |= (uint64_t)(*(*at)++ & GROUP_MASK) << shift;
    }
    return true;
}

/* How far before the entry its base lies; each further byte adds one, so that
 * no number can be written in two ways. */
static bool read_distance(const uint8_t **at, const uint8_t *end,
                          uint64_t *distance)
{
    uint64_t value = 0;
    bool is_more = true;

    while (is_more) {
        if (*at == end || value >> (SIZE_BITS - GROUP_BITS - 1) != 0)
            return false;
        is_more = (**at & IS_MORE) != 0;
        value = (value << GROUP_BITS | (*(*at)++ & GROUP_MASK)) + is_more;
    }
    *distance = value;
    return true;
}

static bool read_base(const Pack *pack, const uint8_t **at, uint64_t offset,
                      PackEntry *entry)
{
    const uint8_t *end = pack->bytes + pack->end;
    ObjectId id;
    uint64_t distance = 0;

    if (entry->kind == OBJECT_OFFSET_DELTA) {
        entry->base = 0;
        if (!read_distance(at, end, &distance) || distance > offset)
            return false;
        entry->base = offset - distance;
        return distance > 0;
    }
    if (end - *at < OBJECT_ID_BYTES)
        return false;
    memcpy(id.bytes, *at, sizeof(id.bytes));
    *at += OBJECT_ID_BYTES;
    return pack_find(pack, &id, &entry->base);
}

bool pack_read_entry(const Pack *pack, uint64_t offset, PackEntry *entry)
{
    const uint8_t *end = pack->bytes + pack->end;

    if (offset < PACK_HEAD_BYTES || offset >= pack->end)
        return false;
    const uint8_t *at = pack->bytes + offset;
    if (!read_head(&at, end, entry))
        return false;
    const bool is_delta =
        entry->kind == OBJECT_OFFSET_DELTA || entry->kind == OBJECT_ID_DELTA;
    const bool is_whole =
        entry->kind >= OBJECT_COMMIT && entry->kind <= OBJECT_TAG;

    if (is_delta ? !read_base(pack, &at, offset, entry) : !is_whole)
        return false;
    entry->packed = at;
    entry->room = (size_t)(end - at);
    return true;
}
