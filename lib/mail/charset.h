/* SPDX-License-Identifier: MIT */
/*
 * Bytes in a charset that a mail names, as UTF-8. A fixed list: iconv knows
 * many more, some of them dangerous, and which ones differs by machine.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Valid UTF-8 without NUL, owned, for any bytes. charset: as the mail writes
 * it, NULL or "" if it names none. What is not in a known charset becomes
 * U+FFFD; an unknown or missing one is taken for UTF-8 if the bytes are, else
 * for windows-1252. *is_doubtful becomes true (it is never made false) if the
 * charset is unknown, or its bytes are not in it.
 */
char *mail_charset_decode(const char *charset, const char *bytes, size_t length,
                          bool *is_doubtful);
