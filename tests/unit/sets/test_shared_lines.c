/* SPDX-License-Identifier: MIT */
/* When lines that two patches change may make one the other's new form. */
#include "sets/shared_lines.h"

#include "tests/support/unit.h"

enum { DAY = 24 * 3600 };

typedef struct Patch {
    const char *subject;
    int64_t date;
    uint32_t lines[PATCH_SKETCH_LINES];
} Patch;

static PostRecord record_of(const Patch *patch)
{
    PostRecord record = { .has_date = true,
                          .date = patch->date,
                          .has_content = true };

    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++)
        record.content[i] = patch->lines[i];
    return record;
}

static unsigned flags_of(const Patch *older, const Patch *newer)
{
    const PostRecord one = record_of(older), other = record_of(newer);
    g_auto(PatchSubject) subject, other_subject;

    patch_subject_init(&subject, older->subject, NULL);
    patch_subject_init(&other_subject, newer->subject, NULL);
    return shared_lines_flags(&one, &subject, &other, &other_subject);
}

static const Patch wren = { "[PATCH] wren: sing", 1000 * DAY, { 1, 2, 3, 4 } };

static void flags_say_which_of_the_newer_ones_lines(void **state)
{
    const Patch newer = { "[PATCH v2] owl", 1001 * DAY, { 9, 4, 8, 1 } };
    const Patch other = { "[PATCH v2] owl", 1001 * DAY, { 5, 6, 7, 8 } };
    const Patch few = { "[PATCH v2] owl", 1001 * DAY, { 1, 0, 0, 0 } };
    const Patch short_one = { "[PATCH] wren", 1000 * DAY, { 7, 0, 0, 0 } };

    (void)state;
    assert_int_equal(flags_of(&wren, &newer), 1 << 1 | 1 << 3);
    assert_int_equal(flags_of(&wren, &other), 0);
    assert_int_equal(flags_of(&wren, &few), 1 << 0);
    assert_int_equal(flags_of(&short_one, &few), 0); /* no line is no line */
}

static void an_equal_title_of_a_higher_version_tells_by_itself(void **state)
{
    const Patch same = { "[PATCH v2] Wren: sing.", 1001 * DAY, { 1, 2, 3, 4 } };
    const Patch again = { "[PATCH] wren: sing", 1001 * DAY, { 1, 2, 3, 4 } };

    (void)state;
    assert_int_equal(flags_of(&wren, &same), 0);
    assert_int_equal(flags_of(&wren, &again), 0xf);
}

static void versions_do_not_fall(void **state)
{
    const Patch second = { "[PATCH v2] owl", 1000 * DAY, { 1, 2, 3, 4 } };
    const Patch first = { "[PATCH] kite", 1001 * DAY, { 1, 2, 3, 4 } };
    const Patch rfc = { "[RFC PATCH] owl", 1000 * DAY, { 1, 2, 3, 4 } };

    (void)state;
    assert_int_equal(flags_of(&second, &first), 0);
    assert_int_equal(flags_of(&rfc, &first), 0xf);
    assert_int_equal(flags_of(&first, &rfc), 0);
}

/* What was sent together is several patches; after two years the same lines
 * are written anew. A higher version may come within minutes. */
static void time_tells_other_work(void **state)
{
    static const struct {
        const char *subject;
        int64_t later;
        bool is_one;
    } cases[] = {
        { "[PATCH] owl", 599, false },
        { "[PATCH] owl", 600, true },
        { "[PATCH v2] owl", 0, true },
        { "[PATCH v2] owl", -1, false },
        { "[PATCH v2] owl", (int64_t)2 * 366 * DAY, true },
        { "[PATCH v2] owl", (int64_t)2 * 366 * DAY + 1, false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Patch newer = { cases[i].subject,
                              wren.date + cases[i].later,
                              { 1, 2, 3, 4 } };

        if ((flags_of(&wren, &newer) != 0) != cases[i].is_one)
            fail_msg("case %zu", i);
    }
}

static void without_lines_or_date_nothing_is_known(void **state)
{
    const Patch later = { "[PATCH v2] owl", 1001 * DAY, { 1, 2, 3, 4 } };
    PostRecord one = record_of(&wren), other = record_of(&later);
    g_auto(PatchSubject) subject, other_subject;

    (void)state;
    patch_subject_init(&subject, wren.subject, NULL);
    patch_subject_init(&other_subject, later.subject, NULL);
    assert_true(shared_lines_any(&one, &other));
    one.has_date = false;
    assert_int_equal(shared_lines_flags(&one, &subject, &other, &other_subject),
                     0);
    one.has_date = true;
    other.has_content = false;
    assert_int_equal(shared_lines_flags(&one, &subject, &other, &other_subject),
                     0);
    assert_false(shared_lines_any(&one, &other));
}

static void one_line_tells_with_titles_alike_or_the_next_version(void **state)
{
    g_auto(PatchSubject) dawn, dusk, owl;

    (void)state;
    patch_subject_init(&dawn, "[PATCH] wren: sing louder at dawn", NULL);
    patch_subject_init(&dusk, "[PATCH] wren: sing louder at dusk", NULL);
    patch_subject_init(&owl, "[PATCH] owl: hoot", NULL);
    assert_true(shared_lines_titled_alike(&dawn, &dusk));
    assert_false(shared_lines_titled_alike(&dawn, &owl));
    assert_true(shared_lines_one_tells(&dawn, 1, &dusk, 1));
    assert_true(shared_lines_one_tells(&dawn, 1, &owl, 2));
    assert_false(shared_lines_one_tells(&dawn, 1, &owl, 1));
    assert_false(shared_lines_one_tells(&dawn, 1, &owl, 3));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_say_which_of_the_newer_ones_lines),
        cmocka_unit_test(an_equal_title_of_a_higher_version_tells_by_itself),
        cmocka_unit_test(versions_do_not_fall),
        cmocka_unit_test(time_tells_other_work),
        cmocka_unit_test(without_lines_or_date_nothing_is_known),
        cmocka_unit_test(one_line_tells_with_titles_alike_or_the_next_version),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
