/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "patch/trailer.h"

static void check(const PatchTrailer *trailer)
{
    g_assert(trailer->key != NULL && trailer->value != NULL);
    (void)patch_trailer_is_credit(trailer->kind);
    g_assert(patch_trailer_kind_name(trailer->kind) != NULL);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    PatchText text = { (const char *)data, size };
    g_autoptr(GPtrArray) trailers =
        g_ptr_array_new_with_free_func((GDestroyNotify)patch_trailer_free);
    size_t offset = 0;

    while (offset < size) {
        PatchLine line = patch_line_at(text, offset);
        size_t end = patch_trailer_read(text, &line, trailers);

        g_assert(end >= offset && end <= size);
        offset = end != offset ? end : patch_line_end(text, &line);
    }
    for (guint i = 0; i < trailers->len; i++)
        check(trailers->pdata[i]);
    return 0;
}
