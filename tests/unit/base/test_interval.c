/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <string.h>

#include "base/interval.h"

/* Wednesday, 2025-10-15 12:00 UTC */
static const int64_t NOW_MS = 1760529600000;

/* "[FROM, UNTIL)" with marks in front or behind, "-" where it is open. */
static char *show_end(const char *mark, bool has_time, int64_t time_ms)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(time_ms / 1000);

    if (mark != NULL)
        return g_strdup_printf("mark %s", mark);
    return has_time ? g_date_time_format(time, "%F %R") : g_strdup("open");
}

static char *show(const IntervalWords *words)
{
    IntervalRequest request = { .from_mark = NULL };
    g_autoptr(GError) error = NULL;
    g_autofree char *from = NULL;
    g_autofree char *until = NULL;

    if (!interval_parse(words, &request, &error))
        return g_strdup(error->message);
    from = show_end(request.from_mark, request.has_from, request.from_ms);
    until = show_end(request.until_mark, request.has_until, request.until_ms);
    interval_request_clear(&request);
    return g_strdup_printf("%s to %s", from, until);
}

static void assert_interval(IntervalWords words, const char *expected)
{
    g_autofree char *shown = NULL;

    words.now_ms = NOW_MS;
    shown = show(&words);
    assert_string_equal(shown, expected);
}

static void nothing_given_is_the_last_24_hours(void **state)
{
    (void)state;
    assert_interval((IntervalWords){ .range = NULL },
                    "2025-10-14 12:00 to 2025-10-15 12:00");
}

