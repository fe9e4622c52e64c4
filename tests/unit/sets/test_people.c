/* SPDX-License-Identifier: MIT */
/* Who is who among the Froms of a list. */
#include "sets/people.h"

#include <string.h>

#include "tests/support/unit.h"

static People *people_of(const char *const *froms)
{
    People *people = people_new(NULL);

    for (uint32_t i = 0; froms[i] != NULL; i++) {
        const size_t length = strcspn(froms[i], "<");
        const char *behind = froms[i] + length + (froms[i][length] == '<');
        g_autofree char *name = g_strstrip(g_strndup(froms[i], length));
        g_autofree char *address = g_strndup(behind, strcspn(behind, ">"));
        const MailPerson raw = { (char *)(uintptr_t)froms[i], name, address };

        people_add(people, i + 1, &raw);
    }
    return people;
}

static void an_address_is_one_person(void **state)
{
    static const char *const froms[] = { "Ann Finch <ann@a.org>",
                                         "annie <ann@a.org>",
                                         "Ann Finch <ann@b.org>",
                                         "",
                                         "<>",
                                         NULL };
    g_autoptr(People) people = people_of(froms);

    (void)state;
    assert_int_equal(people_person(people, 1), people_person(people, 2));
    assert_int_not_equal(people_person(people, 1), people_person(people, 3));
    assert_int_equal(people_person(people, 4), 0);
    assert_int_equal(people_person(people, 5), 3); /* "<>" */
    assert_int_equal(people_person(people, 6), 0);
    assert_true(people_knows(people, 4));
    assert_false(people_knows(people, 6));
    assert_null(people_raw(people, 6));
    assert_int_equal(people_size(people), 3);
    assert_int_equal(people_numbers(people, people_person(people, 1))->len, 2);
    assert_true(people_is_same_name(people, 1, 3));
    assert_false(people_is_same_name(people, 1, 2));
    assert_false(people_is_same_name(people, 4, 4));
    assert_string_equal(people_name(people, 77), "");
    assert_string_equal(people_address(people, 77), "");
}

static void the_most_frequent_name_is_shown(void **state)
{
    static const char *const froms[] = { "Zoe <z@a.org>",
                                         "Zo\xc3\xab <z@a.org>",
                                         "Abe <z@a.org>", NULL };
    g_autoptr(People) people = people_of(froms);
    uint32_t person;

    (void)state;
    person = people_person(people, 1);
    people_count(people, 1, 2);
    people_count(people, 2, 3);
    people_count(people, 99, 9);
    assert_string_equal(people_name(people, person), "Zo\xc3\xab");
    people_count(people, 1, 1); /* of equal ones the bytewise smallest */
    assert_string_equal(people_name(people, person), "Zoe");
    people_count(people, 3, 3);
    assert_string_equal(people_name(people, person), "Abe");
}

/* Two people write under one address: each mail has its own name. */
static void a_mail_names_its_writer(void **state)
{
    static const char *const froms[] = { "Ann Finch <birds@a.org>",
                                         "Bob Owl <birds@a.org>",
                                         "bobby <birds@a.org>", NULL };
    g_autoptr(People) people = people_of(froms);

    (void)state;
    for (uint32_t i = 1; i <= 3; i++)
        people_count(people, i, 5 - i);
    assert_int_equal(people_person(people, 1), people_person(people, 2));
    assert_string_equal(people_name_in(people, 1), "Ann Finch");
    assert_string_equal(people_name_in(people, 2), "Bob Owl");
    assert_string_equal(people_name_in(people, 3), "Ann Finch");
}

/* PEOPLE_GATEWAY_NAMES of them are a gateway, in whatever order they come. */
static void behind_a_gateway_each_name_is_a_person(void **state)
{
    static const char *const froms[] = {
        "Ann Finch <gate@a.org>", "Bob Owl <gate@a.org>",
        "Cat Kite <gate@a.org>",  "Ann Finch <gate@a.org>",
        "Dan Wren <gate@a.org>",  NULL
    };
    static const char *const kin[] = { "Ann Finch <ann@a.org>",
                                       "Ann B Finch <ann@a.org>",
                                       "A Finch <ann@a.org>", NULL };
    g_autoptr(People) people = people_of(froms);
    g_autoptr(People) one = people_of(kin);

    (void)state;
    assert_int_equal(people_person(people, 1), people_person(people, 4));
    for (uint32_t i = 1; i <= 3; i++)
        for (uint32_t j = i + 1; j <= 5; j++)
            if (i != 1 || j != 4)
                assert_int_not_equal(people_person(people, i),
                                     people_person(people, j));
    assert_int_equal(people_person(one, 1), people_person(one, 2));
    assert_int_equal(people_person(one, 1), people_person(one, 3));
}

static void a_list_speaks_for_its_authors(void **state)
{
    static const char *const froms[] = { "Ann Finch via birds <birds@a.org>",
                                         "Bob Owl via birds <birds@a.org>",
                                         "Ann Finch <ann@a.org>",
                                         "Cat Kite <cat@a.org>", NULL };
    g_autoptr(People) people = people_of(froms);

    (void)state;
    assert_int_not_equal(people_person(people, 1), people_person(people, 2));
    assert_int_equal(people_speaker(people, 1, 3), people_person(people, 3));
    assert_int_equal(people_speaker_number(people, 1, 3), 3);
    /* who passes another's patch on speaks for himself */
    assert_int_equal(people_speaker_number(people, 4, 3), 4);
    assert_int_equal(people_speaker(people, 4, 4), people_person(people, 4));
}

static void posts_of_one_author_may_differ_in_address_or_sender(void **state)
{
    static const char *const froms[] = { "Ann Finch <ann@a.org>",
                                         "Ann Finch <ann@b.org>",
                                         "Bob Owl <bob@a.org>", NULL };
    g_autoptr(People) people = people_of(froms);
    const PostRecord home = { .sender = 1, .author = 1 };
    const PostRecord work = { .sender = 2, .author = 2 };
    const PostRecord bob = { .sender = 3, .author = 3 };
    const PostRecord passed = { .sender = 3, .author = 1 };
    const PostRecord list = { .sender = 1,
                              .author = 1,
                              .flags = POST_FROM_LIST };

    (void)state;
    assert_true(people_is_same_author(people, &home, &work));
    assert_true(people_is_same_author(people, &home, &passed));
    assert_true(people_is_same_author(people, &passed, &bob));
    assert_false(people_is_same_author(people, &home, &bob));
    assert_false(people_is_same_author(people, &home, &list));
}

static void what_is_no_kind_is_other_mail(void **state)
{
    static const char *const froms[] = { "Ann Finch <ann@a.org>", NULL };
    g_autoptr(People) people = people_of(froms);

    (void)state;
    assert_int_equal(people_kind(people, 1, 1, POST_PATCH, POST_OTHER),
                     POST_PATCH);
    assert_int_equal(people_kind(people, 1, 1, 200, 200), POST_OTHER);
    assert_false(people_is_bot(people, 1));
    assert_false(people_is_bot(people, 77));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_one_person),
        cmocka_unit_test(the_most_frequent_name_is_shown),
        cmocka_unit_test(a_mail_names_its_writer),
        cmocka_unit_test(behind_a_gateway_each_name_is_a_person),
        cmocka_unit_test(a_list_speaks_for_its_authors),
        cmocka_unit_test(posts_of_one_author_may_differ_in_address_or_sender),
        cmocka_unit_test(what_is_no_kind_is_other_mail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
