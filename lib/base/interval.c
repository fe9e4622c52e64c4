/* SPDX-License-Identifier: MIT */
#include "base/interval.h"

#include <string.h>

#include "base/hex.h"
#include "base/text.h"

#include "base/banned.h"

enum {
    MARK_MIN = 4,
    MARK_MAX = 40,
    YEAR_DIGITS = 4,
    DATE_DIGITS = 8,
    DAY_MS = 24 * 60 * 60 * 1000,
};

static const char FORMS[] =
    "2025-10-31, 2025-10-31T12:30Z, 2025-W40, 2025-10, 2025-Q3, yesterday, "
    "monday, \"3 days ago\", \"last week\", 7d or @SECONDS";

/* One end of an interval: a mark or a time. */
typedef struct End {
    char *mark;
    Moment moment;
} End;

GQuark interval_error_quark(void)
{
    return g_quark_from_static_string("interval-error");
}

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static bool refuse(GError **error, const char *format, ...)
{
    va_list arguments;
    g_autofree char *message = NULL;

    va_start(arguments, format);
    message = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_set_error_literal(error, INTERVAL_ERROR, INTERVAL_ERROR_UNREADABLE,
                        message);
    return false;
}

static bool is_of_form(const char *text, const char *form)
{
    for (; *form != '\0'; form++, text++) {
        if (*form == '#' ? !g_ascii_isdigit(*text) : *form != *text)
            return false;
    }
    return *text == '\0';
}

/* What a text would be if the calendar had it: 2026-02-30 is a "day"; NULL: it
 * is not written as any. */
