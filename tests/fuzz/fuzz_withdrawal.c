/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "patch/sentence.h"

/* What a text tells, it tells as well behind a paragraph of nothing. */
int fuzz_target(const uint8_t *data, size_t size)
{
    const PatchText text = { (const char *)data, size };
    g_autoptr(GString) more = g_string_new("Hi.\n\n");

    g_string_append_len(more, text.bytes, (gssize)size);
    if (patch_sentences_say_withdrawn(text) && size < 2000)
        g_assert(
            patch_sentences_say_withdrawn((PatchText){ more->str, more->len }));
    return 0;
}
