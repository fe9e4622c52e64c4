/* SPDX-License-Identifier: MIT */
#include "base/moment.h"

#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum {
    TEXT_MAX_BYTES = 64,
    YEAR_MAX = 9999,
    DAY_SECONDS = 24 * 60 * 60,
    EPOCH_JULIAN = 719163, /* 1970-01-01 as GDate counts days */
    WORDS_MAX = 3,
    COUNT_MAX = 100 * 1000 * 1000, /* of units: more is no time of ours */
};

static const int64_t EARLIEST_SECONDS = -62135596800; /* 0001-01-01 */
static const int64_t LATEST_SECONDS = 253402300799;   /* 9999-12-31 */

typedef enum Unit {
    UNIT_NONE,
    UNIT_SECOND,
    UNIT_MINUTE,
    UNIT_HOUR,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_MONTH,
    UNIT_YEAR,
} Unit;

/* A time on a wall: days since 1970 and what of the day has passed. */
typedef struct LocalTime {
    int64_t day;
    int64_t milliseconds;
} LocalTime;

static const Moment unreadable = { .is_readable = false };

/* --- local time -------------------------------------------------------- */

static int64_t floor_divide(int64_t value, int64_t by)
{
    return value / by - (value % by < 0 ? 1 : 0);
}

static int64_t offset_at(GTimeZone *zone, int64_t seconds)
{
    const int interval =
        g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL, seconds);

    return g_time_zone_get_offset(zone, interval);
}

/* GDateTime takes the second of two equal local times, and for a day that
 * starts twice we want the first: so the offsets around it are tried. */
static int64_t instant_of(GTimeZone *zone, LocalTime local)
{
    const int64_t seconds =
        local.day * DAY_SECONDS + floor_divide(local.milliseconds, 1000);
    const int64_t before =
        seconds - offset_at(zone, seconds - 2 * (int64_t)DAY_SECONDS);
    const int64_t after =
        seconds - offset_at(zone, seconds + 2 * (int64_t)DAY_SECONDS);
    const bool before_holds = before + offset_at(zone, before) == seconds;
    const bool after_holds = after + offset_at(zone, after) == seconds;
    const int64_t chosen = before_holds && after_holds ? MIN(before, after)
                           : after_holds               ? after
                                                       : before;

    return chosen * 1000 + local.milliseconds -
           floor_divide(local.milliseconds, 1000) * 1000;
}

static LocalTime local_time(GTimeZone *zone, int64_t instant_ms)
{
    const int64_t seconds = floor_divide(instant_ms, 1000);
    const int64_t local_ms = instant_ms + offset_at(zone, seconds) * 1000;
    const int64_t day = floor_divide(local_ms, (int64_t)DAY_SECONDS * 1000);

    return (LocalTime){ .day = day,
                        .milliseconds = local_ms - day * DAY_SECONDS * 1000 };
}

static int64_t start_of_day(const MomentClock *clock, int64_t day)
{
    return instant_of(clock->zone, (LocalTime){ .day = day });
}

static Moment instant(int64_t instant_ms)
{
    return (Moment){ .is_readable = instant_ms / 1000 >= EARLIEST_SECONDS &&
                                    instant_ms / 1000 <= LATEST_SECONDS,
                     .start_ms = instant_ms,
                     .end_ms = instant_ms };
}

static Moment days(const MomentClock *clock, int64_t first, int64_t next)
{
    Moment moment = instant(start_of_day(clock, first));

    moment.end_ms = start_of_day(clock, next);
    return moment;
}

/* --- calendar ---------------------------------------------------------- */

