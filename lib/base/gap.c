/* SPDX-License-Identifier: MIT */
#include "base/gap.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

static const char ALL_LISTS[] = "*";

void gap_clear(Gap *gap)
{
    g_clear_pointer(&gap->lists, g_free);
    g_clear_pointer(&gap->why, g_free);
}

char *gap_write(const Gap *gap)
{
    g_autofree char *lists = g_strdelimit(
        g_strdup(*gap->lists != '\0' ? gap->lists : ALL_LISTS), " ", ',');

    return g_strdup_printf("%" PRId64 " %" PRId64 " %s %s", gap->from_ms,
                           gap->until_ms, lists, gap->why);
}

static bool read_moment(const char *text, int64_t *moment)
{
    return g_ascii_string_to_signed(text, 10, INT64_MIN, INT64_MAX, moment,
                                    NULL);
}

bool gap_read(const char *value, Gap *gap)
{
    g_auto(GStrv) parts = g_strsplit(value, " ", 4);
    int64_t from_ms = 0, until_ms = 0;

    if (g_strv_length(parts) != 4 || !read_moment(parts[0], &from_ms) ||
        !read_moment(parts[1], &until_ms))
        return false;
    *gap = (Gap){ .from_ms = from_ms, .until_ms = until_ms };
    gap->lists = strcmp(parts[2], ALL_LISTS) == 0
                     ? g_strdup("")
                     : g_strdelimit(g_strdup(parts[2]), ",", ' ');
    gap->why = g_strdup(parts[3]);
    return true;
}

bool gap_is_of_list(const Gap *gap, const char *list)
{
    g_auto(GStrv) lists = g_strsplit(gap->lists, " ", -1);

    return *gap->lists == '\0' ||
           g_strv_contains((const char *const *)lists, list);
}

bool gap_touches(const Gap *gap, int64_t from_ms, int64_t until_ms)
{
    return gap->from_ms < until_ms && gap->until_ms >= from_ms;
}
