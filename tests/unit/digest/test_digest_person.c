/* SPDX-License-Identifier: MIT */
#include "digest/digest_person.h"

#include <unistd.h>

#include "tests/support/unit.h"
#include "tests/unit/digest/rows.h"

/* Zoe's employer changes with the year 2024. */
static Identity *with_employers(void)
{
    static const char map[] = "zoe@a.example.org First < 2024-01-01\n"
                              "zoe@a.example.org Second\n";
    g_autofree char *path = NULL;
    const int file = g_file_open_tmp("employers-XXXXXX", &path, NULL);
    IdentityFiles files = { .organisations = path };
    Identity *identity;

    assert_true(file >= 0);
    assert_int_equal(write(file, map, sizeof(map) - 1), sizeof(map) - 1);
    close(file);
    identity = identity_new(&files, NULL);
    assert_non_null(identity);
    unlink(path);
    return identity;
}

static void a_person_has_the_employer_of_that_time(void **state)
{
    static const struct {
        int64_t when_seconds;
        const char *employer;
    } cases[] = { { 1704067199, "First" }, { 1704067200, "Second" } };
    g_autoptr(Identity) identity = with_employers();
    g_autoptr(People) people = rows_people(identity);

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
        DigestPerson who = { 0 };

        digest_person_fill(people, identity, people_person(people, 1),
                           cases[i].when_seconds, &who);
        assert_string_equal(who.name, "Zoe E");
        assert_string_equal(who.email, "zoe@a.example.org");
        assert_string_equal(who.organisation, cases[i].employer);
        digest_person_clear(&who);
    }
}

static void without_a_map_the_domain_is_the_employer(void **state)
{
    g_autoptr(People) people = rows_people(NULL);
    DigestPerson who = { 0 };

    (void)state;
    digest_person_fill(people, NULL, people_person(people, 3), 0, &who);
    assert_string_equal(who.organisation, "b.example.org");
    digest_person_clear(&who);
}

/* Who was not counted has the name in the mail, not the smallest of all. */
static void who_wrote_a_mail_is_named_by_it(void **state)
{
    g_autoptr(People) people = rows_people(NULL);
    DigestPerson who = { 0 };

    (void)state;
    digest_person_fill_in(people, NULL, 1, 0, &who);
    assert_string_equal(who.name, "Zo\xc3\xab");
    assert_string_equal(who.email, "zoe@a.example.org");
    digest_person_clear(&who);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_has_the_employer_of_that_time),
        cmocka_unit_test(without_a_map_the_domain_is_the_employer),
        cmocka_unit_test(who_wrote_a_mail_is_named_by_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
