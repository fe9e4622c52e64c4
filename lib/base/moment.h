/* SPDX-License-Identifier: MIT */
/*
 * Reads times as people write them, in a time zone, relative to a given now.
 * Any text gives a result; a text that is not a time is ordinary.
 *
 *   2025  2025-Q3  2025-10  2025-W40  2025-W40-3  2025-10-31  20251031
 *   2025-10-31T12:30[:15[.250]][Z|+02:00]    a blank may stand for the T
 *   now  today  yesterday  tomorrow  monday ... (the latest, perhaps today)
 *   last monday (before today)  last|this day|week|month|year
 *   3 days ago  a week ago  12 hours ago  @1759276800
 *
 * Weeks start on Monday. Case does not matter, and . _ or - may stand for
 * a blank between words (3.days.ago).
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct MomentClock {
    GTimeZone *zone;
    int64_t now_ms; /* since 1970 */
} MomentClock;

typedef struct Moment {
    bool is_readable;
    int64_t start_ms;
    int64_t end_ms; /* of the day, week, month, quarter or year named; of an
                       instant: start_ms */
} Moment;

/* Returns a time zone: UTC for NULL or "", else that of an Olson name or
 * another value of TZ. Owned; NULL if there is no such zone. */
GTimeZone *moment_zone(const char *name);
/* Returns true for an IANA name that this system knows, UTC, or an offset such
 * as +02:00, +0200 or -05 (east is plus). False for what only POSIX reads so,
 * UTC+3 for three hours west: nobody means it. */
bool moment_zone_is_plain(const char *name);

/*
 * A local time that the zone has twice means the first; one that it skips is
 * read with the offset before, so a day starts with its first instant. "3 days
 * ago" is the same time of the local day; in months without that day it is the
 * last day. Years are 1 to 9999; others are not readable.
 */
Moment moment_parse(const char *text, const MomentClock *clock);
/* Returns the time that is "7d", "12 hours" or "week" before until_ms;
 * INT64_MIN if the text is not readable. "m" alone is refused, since it may
 * mean minutes or months. */
int64_t moment_go_back(const char *text, const MomentClock *clock,
                       int64_t until_ms);

/* Returns a time (milliseconds since 1970) in a zone as g_date_time_format()
 * writes it; owned. zone_name: an Olson name, UTC if it is unknown. "?" for
 * times after the year 9999, where GLib's calendar ends: hostile mail may
 * arrive there. */
char *moment_format(int64_t time_ms, const char *zone_name, const char *format);
/* Returns "2025-09-29 05:12" in the zone; owned. */
char *moment_show(int64_t time_ms, const char *zone_name);
