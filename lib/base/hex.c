/* SPDX-License-Identifier: MIT */
#include "base/hex.h"

#include <glib.h>

#include "base/banned.h"

void hex_encode(const void *bytes, size_t length, char *text)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *from = bytes;

    for (size_t i = 0; i < length; i++) {
        *text++ = digits[from[i] >> 4];
        *text++ = digits[from[i] & 0x0f];
    }
    *text = '\0';
}

/* Of a character that is a digit. A commit has a hundred of them. */
static unsigned digit_value(char digit)
{
    return ((unsigned)digit & 0x0fU) + (digit > '9' ? 9U : 0U);
}

bool hex_decode(const char *text, size_t text_length, uint8_t *bytes,
                size_t length)
{
    if (text_length / 2 != length || text_length % 2 != 0 ||
        !hex_is_digits(text, text_length))
        return false;
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(digit_value(text[2 * i]) << 4 |
                             digit_value(text[2 * i + 1]));
    return true;
}

bool hex_is_digits(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!g_ascii_isxdigit(text[i]))
            return false;
    return true;
}
