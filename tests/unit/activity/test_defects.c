/* SPDX-License-Identifier: MIT */
#include "activity/defects.h"

#include "mail/capture.h"
#include "tests/support/mail.h"
#include "tests/support/unit.h"

#include <string.h>

static const char *name_of(unsigned bit)
{
    for (const Defect *defect = defects_table; defect->name != NULL; defect++)
        if ((unsigned)defect->bit == bit)
            return defect->name;
    return "?";
}

static void every_bit_has_a_name_and_words_of_its_own(void **state)
{
    (void)state;
    for (unsigned bit = 1; (bit & DEFECTS_ALL) != 0; bit <<= 1) {
        assert_string_not_equal(name_of(bit), "?");
        for (unsigned other = 1; other < bit; other <<= 1)
            assert_string_not_equal(name_of(bit), name_of(other));
    }
    for (const Defect *defect = defects_table; defect->name != NULL; defect++)
        assert_non_null(defect->words);
}

static void what_is_wrong_with_a_mail_is_told(void **state)
{
    static const struct {
        const char *mail, *name; /* of its only defect; NULL: none */
    } cases[] = {
        { "From: a@example.org\nSubject: s\nMessage-ID: <1@example.org>\n"
          "Date: Mon, 29 Sep 2025 12:00:00 +0200\n\nx\n",
          NULL },
        { "Subject: s\nMessage-ID: <1@example.org>\n"
          "Date: Mon, 29 Sep 2025 12:00:00 +0200\n\nx\n",
          "no_from" },
        { "From: a@example.org\nMessage-ID: <1@example.org>\n"
          "Date: Mon, 29 Sep 2025 12:00:00 +0200\n\nx\n",
          "no_subject" },
        { "From: a@example.org\nSubject: s\n"
          "Date: Mon, 29 Sep 2025 12:00:00 +0200\n\nx\n",
          "no_message_id" },
        { "From: a@example.org\nSubject: s\nMessage-ID: <1@example.org>\n"
          "Date: soon\n\nx\n",
          "date" },
        { "From: a@example.org\nSubject: s\nSubject: t\n"
          "Message-ID: <1@example.org>\n"
          "Date: Mon, 29 Sep 2025 12:00:00 +0200\n\nx\n",
          "repeated" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(MailMessage) message = mail_of(cases[i].mail);
        const unsigned defects = defects_of(message, 0);

        if (cases[i].name == NULL) {
            assert_int_equal(defects, 0);
            continue;
        }
        assert_string_equal(name_of(defects), cases[i].name);
    }
}

static void what_the_capture_saw_counts_what_it_cut_does_not(void **state)
{
    g_autoptr(MailMessage) message =
        mail_of("From: a@example.org\nSubject: s\nMessage-ID: <1@example.org>\n"
                "Date: Mon, 29 Sep 2025 12:00:00 +0200\n\nx\n");

    (void)state;
    assert_int_equal(defects_of(message, MAIL_CAPTURE_NUL), MAIL_DEFECT_NUL);
    assert_int_equal(defects_of(message, MAIL_CAPTURE_BROKEN_HEADERS),
                     MAIL_DEFECT_HEADERS);
    assert_int_equal(defects_of(message, MAIL_CAPTURE_TRUNCATED_BODY |
                                             MAIL_CAPTURE_TRUNCATED_HEADERS),
                     0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bit_has_a_name_and_words_of_its_own),
        cmocka_unit_test(what_is_wrong_with_a_mail_is_told),
        cmocka_unit_test(what_the_capture_saw_counts_what_it_cut_does_not),
    };

    mail_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
