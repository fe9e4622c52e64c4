/* SPDX-License-Identifier: MIT */
#include "store/packer.h"

#include <zstd.h>

#include "base/banned.h"

struct Packer {
    ZSTD_CCtx *packing; /* each made when it is first needed */
    ZSTD_DCtx *unpacking;
};

Packer *packer_new(void)
{
    return g_new0(Packer, 1);
}

void packer_free(Packer *packer)
{
    if (packer == NULL)
        return;
    ZSTD_freeCCtx(packer->packing);
    ZSTD_freeDCtx(packer->unpacking);
    g_free(packer);
}

GBytes *packer_pack(Packer *packer, const void *bytes, gsize length, int level)
{
    const size_t bound = ZSTD_compressBound(length);
    g_autofree char *frame = g_malloc(bound);

    if (packer->packing == NULL)
        packer->packing = ZSTD_createCCtx();
    const size_t packed =
        ZSTD_compressCCtx(packer->packing, frame, bound, bytes, length, level);
    g_assert(!ZSTD_isError(packed)); /* it had all the room it can need */
    return g_bytes_new(frame, packed);
}

GBytes *packer_unpack(Packer *packer, const void *frame, gsize length,
                      gsize max)
{
    const unsigned long long size = ZSTD_getFrameContentSize(frame, length);

    if (size > max) /* also when it is not known, or no frame */
        return NULL;
    g_autofree char *bytes = g_malloc(size + 1);
    if (packer->unpacking == NULL)
        packer->unpacking = ZSTD_createDCtx();
    if (ZSTD_decompressDCtx(packer->unpacking, bytes, size, frame, length) !=
        size)
        return NULL;
    bytes[size] = '\0';
    return g_bytes_new_take(g_steal_pointer(&bytes), size);
}
