/* SPDX-License-Identifier: MIT */
#include "digest/tally.h"

#include <string.h>

#include "mail/message.h"
#include "tests/support/unit.h"

static const int64_t DAY_MS = INT64_C(86400000);

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

static People *people_of(const Identity *identity)
{
    People *people = people_new(identity);

    for (uint32_t i = 0; i < G_N_ELEMENTS(everybody); i++)
        people_add(people, i + 1, &everybody[i]);
    return people;
}

static PostRow row_of(int64_t arrival_ms, uint32_t author, uint32_t sender,
                      PostKind kind)
{
    return (PostRow){ .arrival_ms = arrival_ms,
                      .author = author,
                      .sender = sender,
                      .kind = (uint8_t)kind,
                      .kind_of_bot = POST_BOT_REPORT,
                      .insertions = 10,
                      .deletions = 1 };
}

/* Zoë writes two patches under two names, Bob sends a third of hers. */
static void fill_rows(PostRow rows[8])
{
    const PostRow filled[8] = {
        row_of(DAY_MS, 1, 1, POST_COVER),
        row_of(DAY_MS, 1, 1, POST_PATCH),
        row_of(DAY_MS, 2, 2, POST_PATCH),
        row_of(DAY_MS + 1, 1, 3, POST_PATCH),
        row_of(2 * DAY_MS, 3, 3, POST_REPLY),
        row_of(2 * DAY_MS, 3, 3, POST_PULL),
        row_of(2 * DAY_MS, 4, 4, POST_REPLY),
        row_of(4 * DAY_MS, 5, 5, POST_OTHER),
    };

    memcpy(rows, filled, sizeof(filled));
    rows[7].flags = POST_MALFORMED;
}

typedef struct Numbers {
    Identity *identity;
    People *people;
    PostRow rows[8];
} Numbers;

static int set_up(void **state)
{
    const IdentityFiles files = { 0 };
    Numbers *numbers = g_new0(Numbers, 1);

    numbers->identity = identity_new(&files, NULL);
    numbers->people = people_of(numbers->identity);
    fill_rows(numbers->rows);
    tally_appearances(numbers->people, numbers->rows, 8);
    *state = numbers;
    return 0;
}

static int tear_down(void **state)
{
    Numbers *numbers = *state;

    people_free(numbers->people);
    identity_free(numbers->identity);
    g_free(numbers);
    return 0;
}

static void every_post_is_of_one_kind(void **state)
{
    const Numbers *numbers = *state;
    DigestTotals totals = { 0 };

    tally_totals(numbers->people, numbers->rows, 8, &totals);
    assert_int_equal(totals.posts, 8);
    assert_int_equal(totals.posts, totals.patches + totals.covers +
                                       totals.pulls + totals.replies +
                                       totals.notices + totals.bot_reports +
                                       totals.other);
    assert_int_equal(totals.patches, 3);
    assert_int_equal(totals.covers, 1);
    assert_int_equal(totals.pulls, 1);
    assert_int_equal(totals.replies, 1);
    assert_int_equal(totals.bot_reports, 1);
    assert_int_equal(totals.other, 1);
    assert_int_equal(totals.malformed, 1);
}

static void only_patches_count_lines(void **state)
{
    const Numbers *numbers = *state;
    DigestTotals totals = { 0 };

    tally_totals(numbers->people, numbers->rows, 8, &totals);
    assert_int_equal(totals.insertions, 30);
    assert_int_equal(totals.deletions, 3);
}

/* Two names are one person; the bot and nobody are none. */
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

/* Jo sends patches through a relay and answers from home. */
static void who_sends_through_a_relay_counts_once(void **state)
{
    const PostRow rows[] = {
        row_of(DAY_MS, 2, 1, POST_PATCH),
        row_of(DAY_MS, 2, 2, POST_REPLY),
        row_of(DAY_MS, 3, 3, POST_REPLY),
    };
    static const char *const froms[] = {
        "Jo Doe via B4 Relay <devnull+jo.x.org@k.org>", "Jo Doe <jo@x.org>",
        "Al Doe <al@x.org>"
    };
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(GArray) senders = NULL;
    DigestTotals totals = { 0 };

    (void)state;
    for (uint32_t i = 0; i < G_N_ELEMENTS(froms); i++) {
        MailPerson person;

        mail_person_init(&person, froms[i]);
        people_add(people, i + 1, &person);
        mail_person_clear(&person);
    }
    tally_totals(people, rows, G_N_ELEMENTS(rows), &totals);
    senders = tally_senders(people, rows, G_N_ELEMENTS(rows));
    assert_int_equal(totals.people, 2);
    assert_int_equal(totals.authors, 1);
    assert_int_equal(senders->len, 2);
}

static void people_are_persons(void **state)
{
    const Numbers *numbers = *state;
    DigestTotals totals = { 0 };

    tally_totals(numbers->people, numbers->rows, 8, &totals);
    assert_int_equal(totals.people, 2);
    assert_int_equal(totals.authors, 2);
}

static void contributors_are_true_authors(void **state)
{
    const Numbers *numbers = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);

    tally_contributors(numbers->people, numbers->identity, numbers->rows, 8, 15,
                       found);
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
    const Numbers *numbers = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);

    tally_domains(numbers->people, numbers->rows, 8, 15, found);
    assert_int_equal(found->len, 1);
    assert_string_equal(((DigestCount *)found->pdata[0])->who.name,
                        "a.example.org");
}

