/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "patch/subject.h"
#include "sets/branch_tags.h"

#include "sets/subject_cache.h"

static bool is_same(const char *one, const char *other)
{
    const PostRecord first = { .post = 1, .subject = (char *)(guintptr)one };
    const PostRecord second = { .post = 2, .subject = (char *)(guintptr)other };
    g_autoptr(SubjectCache) subjects = subject_cache_new(NULL);

    return branch_tags_are_same(subject_cache_get(subjects, &first)->tags,
                                subject_cache_get(subjects, &second)->tags);
}

/* One patch for two branches is not two revisions. */
static void ports_to_two_branches_are_told_apart(void **state)
{
    static const struct {
        const char *one, *other;
        bool is_same;
    } cases[] = {
        { "[PATCH] a: b", "[PATCH v2] a: b", true },
        { "[PATCH net-next] a: b", "[PATCH net-next v2] a: b", true },
        { "[PATCH 5.10] a: b", "[PATCH 5.10 v2] a: b", true },
        { "[PATCH 5.10] a: b", "[PATCH 5.15] a: b", false },
        { "[PATCH 6.1.y] a: b", "[PATCH 5.15.y] a: b", false },
        { "[PATCH heap-5.14] a: b", "[PATCH heap-5.15] a: b", false },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (is_same(cases[i].one, cases[i].other) == cases[i].is_same &&
            is_same(cases[i].other, cases[i].one) == cases[i].is_same)
            continue;
        print_error("# \"%s\" and \"%s\"\n", cases[i].one, cases[i].other);
        failed++;
    }
    assert_int_equal(failed, 0);
}

static bool is_parted(const char *one, const char *other)
{
    const PostRecord first = { .post = 1, .subject = (char *)(guintptr)one };
    const PostRecord second = { .post = 2, .subject = (char *)(guintptr)other };
    g_autoptr(SubjectCache) subjects = subject_cache_new(NULL);

    return branch_tags_are_parted(subject_cache_get(subjects, &first)->tags,
                                  subject_cache_get(subjects, &second)->tags);
}

/* */
static void two_repositories_part_patches(void **state)
{
    static const struct {
        const char *one, *other;
        bool is_parted;
    } cases[] = {
        { "[PATCH libwren] a: b", "[PATCH wrend] a: b", true },
        { "[PATCH libwren 0/2] a: b", "[PATCH v2 wrend 0/3] a: b", true },
        { "[PATCH heron libwren] a: b", "[PATCH heron wrend] a: b", true },
        { "[PATCH libwren] a: b", "[PATCH libwren] a: b", false },
        { "[PATCH libwren] a: b", "[PATCH] a: b", false },
        { "[PATCH net] a: b", "[PATCH net-next] a: b", false },
        { "[PATCH net-next] a: b", "[PATCH bpf-next] a: b", false },
        { "[PATCH RFT] a: b", "[PATCH wrend] a: b", false },
        { "[PATCH for-next] a: b", "[PATCH wrend] a: b", false },
        { "[PATCH next] a: b", "[PATCH wrend] a: b", false },
        { "[PATCH 6.1.y] a: b", "[PATCH wrend] a: b", false },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        if (is_parted(cases[i].one, cases[i].other) == cases[i].is_parted &&
            is_parted(cases[i].other, cases[i].one) == cases[i].is_parted)
            continue;
        print_error("# \"%s\" and \"%s\"\n", cases[i].one, cases[i].other);
        failed++;
    }
    assert_int_equal(failed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ports_to_two_branches_are_told_apart),
        cmocka_unit_test(two_repositories_part_patches),
    };

    return cmocka_run_group_tests_name("sets/branch", tests, NULL, NULL);
}
