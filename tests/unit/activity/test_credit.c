/* SPDX-License-Identifier: MIT */
#include "activity/credit.h"
#include "mail/message.h"
#include "tests/support/unit.h"

#include <string.h>

/* "REVIEWED Jo <jo@example.org>; ..." of what a text credits. */
static char *credited(const char *text, char *const *extra)
{
    GString *out = g_string_new(NULL);
    g_autoptr(GPtrArray) credits = NULL;
    g_auto(PatchBody) body;
    MailPerson sender;

    mail_person_init(&sender, " Al Ba <al@example.org>");
    patch_body_init(&body, text, strlen(text), false);
    credits = credits_collect(&body, &sender, extra);
    for (unsigned i = 0; i < credits->len; i++) {
        const ActivityCredit *credit = credits->pdata[i];

        g_string_append_printf(out, "%s%s %s <%s>", i == 0 ? "" : "; ",
                               patch_trailer_kind_name(credit->kind),
                               credit->person.name, credit->person.address);
    }
    mail_person_clear(&sender);
    return g_string_free(out, FALSE);
}

static void credit_goes_to_the_person_named(void **state)
{
    static const struct {
        const char *text, *credits;
    } cases[] = {
        { "Reviewed-by: Jo <jo@example.org>\n",
          "Reviewed-by Jo <jo@example.org>" },
        { "fine\n\nAcked-by: Jo <JO@example.org>\nTested-by: Jo "
          "<jo@example.org>\n",
          "Acked-by Jo <jo@example.org>; Tested-by Jo <jo@example.org>" },
        { "reviewed-BY: =?UTF-8?q?J=C3=B8?= <jo@example.org>\n",
          "Reviewed-by J\xc3\xb8 <jo@example.org>" },
        { "Acked-by: Jo <jo@example.org> # s390\n",
          "Acked-by Jo <jo@example.org>" },
        { "Acked-by: jo@example.org\n", "Acked-by  <jo@example.org>" },
        { "Reported-by: a <a@b.org>\nNacked-by: c <c@d.org>\n",
          "Reported-by a <a@b.org>; Nacked-by c <c@d.org>" },
        { "Acked-by: Jo <jo@example.org>\n\nmore\n\nAcked-by: Jo "
          "<jo@example.org>\n",
          "Acked-by Jo <jo@example.org>" },
        { "Acked-by: Al Ba\n", "Acked-by Al Ba <al@example.org>" },
        { "Acked-by: Nobody Else\n", "" },
        { "Acked-by:\n", "" },
        { "> Acked-by: Jo <jo@example.org>\n", "" },
        { "Signed-off-by: Jo <jo@example.org>\n", "" },
        { "Cc: Jo <jo@example.org>\n", "" },
        { "Checked-by: Jo <jo@example.org>\n", "" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = credited(cases[i].text, NULL);

        assert_string_equal(found, cases[i].credits);
    }
}

static void a_configured_trailer_gives_credit_too(void **state)
{
    char checked[] = "checked-by", other[] = "Seen-by";
    char *const extra[] = { other, checked, NULL };
    g_autofree char *found =
        credited("Checked-by: Jo <jo@example.org>\n", extra);

    (void)state;
    assert_true(g_str_has_suffix(found, " Jo <jo@example.org>"));
}

/* ... so that Redis keeps the one person once. */
static void a_trailer_and_a_header_give_the_same_raw(void **state)
{
    const char text[] = "Acked-by: Jo <jo@example.org>\n";
    g_autoptr(GPtrArray) credits = NULL;
    g_auto(PatchBody) body;
    MailPerson sender;

    (void)state;
    mail_person_init(&sender, " Jo <jo@example.org>");
    patch_body_init(&body, text, strlen(text), false);
    credits = credits_collect(&body, &sender, NULL);
    assert_int_equal(credits->len, 1);
    assert_string_equal(((ActivityCredit *)credits->pdata[0])->person.raw,
                        sender.raw);
    mail_person_clear(&sender);
}

static void a_mail_credits_at_most_64(void **state)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autofree char *found = NULL;
    unsigned count = 1;

    (void)state;
    for (unsigned i = 0; i < 300; i++)
        g_string_append_printf(text, "Acked-by: J <%u@example.org>\n", i);
    found = credited(text->str, NULL);
    for (const char *at = found; (at = strchr(at, ';')) != NULL; at++)
        count++;
    assert_int_equal(count, CREDITS_MAX);
}

static void credit_for_some_of_a_set_is_told_from_that_for_all(void **state)
{
    static const struct {
        const char *text;
        bool is_partial;
    } cases[] = {
        { "Hi,\n\nFor the PMU related changes,\n\nReviewed-by: a <a@b.c>\n",
          true },
        { "for patches 1-3:\nAcked-by: a <a@b.c>\n", true },
        { "For the s390 bits:\r\nAcked-by: a <a@b.c>\n", true },
        { "For the series:\nReviewed-by: a <a@b.c>\n", false },
        { "For the whole patchset,\nReviewed-by: a <a@b.c>\n", false },
        { "For all of it, and thanks:\nReviewed-by: a <a@b.c>\n", false },
        { "For this I say thanks!\nReviewed-by: a <a@b.c>\n", false },
        { "> For the PMU changes,\nReviewed-by: a <a@b.c>\n", false },
        { "Reviewed-by: a <a@b.c>\nFor the PMU changes,\n", false },
        { "You can add my:\n\n  Acked-by: a <a@b.c>\n\nTo the arm64 "
          "parts.\n",
          true },
        { "Acked-by: a <a@b.c>\nfor the s390 changes\n", true },
        { "Acked-by: a <a@b.c>\nTo the whole series, all parts.\n", false },
        { "Acked-by: a <a@b.c>\nTo the point.\n", false },
        { "For the PMU changes,\nCc: a <a@b.c>\n", false },
        { "Reviewed-by: a <a@b.c>\n", false },
        { "", false },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(PatchBody) body;
        const size_t length = strlen(cases[i].text);

        patch_body_init(&body, cases[i].text, length, false);
        if (credits_are_partial(&body, cases[i].text, length, NULL) !=
            cases[i].is_partial)
            fail_msg("%s", cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(credit_for_some_of_a_set_is_told_from_that_for_all),
        cmocka_unit_test(credit_goes_to_the_person_named),
        cmocka_unit_test(a_configured_trailer_gives_credit_too),
        cmocka_unit_test(a_trailer_and_a_header_give_the_same_raw),
        cmocka_unit_test(a_mail_credits_at_most_64),
    };

    mail_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
