/* SPDX-License-Identifier: MIT */
#include "digest/periods.h"

#include <string.h>

#include "tests/support/unit.h"

enum { HUGE_SHIFT = 40 };

/* Days in a row, each with these posts. */
static void add_days(GPtrArray *days, const char *first, unsigned count,
                     uint64_t posts)
{
    g_autofree char *midnight = g_strconcat(first, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) start = g_date_time_new_from_iso8601(midnight, NULL);

    for (unsigned i = 0; i < count; i++) {
        g_autoptr(GDateTime) time = g_date_time_add_days(start, (int)i);
        DigestDay *day = g_new0(DigestDay, 1);

        day->day = g_date_time_format(time, "%Y-%m-%d");
        day->posts = posts;
        day->patches = posts / 2;
        day->replies = posts - day->patches;
        g_ptr_array_add(days, day);
    }
}

static Digest *digest_of(const char *first, unsigned count, uint64_t posts)
{
    Digest *digest = digest_new();

    add_days(digest->days, first, count, posts);
    return digest;
}

static const DigestPeriod *period(const Digest *digest, unsigned index)
{
    assert_true(index < digest->periods->len);
    return digest->periods->pdata[index];
}

static void lengths_choose_the_step(void **state)
{
    static const struct {
        const char *first;
        unsigned days;
        DigestStep step;
        unsigned rows;
        const char *first_name, *last_name;
        uint64_t first_posts, last_posts; /* one a day */
    } cases[] = {
        { "2025-09-29", 1, STEP_DAY, 1, "2025-09-29 Mon", "2025-09-29 Mon", 1,
          1 },
        { "2024-02-28", 3, STEP_DAY, 3, "2024-02-28 Wed", "2024-03-01 Fri", 1,
          1 },
        { "2025-02-01", 28, STEP_DAY, 28, "2025-02-01 Sat", "2025-02-28 Fri", 1,
          1 },
        { "2025-09-01", 29, STEP_WEEK, 5, "2025-W36", "2025-W40", 7, 1 },
        /* from a Sunday on */
        { "2025-08-31", 30, STEP_WEEK, 6, "2025-W35", "2025-W40", 1, 1 },
        /* A week that has days of two years is of that which has more. */
        { "2024-12-16", 29, STEP_WEEK, 5, "2024-W51", "2025-W03", 7, 1 },
        { "2020-12-21", 29, STEP_WEEK, 5, "2020-W52", "2021-W03", 7, 1 },
        { "2025-01-01", 183, STEP_WEEK, 27, "2025-W01", "2025-W27", 5, 3 },
        { "2025-01-01", 184, STEP_MONTH, 7, "2025-01", "2025-07", 31, 3 },
        { "2023-02-28", 367, STEP_MONTH, 13, "2023-02", "2024-02", 1, 29 },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Digest) digest = digest_of(cases[i].first, cases[i].days, 1);

        periods_fill(digest);
        const unsigned rows = digest->periods->len;

        assert_true(rows > 0);
        const DigestPeriod *first = period(digest, 0);
        const DigestPeriod *last = period(digest, rows - 1);

        if (digest->step == cases[i].step && rows == cases[i].rows &&
            strcmp(first->name, cases[i].first_name) == 0 &&
            strcmp(last->name, cases[i].last_name) == 0 &&
            first->posts == cases[i].first_posts &&
            last->posts == cases[i].last_posts)
            continue;
        failed++;
        print_error("%s, %u days: step %u, %u rows, %s (%u) to %s (%u)\n",
                    cases[i].first, cases[i].days, digest->step, rows,
                    first->name, (unsigned)first->posts, last->name,
                    (unsigned)last->posts);
    }
    assert_int_equal(failed, 0);
}

static void no_days_are_no_rows(void **state)
{
    g_autoptr(Digest) digest = digest_new();

    (void)state;
    digest->before = digest_new();
    add_days(digest->before->days, "2025-09-01", 3, 1);
    periods_fill(digest);
    periods_compare(digest);
    assert_int_equal(digest->step, STEP_DAY);
    assert_int_equal(digest->periods->len, 0);
}