static const char *calendar_word(const char *text)
{
    static const struct {
        const char *form, *word;
    } forms[] = {
        { "####-##-##", "day" },
        { "####-##", "month" },
        { "####-W##", "week" },
        { "####-Q#", "quarter" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        if (is_of_form(text, forms[i].form))
            return forms[i].word;
    }
    return NULL;
}

static bool refuse_time(const char *text, GError **error)
{
    g_autofree char *shown = text_visible(text);
    const size_t length = strlen(text);

    if (length >= MARK_MIN && length <= MARK_MAX && hex_is_digits(text, length))
        return refuse(error,
                      "%s is no time; of a mark make an interval, "
                      "%s.. or MARK..%s",
                      shown, shown, shown);
    if (calendar_word(text) != NULL)
        return refuse(error, "%s: there is no such %s", shown,
                      calendar_word(text));
    return refuse(error, "%s is no time; write %s",
                  *shown != '\0' ? shown : "\"\"", FORMS);
}

static bool read_time(const char *text, const MomentClock *clock,
                      Moment *moment, GError **error)
{
    *moment = moment_parse(text, clock);
    return moment->is_readable || refuse_time(text, error);
}

/* Digits that may be a mark as well: a year or a date of our time. */
static bool looks_like_year(const char *text, size_t length,
                            const MomentClock *clock)
{
    return (length == YEAR_DIGITS || length == DATE_DIGITS) &&
           strspn(text, "0123456789") == length &&
           strncmp(text, "1970", YEAR_DIGITS) >= 0 &&
           strncmp(text, "2099", YEAR_DIGITS) <= 0 &&
           moment_parse(text, clock).is_readable;
}

static bool is_mark(const char *text, const MomentClock *clock)
{
    const size_t length = strlen(text);

    return length >= MARK_MIN && length <= MARK_MAX &&
           hex_is_digits(text, length) && !looks_like_year(text, length, clock);
}

static bool read_end(const char *text, const MomentClock *clock, End *end,
                     GError **error)
{
    if (is_mark(text, clock)) {
        end->mark = g_ascii_strdown(text, -1);
        return true;
    }
    end->moment = moment_parse(text, clock);
    if (end->moment.is_readable)
        return true;
    if (!hex_is_digits(text, strlen(text)))
        return refuse_time(text, error);
    g_autofree char *shown = text_visible(text);
    return refuse(error, "%s is no time, and no mark: it has %d to %d digits",
                  shown, MARK_MIN, MARK_MAX);
}

/* A day or week that ends where the interval starts is before it. */
static bool is_in_order(const IntervalRequest *request, bool until_is_named,
                        GError **error)
{
    const int64_t least_ms = request->from_ms + (until_is_named ? 1 : 0);

    if (!request->has_from || !request->has_until ||
        request->until_ms >= least_ms)
        return true;
    g_set_error_literal(error, INTERVAL_ERROR, INTERVAL_ERROR_ORDER,
                        "the interval ends before it starts");
    return false;
}

static bool read_from(const char *text, const MomentClock *clock,
                      IntervalRequest *request, GError **error)
{
    End end = { .mark = NULL };

    if (*text == '\0')
        return true;
    if (!read_end(text, clock, &end, error))
        return false;
    request->from_mark = end.mark;
    request->has_from = end.mark == NULL;
    request->from_ms = end.moment.start_ms;
    return true;
}

static bool read_until(const char *text, const MomentClock *clock,
                       IntervalRequest *request, GError **error)
{
    End end = { .mark = NULL };

    if (*text == '\0')
        return true;
    if (!read_end(text, clock, &end, error))
        return false;
    request->until_mark = end.mark;
    request->has_until = end.mark == NULL;
    request->until_ms = end.moment.end_ms;
    return is_in_order(request, end.moment.end_ms > end.moment.start_ms, error);
}

/* Returns true if text is a length of time, such as 7d or week, and makes the
 * interval that ends now. */
static bool read_length(const char *text, const MomentClock *clock,
                        IntervalRequest *request)
{
    const int64_t from_ms = moment_go_back(text, clock, clock->now_ms);

    if (from_ms == INT64_MIN)
        return false;
    request->has_from = request->has_until = true;
    request->from_ms = from_ms;
    request->until_ms = clock->now_ms;
    return true;
}

/* Reads a single day, week, month, quarter or year, or a length of time up to
 * now. */
static bool read_whole(const char *text, const MomentClock *clock,
                       IntervalRequest *request, GError **error)
{
    Moment moment = { .is_readable = false };
    g_autofree char *shown = text_visible(text);

    /* 365d is hex as well, but a mark alone is no interval. */
    if (read_length(text, clock, request))
        return true;
    if (is_mark(text, clock))
        return refuse(error, "%s is one post; write %s.. or MARK..%s", shown,
                      shown, shown);
    if (!read_time(text, clock, &moment, error))
        return false;
    if (moment.end_ms == moment.start_ms)
        return refuse(error, "%s is one instant; write %s..", shown, shown);
    request->has_from = request->has_until = true;
    request->from_ms = moment.start_ms;
    request->until_ms = moment.end_ms;
    return true;
}

static bool read_range(const char *range, const MomentClock *clock,
                       IntervalRequest *request, GError **error)
{
    const char *dots = strstr(range, "..");
    g_autofree char *from =
        g_strndup(range, dots != NULL ? (size_t)(dots - range) : 0);
    g_autofree char *until = g_strdup(dots != NULL ? dots + 2 : range);
    g_autofree char *shown = text_visible(range);

    g_strstrip(from);
    g_strstrip(until);
    if (dots == NULL)
        return read_whole(until, clock, request, error);
    if (*until == '.' || strstr(until, "..") != NULL ||
        (*from == '\0' && *until == '\0'))
        return refuse(error, "%s is no interval; write A..B or A..", shown);
    return read_from(from, clock, request, error) &&
           read_until(until, clock, request, error);
}

static bool read_last(const char *last, const MomentClock *clock,
                      IntervalRequest *request, GError **error)
{
    const int64_t from_ms = moment_go_back(last, clock, request->until_ms);
    g_autofree char *shown = text_visible(last);

    if (from_ms == INT64_MIN)
        return refuse(error,
                      "%s is no length of time; write 7d, 12h, day, week, "
                      "month or \"3 months\"",
                      *shown != '\0' ? shown : "\"\"");
    request->has_from = true;
    request->from_ms = from_ms;
    return true;
}

/* --since also takes a length of time, which means this long before now. */
static bool read_since(const char *text, const MomentClock *clock,
                       Moment *since, GError **error)
{
    const int64_t start_ms = moment_go_back(text, clock, clock->now_ms);

    if (start_ms == INT64_MIN)
        return read_time(text, clock, since, error);
    since->start_ms = start_ms;
    return true;
}

static bool read_options(const IntervalWords *words, const MomentClock *clock,
                         IntervalRequest *request, GError **error)
{
    Moment since = { .is_readable = false };
    Moment until = { .start_ms = words->now_ms };

    if (words->until != NULL && !read_time(words->until, clock, &until, error))
        return false;
    if (words->since != NULL && !read_since(words->since, clock, &since, error))
        return false;
    request->has_until = words->until != NULL || words->since == NULL;
    request->until_ms = until.start_ms;
    request->has_from = words->since != NULL;
    request->from_ms = since.start_ms;
    if (words->last != NULL)
        return read_last(words->last, clock, request, error);
    if (words->since == NULL && words->until == NULL) {
        request->has_from = true;
        request->from_ms = words->now_ms - DAY_MS;
    }
    return true;
}

static bool read_words(const IntervalWords *words, const MomentClock *clock,
                       IntervalRequest *request, GError **error)
{
    const bool has_option =
        words->since != NULL || words->until != NULL || words->last != NULL;

    if (words->range != NULL && has_option)
        return refuse(error, "write either A..B or --since, --until, --last");
    if (words->since != NULL && words->last != NULL)
        return refuse(error, "write either --since or --last");
    if (words->range != NULL)
        return read_range(words->range, clock, request, error);
    return read_options(words, clock, request, error);
}

static GTimeZone *read_zone(const char *name, GError **error)
{
    GTimeZone *zone = moment_zone(name);
    g_autofree char *shown = text_visible(name != NULL ? name : "");

    if (zone == NULL)
        g_set_error(error, INTERVAL_ERROR, INTERVAL_ERROR_TIMEZONE,
                    "%s is no time zone; write one such as Europe/Berlin",
                    shown);
    return zone;
}

bool interval_parse(const IntervalWords *words, IntervalRequest *request,
                    GError **error)
{
    g_autoptr(GTimeZone) zone = read_zone(words->timezone, error);
    const MomentClock clock = { .zone = zone, .now_ms = words->now_ms };
    IntervalRequest made = { .from_mark = NULL };

    if (zone == NULL)
        return false;
    if (!read_words(words, &clock, &made, error) ||
        !is_in_order(&made, false, error)) {
        interval_request_clear(&made);
        return false;
    }
    *request = made;
    return true;
}

void interval_request_clear(IntervalRequest *request)
{
    g_clear_pointer(&request->from_mark, g_free);
    g_clear_pointer(&request->until_mark, g_free);
}

bool interval_parse_time(const char *text, const char *zone_name,
                         int64_t now_ms, int64_t *start_ms, int64_t *end_ms,
                         GError **error)
{
    g_autoptr(GTimeZone) zone = read_zone(zone_name, error);
    const MomentClock clock = { .zone = zone, .now_ms = now_ms };
    Moment moment = { .is_readable = false };

    if (zone == NULL || !read_time(text, &clock, &moment, error))
        return false;
    *start_ms = moment.start_ms;
    if (end_ms != NULL)
        *end_ms = moment.end_ms;
    return true;
}
