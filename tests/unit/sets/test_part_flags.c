/* SPDX-License-Identifier: MIT */
#include "sets/part_flags.h"

#include <string.h>

#include "patch/extent.h"
#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

/* Cover, 1/3, 2/3 in two forms, 3/3; then a set of one. */
static const char lines[] = "0 c alice - [PATCH v5 0/3] c\n"
                            "1 d alice c [PATCH v5 1/3] d\n"
                            "2 e alice c [PATCH v5 2/3] e\n"
                            "3 f alice c [PATCH v5 3/3] f\n"
                            "9 g alice e [PATCH v5.1 2/3] e\n"
                            "900 a bob - [PATCH] a\n";

typedef struct Fixture {
    Posts *posts;
    Sets *sets;
    bool **flags;
    const PatchSet *set;
} Fixture;

static int set_up(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    fixture->posts = posts_new(lines, 0, NULL);
    fixture->sets = posts_members(fixture->posts);
    fixture->flags = part_flags_new(fixture->sets);
    fixture->set = sets_get(fixture->sets, 0);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;

    part_flags_free(fixture->flags);
    sets_free(fixture->sets);
    posts_free(fixture->posts);
    g_free(fixture);
    return 0;
}

/* The flags of the first set as text: "c0 d1 ...". */
static void assert_flags(const Fixture *fixture, const char *wanted,
                         unsigned count)
{
    g_autoptr(GString) found = g_string_new(NULL);

    for (unsigned i = 0; i < fixture->set->members->len; i++) {
        const unsigned record =
            g_array_index(fixture->set->members, SetMember, i).record;

        if (fixture->flags[0][i])
            g_string_append(found, fixture->sets->records[record].message_id);
    }
    assert_string_equal(found->str, wanted);
    assert_int_equal(part_flags_count(fixture->set, fixture->flags[0]), count);
    assert_false(fixture->flags[1][0]);
}

static unsigned record_of(const Fixture *fixture, const char *id)
{
    unsigned i = 0;

    while (strcmp(fixture->sets->records[i].message_id, id) != 0)
        i++;
    return i;
}

static void a_part_is_flagged_in_all_its_forms(void **state)
{
    const Fixture *fixture = *state;

    assert_int_equal(fixture->set->members->len, 5);
    assert_flags(fixture, "", 0);
    part_flags_add(fixture->set, record_of(fixture, "g"), fixture->flags[0]);
    assert_flags(fixture, "eg", 1);
    part_flags_add(fixture->set, record_of(fixture, "d"), fixture->flags[0]);
    assert_flags(fixture, "deg", 2);
}

static void a_cover_stands_for_all(void **state)
{
    const Fixture *fixture = *state;

    part_flags_add(fixture->set, record_of(fixture, "c"), fixture->flags[0]);
    assert_flags(fixture, "cdegf", 3);
}

static void the_others_are_all_but_one(void **state)
{
    const Fixture *fixture = *state;

    part_flags_add_others(fixture->set, record_of(fixture, "e"),
                          fixture->flags[0]);
    assert_flags(fixture, "cdf", 2);
}

static void an_extent_names_parts(void **state)
{
    const Fixture *fixture = *state;
    uint64_t extent = 0;

    for (uint64_t bit = 1; bit != 0 && extent == 0; bit <<= 1) {
        if (patch_extent_has(bit, 3))
            extent = bit;
    }
    part_flags_add_extent(fixture->set, extent, fixture->flags[0]);
    assert_flags(fixture, "f", 1);
    part_flags_add_all(fixture->set, fixture->flags[0]);
    assert_flags(fixture, "cdegf", 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_part_is_flagged_in_all_its_forms),
        TEST(a_cover_stands_for_all),
        TEST(the_others_are_all_but_one),
        TEST(an_extent_names_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
