/* SPDX-License-Identifier: MIT */
#include "activity/fingerprint.h"
#include "tests/support/mail.h"
#include "tests/support/unit.h"

static const char FIRST[] = "From: Jo <jo@example.org>\n"
                            "Date: Mon, 29 Sep 2025 05:12:36 +0000\n"
                            "Message-ID: <1@example.org>\n"
                            "Subject: hello\n\ntext\n";

static Fingerprint of(const char *list, const char *mail)
{
    g_autoptr(MailMessage) message = mail_of(mail);

    return fingerprint_of(list, message);
}

static bool are_one(const char *mail, const char *other)
{
    const Fingerprint one = of("a.example.org", mail);
    const Fingerprint two = of("a.example.org", other);
    const bool is_same_mark =
        memcmp(one.mark, two.mark, RECORD_MARK_BYTES) == 0;

    assert_int_equal(one.identity == two.identity, is_same_mark);
    return is_same_mark;
}

static void copies_are_one_post(void **state)
{
    static const char *const copies[] = {
        FIRST,
        "Received: from here\n"
        "From: Joseph <JO@example.org>\n"
        "Date: Mon, 29 Sep 2025 07:12:36 +0200\n"
        "Message-ID: <1@example.org>\n"
        "Subject: [list] hello\n\ntext\n-- \nfooter\n",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(copies); i++)
        assert_true(are_one(FIRST, copies[i]));
}

static void another_id_author_date_or_list_is_another_post(void **state)
{
    static const char *const others[] = {
        "From: Jo <jo@example.org>\n"
        "Date: Mon, 29 Sep 2025 05:12:36 +0000\n"
        "Message-ID: <2@example.org>\n\n",
        "From: Al <al@example.org>\n"
        "Date: Mon, 29 Sep 2025 05:12:36 +0000\n"
        "Message-ID: <1@example.org>\n\n",
        "From: Jo <jo@example.org>\n"
        "Date: Mon, 29 Sep 2025 05:12:37 +0000\n"
        "Message-ID: <1@example.org>\n\n",
        ("From: Jo <jo@example.org>\n"
         "Message-ID: <1@example.org>\n\n"),
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        assert_false(are_one(FIRST, others[i]));
    assert_true(of("a.example.org", FIRST).identity !=
                of("b.example.org", FIRST).identity);
}

#define NO_ID                                                                  \
    "From: Jo <jo@example.org>\n"                                              \
    "Date: Mon, 29 Sep 2025 05:12:36 +0000\n"

static void without_an_id_subject_and_text_tell_mails_apart(void **state)
{
    (void)state;
    assert_true(are_one(NO_ID "Subject: a\n\nb\n", NO_ID "Subject: a\n\nb\n"));
    assert_false(are_one(NO_ID "Subject: a\n\nb\n", NO_ID "Subject: c\n\nb\n"));
    assert_false(are_one(NO_ID "Subject: a\n\nb\n", NO_ID "Subject: a\n\nc\n"));
    assert_false(are_one(NO_ID "Subject: ab\n\n", NO_ID "Subject: a\n\nb"));
}

static void only_the_first_4_KiB_of_text_count(void **state)
{
    g_autofree char *filling = g_strnfill(4096, 'x');
    g_autofree char *one = g_strconcat(NO_ID "\n", filling, "a\n", NULL);
    g_autofree char *two = g_strconcat(NO_ID "\n", filling, "b\n", NULL);

    (void)state;
    assert_true(are_one(one, two));
    assert_false(are_one(one, NO_ID "\nx\n"));
}

static void a_mail_of_nothing_has_an_identity(void **state)
{
    (void)state;
    assert_true(are_one("\n\n", "\n\n"));
    assert_false(are_one("\n\n", FIRST));
}

static void unread_bytes_have_an_identity_of_their_own(void **state)
{
    g_autoptr(GBytes) bytes = g_bytes_new_static(FIRST, strlen(FIRST));
    g_autoptr(GBytes) other = g_bytes_new_static(FIRST, strlen(FIRST) - 1);
    const uint64_t identity = fingerprint_of_bytes("a.org", bytes).identity;

    (void)state;
    assert_true(identity == fingerprint_of_bytes("a.org", bytes).identity);
    assert_true(identity != fingerprint_of_bytes("a.org", other).identity);
    assert_true(identity != fingerprint_of_bytes("b.org", bytes).identity);
    assert_true(identity != of("a.org", FIRST).identity);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_one_post),
        cmocka_unit_test(another_id_author_date_or_list_is_another_post),
        cmocka_unit_test(without_an_id_subject_and_text_tell_mails_apart),
        cmocka_unit_test(only_the_first_4_KiB_of_text_count),
        cmocka_unit_test(a_mail_of_nothing_has_an_identity),
        cmocka_unit_test(unread_bytes_have_an_identity_of_their_own),
    };

    mail_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
