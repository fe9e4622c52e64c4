/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "patch/inbody.h"

#include <string.h>

int fuzz_target(const uint8_t *data, size_t size)
{
    PatchText text = { (const char *)data, size };
    PatchLine line = patch_line_at(text, 0);
    g_auto(PatchInbody) inbody;

    patch_inbody_init(&inbody, text, 0, size % 2 != 0);
    g_assert(inbody.end <= size);
    g_assert(inbody.from == NULL || strchr(inbody.from, '@') != NULL);
    (void)patch_inbody_is_copied_mail(text, &line, size % 2 != 0);
    return 0;
}
