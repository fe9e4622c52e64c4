/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "base/text.h"

#include <string.h>

static void check_visible(const char *bytes, size_t length)
{
    g_autoptr(GString) out = g_string_new(NULL);

    text_append_visible(out, bytes, length, false);
    g_assert(g_utf8_validate(out->str, (gssize)out->len, NULL));
    for (char *at = out->str; *at != '\0'; at = g_utf8_next_char(at)) {
        const GUnicodeType type = g_unichar_type(g_utf8_get_char(at));

        g_assert(type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT);
    }
}

int fuzz_target(const uint8_t *data, size_t size)
{
    g_autofree char *valid = text_make_valid((const char *)data, size);
    g_autofree char *cut = text_cut(valid, size / 2);

    check_visible((const char *)data, size);
    g_assert(g_utf8_validate(valid, -1, NULL));
    g_assert(g_utf8_validate(cut, -1, NULL));
    g_assert(strlen(cut) <= size / 2);
    g_assert(text_columns(cut) <= text_columns(valid));
    g_assert(strlen(text_collapse(valid)) <= 3 * size);
    return 0;
}