static void top_lists_are_cut_and_ties_go_by_name(void **state)
{
    static const char *const names[] = { "delta", "alpha", "charlie", "bravo" };
    g_autoptr(People) people = people_new(NULL);
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);
    PostRow rows[4];

    (void)state;
    for (uint32_t i = 0; i < 4; i++) {
        g_autofree char *name = g_strdup(names[i]);
        g_autofree char *address = g_strconcat(name, "@example.org", NULL);
        const MailPerson person = { name, name, address };

        people_add(people, i + 1, &person);
        rows[i] = row_of(DAY_MS, i + 1, i + 1, POST_PATCH);
    }
    tally_contributors(people, NULL, rows, 4, 3, found);
    assert_int_equal(found->len, 3);
    assert_string_equal(((DigestCount *)found->pdata[0])->who.name, "alpha");
    assert_string_equal(((DigestCount *)found->pdata[1])->who.name, "bravo");
    assert_string_equal(((DigestCount *)found->pdata[2])->who.name, "charlie");
}

static void days_are_all_of_the_interval(void **state)
{
    const Numbers *numbers = *state;
    g_autoptr(GPtrArray) days =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_day_free);

    tally_days(numbers->people, numbers->rows, 8, 0, 6 * DAY_MS, days);
    assert_int_equal(days->len, 7);

    const DigestDay *first = days->pdata[1], *last = days->pdata[4];
    const DigestDay *empty = days->pdata[6];

    assert_string_equal(first->day, "1970-01-02");
    assert_int_equal(first->posts, 4);
    assert_int_equal(first->patches, 3);
    assert_string_equal(last->day, "1970-01-05");
    assert_int_equal(last->posts, 1);
    assert_string_equal(empty->day, "1970-01-07");
    assert_int_equal(empty->posts, 0);
}

static void no_rows_are_no_trouble(void **state)
{
    const Numbers *numbers = *state;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);
    g_autoptr(GArray) named = tally_numbers(NULL, 0);
    DigestTotals totals = { 0 };

    tally_totals(numbers->people, NULL, 0, &totals);
    tally_domains(numbers->people, NULL, 0, 15, found);
    tally_contributors(numbers->people, numbers->identity, NULL, 0, 15, found);
    tally_organisations(numbers->people, numbers->identity, NULL, 0, 15, found);
    assert_int_equal(named->len, 0);
    assert_int_equal(totals.posts, 0);
    assert_int_equal(found->len, 0);
}

/* --- the people -------------------------------------------------------- */

static void the_name_most_used_is_shown(void **state)
{
    const Numbers *numbers = *state;
    g_autoptr(People) people = people_of(NULL);

    assert_string_equal(
        people_name(numbers->people, people_person(numbers->people, 2)),
        "Zo\xc3\xab");
    /* Neither is used: the bytewise smaller one. */
    assert_string_equal(people_name(people, people_person(people, 1)), "Zoe E");
    people_count(people, 1, 1);
    assert_string_equal(people_name(people, people_person(people, 1)),
                        "Zo\xc3\xab");
    people_count(people, 2, 2);
    assert_string_equal(people_name(people, people_person(people, 1)), "Zoe E");
}

/* Of somebody who wrote nothing in the interval, the names known beside depend
 * on what else was read; the mail at hand says one. */
static void who_was_not_counted_has_the_name_in_the_mail(void **state)
{
    MailPerson capitals = { (char[]){ " Bob BERG <bob@b.example.org>" },
                            (char[]){ "Bob BERG" },
                            (char[]){ "bob@b.example.org" } };
    g_autoptr(People) people = people_of(NULL);

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

static void nobody_is_person_zero(void **state)
{
    const Numbers *numbers = *state;

    assert_int_equal(people_person(numbers->people, 5), 0);
    assert_int_equal(people_person(numbers->people, 999), 0);
    assert_string_equal(people_name(numbers->people, 0), "");
    assert_string_equal(people_address(numbers->people, 999), "");
    assert_null(people_raw(numbers->people, 999));
    assert_false(people_is_bot(numbers->people, 999));
}

static void bots_are_known_by_their_number(void **state)
{
    const Numbers *numbers = *state;

    assert_true(people_is_bot(numbers->people, 4));
    assert_false(people_is_bot(numbers->people, 1));
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
    g_autoptr(People) people = people_of(identity);

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
        cmocka_unit_test(every_post_is_of_one_kind),
        cmocka_unit_test(only_patches_count_lines),
        cmocka_unit_test(people_are_persons),
        cmocka_unit_test(a_relay_is_whom_it_speaks_for),
        cmocka_unit_test(who_sends_through_a_relay_counts_once),
        cmocka_unit_test(contributors_are_true_authors),
        cmocka_unit_test(domains_keep_the_host),
        cmocka_unit_test(top_lists_are_cut_and_ties_go_by_name),
        cmocka_unit_test(days_are_all_of_the_interval),
        cmocka_unit_test(no_rows_are_no_trouble),
        cmocka_unit_test(the_name_most_used_is_shown),
        cmocka_unit_test(who_was_not_counted_has_the_name_in_the_mail),
        cmocka_unit_test(nobody_is_person_zero),
        cmocka_unit_test(bots_are_known_by_their_number),
        cmocka_unit_test(a_list_address_is_as_many_people_as_names),
        cmocka_unit_test(a_relay_of_a_bot_is_a_bot),
    };

    mail_init();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
