/* SPDX-License-Identifier: MIT */
#include "command/show_line.h"

#include "base/hex.h"
#include "base/text.h"

#include <stdarg.h>
#include <string.h>

#include "base/banned.h"

enum {
    MILLISECONDS = 1000,
    MARK_ROOM = 2 * RECORD_MARK_BYTES + 1,
    MARK_DIGITS_SHOWN = 9,
    LABEL_WIDTH = 13,
};

void show_line(GString *out, const char *what, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_string_append_printf(out, "%-*s", LABEL_WIDTH, what);
    text_append_visible(out, text, strlen(text), false);
    g_string_append_c(out, '\n');
}

char *show_time(int64_t seconds, int offset_minutes)
{
    g_autoptr(GTimeZone) zone = g_time_zone_new_offset(offset_minutes * 60);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
    g_autoptr(GDateTime) local =
        utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

    return local != NULL ? g_date_time_format(local, "%Y-%m-%d %H:%M:%S %z")
                         : g_strdup("-");
}

void show_post_line(GString *out, const char *what, const PostRecord *post,
                    const char *word)
{
    char mark[MARK_ROOM];
    g_autofree char *arrived = show_time(post->arrival_ms / MILLISECONDS, 0);

    hex_encode(post->mark, RECORD_MARK_BYTES, mark);
    show_line(out, what, "%.*s  %.16s  %s: %s", MARK_DIGITS_SHOWN, mark,
              arrived, word, post->subject);
}
