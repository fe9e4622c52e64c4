/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/address.h"

#include <string.h>

#include <glib.h>

#include "mail/header.h"
#include "mail/message.h"
#include "tests/support/mail.h"
#include "tests/unit/mail/corpus.h"

static void person_is_read_from_a_value(void **state)
{
    static const struct {
        const char *raw, *name, *address;
    } cases[] = {
        { " Ann Other <Ann@Example.ORG>", "Ann Other", "ann@example.org" },
        { "ann@example.org", "", "ann@example.org" },
        { "<ann@example.org>", "", "ann@example.org" },
        { "ann@example.org (Ann Other)", "Ann Other", "ann@example.org" },
        { "\"Ann \\\"A\\\" Other\" <a@b>", "Ann \"A\" Other", "a@b" },
        { "'Ann Other' <a@b>", "Ann Other", "a@b" },
        { "\"'Ann Other'\" <a@b>", "Ann Other", "a@b" },
        { "Ann   M.\tOther <a@b>", "Ann M. Other", "a@b" },
        { "Ann O'Other <a@b>", "Ann O'Other", "a@b" },
        { "=?utf-8?q?=C3=84nn_Other?= <a@b>", "Änn Other", "a@b" },
        { "\"=?utf-8?q?=C3=84nn?= Other\" <a@b>", "Änn Other", "a@b" },
        { "=?utf-8?b?w4Ru?= =?utf-8?b?bg==?=<a@b>", "Änn", "a@b" },
        { "=?iso-8859-1?q?=C4nn?= Other <a@b>", "Änn Other", "a@b" },
        { "=?utf-8?q?x=3Cy=40z=3E=2C?= <a@b>", "x<y@z>,", "a@b" },
        { "\xc3\x84nn <a@b>", "Änn", "a@b" },
        { "\xc4nn <a@b>", "Änn", "a@b" },
        /* P-1: as archives write it */
        { "ada at finch.example (Ada Finch)", "Ada Finch",
          "ada@finch.example" },
        { " bo.l at wren.example.org", "", "bo.l@wren.example.org" },
        { "bo at wren.example (bo at wren.example)", "", "bo@wren.example" },
        { "d at m.example (=?utf-8?q?Dee_Ok=C3=A1for?=)", "Dee Okáfor",
          "d@m.example" },
        { "d at m.example (Dee \\(D\\) Okafor)", "Dee (D) Okafor",
          "d@m.example" },
        { "Ada Finch <ada at finch.example>", "Ada Finch",
          "ada@finch.example" },
        { "Looking at finch.example today", "Looking at finch.example today",
          "" },
        { "ada@f.... (Ada Finch)", "Ada Finch", "ada@f...." },
        { "ada a finch.example (Ada Finch)", "Ada Finch", "ada@finch.example" },
        { "ada \xc3\xa0 finch.example (Ada Finch)", "Ada Finch",
          "ada@finch.example" },
        { "ada [at] finch [dot] example (Ada)", "Ada", "ada@finch.example" },
        { "ada on finch.example", "ada on finch.example", "" },
        { "ada 12 finch.example (Ada)", "ada 12 finch.example (Ada)", "" },
        /* P-17: as lists disguise it */
        { "Ada Finch <ada@finch.example.INVALID>", "Ada Finch",
          "ada@finch.example" },
        { "Ada <ada@example.invalid>", "Ada", "ada@example.invalid" },
        { "Ada <ada=40finch.example@dmarc.lists.example>", "Ada",
          "ada@finch.example" },
        { "Ada <ada=40x@lists.example>", "Ada", "ada=40x@lists.example" },
        { "Ada <=40finch.example@lists.example>", "Ada",
          "=40finch.example@lists.example" },
        { "Ada <mailto:ada@finch.example>", "Ada", "ada@finch.example" },
        /* P-2: the address in the encoded word, too */
        { "=?utf-8?q?=C3=81d=C3=A1_Rill_=3Cada=40rill=2Eexample=3E?=",
          "Ádá Rill", "ada@rill.example" },
        { "=?utf-8?q?ada=40rill=2Eexample?=", "", "ada@rill.example" },
        /* P-3: a quoted local part hides no domain */
        { "\"S <s@junk.example>\"@rill.example", "",
          "\"s <s@junk.example>\"@rill.example" },
        /* Last, First */
        { "\"Other, Ann\" <a@b>", "Ann Other", "a@b" },
        { "Other, Ann <a@b>", "Ann Other", "a@b" },
        { "=?utf-8?q?Other=2C_Ann?= <a@b>", "Ann Other", "a@b" },
        { "\"Other, Ann (Acme)\" <a@b>", "Ann Other (Acme)", "a@b" },
        { "\"Other, Ann via kvm\" <a@b>", "Ann Other via kvm", "a@b" },
        { "\"Ann Other, Jr.\" <a@b>", "Ann Other, Jr.", "a@b" },
        { "\"Acme, Inc.\" <a@b>", "Acme, Inc.", "a@b" },
        { "\"Other, Ann, M\" <a@b>", "Other, Ann, M", "a@b" },
        { "\"Ann Other (Acme, X)\" <a@b>", "Ann Other (Acme, X)", "a@b" },
        { "\"Other,\" <a@b>", "Other,", "a@b" },
        { "\"Other, Ann M.\" <a@b>", "Ann M. Other", "a@b" },
        { "\"van der Other, Ann\" <a@b>", "Ann van der Other", "a@b" },
        { "\"Other Another, Ann\" <a@b>", "Ann Other Another", "a@b" },
        { "\"Ann Other, Acme of Bonn\" <a@b>", "Ann Other, Acme of Bonn",
          "a@b" },
        { "\"Ann Other, MSc\" <a@b>", "Ann Other, MSc", "a@b" },
        { "\"Ann M. Other, SST\" <a@b>", "Ann M. Other, SST", "a@b" },
        { "\"Prof, Ann Other\" <a@b>", "Prof, Ann Other", "a@b" },
        /* the first counts */
        { "Ann <a@b>, Bob <c@d>", "Ann", "a@b" },
        { "Group: Ann <a@b>, c@d;, e@f", "Ann", "a@b" },
        { "undisclosed-recipients:;", "", "" },
        { ", <a@b>", "", "a@b" },
        /* what is no address by the book */
        { "Ann <a@b", "Ann", "a@b" },
        { "Ann a@b", "Ann", "a@b" },
        { "Ann A@B <a@b>", "Ann A@B", "a@b" },
        { "[Ann] <a@b>", "[Ann]", "a@b" },
        { "=?utf-8?q?=C3=84nn?= X@Y <a@b>", "Änn X@Y", "a@b" },
        { "Ann Other", "Ann Other", "" },
        { "root", "root", "" },
        { "Ann <root>", "Ann", "" },
        { "a@b <a@b>", "", "a@b" },
        { "ann at home", "ann at home", "" },
        { "", "", "" },
        { "  ", "", "" },
        { "<>", "", "" },
        { "\"", "\"", "" },
        { "(", "(", "" },
        { "@", "", "@" },
        { "=?utf-8?q?a=0Ab=00c?= <a@b>",
          "a b\xef\xbf\xbd"
          "c",
          "a@b" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        MailPerson person;
        mail_person_init(&person, cases[i].raw);

        if (strcmp(person.name, cases[i].name) != 0 ||
            strcmp(person.address, cases[i].address) != 0)
            print_message("%s\n", cases[i].raw);
        assert_string_equal(person.name, cases[i].name);
        assert_string_equal(person.address, cases[i].address);
        mail_person_clear(&person);
    }
}

static void raw_is_unfolded_and_else_as_it_was(void **state)
{
    MailPerson person;

    (void)state;
    mail_person_init(&person, " =?utf-8?q?a?=\n\t <A@b> \xe4");
    assert_string_equal(person.raw, " =?utf-8?q?a?= <A@b> \xe4");
    mail_person_clear(&person);
}

static void long_values_are_cut_at_a_character(void **state)
{
    g_autoptr(GString) name = g_string_new("x");
    MailPerson person;

    (void)state;
    while (name->len < 4096)
        g_string_append(name, "ä");
    g_string_append(name, " <a@b>");
    mail_person_init(&person, name->str);
    assert_int_equal(strlen(person.raw), MAIL_PERSON_RAW_MAX - 1);
    assert_int_equal(strlen(person.name), MAIL_PERSON_NAME_MAX - 1);
    assert_true(g_utf8_validate(person.raw, -1, NULL));
    assert_string_equal(person.address, "a@b");
    mail_person_clear(&person);
}

static void many_groups_are_not_given_to_gmime(void **state)
{
    static const int counts[] = { 31, 32, 33, 64 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autoptr(GString) value = g_string_new(NULL);
        MailPerson person;
        for (int j = 0; j < counts[i]; j++)
            g_string_append(value, "g:");
        g_string_append(value, " Ann <a@b>");
        mail_person_init(&person, value->str);
        g_autoptr(GPtrArray) people = mail_people_parse(value->str, 64);

        assert_true(people->len <= 1);
        assert_string_equal(person.address, "a@b");
        mail_person_clear(&person);
    }
}

static void long_address_is_none(void **state)
{
    g_autofree char *local = g_strnfill(MAIL_PERSON_ADDRESS_MAX - 1, 'a');
    g_autofree char *value = g_strdup_printf("Ann <%s@b>", local);
    MailPerson person;

    (void)state;
    mail_person_init(&person, value);
    assert_string_equal(person.address, "");
    assert_string_equal(person.name, "Ann");
    mail_person_clear(&person);
}

static void all_mailboxes_are_read_up_to_the_limit(void **state)
{
    g_autoptr(GPtrArray) people = mail_people_parse(
        " Ann <A@b>, G: =?utf-8?q?=C3=84nn?= <c@d>, e@f;,\n x@y", 3);

    (void)state;
    assert_int_equal(people->len, 3);
    const MailPerson *first = people->pdata[0];
    const MailPerson *second = people->pdata[1];
    const MailPerson *third = people->pdata[2];
    assert_string_equal(first->raw, "Ann <a@b>");
    assert_string_equal(second->name, "Änn");
    assert_string_equal(second->address, "c@d");
    assert_string_equal(third->raw, "e@f");
}

static void nobody_is_read_from_nothing(void **state)
{
    g_autoptr(GPtrArray) people = mail_people_parse("", 64);
    g_autoptr(GPtrArray) none = mail_people_parse("undisclosed:;", 64);

    (void)state;
    assert_int_equal(people->len, 0);
    assert_int_equal(none->len, 0);
}

static void copy_is_its_own(void **state)
{
    MailPerson person, copy;

    (void)state;
    mail_person_init(&person, "Ann <a@b>");
    mail_person_copy(&copy, &person);
    assert_false(mail_person_is_empty(&copy));
    mail_person_clear(&person);
    assert_string_equal(copy.name, "Ann");
    mail_person_clear(&copy);
    mail_person_init(&person, "");
    assert_true(mail_person_is_empty(&person));
    mail_person_clear(&person);
}

static void assert_same_by_gmime(const char *value)
{
    MailPerson person, other;

    mail_person_init(&person, value);
    mail_person_init_by_gmime(&other, value);
    if (strcmp(person.name, other.name) != 0 ||
        strcmp(person.address, other.address) != 0)
        print_message("%s\n", value);
    assert_string_equal(person.raw, other.raw);
    assert_string_equal(person.name, other.name);
    assert_string_equal(person.address, other.address);
    mail_person_clear(&person);
    mail_person_clear(&other);
}

static void compare_value(const MailHeader *header, const char *value)
{
    (void)header;
    assert_same_by_gmime(value);
}

static void short_way_equals_gmimes_on_real_mail(void **state)
{
    (void)state;
    if (corpus_each_header("kvm-2025-09-29.mbox", compare_value) == 0)
        skip();
}

static void short_way_equals_gmimes_on_any_value(void **state)
{
    static const char *const pieces[] = {
        "Ann",   "Other", " ",    " ",  " ",  "<",   "<",  ">",    ">",
        "a",     "b.c",   "@",    "@",  "@",  ".",   ".",  "-",    "_",
        "+x",    "=",     "xn--", "9",  "A.", "<a",  "c>", "a@b",  "d@e.f",
        "<a@b>", "<c@d>", ",",    "\"", "'",  "(x)", "\t", "\n ",  "=?",
        "\xc3",  "via",   "--",   "- ", ";",  ":",   "[",  "root", "Other,",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(3);

    (void)state;
    for (int times = 0; times < 200000; times++) {
        g_autoptr(GString) value = g_string_new(NULL);
        const bool is_likely = g_rand_boolean(random);

        for (int i = g_rand_int_range(random, 0, 8); i > 0; i--)
            g_string_append(
                value,
                pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        if (is_likely)
            g_string_append(value, " <jo.x+y@z-1.example.org>");
        assert_same_by_gmime(value->str);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(person_is_read_from_a_value),
        cmocka_unit_test(raw_is_unfolded_and_else_as_it_was),
        cmocka_unit_test(long_values_are_cut_at_a_character),
        cmocka_unit_test(many_groups_are_not_given_to_gmime),
        cmocka_unit_test(long_address_is_none),
        cmocka_unit_test(all_mailboxes_are_read_up_to_the_limit),
        cmocka_unit_test(nobody_is_read_from_nothing),
        cmocka_unit_test(copy_is_its_own),
        cmocka_unit_test(short_way_equals_gmimes_on_real_mail),
        cmocka_unit_test(short_way_equals_gmimes_on_any_value),
    };

    return cmocka_run_group_tests(tests, mail_start, NULL);
}
