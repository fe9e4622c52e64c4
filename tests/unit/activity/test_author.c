/* SPDX-License-Identifier: MIT */
#include "activity/author.h"
#include "tests/support/mail.h"
#include "tests/support/unit.h"

static void assert_author(const char *headers, const char *text,
                          const char *expected, const char *expected_why)
{
    g_autofree char *mail = g_strconcat(headers, "\n", text, NULL);
    g_autoptr(MailMessage) message = mail_of(mail);
    g_auto(PatchBody) body;
    g_autofree char *found = NULL;
    MailPerson author;

    patch_body_init(&body, message->text, message->text_length, false);
    const AuthorSource source = activity_author(message, &body, &author);

    found = g_strdup_printf("%s <%s>", author.name, author.address);
    assert_string_equal(found, expected);
    assert_string_equal(author_source_name(source), expected_why);
    mail_person_clear(&author);
}

static void the_author_is_found_behind_relays_and_lists(void **state)
{
    static const struct {
        const char *headers, *text, *author, *why;
    } cases[] = {
        { "From: Jo Doe <Jo@Example.org>\n", "text\n",
          "Jo Doe <jo@example.org>", "header From" },
        { "From: Al <al@example.org>\n",
          "\nFrom: Jo Doe <jo@example.org>\n\ntext\n",
          "Jo Doe <jo@example.org>", "in-body From" },
        { "From: Al <al@example.org>\n",
          "From: =?UTF-8?q?J=C3=B8?= Doe <jo@example.org>\n\ntext\n",
          "J\xc3\xb8 Doe <jo@example.org>", "in-body From" },
        { "From: Al <al@example.org>\n", "From: the manual\n\ntext\n",
          "Al <al@example.org>", "header From" },
        { "From: \"Doe, Jo\" <jo@example.org>\n", "text\n",
          "Jo Doe <jo@example.org>", "header From" },
        { "From: Jo Doe via B4 Relay <devnull+jo.example.org@kernel.org>\n"
          "X-Original-From: Jo Doe <jo@example.org>\n"
          "Reply-To: else@example.org\n",
          "text\n", "Jo Doe <jo@example.org>", "X-Original-From" },
        { "From: Jo Doe via B4 Relay <devnull+jo.example.org@kernel.org>\n"
          "Reply-To: jo@example.org\n",
          "text\n", "Jo Doe <jo@example.org>", "person behind a via address" },
        { "From: Jo Doe via B4 Relay <devnull+jo.example.org@kernel.org>\n"
          "Reply-To: else@example.org\nCc: al@example.org\n",
          "text\n", "Jo Doe via B4 Relay <devnull+jo.example.org@kernel.org>",
          "header From" },
        { "From: Jo Doe via List <list@example.org>\n"
          "Reply-To: The list <list@example.org>, Jo Doe <jo@example.org>\n",
          "text\n", "Jo Doe <jo@example.org>", "person behind a via address" },
        { "From: 'Jo Doe' via list <list@example.org>\n"
          "Reply-To: list@example.org\n"
          "Cc: Al <al@example.org>, JO DOE <jo@example.org>\n",
          "text\n", "JO DOE <jo@example.org>", "person behind a via address" },
        { "From: \"Jo Doe via GitGitGadget\" <gitgitgadget@gmail.com>\n"
          "Cc: Jo Doe <jo@example.org>\n",
          "text\n", "Jo Doe <jo@example.org>", "person behind a via address" },
        { "From: \"Jo Doe via GitGitGadget\" <gitgitgadget@gmail.com>\n"
          "Cc: Jo Doe <jo@example.org>\n",
          "From: Al <al@example.org>\n\ntext\n", "Al <al@example.org>",
          "in-body From" },
        { "From: Jo via List <list@example.org>\n"
          "Cc: Jo <list@example.org>\n",
          "text\n", "Jo via List <list@example.org>", "header From" },
        { "From: a via b via c <list@example.org>\n"
          "Cc: \"a via b\" <ab@example.org>\n",
          "text\n", "a via b <ab@example.org>", "person behind a via address" },
        { "From: \" via List\" <list@example.org>\nCc: a <a@example.org>\n",
          "text\n", "via List <list@example.org>", "header From" },
        { "Subject: nobody\n", "text\n", " <>", "header From" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_author(cases[i].headers, cases[i].text, cases[i].author,
                      cases[i].why);
}

static void an_answer_has_no_author_in_its_body(void **state)
{
    g_autoptr(MailMessage) message =
        mail_of("From: Al <al@example.org>\n\nFrom: Jo <jo@example.org>\n");
    MailPerson author;

    (void)state;
    (void)activity_author(message, NULL, &author);
    assert_string_equal(author.address, "al@example.org");
    mail_person_clear(&author);
}

/* Redis keeps a person once for each raw, whoever was seen first. */
static void a_raw_alone_gives_name_and_address(void **state)
{
    g_autoptr(MailMessage) message = mail_of(
        "From: =?UTF-8?q?J=C3=B8?= \\\"D via B4 Relay "
        "<devnull+jo.example.org@kernel.org>\nReply-To: jo@example.org\n\n.");
    MailPerson author, again;

    (void)state;
    (void)activity_author(message, NULL, &author);
    mail_person_init(&again, author.raw);
    assert_string_equal(author.address, "jo@example.org");
    assert_string_equal(again.name, author.name);
    assert_string_equal(again.address, author.address);
    mail_person_clear(&author);
    mail_person_clear(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_author_is_found_behind_relays_and_lists),
        cmocka_unit_test(an_answer_has_no_author_in_its_body),
        cmocka_unit_test(a_raw_alone_gives_name_and_address),
    };

    mail_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