static void ranges_take_marks_and_times(void **state)
{
    static const char *const cases[][2] = {
        { "59bf583ce..29a23e72d", "mark 59bf583ce to mark 29a23e72d" },
        { "59BF583CE..29A23E72D", "mark 59bf583ce to mark 29a23e72d" },
        { "59bf..", "mark 59bf to open" },
        { "..59bf", "open to mark 59bf" },
        { " 59bf .. 29a2 ", "mark 59bf to mark 29a2" },
        { "0123456789012345678901234567890123456789..",
          "mark 0123456789012345678901234567890123456789 to open" },
        { "59bf..yesterday", "mark 59bf to 2025-10-15 00:00" },
        { "2025-09-29..59bf", "2025-09-29 00:00 to mark 59bf" },
        { "2025-09..2025-10", "2025-09-01 00:00 to 2025-11-01 00:00" },
        { "2025-09-29..2025-09-30", "2025-09-29 00:00 to 2025-10-01 00:00" },
        { "2025-09-29..2025-09-29", "2025-09-29 00:00 to 2025-09-30 00:00" },
        { "2025-W40..2025-W41", "2025-09-29 00:00 to 2025-10-13 00:00" },
        { "2025-09-29T10:00Z..2025-09-29T11:00Z",
          "2025-09-29 10:00 to 2025-09-29 11:00" },
        { "2025-09-29T10:00Z..2025-09-29T10:00Z",
          "2025-09-29 10:00 to 2025-09-29 10:00" },
        { "monday..", "2025-10-13 00:00 to open" },
        { "3.days.ago..now", "2025-10-12 12:00 to 2025-10-15 12:00" },
        { "3 days ago .. yesterday", "2025-10-12 12:00 to 2025-10-15 00:00" },
        { "..yesterday", "open to 2025-10-15 00:00" },
        { "last week", "2025-10-06 00:00 to 2025-10-13 00:00" },
        { "2025-10", "2025-10-01 00:00 to 2025-11-01 00:00" },
        { "today", "2025-10-15 00:00 to 2025-10-16 00:00" },
        { "2025-Q3", "2025-07-01 00:00 to 2025-10-01 00:00" },
        { "2025-q1..2025-q2", "2025-01-01 00:00 to 2025-07-01 00:00" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_interval((IntervalWords){ .range = cases[i][0] }, cases[i][1]);
}

static void a_length_of_time_alone_ends_now(void **state)
{
    static const char *const cases[][2] = {
        { "7d", "2025-10-08 12:00 to 2025-10-15 12:00" },
        { "365d", "2024-10-15 12:00 to 2025-10-15 12:00" },
        { "day", "2025-10-14 12:00 to 2025-10-15 12:00" },
        { "week", "2025-10-08 12:00 to 2025-10-15 12:00" },
        { "3 months", "2025-07-15 12:00 to 2025-10-15 12:00" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_interval((IntervalWords){ .range = cases[i][0] }, cases[i][1]);
    assert_interval((IntervalWords){ .since = "7d" },
                    "2025-10-08 12:00 to open");
    assert_interval(
        (IntervalWords){ .since = "2 weeks", .until = "7 days ago" },
        "2025-10-01 12:00 to 2025-10-08 12:00");
}

static void digits_are_a_time_only_where_they_look_like_one(void **state)
{
    static const char *const cases[][2] = {
        { "2025..2025", "2025-01-01 00:00 to 2026-01-01 00:00" },
        { "1970..", "1970-01-01 00:00 to open" },
        { "2099..", "2099-01-01 00:00 to open" },
        { "1969..", "mark 1969 to open" },
        { "2100..", "mark 2100 to open" },
        { "20251..", "mark 20251 to open" },
        { "202510..", "mark 202510 to open" },
        { "20251031..", "2025-10-31 00:00 to open" },
        { "20251301..", "mark 20251301 to open" },
        { "20250229..", "mark 20250229 to open" },
        { "21000101..", "mark 21000101 to open" },
        { "202510311..", "mark 202510311 to open" },
        { "2025a..", "mark 2025a to open" },
        { "dead..beef", "mark dead to mark beef" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_interval((IntervalWords){ .range = cases[i][0] }, cases[i][1]);
}

static void since_and_until_are_starts(void **state)
{
    (void)state;
    assert_interval((IntervalWords){ .since = "yesterday" },
                    "2025-10-14 00:00 to open");
    assert_interval((IntervalWords){ .until = "yesterday" },
                    "open to 2025-10-14 00:00");
    assert_interval((IntervalWords){ .since = "2025-09", .until = "2025-10" },
                    "2025-09-01 00:00 to 2025-10-01 00:00");
    assert_interval((IntervalWords){ .since = "2025" },
                    "2025-01-01 00:00 to open");
    assert_interval((IntervalWords){ .since = "monday", .until = "monday" },
                    "2025-10-13 00:00 to 2025-10-13 00:00");
}

static void last_goes_back_from_now_or_until(void **state)
{
    (void)state;
    assert_interval((IntervalWords){ .last = "7d" },
                    "2025-10-08 12:00 to 2025-10-15 12:00");
    assert_interval((IntervalWords){ .last = "12h" },
                    "2025-10-15 00:00 to 2025-10-15 12:00");
    assert_interval((IntervalWords){ .last = "month" },
                    "2025-09-15 12:00 to 2025-10-15 12:00");
    assert_interval((IntervalWords){ .last = "week", .until = "2025-10-01" },
                    "2025-09-24 00:00 to 2025-10-01 00:00");
}

static void the_zone_is_that_of_the_words(void **state)
{
    (void)state;
    assert_interval(
        (IntervalWords){ .range = "2025-10-26", .timezone = "Europe/Berlin" },
        "2025-10-25 22:00 to 2025-10-26 23:00");
    assert_interval(
        (IntervalWords){ .since = "today", .timezone = "Asia/Tokyo" },
        "2025-10-14 15:00 to open");
    assert_interval((IntervalWords){ .since = "today", .timezone = "" },
                    "2025-10-15 00:00 to open");
}

#define FORMS                                                                  \
    "2025-10-31, 2025-10-31T12:30Z, 2025-W40, 2025-10, 2025-Q3, yesterday, "   \
    "monday, \"3 days ago\", \"last week\", 7d or @SECONDS"

static void what_is_wrong_is_said(void **state)
{
    static const struct {
        IntervalWords words;
        IntervalError code;
        const char *message;
    } cases[] = {
        { { .range = "foo.." },
          INTERVAL_ERROR_UNREADABLE,
          "foo is no time; write " FORMS },
        { { .range = "2026-02-30" },
          INTERVAL_ERROR_UNREADABLE,
          "2026-02-30: there is no such day" },
        { { .range = "2026-01-01..2026-13" },
          INTERVAL_ERROR_UNREADABLE,
          "2026-13: there is no such month" },
        { { .since = "2026-W60" },
          INTERVAL_ERROR_UNREADABLE,
          "2026-W60: there is no such week" },
        { { .until = "2026-Q5" },
          INTERVAL_ERROR_UNREADABLE,
          "2026-Q5: there is no such quarter" },
        { { .since = "2026-1-1" },
          INTERVAL_ERROR_UNREADABLE,
          "2026-1-1 is no time; write " FORMS },
        { { .range = "59b..29a23e72d" },
          INTERVAL_ERROR_UNREADABLE,
          "59b is no time, and no mark: it has 4 to 40 digits" },
        { { .range = "01234567890123456789012345678901234567890.." },
          INTERVAL_ERROR_UNREADABLE,
          "01234567890123456789012345678901234567890 is no time, and no mark: "
          "it has 4 to 40 digits" },
        { { .range = ".." },
          INTERVAL_ERROR_UNREADABLE,
          ".. is no interval; write A..B or A.." },
        { { .range = "59bf...29a2" },
          INTERVAL_ERROR_UNREADABLE,
          "59bf...29a2 is no interval; write A..B or A.." },
        { { .range = "a..b..c" },
          INTERVAL_ERROR_UNREADABLE,
          "a..b..c is no interval; write A..B or A.." },
        { { .range = "" },
          INTERVAL_ERROR_UNREADABLE,
          "\"\" is no time; write " FORMS },
        { { .range = "59bf583ce" },
          INTERVAL_ERROR_UNREADABLE,
          "59bf583ce is one post; write 59bf583ce.. or MARK..59bf583ce" },
        { { .range = "now" },
          INTERVAL_ERROR_UNREADABLE,
          "now is one instant; write now.." },
        { { .range = "\x1b[31m.." },
          INTERVAL_ERROR_UNREADABLE,
          "<U+001B>[31m is no time; write " FORMS },
        { { .since = "" },
          INTERVAL_ERROR_UNREADABLE,
          "\"\" is no time; write " FORMS },
        { { .since = "59bf583ce" },
          INTERVAL_ERROR_UNREADABLE,
          "59bf583ce is no time; of a mark make an interval, 59bf583ce.. or "
          "MARK..59bf583ce" },
        { { .until = "99999999999 days ago" },
          INTERVAL_ERROR_UNREADABLE,
          "99999999999 days ago is no time; write " FORMS },
        { { .last = "7m" },
          INTERVAL_ERROR_UNREADABLE,
          "7m is no length of time; write 7d, 12h, day, week, month or "
          "\"3 months\"" },
        { { .last = "" },
          INTERVAL_ERROR_UNREADABLE,
          "\"\" is no length of time; write 7d, 12h, day, week, month or "
          "\"3 months\"" },
        { { .range = "a..", .since = "today" },
          INTERVAL_ERROR_UNREADABLE,
          "write either A..B or --since, --until, --last" },
        { { .last = "7d", .since = "today" },
          INTERVAL_ERROR_UNREADABLE,
          "write either --since or --last" },
        { { .since = "today", .until = "yesterday" },
          INTERVAL_ERROR_ORDER,
          "the interval ends before it starts" },
        { { .range = "2025-10..2025-09" },
          INTERVAL_ERROR_ORDER,
          "the interval ends before it starts" },
        { { .timezone = "Europe/Atlantis" },
          INTERVAL_ERROR_TIMEZONE,
          "Europe/Atlantis is no time zone; write one such as "
          "Europe/Berlin" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        IntervalWords words = cases[i].words;
        IntervalRequest request = { .from_ms = 77 };
        g_autoptr(GError) error = NULL;

        words.now_ms = NOW_MS;
        if (interval_parse(&words, &request, &error))
            fail_msg("%s", cases[i].message);
        assert_string_equal(error->message, cases[i].message);
        assert_true(g_error_matches(error, INTERVAL_ERROR, (int)cases[i].code));
        assert_int_equal(request.from_ms, 77);
    }
}

static void one_moment_has_a_start_and_an_end(void **state)
{
    int64_t start_ms = 7, end_ms = 7;
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_true(interval_parse_time("2025-10-15", NULL, NOW_MS, &start_ms,
                                    &end_ms, NULL));
    assert_int_equal(start_ms, 1760486400000);
    assert_int_equal(end_ms, 1760572800000);
    assert_true(
        interval_parse_time("now", "UTC", NOW_MS, &start_ms, NULL, NULL));
    assert_int_equal(start_ms, NOW_MS);
    assert_false(
        interval_parse_time("then", NULL, NOW_MS, &start_ms, &end_ms, &error));
    assert_int_equal(start_ms, NOW_MS);
    assert_true(
        g_error_matches(error, INTERVAL_ERROR, INTERVAL_ERROR_UNREADABLE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_given_is_the_last_24_hours),
        cmocka_unit_test(ranges_take_marks_and_times),
        cmocka_unit_test(a_length_of_time_alone_ends_now),
        cmocka_unit_test(digits_are_a_time_only_where_they_look_like_one),
        cmocka_unit_test(since_and_until_are_starts),
        cmocka_unit_test(last_goes_back_from_now_or_until),
        cmocka_unit_test(the_zone_is_that_of_the_words),
        cmocka_unit_test(what_is_wrong_is_said),
        cmocka_unit_test(one_moment_has_a_start_and_an_end),
    };

    return cmocka_run_group_tests_name("base/interval", tests, NULL, NULL);
}
