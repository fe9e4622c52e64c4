/* SPDX-License-Identifier: MIT */
#include "activity/link.h"
#include "tests/support/unit.h"

static uint64_t series(const char *author, const char *text, int64_t when)
{
    g_auto(PatchSubject) subject;

    patch_subject_init(&subject, text, NULL);
    return link_series_digest(author, &subject, when);
}

static uint64_t title(const char *text)
{
    g_auto(PatchSubject) subject;

    patch_subject_init(&subject, text, NULL);
    return link_title_digest(&subject);
}

/* sha256sum of "abc" begins with ba7816bf8f01. */
static void a_digest_is_the_head_of_sha256(void **state)
{
    (void)state;
    assert_true(link_digest("abc") == UINT64_C(0xba7816bf8f01));
}

static void the_same_id_has_a_key_of_its_own_for_each_kind(void **state)
{
    static const LinkKind kinds[] = { LINK_SELF,   LINK_ABOVE,  LINK_CHANGE,
                                      LINK_TITLE,  LINK_SERIES, LINK_PATCH,
                                      LINK_NAMES,  LINK_WORK,   LINK_REVISION,
                                      LINK_OPENING };
    const uint64_t digest = link_digest("a@example.org");

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++)
        for (size_t j = 0; j < i; j++)
            assert_true(link_key(kinds[i], digest) !=
                        link_key(kinds[j], digest));
}

static void keys_of_one_id_lie_in_one_bucket(void **state)
{
    const uint64_t digest = link_digest("a@example.org");

    (void)state;
    assert_true(link_key(LINK_SELF, digest) >> 24 ==
                link_key(LINK_ABOVE, digest) >> 24);
    assert_true(link_key(LINK_SELF, digest) >> 24 ==
                link_key(LINK_NAMES, digest) >> 24);
}

static void keys_and_digests_have_48_bits_and_are_never_0(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 10000; i++) {
        g_autofree char *text = g_strdup_printf("%u", (unsigned)i);

        assert_in_range(link_key(LINK_SELF, i), 1, 0xffffffffffff);
        assert_in_range(link_digest(text), 1, 0xffffffffffff);
    }
}

static void keys_of_neighbours_share_no_bits_to_speak_of(void **state)
{
    unsigned differing = 0;

    (void)state;
    for (uint64_t i = 0; i < 1000; i++)
        differing += (unsigned)__builtin_popcountll(link_key(LINK_SELF, i) ^
                                                    link_key(LINK_SELF, i + 1));
    assert_in_range(differing, 20 * 1000, 28 * 1000);
}

static void revisions_share_a_title(void **state)
{
    const uint64_t first = title("[PATCH] net: do less");

    (void)state;
    assert_true(first == title("[PATCH v2 3/7] net: Do  less."));
    assert_true(first != title("[PATCH] net: do more"));
}

static void a_work_is_an_author_and_a_file(void **state)
{
    const uint64_t first = link_work("Jo Doe", "arch/x86/kvm/mmu.c");

    (void)state;
    assert_true(first == link_work("Jo Doe", ".../kvm/mmu.c"));
    assert_true(first == link_work("Jo Doe", "kvm/mmu.c"));
    assert_true(first != link_work("Al Doe", "arch/x86/kvm/mmu.c"));
    assert_true(first != link_work("Jo Doe", "arch/x86/mm/mmu.c"));
    assert_true(first != link_work("Jo Doe", "mmu.c"));
    assert_true(link_work("", "") != link_work("", "/"));
}

static void a_work_is_found_from_half_a_year_later(void **state)
{
    const int64_t when = 1759104000, half = LINK_WORK_SECONDS;

    (void)state;
    for (int64_t back = 0; back <= half; back += half / 90) {
        const uint64_t earlier = link_work_digest(7, when - back);

        assert_true(earlier == link_work_digest(7, when) ||
                    earlier == link_work_digest(7, when - half));
        assert_true(earlier != link_work_digest(8, when - back));
        assert_true(earlier != link_work_digest(7, when - back - 2 * half));
    }
    assert_true(link_work_digest(7, -1) != link_work_digest(7, 1));
}

static void parts_of_a_series_share_a_key_whatever_their_number(void **state)
{
    const int64_t when = 1759104000; /* at a full hour */
    const uint64_t first =
        series("jo@example.org", "[PATCH net-next RFC v3 1/7] a", when);

    (void)state;
    assert_true(first == series("jo@example.org",
                                "[PATCH v3 RFC NET-NEXT 7/7] b", when + 3599));
    assert_true(first !=
                series("jo@example.org", "[PATCH net-next v2 1/7] a", when));
    assert_true(first !=
                series("jo@example.org", "[PATCH net-next v3 1/8] a", when));
    assert_true(first != series("jo@example.org", "[PATCH v3 1/7] a", when));
    assert_true(first !=
                series("al@example.org", "[PATCH net-next v3 1/7] a", when));
    assert_true(first != series("jo@example.org", "[PATCH net-next v3 1/7] a",
                                when + 3600));
}

static void parts_20_minutes_apart_are_found_from_each_other(void **state)
{
    const int64_t when = 1759104000 + 3599, later = when + 1200;

    (void)state;
    assert_true(
        series("jo@example.org", "[PATCH 1/2] a", when + LINK_SERIES_SECONDS) ==
        series("jo@example.org", "[PATCH 2/2] b", later));
    assert_true(
        series("jo@example.org", "[PATCH 1/2] a", when) ==
        series("jo@example.org", "[PATCH 2/2] b", later - LINK_SERIES_SECONDS));
}

static void hours_before_1970_are_hours_too(void **state)
{
    (void)state;
    assert_true(series("", "[PATCH 1/2] a", -1) !=
                series("", "[PATCH 1/2] a", 1));
    assert_true(series("", "[PATCH 1/2] a", -1) ==
                series("", "[PATCH 1/2] a", -3600));
    (void)series("", "[PATCH 1/2] a", INT64_MIN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_is_the_head_of_sha256),
        cmocka_unit_test(the_same_id_has_a_key_of_its_own_for_each_kind),
        cmocka_unit_test(keys_of_one_id_lie_in_one_bucket),
        cmocka_unit_test(keys_and_digests_have_48_bits_and_are_never_0),
        cmocka_unit_test(keys_of_neighbours_share_no_bits_to_speak_of),
        cmocka_unit_test(revisions_share_a_title),
        cmocka_unit_test(a_work_is_an_author_and_a_file),
        cmocka_unit_test(a_work_is_found_from_half_a_year_later),
        cmocka_unit_test(parts_of_a_series_share_a_key_whatever_their_number),
        cmocka_unit_test(parts_20_minutes_apart_are_found_from_each_other),
        cmocka_unit_test(hours_before_1970_are_hours_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
