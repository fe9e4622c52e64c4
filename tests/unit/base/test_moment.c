/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/moment.h"

/* Wednesday, 2025-10-15 12:30:45.678 UTC */
static const int64_t NOW_MS = 1760531445678;

typedef struct Case {
    const char *text;
    const char *start, *end; /* UTC; end NULL: an instant */
} Case;

static char *show(int64_t instant_ms)
{
    g_autoptr(GDateTime) time =
        g_date_time_new_from_unix_utc(instant_ms / 1000);
    g_autofree char *seconds = g_date_time_format(time, "%Y-%m-%d %H:%M:%S");

    if (instant_ms % 1000 == 0)
        return g_steal_pointer(&seconds);
    return g_strdup_printf("%s.%03d", seconds, (int)(instant_ms % 1000));
}

static Moment parse_at(const char *text, const char *zone_name, int64_t now_ms)
{
    g_autoptr(GTimeZone) zone = moment_zone(zone_name);
    const MomentClock clock = { .zone = zone, .now_ms = now_ms };

    assert_non_null(zone);
    return moment_parse(text, &clock);
}

static void assert_case(const Case *expected, const char *zone, int64_t now_ms)
{
    const Moment moment = parse_at(expected->text, zone, now_ms);
    g_autofree char *start = NULL;
    g_autofree char *end = NULL;

    if (!moment.is_readable)
        fail_msg("%s is not read", expected->text);
    start = show(moment.start_ms);
    end = show(moment.end_ms);
    if (strcmp(start, expected->start) != 0 ||
        strcmp(end, expected->end != NULL ? expected->end : expected->start) !=
            0)
        fail_msg("%s in %s is %s to %s", expected->text, zone, start, end);
}

static void assert_cases(const Case *cases, size_t count, const char *zone)
{
    for (size_t i = 0; i < count; i++)
        assert_case(&cases[i], zone, NOW_MS);
}

static void iso_dates_name_days_weeks_months_and_years(void **state)
{
    static const Case cases[] = {
        { "2025-10-31", "2025-10-31 00:00:00", "2025-11-01 00:00:00" },
        { " 2025-10-31\n", "2025-10-31 00:00:00", "2025-11-01 00:00:00" },
        { "20251031", "2025-10-31 00:00:00", "2025-11-01 00:00:00" },
        { "2025-10", "2025-10-01 00:00:00", "2025-11-01 00:00:00" },
        { "2025-12", "2025-12-01 00:00:00", "2026-01-01 00:00:00" },
        { "2025", "2025-01-01 00:00:00", "2026-01-01 00:00:00" },
        { "2024-02", "2024-02-01 00:00:00", "2024-03-01 00:00:00" },
        { "2024-02-29", "2024-02-29 00:00:00", "2024-03-01 00:00:00" },
        { "2000-02-29", "2000-02-29 00:00:00", "2000-03-01 00:00:00" },
        { "2025-12-31", "2025-12-31 00:00:00", "2026-01-01 00:00:00" },
        { "2025-Q1", "2025-01-01 00:00:00", "2025-04-01 00:00:00" },
        { "2025-q4", "2025-10-01 00:00:00", "2026-01-01 00:00:00" },
        { "2025Q2", "2025-04-01 00:00:00", "2025-07-01 00:00:00" },
        { "2025-W40", "2025-09-29 00:00:00", "2025-10-06 00:00:00" },
        { "2025w40", "2025-09-29 00:00:00", "2025-10-06 00:00:00" },
        { "2025-W40-1", "2025-09-29 00:00:00", "2025-09-30 00:00:00" },
        { "2025-w40-7", "2025-10-05 00:00:00", "2025-10-06 00:00:00" },
        { "2025-W01", "2024-12-30 00:00:00", "2025-01-06 00:00:00" },
        { "2020-W53", "2020-12-28 00:00:00", "2021-01-04 00:00:00" },
        { "2020-W53-5", "2021-01-01 00:00:00", "2021-01-02 00:00:00" },
        { "2026-W53", "2026-12-28 00:00:00", "2027-01-04 00:00:00" },
        { "1969-12-31", "1969-12-31 00:00:00", "1970-01-01 00:00:00" },
        { "0001-01-01", "1-01-01 00:00:00", "1-01-02 00:00:00" },
    };
    Moment last = parse_at("9999-12-31", NULL, NOW_MS);

    (void)state;
    assert_cases(cases, G_N_ELEMENTS(cases), "UTC");
    assert_true(last.is_readable);
    assert_int_equal(last.end_ms, 253402300800000);
}

