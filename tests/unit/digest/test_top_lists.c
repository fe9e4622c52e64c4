/* SPDX-License-Identifier: MIT */
#include "digest/top_lists.h"

#include "mail/message.h"
#include "tests/support/unit.h"
#include "tests/unit/digest/rows.h"

static GPtrArray *counts_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);
}

static void contributors_are_true_authors(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GPtrArray) found = counts_new();

    top_lists_contributors(fixture->people, fixture->identity, fixture->rows, 8,
                           15, found);
    assert_int_equal(found->len, 1);

    const DigestCount *first = found->pdata[0];

    assert_string_equal(first->who.name, "Zo\xc3\xab");
    assert_string_equal(first->who.email, "zoe@a.example.org");
    assert_string_equal(first->who.organisation, "example.org");
    assert_int_equal(first->count, 4);
    /* of patches; a cover repeats them */
    assert_int_equal(first->insertions, 30);
    assert_int_equal(first->deletions, 3);
}

static void domains_keep_the_host(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GPtrArray) found = counts_new();

    top_lists_domains(fixture->people, fixture->rows, 8, 15, found);
    assert_int_equal(found->len, 1);
    assert_string_equal(((DigestCount *)found->pdata[0])->who.name,
                        "a.example.org");
}

static void top_lists_are_cut_and_ties_go_by_name(void **state)
{
    static const char *const names[] = { "delta", "alpha", "charlie", "bravo" };
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(GPtrArray) found = counts_new();
    PostRow rows[5];

    (void)state;
    for (uint32_t i = 0; i < 4; i++) {
        g_autofree char *name = g_strdup(names[i]);
        g_autofree char *address = g_strconcat(name, "@example.org", NULL);
        const MailPerson person = { name, name, address };

        people_add(people, i + 1, &person);
        rows[i] = rows_one(ROWS_DAY_MS, i + 1, i + 1, POST_PATCH);
    }
    rows[4] = rows_one(ROWS_DAY_MS, 1, 1, POST_PATCH); /* delta, again */
    top_lists_contributors(people, NULL, rows, 5, 3, found);
    assert_int_equal(found->len, 3);
    assert_string_equal(((DigestCount *)found->pdata[0])->who.name, "delta");
    assert_string_equal(((DigestCount *)found->pdata[1])->who.name, "alpha");
    assert_string_equal(((DigestCount *)found->pdata[2])->who.name, "bravo");
}

/* Bob speaks in what he sent for Zoe as well; a bot and an empty From are
 * nobody. */
static void posters_are_who_speaks(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GPtrArray) found = counts_new();

    top_lists_posters(fixture->people, fixture->identity, fixture->rows, 8, 15,
                      found);
    assert_int_equal(found->len, 2);

    const DigestCount *first = found->pdata[0], *second = found->pdata[1];

    assert_string_equal(first->who.name, "Bob");
    assert_int_equal(first->count, 3);
    assert_string_equal(second->who.name, "Zo\xc3\xab");
    assert_int_equal(second->count, 3);
}

static void organisations_are_those_of_the_authors(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GPtrArray) found = counts_new();
    g_autoptr(GPtrArray) domains = counts_new();

    top_lists_organisations(fixture->people, fixture->identity, fixture->rows,
                            8, 15, found);
    assert_int_equal(found->len, 1);
    assert_string_equal(((DigestCount *)found->pdata[0])->who.name,
                        "example.org");
    assert_int_equal(((DigestCount *)found->pdata[0])->count, 4);
    /* without a mailmap they are the domains */
    top_lists_organisations(fixture->people, NULL, fixture->rows, 8, 15,
                            domains);
    assert_string_equal(((DigestCount *)domains->pdata[0])->who.name,
                        "a.example.org");
}

static void no_rows_are_no_trouble(void **state)
{
    const Rows *fixture = *state;
    g_autoptr(GPtrArray) found = counts_new();

    top_lists_domains(fixture->people, NULL, 0, 15, found);
    top_lists_contributors(fixture->people, fixture->identity, NULL, 0, 15,
                           found);
    top_lists_posters(fixture->people, fixture->identity, NULL, 0, 15, found);
    top_lists_organisations(fixture->people, fixture->identity, NULL, 0, 15,
                            found);
    assert_int_equal(found->len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contributors_are_true_authors),
        cmocka_unit_test(domains_keep_the_host),
        cmocka_unit_test(top_lists_are_cut_and_ties_go_by_name),
        cmocka_unit_test(posters_are_who_speaks),
        cmocka_unit_test(organisations_are_those_of_the_authors),
        cmocka_unit_test(no_rows_are_no_trouble),
    };

    mail_init();
    return cmocka_run_group_tests(tests, rows_set_up, rows_tear_down);
}
