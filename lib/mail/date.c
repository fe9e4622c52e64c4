/* SPDX-License-Identifier: MIT */
#include "mail/date.h"

#include <string.h>

#include <gmime/gmime.h>

#include "base/banned.h"

enum {
    YEAR_MIN = 1970,
    YEAR_MAX = 9999,
    EPOCH_JULIAN = 719163, /* 1970-01-01 as GDate counts days */
    HOURS_PER_DAY = 24,
    MINUTES_PER_HOUR = 60,
    SECONDS_PER_MINUTE = 60,
    ZONE_HOURS_MAX = 14,
};

/* What "%d %b %Y %H:%M:%S %z" reads. */
typedef struct PlainDate {
    int year, month, day, hour, minute, second;
    int offset; /* minutes */
} PlainDate;

/* One of the names, of three letters each; 1, 2, ... or 0. */
static int take_name(const char **at, const char *names)
{
    for (int i = 0; names[3 * i] != '\0'; i++) {
        if (strncmp(*at, names + 3 * i, 3) != 0)
            continue;
        *at += 3;
        return i + 1;
    }
    return 0;
}

/* A number of so many digits; -1 if it has not got these, or more. */
static int take_digits(const char **at, int least, int most)
{
    int number = 0, digits = 0;

    while (g_ascii_isdigit(**at) && digits < most) {
        number = number * 10 + (*(*at)++ - '0');
        digits++;
    }
    return digits < least || g_ascii_isdigit(**at) ? -1 : number;
}

static bool take_byte(const char **at, char byte)
{
    if (**at != byte)
        return false;
    (*at)++;
    return true;
}

static bool take_blanks(const char **at)
{
    const size_t count = strspn(*at, " ");

    *at += count;
    return count > 0;
}

static bool take_zone(const char **at, int *offset)
{
    const int sign = **at == '-' ? -1 : 1;

    if (!take_byte(at, '-') && !take_byte(at, '+'))
        return false;
    const int zone = take_digits(at, 4, 4);

    *offset = sign * (zone / 100 * MINUTES_PER_HOUR + zone % 100);
    return zone >= 0 && zone / 100 <= ZONE_HOURS_MAX &&
           zone % 100 < MINUTES_PER_HOUR;
}

static bool take_day(const char **at, PlainDate *date)
{
    take_blanks(at);
    if (take_name(at, "MonTueWedThuFriSatSun") == 0 || !take_byte(at, ',') ||
        !take_blanks(at))
        return false;
    date->day = take_digits(at, 1, 2);
    if (!take_blanks(at))
        return false;
    date->month = take_name(at, "JanFebMarAprMayJunJulAugSepOctNovDec");
    if (date->month == 0 || !take_blanks(at))
        return false;
    date->year = take_digits(at, 4, 4);
    return date->year >= YEAR_MIN && date->day >= 1 &&
           date->day <= g_date_get_days_in_month((GDateMonth)date->month,
                                                 (GDateYear)date->year);
}

static bool take_time(const char **at, PlainDate *date)
{
    date->hour = take_digits(at, 2, 2);
    if (!take_byte(at, ':'))
        return false;
    date->minute = take_digits(at, 2, 2);
    if (!take_byte(at, ':'))
        return false;
    date->second = take_digits(at, 2, 2);
    return date->hour >= 0 && date->hour < HOURS_PER_DAY && date->minute >= 0 &&
           date->minute < MINUTES_PER_HOUR && date->second >= 0 &&
           date->second < SECONDS_PER_MINUTE;
}

/* "Mon, 29 Sep 2025 08:42:00 +0200 (CEST)": what is behind the zone says
 * nothing more. */
static bool read_plain(const char *value, PlainDate *date)
{
    return take_day(&value, date) && take_blanks(&value) &&
           take_time(&value, date) && take_blanks(&value) &&
           take_zone(&value, &date->offset) &&
           (*value == '\0' || *value == ' ');
}

