/* SPDX-License-Identifier: MIT */
/*
 * Converts bytes in a charset that a mail names to UTF-8. The charsets are a
 * fixed list: iconv knows many more, some of them dangerous, and not the same
 * ones on every machine.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Returns valid UTF-8 without NUL for any bytes; owned. charset: as the mail
 * writes it; NULL or "" if it names none. Bytes that are invalid in a known
 * charset become U+FFFD; an unknown or missing charset is taken for UTF-8 if
 * the bytes are valid UTF-8, else for windows-1252. Sets *is_doubtful to true
 * (never to false) if the charset is unknown or bytes are invalid in it.
 */
char *mail_charset_decode(const char *charset, const char *bytes, size_t length,
                          bool *is_doubtful);
