/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include <glib/gstdio.h>
#include <string.h>

#include "identity/identity.h"

static char *folder;

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("identity-XXXXXX", NULL);
    return folder != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    g_rmdir(folder);
    g_free(folder);
    return 0;
}

/* What identity_new makes of two files with such contents; NULL: no file. */
static Identity *identity_of(const char *mailmap, const char *organisations,
                             char *const *bots, GError **error)
{
    g_autofree char *first = g_build_filename(folder, "mailmap", NULL);
    g_autofree char *second = g_build_filename(folder, "map", NULL);
    const IdentityFiles files = { .mailmap = mailmap != NULL ? first : "",
                                  .organisations =
                                      organisations != NULL ? second : NULL,
                                  .bots = bots };
    Identity *identity = NULL;

    if (mailmap != NULL)
        g_file_set_contents(first, mailmap, -1, NULL);
    if (organisations != NULL)
        g_file_set_contents(second, organisations, -1, NULL);
    identity = identity_new(&files, error);
    g_unlink(first);
    g_unlink(second);
    return identity;
}

static void without_files_everybody_is_who_they_say(void **state)
{
    g_autoptr(Identity) identity = identity_of(NULL, NULL, NULL, NULL);
    g_autofree char *name = NULL;
    g_autofree char *address = NULL;

    (void)state;
    identity_resolve(identity, "Ann", "ann@example.org", &name, &address);
    assert_string_equal(name, "Ann");
    assert_string_equal(address, "ann@example.org");
}

static void the_mailmap_makes_one_person_of_many_addresses(void **state)
{
    g_autoptr(Identity) identity = identity_of(
        "Ann <ann@a> <ann@b>\nAnn <ann@a> <ann@c>\n", NULL, NULL, NULL);

    (void)state;
    for (const char *at = "abc"; *at != '\0'; at++) {
        g_autofree char *from = g_strdup_printf("ann@%c", *at);
        g_autofree char *name = NULL;
        g_autofree char *address = NULL;

        identity_resolve(identity, "Ann", from, &name, &address);
        assert_string_equal(address, "ann@a");
    }
}

static void
an_organisation_is_the_employer_or_the_registrable_domain(void **state)
{
    static const char *const cases[][2] = {
        { "x@linux.intel.com", "Intel" },
        { "x@vger.kernel.org", "kernel.org" },
        { "x@a.b.bbc.co.uk", "bbc.co.uk" },
        { "x@kernel.org", "kernel.org" },
        { "x@someone.github.io", "someone.github.io" },
        { "x@localhost", "localhost" },
        { "x@co.uk", "co.uk" },
        { "x@10.0.0.1", "10.0.0.1" },
        { "x@[10.0.0.1]", "[10.0.0.1]" },
        { "x@[ipv6:::1]", "[ipv6:::1]" },
        { "x@пример.рф", "пример.рф" },
        { "x@host.xn--e1afmkfd.xn--p1ai", "xn--e1afmkfd.xn--p1ai" },
        { "x", "" },
        { "x@", "" },
        { "", "" },
        { "x@.", "." },
        { "a@b@host.example.com", "example.com" },
    };
    g_autoptr(Identity) identity =
        identity_of(NULL, "intel.com Intel\n", NULL, NULL);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found =
            identity_organisation(identity, cases[i][0], 0);

        assert_string_equal(found, cases[i][1]);
    }
}

static void an_endless_domain_is_left_as_it_is(void **state)
{
    g_autoptr(Identity) identity = identity_of(NULL, NULL, NULL, NULL);
    g_autoptr(GString) address = g_string_new("x@");
    g_autofree char *found = NULL;

    (void)state;
    for (unsigned i = 0; i < 20000; i++)
        g_string_append(address, "a.");
    g_string_append(address, "com");
    found = identity_organisation(identity, address->str, 0);
    assert_string_equal(found, address->str + 2);
}

static void one_owner_has_what_lies_below_one_domain(void **state)
{
    static const struct {
        const char *one, *other;
        bool is_same;
    } cases[] = {
        { "lists.debian.org", "lists.debian.org", true },
        { "vger.kernel.org", "lore.kernel.org", true },
        { "x.co.uk", "y.co.uk", false },
        { "debian.org", "debian.net", false },
        { "evil-debian.org", "debian.org", false },
        { "org", "org", false },
        { "localhost", "localhost", false },
        { "10.0.0.1", "10.0.0.1", false },
        { "", "", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(identity_is_same_owner(cases[i].one, cases[i].other),
                         cases[i].is_same);
}

static void a_domain_is_all_behind_the_last_at(void **state)
{
    (void)state;
    assert_string_equal(identity_domain("x@linux.intel.com"),
                        "linux.intel.com");
    assert_string_equal(identity_domain("\"a@b\"@c.d"), "c.d");
    assert_string_equal(identity_domain("x"), "");
    assert_string_equal(identity_domain("x@"), "");
    assert_string_equal(identity_domain(""), "");
}

static void bots_are_the_known_and_the_configured(void **state)
{
    char *bots[] = { (char[]){ "relay*@example.org" }, NULL };
    g_autoptr(Identity) identity = identity_of(NULL, NULL, bots, NULL);
    g_autoptr(Identity) plain = identity_of(NULL, NULL, NULL, NULL);

    (void)state;
    assert_true(identity_is_bot(identity, "", "relay7@example.org"));
    assert_true(identity_is_bot(identity, "", "lkp@intel.com"));
    assert_false(identity_is_bot(identity, "Ann", "ann@example.org"));
    assert_false(identity_is_bot(plain, "", "relay7@example.org"));
}

static void a_bad_line_or_a_missing_file_is_told(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) missing = NULL;
    g_autofree char *message = g_strdup_printf(
        "%s/map:2: what follows < is not a date as 2025-10-31", folder);
    const IdentityFiles files = { .mailmap = "/nowhere/mailmap" };

    (void)state;
    assert_null(identity_of(NULL, "a.b C\na.b D < never\n", NULL, &error));
    assert_true(g_error_matches(error, IDENTITY_ERROR, IDENTITY_ERROR_FILE));
    assert_string_equal(error->message, message);
    assert_null(identity_new(&files, &missing));
    assert_string_equal(missing->message,
                        "/nowhere/mailmap: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_files_everybody_is_who_they_say),
        cmocka_unit_test(the_mailmap_makes_one_person_of_many_addresses),
        cmocka_unit_test(
            an_organisation_is_the_employer_or_the_registrable_domain),
        cmocka_unit_test(an_endless_domain_is_left_as_it_is),
        cmocka_unit_test(one_owner_has_what_lies_below_one_domain),
        cmocka_unit_test(a_domain_is_all_behind_the_last_at),
        cmocka_unit_test(bots_are_the_known_and_the_configured),
        cmocka_unit_test(a_bad_line_or_a_missing_file_is_told),
    };

    return cmocka_run_group_tests_name("identity/identity", tests, make_folder,
                                       remove_folder);
}
