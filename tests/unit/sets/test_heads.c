/* SPDX-License-Identifier: MIT */
/* What two heads show of lines that their sets have in common. */
#include "sets/heads.h"

#include "tests/support/unit.h"

enum { DAY = 24 * 3600 };

/* Two heads, the newer one so many days later. */
typedef struct Case {
    const char *older, *newer;
    int days;
    unsigned lines; /* in common */
    bool holds;
} Case;

typedef struct Two {
    PostRecord records[2];
    PatchSubject subjects[2];
    Heads heads;
} Two;

static PatchVersion version_of(const PatchSubject *subject)
{
    return (PatchVersion){ subject->version, subject->minor, subject->is_rfc };
}

static void two_init(Two *two, const Case *one)
{
    *two = (Two){ .records = { { .work_link = 1, .has_date = true },
                               { .work_link = 2, .has_date = true } } };
    two->records[1].date = (int64_t)one->days * DAY;
    patch_subject_init(&two->subjects[0], one->older, NULL);
    patch_subject_init(&two->subjects[1], one->newer, NULL);
    two->heads = (Heads){
        .older = &two->records[0],
        .newer = &two->records[1],
        .older_subject = &two->subjects[0],
        .newer_subject = &two->subjects[1],
        .older_version = version_of(&two->subjects[0]),
        .newer_version = version_of(&two->subjects[1]),
    };
}

static void two_clear(Two *two)
{
    patch_subject_clear(&two->subjects[0]);
    patch_subject_clear(&two->subjects[1]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Two, two_clear)

typedef bool (*Relation)(const Heads *heads, unsigned lines);

static void check(Relation holds, const Case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        g_auto(Two) two;

        two_init(&two, &cases[i]);
        if (holds(&two.heads, cases[i].lines) != cases[i].holds)
            fail_msg("wanted %s: %s, %s", cases[i].holds ? "it" : "not",
                     cases[i].older, cases[i].newer);
    }
}

static bool prove_own_of_singles(const Heads *heads, unsigned lines)
{
    return heads_prove_own(heads, lines, true, false);
}

static void own_lines_prove_with_a_version_or_a_place(void **state)
{
    static const Case cases[] = {
        { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 1, 2, true },
        { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 1, 1, true },
        { "[PATCH] wren: sing", "[PATCH v3] owl: hoot", 1, 1, false },
        { "[PATCH] wren: sing a song", "[PATCH v3] owl: sing a song louder", 1,
          1, true },
        { "[PATCH] wren: sing", "[PATCH] wren: hoot", 1, 3, true },
        { "[PATCH] wren: sing", "[PATCH] wren: hoot", 1, 2, false },
        { "[PATCH] wren: sing", "[PATCH] owl: hoot", 1, 3, false },
    };

    (void)state;
    check(prove_own_of_singles, cases, G_N_ELEMENTS(cases));
}

static void two_lines_of_one_work_prove(void **state)
{
    static const Case one = { "[PATCH] wren: sing", "[PATCH] owl: hoot", 1, 2,
                              true };
    g_auto(Two) two;

    (void)state;
    two_init(&two, &one);
    assert_false(heads_prove_own(&two.heads, 2, false, false));
    two.records[1].work_link = two.records[0].work_link;
    assert_true(heads_prove_own(&two.heads, 2, true, false));
}

static bool prove_foreign(const Heads *heads, unsigned lines)
{
    return heads_prove_foreign(heads, lines, false);
}

static void lines_of_others_prove_where_versions_are_counted_on(void **state)
{
    static const Case cases[] = {
        { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 100, 2, true },
        { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 100, 1, false },
        { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 200, 2, false },
        { "[PATCH v2] wren: sing", "[PATCH v2] wren: sing", 9, 4, false },
    };

    (void)state;
    check(prove_foreign, cases, G_N_ELEMENTS(cases));
}

/* What answers the older set may name other things, too. */
static void lines_of_others_prove_in_an_answer(void **state)
{
    static const Case one = { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 9,
                              2, true };
    g_auto(Two) two;

    (void)state;
    two_init(&two, &one);
    two.records[1].parent_link = 1;
    assert_false(heads_prove_foreign(&two.heads, 2, false));
    assert_true(heads_prove_foreign(&two.heads, 2, true));
    assert_true(heads_may_prove(&two.heads, 2, false));
}

static bool may_prove_own(const Heads *heads, unsigned lines)
{
    return heads_may_prove(heads, lines, true);
}

static void heads_show_what_no_part_can_mend(void **state)
{
    static const Case cases[] = {
        { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 1, 2, true },
        { "[PATCH v2] wren: sing", "[PATCH] owl: hoot", 1, 4, false },
        { "[PATCH 5.10.y] wren: sing", "[PATCH 6.1.y] wren: sing", 1, 4,
          false },
        /* a release that is told once */
        { "[PATCH 5.10] wren: sing", "[PATCH v2] wren: sing", 1, 4, true },
        /* another purpose, long after */
        { "[PATCH] wren: sing", "[PATCH v2] owl: hoot", 61, 4, false },
        { "[PATCH 0/2] wren: sing", "[PATCH v2 0/2] owl: hoot", 61, 4, false },
        { "[PATCH 0/2] wren: sing a song", "[PATCH v2 0/2] wren: sing a song",
          61, 4, true },
        /* as many lines as one patch may have; a series may have more */
        { "[PATCH] wren: sing", "[PATCH] wren: hoot", 1, 2, false },
        { "[PATCH 0/2] wren: sing", "[PATCH 0/2] wren: hoot", 1, 2, true },
        /* whose heads may be missing */
        { "[PATCH 2/4] wren: sing", "[PATCH v2] owl: hoot", 61, 1, true },
        { "[PATCH] wren: sing", "[PATCH v2 2/4] owl: hoot", 61, 1, true },
    };

    (void)state;
    check(may_prove_own, cases, G_N_ELEMENTS(cases));
}

static bool may_prove_foreign(const Heads *heads, unsigned lines)
{
    return heads_may_prove(heads, lines, false);
}

static void lines_of_others_want_a_lone_revision(void **state)
{
    static const Case cases[] = {
        { "[PATCH] wren: sing", "[PATCH v2] wren: sing on", 1, 2, true },
        { "[PATCH] wren: sing", "[PATCH] wren: sing on", 1, 4, false },
        { "[PATCH 2/3] wren: sing", "[PATCH v2 0/3] birds", 100, 1, true },
        { "[PATCH 2/3] wren: sing", "[PATCH 0/3] birds", 100, 1, false },
        { "[PATCH 2/3] wren: sing", "[PATCH v2 0/3] birds", 200, 1, false },
        { "[PATCH 2/3] wren: sing", "[PATCH 2/3] birds", 200, 1, true },
    };

    (void)state;
    check(may_prove_foreign, cases, G_N_ELEMENTS(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_lines_prove_with_a_version_or_a_place),
        cmocka_unit_test(two_lines_of_one_work_prove),
        cmocka_unit_test(lines_of_others_prove_where_versions_are_counted_on),
        cmocka_unit_test(lines_of_others_prove_in_an_answer),
        cmocka_unit_test(heads_show_what_no_part_can_mend),
        cmocka_unit_test(lines_of_others_want_a_lone_revision),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
