/* SPDX-License-Identifier: MIT */
/* Who is who among the Froms of a list. */
#include "sets/people.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "mail/message.h"
#include "tests/support/unit.h"

static People *people_by(const Identity *identity, const char *const *froms)
{
    People *people = people_new(identity);

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

static People *people_of(const char *const *froms)
{
    return people_by(NULL, froms);
}

/* Owned. */
static Identity *identity_of(const char *mailmap)
{
    g_autofree char *path = NULL;
    const int fd = g_file_open_tmp("mailmap.XXXXXX", &path, NULL);

    assert_true(fd >= 0);
    close(fd);
    assert_true(g_file_set_contents(path, mailmap, -1, NULL));
    const IdentityFiles files = { .mailmap = path };
    Identity *identity = identity_new(&files, NULL);

    assert_non_null(identity);
    assert_int_equal(g_unlink(path), 0);
    return identity;
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

/* A name that was read with an address that was counted goes before names of
 * the person's other addresses, which may be read or not. */
static void a_name_beside_is_of_the_same_address(void **state)
{
    static const char *const froms[] = { "<z@a.org>", "Zoe <z@a.org>",
                                         "Abe <z@b.org>", NULL };
    g_autoptr(Identity) identity = identity_of("<z@a.org> <z@b.org>\n");
    g_autoptr(People) people = people_by(identity, froms);

    (void)state;
    assert_int_equal(people_person(people, 1), people_person(people, 3));
    assert_string_equal(people_name(people, 1), "Abe"); /* nothing counted */
    people_count(people, 1, 2);
    assert_string_equal(people_name(people, 1), "Zoe");
    people_count(people, 3, 1);
    assert_string_equal(people_name(people, 1), "Abe");
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

/* P-8: also one word is a name then. */
static void a_gateway_that_says_so_is_one_at_once(void **state)
{
    static const char *const froms[] = { "ada (via GitHub) <git@a.org>",
                                         "bo (via GitHub) <git@a.org>",
                                         "Ann Finch (Jira) <jira@a.org>",
                                         "Bob Owl (JIRA) <jira@a.org>",
                                         "ada (home) <ada@a.org>",
                                         "bo (work) <ada@a.org>",
                                         NULL };
    g_autoptr(People) people = people_of(froms);

    (void)state;
    assert_int_not_equal(people_person(people, 1), people_person(people, 2));
    assert_int_not_equal(people_person(people, 3), people_person(people, 4));
    assert_string_equal(people_name_in(people, 1), "ada");
    assert_string_equal(people_name_in(people, 4), "Bob Owl");
    assert_int_equal(people_person(people, 5), people_person(people, 6));
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

/* --- of persons as mail has them ------------------------------------------ */

static const MailPerson everybody[] = {
    { (char[]){ " =?UTF-8?q?Zo=C3=AB?= <zoe@a.example.org>" },
      (char[]){ "Zo\xc3\xab" }, (char[]){ "zoe@a.example.org" } },
    { (char[]){ " Zoe E <zoe@a.example.org>" }, (char[]){ "Zoe E" },
      (char[]){ "zoe@a.example.org" } },
    { (char[]){ " Bob <bob@b.example.org>" }, (char[]){ "Bob" },
      (char[]){ "bob@b.example.org" } },
    { (char[]){ " kernel test robot <lkp@intel.com>" },
      (char[]){ "kernel test robot" }, (char[]){ "lkp@intel.com" } },
    { (char[]){ "" }, (char[]){ "" }, (char[]){ "" } },
};

static People *everybody_of(const Identity *identity)
{
    People *people = people_new(identity);

    for (uint32_t i = 0; i < G_N_ELEMENTS(everybody); i++)
        people_add(people, i + 1, &everybody[i]);
    return people;
}

static void nobody_is_person_zero(void **state)
{
    g_autoptr(People) people = everybody_of(NULL);

    (void)state;
    assert_int_equal(people_person(people, 5), 0);
    assert_int_equal(people_person(people, 999), 0);
    assert_string_equal(people_name(people, 0), "");
    assert_string_equal(people_address(people, 999), "");
    assert_null(people_raw(people, 999));
    assert_false(people_is_bot(people, 999));
}

/* Which of two kinds holds is for the sender to say, of a row as of a record.
 */
static void bots_are_known_by_their_number(void **state)
{
    const IdentityFiles none = { .mailmap = NULL };
    g_autoptr(Identity) identity = identity_new(&none, NULL);
    g_autoptr(People) people = everybody_of(identity);
    const PostRow row = { .author = 4,
                          .sender = 4,
                          .kind = POST_REPLY,
                          .kind_of_bot = POST_BOT_REPORT };
    PostRecord record = { .author = 1,
                          .sender = 1,
                          .kind = POST_REPLY,
                          .kind_of_bot = POST_BOT_REPORT };

    (void)state;
    assert_true(people_is_bot(people, 4));
    assert_false(people_is_bot(people, 1));
    assert_int_equal(people_kind_of_row(people, &row), POST_BOT_REPORT);
    assert_int_equal(people_kind_of_record(people, &record), POST_REPLY);
    record.author = record.sender = 4;
    assert_int_equal(people_kind_of_record(people, &record), POST_BOT_REPORT);
}

static void a_relay_is_whom_it_speaks_for(void **state)
{
    static const struct {
        const char *sender, *author, *speaker;
    } cases[] = {
        { "Jo Doe via B4 Relay <devnull+jo.x.org@k.org>", "Jo Doe <jo@x.org>",
          "jo@x.org" },
        { "'Jo Doe' via list <list@x.org>", "Jo Doe <jo@x.org>", "jo@x.org" },
        { "jo doe via list <list@x.org>", "Jo Doe <jo@x.org>", "jo@x.org" },
        { "Jo Doe via list <list@x.org>", "Al Doe <al@x.org>", "list@x.org" },
        { "Jo Doe via list <list@x.org>", "Jo <jo@x.org>", "list@x.org" },
        { "Jo Doe <home@x.org>", "Jo Doe <jo@x.org>", "home@x.org" },
        { "Jo Doe via list <list@x.org>", "jo@x.org", "list@x.org" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(People) people = people_new(NULL);
        MailPerson sender, author;

        mail_person_init(&sender, cases[i].sender);
        mail_person_init(&author, cases[i].author);
        people_add(people, 1, &sender);
        people_add(people, 2, &author);
        assert_string_equal(
            people_address(people, people_speaker(people, 1, 2)),
            cases[i].speaker);
        assert_int_equal(people_speaker(people, 1, 1),
                         people_person(people, 1));
        assert_int_equal(people_speaker(people, 3, 2), 0);
        mail_person_clear(&sender);
        mail_person_clear(&author);
    }
}

/* Of somebody who wrote nothing in the interval, the names known beside depend
 * on what else was read; the mail at hand says one. */
static void who_was_not_counted_has_the_name_in_the_mail(void **state)
{
    MailPerson capitals = { (char[]){ " Bob BERG <bob@b.example.org>" },
                            (char[]){ "Bob BERG" },
                            (char[]){ "bob@b.example.org" } };
    g_autoptr(People) people = everybody_of(NULL);

    (void)state;
    assert_string_equal(people_name_in(people, 3), "Bob");
    people_add(people, 6, &capitals);
    assert_int_equal(people_person(people, 6), people_person(people, 3));
    assert_string_equal(people_name_in(people, 3), "Bob");
    assert_string_equal(people_name_in(people, 6), "Bob BERG");
    people_count(people, 3, 2);
    people_count(people, 6, 1);
    assert_string_equal(people_name_in(people, 6), "Bob");
    assert_string_equal(people_name_in(people, 5), "");
    assert_string_equal(people_name_in(people, 99), "");
}

/* A list that makes itself the sender of all has one address and many names. */
static void a_list_address_is_as_many_people_as_names(void **state)
{
    const MailPerson munged[] = {
        { (char[]){ " Zoe via l <l@c.example.org>" }, (char[]){ "Zoe via l" },
          (char[]){ "l@c.example.org" } },
        { (char[]){ " Bob via l <l@c.example.org>" }, (char[]){ "Bob via l" },
          (char[]){ "l@c.example.org" } },
        { (char[]){ " Bob <bob@b.example.org>" }, (char[]){ "Bob" },
          (char[]){ "bob@b.example.org" } },
    };
    g_autoptr(People) people = people_new(NULL);

    (void)state;
    for (uint32_t i = 0; i < G_N_ELEMENTS(munged); i++)
        people_add(people, i + 1, &munged[i]);
    assert_int_not_equal(people_person(people, 1), people_person(people, 2));
    assert_string_equal(people_address(people, people_person(people, 2)),
                        "l@c.example.org");
    assert_int_equal(people_speaker(people, 2, 3), people_person(people, 3));
    assert_int_equal(people_speaker(people, 1, 3), people_person(people, 1));
    assert_int_equal(people_speaker(people, 3, 2), people_person(people, 3));
    assert_int_equal(people_speaker(people, 2, 99), people_person(people, 2));
}

static void a_relay_of_a_bot_is_a_bot(void **state)
{
    const MailPerson relay = { (char[]){ " kernel test robot via l <l@c.org>" },
                               (char[]){ "kernel test robot via l" },
                               (char[]){ "l@c.org" } };
    const IdentityFiles none = { .mailmap = NULL };
    g_autoptr(Identity) identity = identity_new(&none, NULL);
    g_autoptr(People) people = everybody_of(identity);

    (void)state;
    people_add(people, 6, &relay);
    assert_true(people_is_sent_by_bot(people, 4, 4));
    assert_true(people_is_sent_by_bot(people, 6, 4));
    assert_false(people_is_sent_by_bot(people, 3, 4));
    assert_int_equal(people_kind(people, 3, 4, POST_REPLY, POST_BOT_REPORT),
                     POST_REPLY);
    assert_int_equal(people_kind(people, 6, 4, POST_REPLY, POST_BOT_REPORT),
                     POST_BOT_REPORT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_one_person),
        cmocka_unit_test(the_most_frequent_name_is_shown),
        cmocka_unit_test(a_name_beside_is_of_the_same_address),
        cmocka_unit_test(a_mail_names_its_writer),
        cmocka_unit_test(behind_a_gateway_each_name_is_a_person),
        cmocka_unit_test(a_gateway_that_says_so_is_one_at_once),
        cmocka_unit_test(a_list_speaks_for_its_authors),
        cmocka_unit_test(posts_of_one_author_may_differ_in_address_or_sender),
        cmocka_unit_test(what_is_no_kind_is_other_mail),
        cmocka_unit_test(nobody_is_person_zero),
        cmocka_unit_test(bots_are_known_by_their_number),
        cmocka_unit_test(a_relay_is_whom_it_speaks_for),
        cmocka_unit_test(who_was_not_counted_has_the_name_in_the_mail),
        cmocka_unit_test(a_list_address_is_as_many_people_as_names),
        cmocka_unit_test(a_relay_of_a_bot_is_a_bot),
    };

    mail_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
