/* SPDX-License-Identifier: MIT */
#include "mail/charset.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "base/text.h"

#include "base/banned.h"

static const char utf8[] = "UTF-8";
static const char ascii[] = "US-ASCII";
/* Also for ISO-8859-1: who writes bytes 80 to 9f under that name means
 * windows-1252, as browsers know. */
static const char windows_1252[] = "CP1252";

/* Names without their punctuation, lower case; what iconv calls them. The
 * superset is named where mailers mislabel: GBK text as gb2312. */
static const struct {
    const char *name, *iconv_name;
} charsets[] = {
    { "utf8", utf8 },
    { "usascii", ascii },
    { "ascii", ascii },
    { "ansix341968", ascii },
    { "iso88591", windows_1252 },
    { "latin1", windows_1252 },
    { "windows1252", windows_1252 },
    { "cp1252", windows_1252 },
    { "iso88592", "ISO-8859-2" },
    { "iso88593", "ISO-8859-3" },
    { "iso88594", "ISO-8859-4" },
    { "iso88595", "ISO-8859-5" },
    { "iso88596", "ISO-8859-6" },
    { "iso88597", "ISO-8859-7" },
    { "iso88598", "ISO-8859-8" },
    { "iso88598i", "ISO-8859-8" },
    { "iso88599", "ISO-8859-9" },
    { "iso885910", "ISO-8859-10" },
    { "iso885913", "ISO-8859-13" },
    { "iso885914", "ISO-8859-14" },
    { "iso885915", "ISO-8859-15" },
    { "iso885916", "ISO-8859-16" },
    { "latin2", "ISO-8859-2" },
    { "latin9", "ISO-8859-15" },
    { "windows1250", "CP1250" },
    { "windows1251", "CP1251" },
    { "windows1253", "CP1253" },
    { "windows1254", "CP1254" },
    { "windows1255", "CP1255" },
    { "windows1256", "CP1256" },
    { "windows1257", "CP1257" },
    { "windows1258", "CP1258" },
    { "cp1250", "CP1250" },
    { "cp1251", "CP1251" },
    { "cp1253", "CP1253" },
    { "cp1254", "CP1254" },
    { "koi8r", "KOI8-R" },
    { "koi8u", "KOI8-U" },
    { "iso2022jp", "ISO-2022-JP" },
    { "shiftjis", "CP932" },
    { "sjis", "CP932" },
    { "windows31j", "CP932" },
    { "cp932", "CP932" },
    { "eucjp", "EUC-JP" },
    { "euckr", "CP949" },
    { "ksc56011987", "CP949" },
    { "ksc5601", "CP949" },
    { "cp949", "CP949" },
    { "windows949", "CP949" },
    { "gb2312", "GB18030" },
    { "gb231280", "GB18030" },
    { "gbk", "GB18030" },
    { "gb18030", "GB18030" },
    { "euccn", "GB18030" },
    { "cp936", "GB18030" },
    { "windows936", "GB18030" },
    { "big5", "BIG5" },
    { "big5hkscs", "BIG5-HKSCS" },
    { "windows874", "CP874" },
    { "tis620", "CP874" },
    { "iso885911", "CP874" },
    { "macintosh", "MACINTOSH" },
    { "utf16", "UTF-16" },
    { "utf16le", "UTF-16LE" },
    { "utf16be", "UTF-16BE" },
};

enum { NAME_MAX_LENGTH = 40 };

/* What iconv calls it; NULL if it is not in the list. */
static const char *find_charset(const char *charset)
{
    char name[NAME_MAX_LENGTH + 1] = "";
    size_t length = 0;

    for (; *charset != '\0' && length < NAME_MAX_LENGTH; charset++) {
        if (g_ascii_isalnum(*charset))
            name[length++] = g_ascii_tolower(*charset);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(charsets); i++) {
        if (strcmp(charsets[i].name, name) == 0)
            return charsets[i].iconv_name;
    }
    return NULL;
}

/* Valid UTF-8 without NUL, as g_utf8_validate_len says, but sooner. */
static bool is_valid(const char *bytes, size_t length)
{
    return text_is_ascii(bytes, length)
               ? memchr(bytes, '\0', length) == NULL
               : g_utf8_validate_len(bytes, length, NULL);
}

