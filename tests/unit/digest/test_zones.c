/* SPDX-License-Identifier: MIT */
#include "digest/zones.h"

#include "digest/digest.h"
#include "tests/support/unit.h"
#include "tests/unit/digest/rows.h"

static void assert_zone(const GPtrArray *zones, unsigned i, int minutes,
                        uint64_t posts, uint64_t people, unsigned share)
{
    const DigestZone *zone = zones->pdata[i];

    assert_true(zone->is_known);
    assert_int_equal(zone->minutes, minutes);
    assert_int_equal(zone->posts, posts);
    assert_int_equal(zone->people, people);
    assert_int_equal(zone->share, share);
}

/* The first of them travels, the third is a bot. */
static void zones_come_from_west_to_east(void **state)
{
    static const struct {
        uint32_t person;
        bool has_date;
        int minutes;
    } posts[] = {
        { 1, true, 120 },  { 3, true, 120 },  { 1, true, 120 },
        { 1, true, -480 }, { 4, true, 345 },  { 3, true, 7 },
        { 3, true, 1440 }, { 3, false, 120 }, { 3, true, 0 },
    };
    PostRecord records[G_N_ELEMENTS(posts)] = { { .post = 0 } };
    bool is_inside[G_N_ELEMENTS(posts)];
    uint32_t speakers[G_N_ELEMENTS(posts)];
    const People *people = ((const Rows *)*state)->people;
    g_autoptr(GPtrArray) zones =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_zone_free);

    for (unsigned i = 0; i < G_N_ELEMENTS(posts); i++) {
        speakers[i] = people_person(people, posts[i].person);
        records[i].has_date = posts[i].has_date;
        records[i].date_offset = posts[i].minutes;
        is_inside[i] = i != G_N_ELEMENTS(posts) - 1;
    }

    const Sets sets = { .records = records,
                        .count = G_N_ELEMENTS(posts),
                        .people = people,
                        .speakers = speakers };

    zones_count(&sets, is_inside, zones);
    assert_int_equal(zones->len, 4);
    assert_zone(zones, 0, -480, 1, 1, 34);
    assert_zone(zones, 1, 120, 3, 2, 100);
    assert_zone(zones, 2, 345, 1, 0, 34);

    const DigestZone *unknown = zones->pdata[3];

    assert_false(unknown->is_known);
    assert_int_equal(unknown->posts, 3);
    assert_int_equal(unknown->people, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(zones_come_from_west_to_east,
                                        rows_set_up, rows_tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
