/* SPDX-License-Identifier: MIT */
#include "patch/likeness.h"

#include "tests/support/unit.h"

#include <glib.h>

static PatchLikeness likeness_of(const char *one, const char *other)
{
    g_autoptr(PatchWords) words = patch_words_new(one);
    g_autoptr(PatchWords) others = patch_words_new(other);

    return patch_likeness(words, others);
}

static void titles_share_the_words_that_say_something(void **state)
{
    static const struct {
        const char *one, *other;
        unsigned common, fewer;
    } cases[] = {
        { "", "", 0, 0 },
        { "net: cut latency", "net: cut latency", 2, 2 },
        { "net: cut latency", "NET: Cut  Latency!", 2, 2 },
        { "net: cut latency", "mm: cut latency", 2, 2 },
        { "net: tcp: cut latency", "net: tcp: grow windows", 0, 2 },
        { "net: add support for it", "net: fix and remove the support", 0, 0 },
        { "net: sanitise names", "net: sanitising of a name", 2, 2 },
        { "tests: cqe skip tests", "tests: test cqe skipping", 3, 3 },
        { "net: test and tests of it", "net: test the rest", 1, 2 },
        { "net: add or address", "net: address", 1, 1 },
        { "net: log it", "net: logging", 0, 1 },
        { "net: read_name() lies", "net: read the name of 3 hosts", 2, 3 },
        { "cut cut cut", "cut", 1, 1 },
        { "cut it: here", "cut there: here", 1, 1 },
        { "cut:here", "cut there", 1, 2 },
        { "a sentence goes on for longer than any place: here",
          "sentence goes on for longer than any place: there", 6, 7 },
        { "gr\xc3\xb6\xc3\x9f"
          "er werden",
          "gr\xc3\xb6\xc3\x9f"
          "er sein",
          1, 2 },
        { "\xff\xfe\xfd broken", "\xff\xfe\xfd mended", 1, 2 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const PatchLikeness there = likeness_of(cases[i].one, cases[i].other);
        const PatchLikeness back = likeness_of(cases[i].other, cases[i].one);

        if (there.common != cases[i].common || there.fewer != cases[i].fewer)
            fail_msg("%s / %s: %u of %u", cases[i].one, cases[i].other,
                     there.common, there.fewer);
        assert_int_equal(back.common, there.common);
        assert_int_equal(back.fewer, there.fewer);
    }
}

static void a_title_of_a_million_words_costs_little(void **state)
{
    g_autoptr(GString) title = g_string_new("");
    PatchLikeness likeness;

    (void)state;
    for (unsigned i = 0; i < 1000000; i++)
        g_string_append_printf(title, "%06u ", i);
    likeness = likeness_of(title->str, title->str);
    assert_int_equal(likeness.common, likeness.fewer);
    assert_in_range(likeness.fewer, 1, 64);
}

static void the_place_is_what_comes_before_the_colons(void **state)
{
    (void)state;
    assert_true(likeness_of("net: tcp: a", "Net: TCP: b").has_same_place);
    assert_true(likeness_of("net: tcp: a", "net:tcp: b").has_same_place);
    assert_false(likeness_of("net: tcp: a", "net:udp: b").has_same_place);
    assert_false(likeness_of("net: tcp: a", "net: b").has_same_place);
    assert_false(likeness_of("net: tcp: a", "net: udp: a").has_same_place);
    assert_false(likeness_of("a", "a").has_same_place);
    assert_true(likeness_of("net: a", "mm: a").has_other_place);
    assert_false(likeness_of("net: a", "net/tcp: a").has_other_place);
    assert_false(likeness_of("net: a", "a").has_other_place);
}

/* */
static void titles_may_differ_in_a_name_alone(void **state)
{
    static const struct {
        const char *one, *other;
        bool are_names, are_numbers;
    } cases[] = {
        { "board: add Quill Q7-001", "board: add Quill Q7-NV1", true, true },
        { "zip: update to 2.8", "zip: Update to 2.9.", true, true },
        { "zip: bump to v2019.07", "zip-tools: update zip to 2019.10", false,
          true },
        { "east40: read the format", "west47: read the format", true, true },
        { "east: read the format", "west: read the format", true, false },
        { "board: add the Finch Lane 3", "board: add Heron Road 4", true,
          true },
        { "board: add a Finch router", "board: add a Heron router", true,
          false },
        { "tree: read the format", "tree/walk: read the format", false, false },
        { "tree: choose slot 3", "tree: choose slots", false, false },
        { "tree: avoid a race here", "tree: prevent a race here", false,
          false },
        { "tree: drop read_2()", "tree: drop walk_2()", false, true },
        { "Fix reading of files", "Mend reading of files", false, false },
        { "add Q7", "add Q8", false, true },
        { "tree: more light", "tree: more light", false, false },
        { "tree: more light", "tree: more light for 7 files", false, false },
        { "", "", false, false },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *one = cases[i].one, *other = cases[i].other;

        if (patch_titles_name_others(one, other) == cases[i].are_names &&
            patch_titles_name_others(other, one) == cases[i].are_names &&
            patch_titles_number_others(one, other) == cases[i].are_numbers &&
            patch_titles_number_others(other, one) == cases[i].are_numbers)
            continue;
        print_error("# \"%s\" and \"%s\"\n", one, other);
        failed++;
    }
    assert_int_equal(failed, 0);
}

static void titles_may_differ_in_small_words(void **state)
{
    (void)state;
    assert_true(patch_titles_differ_in_small_words("x: fix rx ring size",
                                                   "x: fix TX ring size"));
    assert_true(patch_titles_differ_in_small_words("x: the get callback",
                                                   "x: the set callback"));
    assert_false(patch_titles_differ_in_small_words("x: add missing unlock",
                                                    "x: fix missing unlock"));
    assert_false(patch_titles_differ_in_small_words("x: a b", "x: a b"));
}

static void the_first_words_say_how_a_title_begins(void **state)
{
    g_autoptr(PatchWords) words =
        patch_words_new("net: tcp: Add waiting rooms");
    g_autofree char *two = patch_words_first(words, 2);
    g_autofree char *three = patch_words_first(words, 3);

    (void)state;
    assert_string_equal(two, "waitin rooms ");
    assert_null(three);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(titles_may_differ_in_small_words),
        cmocka_unit_test(the_first_words_say_how_a_title_begins),
        cmocka_unit_test(titles_may_differ_in_a_name_alone),
        cmocka_unit_test(the_place_is_what_comes_before_the_colons),
        cmocka_unit_test(titles_share_the_words_that_say_something),
        cmocka_unit_test(a_title_of_a_million_words_costs_little),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