static void every_post_is_in_one_row(void **state)
{
    static const unsigned lengths[] = { 1, 28, 29, 100, 183, 184, 800 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lengths); i++) {
        g_autoptr(Digest) digest = digest_of("2023-11-30", lengths[i], 5);
        uint64_t posts = 0, patches = 0, replies = 0;

        periods_fill(digest);
        for (unsigned j = 0; j < digest->periods->len; j++) {
            posts += period(digest, j)->posts;
            patches += period(digest, j)->patches;
            replies += period(digest, j)->replies;
        }
        assert_int_equal(posts, lengths[i] * 5);
        assert_int_equal(patches, lengths[i] * 2);
        assert_int_equal(replies, lengths[i] * 3);
    }
}

/* Any post is seen, and nothing is longer than the row that has most. */
static void shares_are_of_the_busiest_row(void **state)
{
    static const struct {
        uint64_t posts[3];
        unsigned shares[3];
    } cases[] = {
        { { 0, 0, 0 }, { 0, 0, 0 } },
        { { 0, 1, 0 }, { 0, 100, 0 } },
        { { 7, 7, 7 }, { 100, 100, 100 } },
        { { 1, 100000, 50000 }, { 1, 100, 50 } },
        { { 4, 3, 2 }, { 100, 75, 50 } },
        { { UINT64_C(1) << HUGE_SHIFT, 1, UINT64_C(1) << (HUGE_SHIFT - 1) },
          { 100, 1, 50 } },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Digest) digest = digest_new();

        add_days(digest->days, "2025-09-29", 1, cases[i].posts[0]);
        add_days(digest->days, "2025-09-30", 1, cases[i].posts[1]);
        add_days(digest->days, "2025-10-01", 1, cases[i].posts[2]);
        periods_fill(digest);
        for (unsigned j = 0; j < 3; j++) {
            if (period(digest, j)->share == cases[i].shares[j])
                continue;
            failed++;
            print_error("case %zu, row %u: %u of 100\n", i, j,
                        period(digest, j)->share);
        }
    }
    assert_int_equal(failed, 0);
}

static void days_are_compared_in_order(void **state)
{
    static const uint64_t before[] = { 3, 5, 9 };
    g_autoptr(Digest) digest = digest_of("2025-10-02", 3, 1);

    (void)state;
    digest->before = digest_new();
    for (unsigned i = 0; i < 3; i++)
        add_days(digest->before->days, "2025-09-29", 1, before[i]);
    periods_fill(digest);
    periods_compare(digest);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(period(digest, i)->before, before[i]);
}

/* The days before begin on another weekday: they are counted where the day
 * opposite is, not by their own week. */
static void weeks_have_the_same_days_before(void **state)
{
    g_autoptr(Digest) digest = digest_of("2025-09-03", 30, 1);
    uint64_t sum = 0;

    (void)state;
    digest->before = digest_of("2025-08-04", 30, 10);
    periods_fill(digest);
    periods_compare(digest);
    for (unsigned i = 0; i < digest->periods->len; i++) {
        assert_int_equal(period(digest, i)->before,
                         period(digest, i)->posts * 10);
        sum += period(digest, i)->before;
    }
    assert_int_equal(sum, 300);
}

/* A list that began in the middle of the interval before. */
static void a_young_list_is_compared_from_the_end(void **state)
{
    g_autoptr(Digest) digest = digest_of("2025-10-02", 3, 1);

    (void)state;
    digest->before = digest_of("2025-10-01", 1, 4);
    periods_fill(digest);
    periods_compare(digest);
    assert_int_equal(period(digest, 0)->before, 0);
    assert_int_equal(period(digest, 1)->before, 0);
    assert_int_equal(period(digest, 2)->before, 4);
}

/* A year is longer than the one before it by 29 February. */
static void longer_intervals_before_leave_days_out(void **state)
{
    g_autoptr(Digest) digest = digest_of("2025-10-02", 2, 1);

    (void)state;
    digest->before = digest_of("2025-09-28", 4, 1);
    ((DigestDay *)digest->before->days->pdata[2])->posts = 20;
    ((DigestDay *)digest->before->days->pdata[3])->posts = 30;
    periods_fill(digest);
    periods_compare(digest);
    assert_int_equal(period(digest, 0)->before, 20);
    assert_int_equal(period(digest, 1)->before, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_choose_the_step),
        cmocka_unit_test(no_days_are_no_rows),
        cmocka_unit_test(every_post_is_in_one_row),
        cmocka_unit_test(shares_are_of_the_busiest_row),
        cmocka_unit_test(days_are_compared_in_order),
        cmocka_unit_test(weeks_have_the_same_days_before),
        cmocka_unit_test(a_young_list_is_compared_from_the_end),
        cmocka_unit_test(longer_intervals_before_leave_days_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
