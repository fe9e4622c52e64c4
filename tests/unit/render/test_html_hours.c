/* SPDX-License-Identifier: MIT */
#include "render/html_hours.h"

#include <string.h>

#include "tests/support/unit.h"

static void hours_and_weekdays_are_drawn_in_the_zone_of_the_digest(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    digest->timezone = g_strdup("Asia/Tokyo");
    digest->hours[0] = 4;
    digest->hours[23] = 1;
    digest->weekdays[0] = 2;
    digest->weekdays[6] = 3;
    html_hours(out, digest);
    assert_non_null(strstr(out->str, "Weekdays and hours, JST</summary>"));
    assert_non_null(strstr(out->str, "<title>00:00: 4 posts</title>"));
    assert_non_null(strstr(out->str, "<title>23:00: 1 posts</title>"));
    assert_non_null(strstr(out->str, ">Monday to Sunday: 5 posts, most for "
                                     "Sunday (3)<"));
}

static void zones_are_drawn(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    g_autoptr(GString) out = g_string_new(NULL);
    const DigestZone zones[] = {
        { .is_known = true, .minutes = -210, .posts = 1 },
        { .is_known = true, .minutes = 0, .posts = 2 },
        { .is_known = true, .minutes = 120, .posts = 5 },
        { .is_known = false, .posts = 1 },
    };

    (void)state;
    digest->timezone = g_strdup("UTC");
    digest->weekdays[0] = 9;
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
        g_ptr_array_add(digest->zones, g_memdup2(&zones[i], sizeof(zones[i])));
    html_hours(out, digest);
    assert_non_null(strstr(out->str, ">-03:30<"));
    assert_non_null(strstr(out->str, ">-03:30 to unknown: 9 posts, most for "
                                     "+02:00 (5)<"));
}

static void silence_is_not_drawn(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    digest->timezone = g_strdup("UTC");
    html_hours(out, digest);
    assert_string_equal(out->str, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            hours_and_weekdays_are_drawn_in_the_zone_of_the_digest),
        cmocka_unit_test(zones_are_drawn),
        cmocka_unit_test(silence_is_not_drawn),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
