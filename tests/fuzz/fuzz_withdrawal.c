/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "patch/withdrawal.h"

/* What a text tells, it tells as well behind a paragraph of nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const PatchText text = { (const char *)data, size };
    g_autoptr(GString) more = g_string_new("Hi.\n\n");

    g_string_append_len(more, text.bytes, (gssize)size);
    if (patch_withdrawal_is_told(text) && size < 2000)
        g_assert(patch_withdrawal_is_told((PatchText){ more->str, more->len }));
    return 0;
}
