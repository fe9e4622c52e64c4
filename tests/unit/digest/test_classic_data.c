/* SPDX-License-Identifier: MIT */
#include "digest/classic_data.h"

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

static void classic_counts_what_its_subject_calls_a_patch(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a zed - [PATCH 0/1] a\n"
                                       "1 b zed a [PATCH 1/1] b\n"
                                       "2 d amy - [PATCH] d\n"
                                       "3 e bob - [PATCH v2] e\n"
                                       "4 f bob - [PATCH net] f\n"
                                       "5 g bob d [PATCH] d | kind=reply\n"
                                       "6 h bob d Re: [PATCH] d\n",
                                       0, NULL);
    g_autoptr(Digest) digest = digest_new();
    const DigestCount *first, *second, *third;

    (void)state;
    classic_data_count(posts->records, posts->people, &digest->classic);
    assert_int_equal(digest->classic.contributors->len, 3);
    first = digest->classic.contributors->pdata[0];
    second = digest->classic.contributors->pdata[1];
    third = digest->classic.contributors->pdata[2];
    assert_string_equal(first->who.name, " Bob <bob@b.org>");
    assert_int_equal(first->count, 3);
    assert_string_equal(second->who.name, " Zed <zed@z.org>");
    assert_string_equal(third->who.name, " Amy <amy@a.org>");
    assert_int_equal(digest->classic.listed->len, 3);
    assert_string_equal(digest->classic.listed->pdata[0], "[PATCH] d");
    assert_string_equal(digest->classic.listed->pdata[1], "[PATCH v2] e");
    assert_string_equal(digest->classic.listed->pdata[2], "[PATCH] d");
}

static void classic_entries_go_by_date(void **state)
{
    g_autoptr(Posts) posts = posts_new("0 a zed - [PATCH 0/2] a | date=9\n"
                                       "1 b zed a [PATCH 1/2] b | date=10\n"
                                       "2 d zed a [PATCH 2/2] d | date=11\n"
                                       "3 e amy - [PATCH v2 0/2] e\n"
                                       "4 f amy - [PATCH 00/12] f | date=1\n",
                                       0, NULL);
    g_autoptr(Digest) digest = digest_new();
    g_autoptr(GArray) order = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    (void)state;
    classic_data_entries(posts->records, posts->people, &digest->classic,
                         order);
    assert_int_equal(digest->classic.entries->len, 3);
    assert_int_equal(g_array_index(order, uint32_t, 0), 2);
    assert_int_equal(g_array_index(order, uint32_t, 1), 1);
    assert_int_equal(g_array_index(order, uint32_t, 2), 5);
    assert_string_equal(
        ((DigestClassicEntry *)digest->classic.entries->pdata[0])->author,
        "Zed <zed@z.org>");
}

static void domains_are_read_from_raw_names(void **state)
{
    static const struct {
        const char *raw, *domain;
    } cases[] = {
        { " =?UTF-8?q?Zo=C3=AB?= <zoe@example.org>", "example.org" },
        { " zoe@example.org", "example.org" },
        { " zoe@example.org (Zoe)", "example.org" },
        { " \"zoe@home\" <zoe@Example.ORG>", "Example.ORG" },
        { " Zoe", "" },
        { "", "" },
        { " <zoe@", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *domain = classic_data_domain(cases[i].raw);

        assert_string_equal(domain, cases[i].domain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classic_counts_what_its_subject_calls_a_patch),
        cmocka_unit_test(classic_entries_go_by_date),
        cmocka_unit_test(domains_are_read_from_raw_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
