/* SPDX-License-Identifier: MIT */
/* Any bytes as a pack with its index, as a loose object, a delta, a commit and
 * a tree. */
#include "tests/fuzz/fuzz.h"

#include "archive/commit.h"
#include "archive/delta.h"
#include "archive/objects.h"

#include <string.h>

enum {
    LENGTH_BYTES = 4,
    SUM_BYTES = 20,
    IDS_START = 8 + 1024, /* in an index */
    IDS_MAX = 32,
    MOST_BYTES = 256 * 1024,
};

static void read_kinds(Objects *objects, const ObjectId *id)
{
    for (ObjectKind kind = OBJECT_COMMIT; kind <= OBJECT_TAG; kind++) {
        g_autoptr(GBytes) bytes = objects_read(objects, id, kind);

        g_assert(bytes == NULL || g_bytes_get_size(bytes) <= MOST_BYTES);
    }
    g_assert(!objects_is_damaged(objects, id));
}

/* The index lies before the pack; its sum of the pack is put right, or nearly
 * every change would end there. */
static void read_pack(const uint8_t *data, size_t size)
{
    uint32_t index_length = 0;

    if (size < LENGTH_BYTES)
        return;
    memcpy(&index_length, data, LENGTH_BYTES);
    index_length = GUINT32_FROM_BE(index_length);
    data += LENGTH_BYTES;
    size -= LENGTH_BYTES;
    if (index_length > size)
        return;
    g_autofree uint8_t *index = g_memdup2(data, index_length);
    if (size - index_length >= SUM_BYTES && index_length >= 2 * SUM_BYTES)
        memcpy(index + index_length - 2 * SUM_BYTES, data + size - SUM_BYTES,
               SUM_BYTES);
    g_autoptr(Objects) objects = objects_new(NULL, MOST_BYTES);
    g_autoptr(GBytes) index_bytes = g_bytes_new(index, index_length);
    g_autoptr(GBytes) pack_bytes =
        g_bytes_new(data + index_length, size - index_length);

    if (!objects_add_pack(objects, index_bytes, pack_bytes))
        return;
    for (unsigned i = 0; i < IDS_MAX; i++) {
        const size_t place = IDS_START + (size_t)i * OBJECT_ID_BYTES;
        ObjectId id;

        if (place + OBJECT_ID_BYTES > index_length)
            break;
        memcpy(id.bytes, index + place, sizeof(id.bytes));
        read_kinds(objects, &id);
    }
}

static void read_loose(const uint8_t *data, size_t size)
{
    g_autoptr(Objects) objects = objects_new(NULL, MOST_BYTES);

    for (ObjectKind kind = OBJECT_COMMIT; kind <= OBJECT_TAG; kind++) {
        g_autoptr(GBytes) bytes =
            objects_unpack_loose(objects, data, size, kind);

        g_assert(bytes == NULL || g_bytes_get_size(bytes) <= MOST_BYTES);
    }
}

static void read_delta(const uint8_t *data, size_t size)
{
    size_t base_length = 0, length = 0;

    if (!delta_sizes(data, size, &base_length, &length) ||
        base_length > MOST_BYTES || length > MOST_BYTES)
        return;
    g_autofree uint8_t *base = g_malloc0(base_length);
    g_autofree uint8_t *result = g_malloc(length);
    (void)delta_apply(data, size, base, base_length, result, length);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(data, size);
    CommitFacts facts;
    ObjectId blob;

    read_pack(data, size);
    read_loose(data, size);
    read_delta(data, size);
    (void)commit_read(bytes, &facts);
    (void)commit_read_tree(bytes, &blob);
    return 0;
}