static void iso_instants_have_a_zone_or_take_the_given_one(void **state)
{
    static const Case cases[] = {
        { "2025-10-31T12:30:15Z", "2025-10-31 12:30:15", NULL },
        { "2025-10-31t12:30:15z", "2025-10-31 12:30:15", NULL },
        { "2025-10-31 12:30", "2025-10-31 11:30:00", NULL },
        { "2025-10-31T12", "2025-10-31 11:00:00", NULL },
        { "2025-10-31T12:30:15.25", "2025-10-31 11:30:15.250", NULL },
        { "2025-10-31T12:30:15,2509999Z", "2025-10-31 12:30:15.250", NULL },
        { "2025-10-31T12:30+02:00", "2025-10-31 10:30:00", NULL },
        { "2025-10-31T12:30 +0200", "2025-10-31 10:30:00", NULL },
        { "2025-10-31T12:30-05", "2025-10-31 17:30:00", NULL },
        { "2025-10-31T12:30-0930", "2025-10-31 22:00:00", NULL },
        { "2025-10-31 12:30 UTC", "2025-10-31 12:30:00", NULL },
        { "2025-10-31 12:30 GMT", "2025-10-31 12:30:00", NULL },
        { "20251031T123015Z", "2025-10-31 12:30:15", NULL },
        { "20251031T1230", "2025-10-31 11:30:00", NULL },
        { "2025-W44-5T12:30Z", "2025-10-31 12:30:00", NULL },
        { "2025-10-31T24:00Z", "2025-11-01 00:00:00", NULL },
        { "2016-12-31T23:59:60Z", "2017-01-01 00:00:00", NULL },
        { "@1759276800", "2025-10-01 00:00:00", NULL },
        { "@0", "1970-01-01 00:00:00", NULL },
        { "@-1", "1969-12-31 23:59:59", NULL },
    };

    (void)state;
    assert_cases(cases, G_N_ELEMENTS(cases), "Europe/Berlin");
}

static void words_are_read_as_people_mean_them(void **state)
{
    static const Case cases[] = {
        { "now", "2025-10-15 12:30:45.678", NULL },
        { "NOW", "2025-10-15 12:30:45.678", NULL },
        { "today", "2025-10-15 00:00:00", "2025-10-16 00:00:00" },
        { "Yesterday", "2025-10-14 00:00:00", "2025-10-15 00:00:00" },
        { "tomorrow", "2025-10-16 00:00:00", "2025-10-17 00:00:00" },
        { "monday", "2025-10-13 00:00:00", "2025-10-14 00:00:00" },
        { "wednesday", "2025-10-15 00:00:00", "2025-10-16 00:00:00" },
        { "thu", "2025-10-09 00:00:00", "2025-10-10 00:00:00" },
        { "sunday", "2025-10-12 00:00:00", "2025-10-13 00:00:00" },
        { "last monday", "2025-10-13 00:00:00", "2025-10-14 00:00:00" },
        { "last wednesday", "2025-10-08 00:00:00", "2025-10-09 00:00:00" },
        { "last day", "2025-10-14 00:00:00", "2025-10-15 00:00:00" },
        { "last week", "2025-10-06 00:00:00", "2025-10-13 00:00:00" },
        { "last  Month", "2025-09-01 00:00:00", "2025-10-01 00:00:00" },
        { "last year", "2024-01-01 00:00:00", "2025-01-01 00:00:00" },
        { "this day", "2025-10-15 00:00:00", "2025-10-16 00:00:00" },
        { "this week", "2025-10-13 00:00:00", "2025-10-20 00:00:00" },
        { "this month", "2025-10-01 00:00:00", "2025-11-01 00:00:00" },
        { "this year", "2025-01-01 00:00:00", "2026-01-01 00:00:00" },
        { "0 days ago", "2025-10-15 12:30:45.678", NULL },
        { "3 days ago", "2025-10-12 12:30:45.678", NULL },
        { "3.days.ago", "2025-10-12 12:30:45.678", NULL },
        { "3-days-ago", "2025-10-12 12:30:45.678", NULL },
        { "3d ago", "2025-10-12 12:30:45.678", NULL },
        { "a day ago", "2025-10-14 12:30:45.678", NULL },
        { "an hour ago", "2025-10-15 11:30:45.678", NULL },
        { "week ago", "2025-10-08 12:30:45.678", NULL },
        { "2 weeks ago", "2025-10-01 12:30:45.678", NULL },
        { "2 months ago", "2025-08-15 12:30:45.678", NULL },
        { "10 years ago", "2015-10-15 12:30:45.678", NULL },
        { "90 minutes ago", "2025-10-15 11:00:45.678", NULL },
        { "46 seconds ago", "2025-10-15 12:29:59.678", NULL },
        { "2025 days ago", "2020-03-30 12:30:45.678", NULL },
    };

    (void)state;
    assert_cases(cases, G_N_ELEMENTS(cases), "UTC");
}

