/* SPDX-License-Identifier: MIT */
/* Where the line runs; the titles are of the kinds that real lists have. */
#include "tests/support/unit.h"

#include "activity/link.h"
#include "sets/reword.h"

enum { DAY = 24 * 3600, WORK = 7, EARLIER = 1600000000 };

static PostRecord head(uint64_t work, int64_t date)
{
    return (PostRecord){ .work_link = work, .has_date = true, .date = date };
}

static unsigned likeness(const char *older_text, const PostRecord *older,
                         const char *newer_text, const PostRecord *newer)
{
    g_auto(PatchSubject) older_subject;
    g_auto(PatchSubject) newer_subject;

    patch_subject_init(&older_subject, older_text, NULL);
    patch_subject_init(&newer_subject, newer_text, NULL);
    return reword_likeness(older, &older_subject, newer, &newer_subject);
}

static void
titles_of_revisions_are_told_from_those_of_other_patches(void **state)
{
    static const struct {
        const char *older, *newer;
        unsigned likeness;
    } cases[] = {
        { "[PATCH] KVM: PPC: add a barrier() in set_host_flag()",
          "[PATCH v2] KVM: PPC: use barrier() when clearing host_flag", 3 },
        { "[PATCH] kvm: pic: extend active IRQ sources to 255",
          "[PATCH v2] kvm: pic: limit active IRQ sources to NUM", 3 },
        { "[PATCH] KVM: do not expose HFR sanitisation to nested guests",
          "[PATCH v2] KVM: sanitise all registers in the nested path", 2 },
        { "[PATCH] KVM: fix nested guests", "[PATCH v2] KVM: fix nested paths",
          0 },
        { "[PATCH] KVM: add support for H_HEALTH hcall",
          "[PATCH v2] KVM: add support for H_STATS hcall", 0 },
        { "[PATCH] KVM: stats: drop the debugfs interface for statistics",
          "[PATCH v2] KVM: binary interface with descriptors of statistics",
          2 },
        { "[PATCH] KVM: stats: drop the debugfs interface for statistics",
          "[PATCH v9] KVM: binary interface with descriptors of statistics",
          0 },
        { "[PATCH v4 0/9] new counters of lockless pagetable walks",
          "[PATCH v6 0/9] new functions that track lockless pagetable walks",
          3 },
        { "[PATCH v2] KVM: cut latency of exits",
          "[PATCH v2] KVM: latency of exits cut", 0 },
        { "[PATCH v3] KVM: cut latency of exits",
          "[PATCH v2] KVM: latency of exits cut", 0 },
        { "[PATCH 0/3] KVM: cut latency of exits",
          "[PATCH v2] KVM: latency of exits cut", 0 },
        { "[PATCH] KVM: cut latency of exits",
          "[PATCH v2 0/3] KVM: latency of exits cut", 3 },
    };
    const PostRecord older = head(WORK, EARLIER);
    const PostRecord newer = head(WORK, EARLIER + DAY);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const unsigned got =
            likeness(cases[i].older, &older, cases[i].newer, &newer);

        if (got != cases[i].likeness)
            fail_msg("%s / %s: %u", cases[i].older, cases[i].newer, got);
    }
}

static void works_and_dates_must_agree(void **state)
{
    static const struct {
        PostRecord newer;
        bool is_alike;
    } cases[] = {
        { { .work_link = WORK, .date = EARLIER }, true },
        { { .work_link = WORK, .date = EARLIER + LINK_WORK_SECONDS }, true },
        { { .work_link = WORK, .date = EARLIER + LINK_WORK_SECONDS + 1 },
          false },
        { { .work_link = WORK, .date = EARLIER - 1 }, false },
        { { .work_link = WORK + 1, .date = EARLIER }, false },
        { { .work_link = 0, .date = EARLIER }, false },
        { { .work_link = WORK, .date = EARLIER, .parent_link = 1 }, false },
        { { .work_link = WORK, .date = EARLIER, .change_link = 1 }, false },
        { { .work_link = WORK, .date = EARLIER, .supersedes_count = 1 },
          false },
    };
    const PostRecord older = head(WORK, EARLIER), none = head(0, EARLIER);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(likeness("[PATCH] x: cut latency", &older,
                                  "[PATCH v2] x: latency cut",
                                  &cases[i].newer) > 0,
                         cases[i].is_alike);
    assert_int_equal(likeness("[PATCH] x: cut latency", &none,
                              "[PATCH v2] x: latency cut", &none),
                     0);
}