static bool is_date(unsigned year, unsigned month, unsigned day)
{
    return year >= 1 && year <= YEAR_MAX && month <= G_DATE_DECEMBER &&
           day <= 31 &&
           g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static int64_t day_of(unsigned year, unsigned month, unsigned day)
{
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return (int64_t)g_date_get_julian(&date) - EPOCH_JULIAN;
}

/* False: before the year 1 or after 9999. */
static bool date_of(int64_t day, GDate *date)
{
    const int64_t julian = day + EPOCH_JULIAN;

    if (julian < 1 || day > LATEST_SECONDS / DAY_SECONDS)
        return false;
    g_date_clear(date, 1);
    g_date_set_julian(date, (guint32)julian);
    return true;
}

/* 1970-01-01 was a Thursday. */
static int64_t monday_of(int64_t day)
{
    return day - (day + 3 - 7 * floor_divide(day + 3, 7));
}

static int64_t first_iso_week(unsigned year)
{
    return monday_of(day_of(year, 1, 4));
}

/* Where the month or year that begins on a day ends. */
static int64_t day_after(int64_t day, Unit unit)
{
    GDate date;

    if (unit == UNIT_DAY)
        return day + 1;
    if (unit == UNIT_WEEK)
        return day + 7;
    if (!date_of(day, &date))
        return day;
    if (unit == UNIT_MONTH)
        g_date_add_months(&date, 1);
    else
        g_date_add_years(&date, 1);
    return (int64_t)g_date_get_julian(&date) - EPOCH_JULIAN;
}

static Moment whole(const MomentClock *clock, int64_t day, Unit unit)
{
    return days(clock, day, day_after(day, unit));
}

/* The day, week, month or year that a day lies in. */
static int64_t first_day_of(int64_t day, Unit unit)
{
    GDate date;

    if (unit == UNIT_WEEK)
        return monday_of(day);
    if (unit == UNIT_DAY || !date_of(day, &date))
        return day;
    return day_of(g_date_get_year(&date),
                  unit == UNIT_YEAR ? G_DATE_JANUARY : g_date_get_month(&date),
                  1);
}

/* --- ISO 8601 ---------------------------------------------------------- */

/* Exactly so many digits. */
static bool take_digits(const char **at, unsigned count, unsigned *value)
{
    unsigned number = 0;

    for (unsigned i = 0; i < count; i++) {
        if (!g_ascii_isdigit((*at)[i]))
            return false;
        number = number * 10 + (unsigned)((*at)[i] - '0');
    }
    *at += count;
    *value = number;
    return true;
}

static bool take(const char **at, char wanted)
{
    if (**at != wanted)
        return false;
    (*at)++;
    return true;
}

/* Milliseconds; what is finer is dropped. */
static bool take_fraction(const char **at, unsigned *milliseconds)
{
    unsigned factor = 100;

    if (!take(at, '.') && !take(at, ','))
        return true;
    if (!g_ascii_isdigit(**at))
        return false;
    for (; g_ascii_isdigit(**at); (*at)++, factor /= 10)
        *milliseconds += factor * (unsigned)(**at - '0');
    return true;
}

typedef struct WallClock {
    unsigned hour, minute, second, milliseconds;
} WallClock;

/* 24:00 is the day's end, :60 a leap second. */
static bool is_wall_clock(const WallClock *wall)
{
    const bool is_within_hour =
        wall->minute > 0 || wall->second > 0 || wall->milliseconds > 0;

    return wall->minute <= 59 && wall->second <= 60 &&
           (wall->hour < 24 || (wall->hour == 24 && !is_within_hour));
}

/* [:ss[.fff]] or [ss[.fff]] */
static bool take_seconds(const char **at, bool has_colons, WallClock *wall)
{
    const bool follow =
        has_colons ? take(at, ':') : (bool)g_ascii_isdigit(**at);

    return !follow || (take_digits(at, 2, &wall->second) &&
                       take_fraction(at, &wall->milliseconds));
}

/* hh[:mm[:ss[.fff]]] or hh[mm[ss[.fff]]] */
static bool take_clock(const char **at, int64_t *milliseconds)
{
    WallClock wall = { .hour = 0 };
    bool has_colons = false;

    if (!take_digits(at, 2, &wall.hour))
        return false;
    has_colons = take(at, ':');
    if ((has_colons || g_ascii_isdigit(**at)) &&
        (!take_digits(at, 2, &wall.minute) ||
         !take_seconds(at, has_colons, &wall)))
        return false;
    *milliseconds =
        ((wall.hour * 60 + wall.minute) * 60 + wall.second) * 1000LL +
        wall.milliseconds;
    return is_wall_clock(&wall);
}

/* z, utc, gmt, +hh, +hhmm, +hh:mm; false: none of these, nothing taken. */
static bool take_zone(const char **at, int64_t *offset_seconds)
{
    const char *from = *at;
    unsigned hours = 0, minutes = 0;
    const bool is_west = *from == '-';

    *offset_seconds = 0;
    if (strcmp(from, "z") == 0 || strcmp(from, "utc") == 0 ||
        strcmp(from, "gmt") == 0) {
        *at += strlen(from);
        return true;
    }
    if ((!take(&from, '+') && !take(&from, '-')) ||
        !take_digits(&from, 2, &hours))
        return false;
    if (take(&from, ':') || *from != '\0') {
        if (!take_digits(&from, 2, &minutes))
            return false;
    }
    if (hours > 14 || minutes > 59)
        return false;
    *offset_seconds = (is_west ? -1 : 1) * (int64_t)(hours * 60 + minutes) * 60;
    *at = from;
    return true;
}

static Moment parse_clock(const char *at, const MomentClock *clock, int64_t day)
{
    LocalTime local = { .day = day };
    int64_t offset_seconds = 0;

    if (!take_clock(&at, &local.milliseconds))
        return unreadable;
    if (*at == '\0')
        return instant(instant_of(clock->zone, local));
    at += *at == ' ' ? 1 : 0;
    if (!take_zone(&at, &offset_seconds) || *at != '\0')
        return unreadable;
    return instant((day * DAY_SECONDS - offset_seconds) * 1000 +
                   local.milliseconds);
}

/* What follows a date: nothing, or a time of that day. */
static Moment parse_rest_of_day(const char *at, const MomentClock *clock,
                                int64_t day)
{
    if (*at == '\0')
        return whole(clock, day, UNIT_DAY);
    if (!take(&at, 't') && !take(&at, ' '))
        return unreadable;
    return parse_clock(at, clock, day);
}

static Moment parse_week(const char *at, const MomentClock *clock,
                         unsigned year)
{
    unsigned week = 0, weekday = 0;
    int64_t monday = 0;

    if (year < 1 || year > YEAR_MAX || !take_digits(&at, 2, &week) || week < 1)
        return unreadable;
    monday = first_iso_week(year) + ((int64_t)week - 1) * 7;
    if (monday >= first_iso_week(year + 1))
        return unreadable;
    if (*at == '\0')
        return whole(clock, monday, UNIT_WEEK);
    take(&at, '-');
    if (!take_digits(&at, 1, &weekday) || weekday < 1 || weekday > 7)
        return unreadable;
    return parse_rest_of_day(at, clock, monday + weekday - 1);
}

static Moment parse_quarter(const char *at, const MomentClock *clock,
                            unsigned year)
{
    enum { QUARTER_MONTHS = 3 };
    unsigned quarter = 0;

    if (!take_digits(&at, 1, &quarter) || *at != '\0' || quarter < 1 ||
        quarter > 4 || !is_date(year, 1, 1))
        return unreadable;
    const int64_t last =
        day_of(year, QUARTER_MONTHS * quarter, 1); /* its last month */
    const int64_t first = day_of(year, QUARTER_MONTHS * quarter - 2, 1);
    return days(clock, first, day_after(last, UNIT_MONTH));
}

static Moment parse_month(const char *at, const MomentClock *clock,
                          unsigned year, bool has_dashes)
{
    unsigned month = 0, day = 0;

    if (!take_digits(&at, 2, &month) || !is_date(year, month, 1))
        return unreadable;
    if (*at == '\0' && has_dashes)
        return whole(clock, day_of(year, month, 1), UNIT_MONTH);
    if (has_dashes && !take(&at, '-'))
        return unreadable;
    if (!take_digits(&at, 2, &day) || !is_date(year, month, day))
        return unreadable;
    return parse_rest_of_day(at, clock, day_of(year, month, day));
}

static Moment parse_iso(const char *at, const MomentClock *clock)
{
    unsigned year = 0;
    bool has_dash = false;

    if (!take_digits(&at, 4, &year))
        return unreadable;
    if (*at == '\0')
        return is_date(year, 1, 1) ? whole(clock, day_of(year, 1, 1), UNIT_YEAR)
                                   : unreadable;
    has_dash = take(&at, '-');
    if (take(&at, 'w'))
        return parse_week(at, clock, year);
    if (take(&at, 'q'))
        return parse_quarter(at, clock, year);
    return parse_month(at, clock, year, has_dash);
}

/* --- words ------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

static Unit parse_unit(const char *word)
{
    static const char *const words[][6] = {
        [UNIT_SECOND] = { "s", "sec", "secs", "second", "seconds", NULL },
        [UNIT_MINUTE] = { "min", "mins", "minute", "minutes", NULL },
        [UNIT_HOUR] = { "h", "hour", "hours", NULL },
        [UNIT_DAY] = { "d", "day", "days", NULL },
        [UNIT_WEEK] = { "w", "week", "weeks", NULL },
        [UNIT_MONTH] = { "mo", "month", "months", NULL },
        [UNIT_YEAR] = { "y", "year", "years", NULL },
    };

    for (Unit unit = UNIT_SECOND; unit <= UNIT_YEAR; unit++)
        if (is_one_of(word, words[unit]))
            return unit;
    return UNIT_NONE;
}

/* 0 for Monday; -1: no weekday. */
static int parse_weekday(const char *word)
{
    static const char *const words[][3] = {
        { "monday", "mon", NULL },    { "tuesday", "tue", NULL },
        { "wednesday", "wed", NULL }, { "thursday", "thu", NULL },
        { "friday", "fri", NULL },    { "saturday", "sat", NULL },
        { "sunday", "sun", NULL },
    };

    for (int i = 0; i < (int)G_N_ELEMENTS(words); i++)
        if (is_one_of(word, words[i]))
            return i;
    return -1;
}

/* False: not a number, or more than any time of ours. */
static bool parse_count(const char *word, unsigned *count)
{
    *count = 0;
    if (strcmp(word, "a") == 0 || strcmp(word, "an") == 0) {
        *count = 1;
        return true;
    }
    for (const char *at = word; *at != '\0'; at++) {
        if (!g_ascii_isdigit(*at) || *count > COUNT_MAX / 10)
            return false;
        *count = *count * 10 + (unsigned)(*at - '0');
    }
    return *word != '\0';
}

/* So many months before a day; of a month without that day the last. */
static bool subtract_months(int64_t *day, unsigned months)
{
    GDate date;

    if (!date_of(*day, &date) ||
        months >= (unsigned)(g_date_get_year(&date) - 1) * 12)
        return false;
    g_date_subtract_months(&date, months);
    *day = (int64_t)g_date_get_julian(&date) - EPOCH_JULIAN;
    return true;
}

static bool subtract(int64_t *day, unsigned count, Unit unit)
{
    switch (unit) {
    case UNIT_DAY:
        *day -= count;
        return true;
    case UNIT_WEEK:
        *day -= 7 * (int64_t)count;
        return true;
    case UNIT_YEAR:
        return count <= YEAR_MAX && subtract_months(day, count * 12);
    default:
        return subtract_months(day, count);
    }
}

/* An instant so much earlier: hours and less by the clock that never stops,
 * days and more by the calendar. */
static Moment go_back(const MomentClock *clock, int64_t from_ms, unsigned count,
                      Unit unit)
{
    static const int64_t milliseconds[] = {
        [UNIT_SECOND] = 1000, [UNIT_MINUTE] = 60000, [UNIT_HOUR] = 3600000
    };
    LocalTime local = local_time(clock->zone, from_ms);

    if (count == 0)
        return instant(from_ms);
    if (unit <= UNIT_HOUR)
        return instant(from_ms - count * milliseconds[unit]);
    if (!subtract(&local.day, count, unit))
        return unreadable;
    return instant(instant_of(clock->zone, local));
}

/* The latest such day, perhaps today. */
static int64_t latest_weekday(int64_t today, int weekday)
{
    const int64_t day = monday_of(today) + weekday;

    return day <= today ? day : day - 7;
}

static Moment parse_one_word(const char *word, const MomentClock *clock,
                             int64_t today)
{
    static const char *const names[] = { "yesterday", "today", "tomorrow" };
    const int weekday = parse_weekday(word);

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (strcmp(word, names[i]) == 0)
            return whole(clock, today - 1 + (int64_t)i, UNIT_DAY);
    if (weekday >= 0)
        return whole(clock, latest_weekday(today, weekday), UNIT_DAY);
    return strcmp(word, "now") == 0 ? instant(clock->now_ms) : unreadable;
}

/* "last week", "this month", "last monday". */
static Moment parse_two_words(char *const *words, const MomentClock *clock,
                              int64_t today)
{
    const bool is_last = strcmp(words[0], "last") == 0;
    const Unit unit = parse_unit(words[1]);
    const int weekday = parse_weekday(words[1]);
    int64_t first = 0;

    if (!is_last && strcmp(words[0], "this") != 0)
        return unreadable;
    if (is_last && weekday >= 0)
        return whole(clock, latest_weekday(today - 1, weekday), UNIT_DAY);
    if (unit < UNIT_DAY)
        return unreadable;
    first = first_day_of(today, unit);
    return whole(clock, is_last ? first_day_of(first - 1, unit) : first, unit);
}

/* "3 days", "3d", "a week", "week". */
static bool parse_span(const char *text, unsigned *count, Unit *unit)
{
    const char *blank = strchr(text, ' ');
    const size_t digits = strspn(text, "0123456789");
    const size_t length = digits > 0      ? digits
                          : blank != NULL ? (size_t)(blank - text)
                                          : 0;
    g_autofree char *number = g_strndup(text, length);
    const char *rest = text + length;

    *count = 1;
    if (length > 0 && !parse_count(number, count))
        return false;
    *unit = parse_unit(rest + (*rest == ' ' && length > 0 ? 1 : 0));
    return *unit != UNIT_NONE;
}

static Moment parse_ago(const char *text, const MomentClock *clock)
{
    g_autofree char *span = g_strndup(text, strlen(text) - strlen(" ago"));
    unsigned count = 0;
    Unit unit = UNIT_NONE;

    if (!parse_span(span, &count, &unit))
        return unreadable;
    return go_back(clock, clock->now_ms, count, unit);
}

static Moment parse_epoch(const char *text)
{
    char *end = NULL;
    const int64_t seconds = g_ascii_strtoll(text, &end, 10);

    if ((!g_ascii_isdigit(*text) && *text != '-') || *end != '\0' ||
        end == text || seconds < EARLIEST_SECONDS || seconds > LATEST_SECONDS)
        return unreadable;
    return instant(seconds * 1000);
}

/* Lower case, single blanks; NULL: more than a time can be. */
static char *normalise(const char *text)
{
    g_autofree char *cut = g_strndup(text, TEXT_MAX_BYTES + 1);

    if (strlen(cut) > TEXT_MAX_BYTES)
        return NULL;
    return text_collapse(g_ascii_strdown(cut, -1));
}

static Moment parse_words(char *text, const MomentClock *clock)
{
    const int64_t today = local_time(clock->zone, clock->now_ms).day;
    g_auto(GStrv) words = NULL;

    if (!g_ascii_isalnum(*text))
        return unreadable;
    g_strdelimit(text, "._-", ' ');
    if (g_str_has_suffix(text, " ago"))
        return parse_ago(text, clock);
    words = g_strsplit(text, " ", WORDS_MAX);
    switch (g_strv_length(words)) {
    case 1:
        return parse_one_word(words[0], clock, today);
    case 2:
        return parse_two_words(words, clock, today);
    default:
        return unreadable;
    }
}

/* +02:00, +0200, +02 */
static bool is_offset(const char *name)
{
    const size_t digits = strspn(name + 1, "0123456789:");

    return (*name == '+' || *name == '-') && name[1 + digits] == '\0' &&
           (digits == 2 || digits == 4 || (digits == 5 && name[3] == ':'));
}

/* As GLib finds it: a file of the time zone data. */
static bool is_in_database(const char *name)
{
    const char *folder = g_getenv("TZDIR");
    g_autofree char *path = g_build_filename(
        folder != NULL ? folder : "/usr/share/zoneinfo", name, NULL);

    return *name != '/' && *name != '.' &&
           g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

bool moment_zone_is_plain(const char *name)
{
    if (strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0)
        return true;
    if (*name == '\0' || (!is_offset(name) && !is_in_database(name)))
        return false;
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(name);
    return zone != NULL;
}

GTimeZone *moment_zone(const char *name)
{
    if (name != NULL && *name == ':') /* as POSIX writes it in TZ */
        name++;
    if (name == NULL || *name == '\0')
        return g_time_zone_new_utc();
    return g_time_zone_new_identifier(name);
}

Moment moment_parse(const char *text, const MomentClock *clock)
{
    g_autofree char *plain = normalise(text);
    Moment moment = unreadable;

    if (plain == NULL || !instant(clock->now_ms).is_readable)
        return unreadable;
    if (*plain == '@')
        return parse_epoch(plain + 1);
    moment = parse_iso(plain, clock);
    return moment.is_readable ? moment : parse_words(plain, clock);
}

int64_t moment_go_back(const char *text, const MomentClock *clock,
                       int64_t until_ms)
{
    g_autofree char *plain = normalise(text);
    unsigned count = 0;
    Unit unit = UNIT_NONE;
    Moment moment = unreadable;

    if (plain == NULL || !instant(until_ms).is_readable)
        return INT64_MIN;
    g_strdelimit(plain, "._-", ' ');
    if (!parse_span(plain, &count, &unit))
        return INT64_MIN;
    moment = go_back(clock, until_ms, count, unit);
    return moment.is_readable ? moment.start_ms : INT64_MIN;
}

/* --- times as they are shown ------------------------------------------ */

static GTimeZone *zone_or_utc(const char *name)
{
    GTimeZone *zone = NULL;

    if (name != NULL && *name != '\0')
        zone = g_time_zone_new_identifier(name);
    return zone == NULL ? g_time_zone_new_utc() : zone;
}

char *moment_format(int64_t time_ms, const char *zone_name, const char *format)
{
    g_autoptr(GTimeZone) zone = zone_or_utc(zone_name);
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(time_ms / 1000);
    g_autoptr(GDateTime) local =
        utc == NULL ? NULL : g_date_time_to_timezone(utc, zone);

    if (local == NULL)
        return g_strdup("?");
    return g_date_time_format(local, format);
}

char *moment_show(int64_t time_ms, const char *zone_name)
{
    return moment_format(time_ms, zone_name, "%Y-%m-%d %H:%M");
}