static void what_is_no_time_is_not_read(void **state)
{
    static const char *const cases[] = {
        "",
        " ",
        "x",
        "@",
        "@x",
        "@1.5",
        "@ 1",
        "@99999999999999999999",
        "@253402300800",
        "@-62135596801",
        "+1",
        "2025-",
        "2025-1",
        "2025-13",
        "2025-00",
        "202510",
        "2025-10-",
        "2025-10-3",
        "2025-10-32",
        "2025-10-00",
        "2025-02-29",
        "1900-02-29",
        "2025-11-31",
        "2025-1031",
        "202510-31",
        "0000",
        "0000-01-01",
        "0000-W01",
        "2025-W",
        "2025-W4",
        "2025-W00",
        "2025-W53",
        "2021-W53",
        "2025-Q0",
        "2025-Q5",
        "2025-Q3-01",
        "2025-W54",
        "2025-W40-0",
        "2025-W40-8",
        "2025-W40-",
        "2025-10-31T",
        "2025-10-31T1",
        "2025-10-31T25",
        "2025-10-31T24:01",
        "2025-10-31T24:00:01",
        "2025-10-31T12:60",
        "2025-10-31T12:3",
        "2025-10-31T12:30:",
        "2025-10-31T12:30:61",
        "2025-10-31T12:30:15.",
        "2025-10-31T12:30X",
        "2025-10-31T12:30+",
        "2025-10-31T12:30+2",
        "2025-10-31T12:30+02:",
        "2025-10-31T12:30+02:60",
        "2025-10-31T12:30+15",
        "2025-10-31T12:30ZZ",
        "2025-10-31T12:30+02:00Z",
        "2025-10-31T1230:15",
        "2025-10-31x",
        "20251031x",
        "2025-10T12:00",

        " ago",
        "ago",
        "3 ago",
        "3 days",
        "x days ago",
        "-3 days ago",
        "3 days ago now",
        "99999999999 days ago",
        "99999999 years ago",
        "100000000 weeks ago",
        "3000 years ago",
        "800000 days ago",
        "24300 months ago",
        "18446744073709551617 days ago",
        "last",
        "last hour",
        "last x",
        "this monday",
        "next week",
        "mo",
        ".monday",
        "-monday",
        "\xff\xfe",
        "yesterday yesterday",
        "last last week",
        "2025-10-31T12:30:15.0000000000000000000000000000000000000000000000Z",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        if (parse_at(cases[i], NULL, NOW_MS).is_readable)
            fail_msg("\"%s\" is read", cases[i]);
}

static void days_follow_the_zone_over_summer_time(void **state)
{
    static const struct {
        const char *zone;
        Case expected;
    } cases[] = {
        /* 23 and 25 hours */
        { "Europe/Berlin",
          { "2025-03-30", "2025-03-29 23:00:00", "2025-03-30 22:00:00" } },
        { "Europe/Berlin",
          { "2025-10-26", "2025-10-25 22:00:00", "2025-10-26 23:00:00" } },
        { "Europe/Berlin",
          { "2025-10", "2025-09-30 22:00:00", "2025-10-31 23:00:00" } },
        { "Europe/Berlin",
          { "2025-W43", "2025-10-19 22:00:00", "2025-10-26 23:00:00" } },
        { "America/New_York",
          { "2025-03-09", "2025-03-09 05:00:00", "2025-03-10 04:00:00" } },
        /* half an hour */
        { "Australia/Lord_Howe",
          { "2025-04-06", "2025-04-05 13:00:00", "2025-04-06 13:30:00" } },
        /* midnight is skipped: the day starts at one */
        { "Africa/Cairo",
          { "2025-04-25", "2025-04-24 22:00:00", "2025-04-25 21:00:00" } },
        /* midnight comes twice: the day starts with the first */
        { "America/Havana",
          { "2024-11-03", "2024-11-03 04:00:00", "2024-11-04 05:00:00" } },
        /* a day that never was */
        { "Pacific/Apia",
          { "2011-12-30", "2011-12-30 10:00:00", "2011-12-30 10:00:00" } },
        { "Pacific/Apia",
          { "2011-12-29", "2011-12-29 10:00:00", "2011-12-30 10:00:00" } },
        { "Pacific/Apia",
          { "2011-12-31", "2011-12-30 10:00:00", "2011-12-31 10:00:00" } },
        { "Asia/Kolkata",
          { "2025-01-01", "2024-12-31 18:30:00", "2025-01-01 18:30:00" } },
        { ":Asia/Kathmandu",
          { "2025-01-01", "2024-12-31 18:15:00", "2025-01-01 18:15:00" } },
        { "+03:00",
          { "2025-01-01", "2024-12-31 21:00:00", "2025-01-01 21:00:00" } },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_case(&cases[i].expected, cases[i].zone, NOW_MS);
}

static void skipped_and_doubled_times_have_an_answer(void **state)
{
    static const Case cases[] = {
        { "2025-03-30T01:59:59", "2025-03-30 00:59:59", NULL },
        { "2025-03-30T02:00", "2025-03-30 01:00:00", NULL },
        { "2025-03-30T02:30", "2025-03-30 01:30:00", NULL },
        { "2025-03-30T03:00", "2025-03-30 01:00:00", NULL },
        { "2025-10-26T01:59:59", "2025-10-25 23:59:59", NULL },
        { "2025-10-26T02:00", "2025-10-26 00:00:00", NULL },
        { "2025-10-26T02:30", "2025-10-26 00:30:00", NULL },
        { "2025-10-26T02:30+01:00", "2025-10-26 01:30:00", NULL },
        { "2025-10-26T03:00", "2025-10-26 02:00:00", NULL },
    };

    (void)state;
    assert_cases(cases, G_N_ELEMENTS(cases), "Europe/Berlin");
}

static void days_ago_keep_the_time_on_the_wall_and_hours_do_not(void **state)
{
    /* 2025-10-27 08:00 in Berlin, the day after the change */
    const int64_t now_ms = 1761548400000;
    /* 2025-03-31 08:00 in Berlin, likewise */
    const int64_t spring_ms = 1743400800000;
    /* 2025-10-26 02:30, the second time */
    const int64_t doubled_ms = 1761442200000;
    static const Case autumn[] = {
        { "1 day ago", "2025-10-26 07:00:00", NULL },
        { "2 days ago", "2025-10-25 06:00:00", NULL },
        { "48 hours ago", "2025-10-25 07:00:00", NULL },
        { "yesterday", "2025-10-25 22:00:00", "2025-10-26 23:00:00" },
        { "1 month ago", "2025-09-27 06:00:00", NULL },
    };
    static const Case spring = { "2 days ago", "2025-03-29 07:00:00", NULL };
    static const Case minute = { "60 minutes ago", "2025-10-26 00:30:00",
                                 NULL };
    static const Case week = { "1 week ago", "2025-10-19 00:30:00", NULL };
    static const Case same = { "0 weeks ago", "2025-10-26 01:30:00", NULL };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(autumn); i++)
        assert_case(&autumn[i], "Europe/Berlin", now_ms);
    assert_case(&spring, "Europe/Berlin", spring_ms);
    assert_case(&minute, "Europe/Berlin", doubled_ms);
    assert_case(&week, "Europe/Berlin", doubled_ms);
    assert_case(&same, "Europe/Berlin", doubled_ms);
}

static void months_ago_stay_within_the_month(void **state)
{
    /* 2024-03-31 10:00 UTC; 2024-02-29 10:00 UTC; 2025-01-01 00:00 UTC */
    static const struct {
        int64_t now_ms;
        Case expected;
    } cases[] = {
        { 1711879200000, { "1 month ago", "2024-02-29 10:00:00", NULL } },
        { 1711879200000, { "13 months ago", "2023-02-28 10:00:00", NULL } },
        { 1709200800000, { "1 year ago", "2023-02-28 10:00:00", NULL } },
        { 1709200800000, { "4 years ago", "2020-02-29 10:00:00", NULL } },
        { 1735689600000, { "1 month ago", "2024-12-01 00:00:00", NULL } },
        { 1735689600000,
          { "last month", "2024-12-01 00:00:00", "2025-01-01 00:00:00" } },
        { 1735689600000,
          { "yesterday", "2024-12-31 00:00:00", "2025-01-01 00:00:00" } },
        { 1735689600000,
          { "this week", "2024-12-30 00:00:00", "2025-01-06 00:00:00" } },
        { 1735689600000,
          { "last year", "2024-01-01 00:00:00", "2025-01-01 00:00:00" } },
        { 0, { "yesterday", "1969-12-31 00:00:00", "1970-01-01 00:00:00" } },
        { 0, { "monday", "1969-12-29 00:00:00", "1969-12-30 00:00:00" } },
        { -1, { "thursday", "1969-12-25 00:00:00", "1969-12-26 00:00:00" } },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_case(&cases[i].expected, NULL, cases[i].now_ms);
}

static void the_zone_decides_which_day_is_today(void **state)
{
    /* 2025-10-15 20:00 UTC is the 16th in Tokyo, the 15th in Berlin */
    const int64_t now_ms = 1760558400000;
    static const Case tokyo = { "today", "2025-10-15 15:00:00",
                                "2025-10-16 15:00:00" };
    static const Case berlin = { "today", "2025-10-14 22:00:00",
                                 "2025-10-15 22:00:00" };

    (void)state;
    assert_case(&tokyo, "Asia/Tokyo", now_ms);
    assert_case(&berlin, "Europe/Berlin", now_ms);
}

static void every_week_of_a_century_joins_the_next(void **state)
{
    int64_t expected_ms = 0;

    (void)state;
    for (unsigned year = 1970; year < 2070; year++) {
        for (unsigned week = 1; week <= 53; week++) {
            g_autofree char *text = g_strdup_printf("%u-W%02u", year, week);
            const Moment moment = parse_at(text, NULL, NOW_MS);

            if (!moment.is_readable) {
                assert_int_equal(week, 53);
                continue;
            }
            if (expected_ms != 0)
                assert_int_equal(moment.start_ms, expected_ms);
            expected_ms = moment.end_ms;
        }
    }
}

static void no_now_makes_it_stumble(void **state)
{
    static const char *const words[] = { "today",       "last year", "monday",
                                         "1 month ago", "this week", "now" };
    static const int64_t nows[] = { INT64_MIN, INT64_MAX, -62135596800000,
                                    253402300799999, -62135596800001 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        for (size_t j = 0; j < G_N_ELEMENTS(nows); j++)
            parse_at(words[i], "Europe/Berlin", nows[j]);
    assert_false(parse_at("today", NULL, INT64_MAX).is_readable);
}

static void only_names_and_offsets_are_plain_zones(void **state)
{
    static const char *const good[] = { "UTC",      "Z",     "Europe/Berlin",
                                        "+03:00",   "-0530", "+05",
                                        "Etc/GMT+3" };
    static const char *const bad[] = { "",
                                       "UTC+3",
                                       "CET-1CEST",
                                       "GMT+3:30",
                                       "+3",
                                       "+25:00",
                                       "3",
                                       "+03:0x",
                                       "+030000",
                                       "../zone",
                                       "/etc/localtime",
                                       "Europe",
                                       "<+03>-3" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(good); i++)
        if (!moment_zone_is_plain(good[i]))
            fail_msg("%s is refused", good[i]);
    /* Since Debian 13 it is in another package than most names. */
    assert_int_equal(moment_zone_is_plain("EST5EDT"),
                     access("/usr/share/zoneinfo/EST5EDT", R_OK) == 0);
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
        if (moment_zone_is_plain(bad[i]))
            fail_msg("%s is taken", bad[i]);
}

static void an_unknown_zone_is_none(void **state)
{
    (void)state;
    assert_null(moment_zone("Europe/Atlantis"));
    assert_null(moment_zone("x"));
}

static void spans_go_back_by_clock_or_calendar(void **state)
{
    static const struct {
        const char *text, *from;
    } cases[] = {
        { "7d", "2025-10-08 12:30:45.678" },
        { "12h", "2025-10-15 00:30:45.678" },
        { "12 hours", "2025-10-15 00:30:45.678" },
        { "day", "2025-10-14 12:30:45.678" },
        { "week", "2025-10-08 12:30:45.678" },
        { "Month", "2025-09-15 12:30:45.678" },
        { "year", "2024-10-15 12:30:45.678" },
        { "3mo", "2025-07-15 12:30:45.678" },
        { "a week", "2025-10-08 12:30:45.678" },
        { "30min", "2025-10-15 12:00:45.678" },
        { "0d", "2025-10-15 12:30:45.678" },
    };
    static const char *const others[] = {
        "",     "7",   "m",          "7m",
        "d7",   "-7d", "7 d d",      "99999999999d",
        "x",    "ago", "3 days ago", "7.5d",
        "9999y"
    };
    g_autoptr(GTimeZone) zone = moment_zone(NULL);
    const MomentClock clock = { .zone = zone, .now_ms = 0 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *from =
            show(moment_go_back(cases[i].text, &clock, NOW_MS));

        assert_string_equal(from, cases[i].from);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (moment_go_back(others[i], &clock, NOW_MS) != INT64_MIN)
            fail_msg("\"%s\" is read", others[i]);
}

static void times_are_told_in_their_zone(void **state)
{
    g_autofree char *utc = moment_show(INT64_C(1759122737000), "UTC");
    g_autofree char *berlin =
        moment_show(INT64_C(1759122737000), "Europe/Berlin");
    g_autofree char *unknown =
        moment_show(INT64_C(1759122737000), "Nowhere/Land");
    g_autofree char *never = moment_show(INT64_MAX, "UTC");

    (void)state;
    assert_string_equal(utc, "2025-09-29 05:12");
    assert_string_equal(berlin, "2025-09-29 07:12");
    assert_string_equal(unknown, "2025-09-29 05:12");
    assert_string_equal(never, "?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_told_in_their_zone),
        cmocka_unit_test(iso_dates_name_days_weeks_months_and_years),
        cmocka_unit_test(iso_instants_have_a_zone_or_take_the_given_one),
        cmocka_unit_test(words_are_read_as_people_mean_them),
        cmocka_unit_test(what_is_no_time_is_not_read),
        cmocka_unit_test(days_follow_the_zone_over_summer_time),
        cmocka_unit_test(skipped_and_doubled_times_have_an_answer),
        cmocka_unit_test(days_ago_keep_the_time_on_the_wall_and_hours_do_not),
        cmocka_unit_test(months_ago_stay_within_the_month),
        cmocka_unit_test(the_zone_decides_which_day_is_today),
        cmocka_unit_test(every_week_of_a_century_joins_the_next),
        cmocka_unit_test(no_now_makes_it_stumble),
        cmocka_unit_test(only_names_and_offsets_are_plain_zones),
        cmocka_unit_test(an_unknown_zone_is_none),
        cmocka_unit_test(spans_go_back_by_clock_or_calendar),
    };

    return cmocka_run_group_tests_name("base/moment", tests, NULL, NULL);
}
