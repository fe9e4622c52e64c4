/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "activity/squeeze.h"

#include <string.h>

enum { LONGEST_OF_A_BYTE = 16 };

/* What is put comes back. */
static void check_text(const char *text, size_t size)
{
    g_autoptr(GString) squeezed = g_string_new(NULL);
    size_t length = 0;

    squeeze_put(squeezed, text, size);
    g_assert(squeezed->len <= 2 * size + size / 255 + 2);
    g_autofree char *again = squeeze_get(squeezed->str, squeezed->len, &length);

    g_assert(again != NULL && length == size);
    g_assert(memcmp(again, text, size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t length = 0;
    g_autofree char *text = squeeze_get((const char *)data, size, &length);

    if (text != NULL) {
        g_assert(length <= LONGEST_OF_A_BYTE * size);
        check_text(text, length);
    }
    if (size > 0)
        check_text((const char *)data, size);
    return 0;
}