static int64_t seconds_of(const PlainDate *date)
{
    GDate day;

    g_date_clear(&day, 1);
    g_date_set_dmy(&day, (GDateDay)date->day, (GDateMonth)date->month,
                   (GDateYear)date->year);
    const int64_t hours =
        ((int64_t)g_date_get_julian(&day) - EPOCH_JULIAN) * HOURS_PER_DAY +
        date->hour;
    const int64_t minutes =
        hours * MINUTES_PER_HOUR + date->minute - date->offset;

    return minutes * SECONDS_PER_MINUTE + date->second;
}

bool mail_date_parse_by_gmime(const char *value, int64_t *seconds, int *offset)
{
    GDateTime *date = g_mime_utils_header_decode_date(value);
    if (date == NULL)
        return false;
    const int year = g_date_time_get_year(date);
    *seconds = g_date_time_to_unix(date);
    *offset = (int)(g_date_time_get_utc_offset(date) / G_TIME_SPAN_MINUTE);
    g_date_time_unref(date);
    return year >= YEAR_MIN && year <= YEAR_MAX && *seconds >= 0;
}

/* --- forms that GMime takes for a date without a time ------------------- */

/* "10.24.50", "9.05", "22:00:54+0200": a time of day, perhaps with its zone
 * behind it. False: it is none, or as it should be. */
static bool append_time(GString *out, const char *word)
{
    const bool has_dot = word[strspn(word, G_CSET_DIGITS)] == '.';
    const char *const separator = has_dot ? "." : ":";
    int part[3] = { 0, 0, 0 };
    const char *at = word;

    for (int i = 0; i < 3; i++) {
        if (i > 0 && !take_byte(&at, *separator)) {
            if (i == 2)
                break;
            return false;
        }
        part[i] = take_digits(&at, i == 0 ? 1 : 2, 2);
        if (part[i] < 0)
            return false;
    }
    if (!(*at == '\0' && has_dot) && *at != '+' && *at != '-')
        return false;
    g_string_append_printf(out, "%02d:%02d:%02d%s%s", part[0], part[1], part[2],
                           *at != '\0' ? " " : "", at);
    return true;
}

/* "5.5.2025": day, month, year, as where dots are written. */
static bool append_day(GString *out, const char *word)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    const char *at = word;
    const int day = take_digits(&at, 1, 2);

    if (day < 0 || !take_byte(&at, '.'))
        return false;
    const int month = take_digits(&at, 1, 2);

    if (month < 1 || month > 12 || !take_byte(&at, '.'))
        return false;
    const int year = take_digits(&at, 4, 4);

    if (year < 0 || *at != '\0')
        return false;
    g_string_append_printf(out, "%d %.3s %d", day, months + 3 * (month - 1),
                           year);
    return true;
}

/* The value with such words put right; NULL if it has none. Owned. */
static char *put_right(const char *value)
{
    g_auto(GStrv) words = g_strsplit_set(value, " \t", -1);
    GString *out = g_string_new(NULL);
    bool is_changed = false;

    for (char **word = words; *word != NULL; word++) {
        if (**word == '\0')
            continue;
        if (append_time(out, *word) || append_day(out, *word))
            is_changed = true;
        else
            g_string_append(out, *word);
        g_string_append_c(out, ' ');
    }
    return g_string_free(out, !is_changed);
}

bool mail_date_parse(const char *value, int64_t *seconds, int *offset)
{
    PlainDate date;
    g_autofree char *right = NULL;

    if (!read_plain(value, &date)) {
        right = put_right(value);
        if (right == NULL)
            return mail_date_parse_by_gmime(value, seconds, offset);
        if (!read_plain(right, &date))
            return mail_date_parse_by_gmime(right, seconds, offset);
    }
    *seconds = seconds_of(&date);
    *offset = date.offset;
    return *seconds >= 0;
}
