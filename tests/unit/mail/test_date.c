/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/date.h"

#include <string.h>

#include <glib.h>

#include "mail/header.h"
#include "mail/message.h"
#include "tests/support/mail.h"
#include "tests/unit/mail/corpus.h"

static void the_usual_form_is_read(void **state)
{
    static const struct {
        const char *value;
        int64_t seconds;
        int offset;
    } cases[] = {
        { "Mon, 29 Sep 2025 08:42:00 +0200", 1759128120, 120 },
        { " Mon,  1 Sep 2025 00:00:00 -0130 (XYZ)", 1756690200, -90 },
        { "Thu, 29 Feb 2024 23:59:59 +0000 (UTC)", 1709251199, 0 },
        { "Fri, 31 Dec 9999 23:59:59 +0000", INT64_C(253402300799), 0 },
        { "Thu, 01 Jan 1970 00:00:00 +0000", 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t seconds = -1;
        int offset = -1;

        assert_true(mail_date_parse(cases[i].value, &seconds, &offset));
        assert_int_equal(seconds, cases[i].seconds);
        assert_int_equal(offset, cases[i].offset);
    }
}

/* M-8 */
static void dots_and_glued_zones_are_read(void **state)
{
    static const struct {
        const char *value;
        int64_t seconds;
        int offset;
    } cases[] = {
        { "Mon, 05 May 2025 10.24.50 +0200", 1746433490, 120 },
        { "Tue, 6 May 2025 9.05 +0000", 1746522300, 0 },
        { "Mon, 05 May 2025 22:00:54+0200", 1746475254, 120 },
        { "Mon, 5.5.2025 10:24:50 +0200", 1746433490, 120 },
        { "05.05.2025 10.24 +0000", 1746440640, 0 },
        { "Mon, 05 May 2025 10.24.50-0130", 1746446090, -90 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        int64_t seconds = -1;
        int offset = -1;

        assert_true(mail_date_parse(cases[i].value, &seconds, &offset));
        assert_int_equal(seconds, cases[i].seconds);
        assert_int_equal(offset, cases[i].offset);
    }
}

static void assert_same_by_gmime(const char *value)
{
    int64_t seconds = 0, other_seconds = 0;
    int offset = 0, other_offset = 0;
    const bool is_date = mail_date_parse(value, &seconds, &offset);
    const bool is_gmimes =
        mail_date_parse_by_gmime(value, &other_seconds, &other_offset);

    if (is_date != is_gmimes || (is_date && seconds != other_seconds))
        print_message("%s\n", value);
    assert_int_equal(is_date, is_gmimes);
    if (!is_date)
        return;
    assert_int_equal(seconds, other_seconds);
    assert_int_equal(offset, other_offset);
}

static void compare_dates(const MailHeader *header, const char *value)
{
    const char *stamp = strrchr(value, ';');

    if (mail_header_name(header->name, header->name_length) == MAIL_HEADER_DATE)
        assert_same_by_gmime(value);
    else if (stamp != NULL)
        assert_same_by_gmime(stamp + 1);
}

static void short_way_equals_gmimes_on_real_mail(void **state)
{
    (void)state;
    if (corpus_each_header("kvm-2025-09-29.mbox", compare_dates) == 0)
        skip();
}

/* Parts that fit, and what nearly does. */
static void short_way_equals_gmimes_on_any_value(void **state)
{
    static const char *const parts[][12] = {
        { "Mon, ", " Tue, ", "Sun,", "mon, ", "Xyz, ", "Monday, ", "", "Fri " },
        { "1 ", "9 ", "09  ", "28 ", "29 ", "30 ", "31 ", "32 ", "0 ", "001 ",
          "7-", "x " },
        { "Jan ", "Feb ", "Apr ", "Dec ", "feb ", "Sept ", "Xxx ", "2 ", "",
          "Feb-" },
        { "2000 ", "2023 ", "2024 ", "1970 ", "9999 ", "1969 ", "24 ", "99 ",
          "10000 ", "2100 ", "" },
        { "00:00:00 ", "23:59:59 ", "12:34:56  ", "24:00:00 ", "12:60:00 ",
          "12:00:60 ", "1:2:3 ", "12:34 ", "" },
        { "+0000", "-0000", "+0530", "-1400", "+1459", "+1500", "+9900",
          "+2460", "-0060", "GMT", "EST", "" },
        { "", " (UTC)", " ", "(UTC)", "\t(x)", " +0100", "0", "x", "-", ":" },
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(7);

    (void)state;
    for (int times = 0; times < 100000; times++) {
        g_autoptr(GString) value = g_string_new(NULL);

        for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
            int count = 0;

            while (count < 12 && parts[i][count] != NULL)
                count++;
            /* mostly the first ones, or hardly a value would be a date */
            if (g_rand_int_range(random, 0, 4) > 0)
                count = MIN(count, 3);
            g_string_append(value,
                            parts[i][g_rand_int_range(random, 0, count)]);
        }
        assert_same_by_gmime(value->str);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_usual_form_is_read),
        cmocka_unit_test(dots_and_glued_zones_are_read),
        cmocka_unit_test(short_way_equals_gmimes_on_real_mail),
        cmocka_unit_test(short_way_equals_gmimes_on_any_value),
    };

    return cmocka_run_group_tests(tests, mail_start, NULL);
}
