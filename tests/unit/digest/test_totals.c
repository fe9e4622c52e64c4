/* SPDX-License-Identifier: MIT */
#include "digest/totals.h"

#include "mail/message.h"
#include "tests/support/unit.h"
#include "tests/unit/digest/rows.h"

static void every_post_is_of_one_kind(void **state)
{
    const Rows *fixture = *state;
    DigestTotals totals = { 0 };

    totals_count(fixture->people, fixture->rows, 8, &totals);
    assert_int_equal(totals.posts, 8);
    assert_int_equal(totals.posts, totals.patches + totals.covers +
                                       totals.pulls + totals.replies +
                                       totals.notices + totals.bot_reports +
                                       totals.other);
    assert_int_equal(totals.patches, 3);
    assert_int_equal(totals.covers, 1);
    assert_int_equal(totals.pulls, 1);
    assert_int_equal(totals.replies, 1);
    assert_int_equal(totals.bot_reports, 1);
    assert_int_equal(totals.other, 1);
    assert_int_equal(totals.malformed, 2);
}

static void only_patches_count_lines(void **state)
{
    const Rows *fixture = *state;
    DigestTotals totals = { 0 };

    totals_count(fixture->people, fixture->rows, 8, &totals);
    assert_int_equal(totals.insertions, 30);
    assert_int_equal(totals.deletions, 3);
}

/* Two names are one person; the bot and nobody are none. */
static void people_are_persons(void **state)
{
    const Rows *fixture = *state;
    DigestTotals totals = { 0 };

    totals_count(fixture->people, fixture->rows, 8, &totals);
    assert_int_equal(totals.people, 2);
    assert_int_equal(totals.authors, 2);
}

/* Jo sends patches through a relay and answers from home. */
static void who_sends_through_a_relay_counts_once(void **state)
{
    const PostRow rows[] = {
        rows_one(ROWS_DAY_MS, 2, 1, POST_PATCH),
        rows_one(ROWS_DAY_MS, 2, 2, POST_REPLY),
        rows_one(ROWS_DAY_MS, 3, 3, POST_REPLY),
    };
    static const char *const froms[] = {
        "Jo Doe via B4 Relay <devnull+jo.x.org@k.org>", "Jo Doe <jo@x.org>",
        "Al Doe <al@x.org>"
    };
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(GArray) senders = NULL;
    DigestTotals totals = { 0 };

    (void)state;
    for (uint32_t i = 0; i < G_N_ELEMENTS(froms); i++) {
        MailPerson person;

        mail_person_init(&person, froms[i]);
        people_add(people, i + 1, &person);
        mail_person_clear(&person);
    }
    totals_count(people, rows, G_N_ELEMENTS(rows), &totals);
    senders = totals_senders(people, rows, G_N_ELEMENTS(rows));
    assert_int_equal(totals.people, 2);
    assert_int_equal(totals.authors, 1);
    assert_int_equal(senders->len, 2);
}

static void days_are_all_of_the_interval(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GPtrArray) days =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_day_free);

    totals_days(fixture->people, fixture->rows, 8, 0, 6 * ROWS_DAY_MS, days);
    assert_int_equal(days->len, 7);

    const DigestDay *first = days->pdata[1], *last = days->pdata[4];
    const DigestDay *empty = days->pdata[6];

    assert_string_equal(first->day, "1970-01-02");
    assert_int_equal(first->posts, 4);
    assert_int_equal(first->patches, 3);
    assert_string_equal(last->day, "1970-01-05");
    assert_int_equal(last->posts, 1);
    assert_string_equal(empty->day, "1970-01-07");
    assert_int_equal(empty->posts, 0);
}

static void numbers_are_told_once(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GArray) numbers = totals_numbers(fixture->rows, 8);
    g_autoptr(GArray) senders =
        totals_senders(fixture->people, fixture->rows, 8);

    assert_int_equal(totals_largest_number(fixture->rows, 8), 5);
    assert_int_equal(numbers->len, 5);
    for (unsigned i = 0; i < numbers->len; i++)
        assert_int_equal(g_array_index(numbers, uint32_t, i), i + 1);
    assert_int_equal(senders->len, 3); /* Zoe, Bob and the bot */
}

static void hours_are_those_of_the_zone(void **state)
{
    const Rows *fixture = *state;
    uint64_t hours[24] = { 0 }, weekdays[7] = { 0 };
    uint64_t east[24] = { 0 }, days_east[7] = { 0 };

    totals_hours(fixture->rows, 8, "UTC", hours, weekdays);
    assert_int_equal(hours[0], 8);
    assert_int_equal(weekdays[4], 4); /* 2 January 1970 was a Friday */
    assert_int_equal(weekdays[5], 3);
    assert_int_equal(weekdays[0], 1);
    totals_hours(fixture->rows, 8, "-01:00", east, days_east);
    assert_int_equal(east[23], 8);
    assert_int_equal(days_east[3], 4);
}

static void no_rows_are_no_trouble(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GArray) named = totals_numbers(NULL, 0);
    DigestTotals totals = { 0 };

    totals_count(fixture->people, NULL, 0, &totals);
    assert_int_equal(named->len, 0);
    assert_int_equal(totals.posts, 0);
    assert_int_equal(totals_largest_number(NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_post_is_of_one_kind),
        cmocka_unit_test(only_patches_count_lines),
        cmocka_unit_test(people_are_persons),
        cmocka_unit_test(who_sends_through_a_relay_counts_once),
        cmocka_unit_test(days_are_all_of_the_interval),
        cmocka_unit_test(numbers_are_told_once),
        cmocka_unit_test(hours_are_those_of_the_zone),
        cmocka_unit_test(no_rows_are_no_trouble),
    };

    mail_init();
    return cmocka_run_group_tests(tests, rows_set_up, rows_tear_down);
}