/* How many bytes are ASCII and no NUL. */
static size_t plain_run(const char *bytes, size_t length)
{
    size_t run = 0;

    while (run < length && bytes[run] != '\0' && (uint8_t)bytes[run] < 0x80)
        run++;
    return run;
}

/* Every byte has a character, the five free ones as in the WHATWG's table. */
static char *decode_windows_1252(const char *bytes, size_t length)
{
    static const gunichar upper[32] = {
        0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
        0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
        0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
    };
    GString *out = g_string_sized_new(length + 1);

    for (size_t i = 0; i < length; i++) {
        const size_t run = plain_run(bytes + i, length - i);

        g_string_append_len(out, bytes + i, (gssize)run);
        i += run;
        if (i == length)
            break;
        const unsigned char byte = (unsigned char)bytes[i];
        const bool is_upper = byte >= 0x80 && byte < 0xa0;
        g_string_append_unichar(out, byte == 0  ? 0xfffd
                                     : is_upper ? upper[byte - 0x80]
                                                : byte);
    }
    return g_string_free(out, FALSE);
}

/* Converts what converts; stops at a byte that does not. */
static void convert_run(iconv_t converter, char **from, size_t *from_length,
                        GString *out)
{
    char buffer[4096];
    size_t result = 0;

    do {
        char *to = buffer;
        size_t room = sizeof(buffer);
        const size_t before = *from_length;
        result = iconv(converter, from, from_length, &to, &room);
        g_string_append_len(out, buffer, to - buffer);
        if (before == *from_length && to == buffer)
            break;
    } while (result == (size_t)-1 && *from_length > 0);
}

/* Some converters hold the last character back, a mark may follow it. */
static void flush(iconv_t converter, GString *out)
{
    char buffer[64];
    char *to = buffer;
    size_t room = sizeof(buffer);

    iconv(converter, NULL, NULL, &to, &room);
    g_string_append_len(out, buffer, to - buffer);
}

/* NULL if iconv has not got the charset on this machine. */
static char *decode_iconv(const char *charset, const char *bytes, size_t length,
                          bool *is_doubtful)
{
    iconv_t converter = iconv_open(utf8, charset);
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): POSIX has it so */
    if (converter == (iconv_t)-1) {
        *is_doubtful = true;
        return NULL;
    }
    g_autofree char *copy = g_memdup2(bytes, length);
    GString *out = g_string_sized_new(length + length / 2 + 1);
    char *from = copy;

    convert_run(converter, &from, &length, out);
    while (length > 0) {
        *is_doubtful = true;
        flush(converter, out);
        g_string_append(out, "\xef\xbf\xbd");
        from++;
        length--;
        convert_run(converter, &from, &length, out);
    }
    flush(converter, out);
    iconv_close(converter);
    char *text = text_make_valid(out->str, out->len);
    g_string_free(out, TRUE);
    return text;
}

static char *decode_undeclared(const char *bytes, size_t length,
                               bool *is_doubtful)
{
    if (is_valid(bytes, length))
        return text_dup(bytes, length);
    *is_doubtful = true;
    g_autofree char *without_nul = g_memdup2(bytes, length);
    for (size_t i = 0; i < length; i++) {
        if (without_nul[i] == '\0')
            without_nul[i] = ' ';
    }
    if (g_utf8_validate_len(without_nul, length, NULL))
        return text_make_valid(bytes, length);
    return decode_windows_1252(bytes, length);
}

char *mail_charset_decode(const char *charset, const char *bytes, size_t length,
                          bool *is_doubtful)
{
    if (charset == NULL || *charset == '\0')
        return decode_undeclared(bytes, length, is_doubtful);

    const char *name = find_charset(charset);
    if (name == windows_1252)
        return decode_windows_1252(bytes, length);
    if (name == utf8) {
        if (is_valid(bytes, length))
            return text_dup(bytes, length);
        *is_doubtful = true;
        return text_make_valid(bytes, length);
    }
    if (name == ascii && text_is_ascii(bytes, length))
        return text_make_valid(bytes, length);

    *is_doubtful = *is_doubtful || name == NULL || name == ascii;
    char *text = name == NULL || name == ascii
                     ? NULL
                     : decode_iconv(name, bytes, length, is_doubtful);
    return text != NULL ? text : decode_undeclared(bytes, length, is_doubtful);
}