static unsigned retitled(const char *one, const PostRecord *older,
                         const char *other, const PostRecord *newer)
{
    g_auto(PatchSubject) older_subject;
    g_auto(PatchSubject) newer_subject;

    patch_subject_init(&older_subject, one, NULL);
    patch_subject_init(&newer_subject, other, NULL);
    return reword_retitled(older, &older_subject, newer, &newer_subject);
}

/* */
static void nearly_the_same_title_needs_no_file_with_a_version(void **state)
{
    static const struct {
        const char *older, *newer;
        unsigned common;
    } cases[] = {
        { "[PATCH] x: count grains", "[PATCH v2] x: count grains of sand", 0 },
        { "[PATCH] x: count grains of white sand",
          "[PATCH v2] x: count grains of sand", 3 },
        { "[PATCH] x: count grains of white sand",
          "[PATCH v2] x: count grains of gold dust", 0 },
        { "[PATCH] x: count grains of sand",
          "[PATCH v2] y: count grains of sand", 0 },
        { "[PATCH v2] x: count grains of sand",
          "[PATCH] x: count grains of white sand", 0 },
    };
    PostRecord older = head(WORK, EARLIER),
               newer = head(WORK + 1, EARLIER + DAY);

    (void)state;
    older.fields.opening_link = newer.fields.opening_link = 7;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const unsigned got =
            retitled(cases[i].older, &older, cases[i].newer, &newer);

        if (got != cases[i].common)
            fail_msg("%s / %s: %u", cases[i].older, cases[i].newer, got);
    }
    newer.fields.opening_link = 8;
    assert_int_equal(retitled(cases[1].older, &older, cases[1].newer, &newer),
                     0);
}

/* */
static void the_same_words_again_need_the_file_and_no_time(void **state)
{
    static const char first[] = "[PATCH] x: add missing unlock of heap";
    static const char again[] = "[PATCH] x: fix missing unlock of heap";
    PostRecord older = head(WORK, EARLIER), newer = head(WORK, EARLIER + 3600);

    (void)state;
    older.fields.opening_link = newer.fields.opening_link = 7;
    assert_int_equal(retitled(first, &older, again, &newer), 3);
    assert_int_equal(retitled(first, &older,
                              "[PATCH] x: remove missing unlock of heap",
                              &newer),
                     0);
    assert_int_equal(retitled(first, &older,
                              "[PATCH] x: fix missing unlock of heap lock",
                              &newer),
                     0);
    assert_int_equal(retitled("[PATCH] x: fix rx ring size", &older,
                              "[PATCH] x: fix tx ring size", &newer),
                     0);
    assert_int_equal(retitled("[PATCH] x: lock the get callback", &older,
                              "[PATCH] x: lock the set callback", &newer),
                     0);
    assert_int_equal(retitled("[PATCH] x: heap of rt5640 leaks", &older,
                              "[PATCH] x: heap of rt5682 leaks", &newer),
                     0);
    newer.date = EARLIER + 60;
    assert_int_equal(retitled(first, &older, again, &newer), 0);
    newer.date = EARLIER + 4 * DAY;
    assert_int_equal(retitled(first, &older, again, &newer), 0);
    newer = head(WORK + 1, EARLIER + 3600);
    newer.fields.opening_link = 7;
    assert_int_equal(retitled(first, &older, again, &newer), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            titles_of_revisions_are_told_from_those_of_other_patches),
        cmocka_unit_test(works_and_dates_must_agree),
        cmocka_unit_test(nearly_the_same_title_needs_no_file_with_a_version),
        cmocka_unit_test(the_same_words_again_need_the_file_and_no_time),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
