/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/message.h"

#include <string.h>

#include <glib.h>

#include "tests/support/mail.h"

#define WHOLE                                                                  \
    "From: Ann <a@b>\nSubject: s\nMessage-ID: <1@b>\n"                         \
    "Date: Mon, 29 Sep 2025 05:12:00 +0200\n"

static MailMessage *parse(const char *mail)
{
    return mail_message_parse(mail, strlen(mail));
}

static void headers_are_read(void **state)
{
    g_autoptr(MailMessage) message =
        parse("Received: from x by y; Mon, 29 Sep 2025 05:13:01 +0000\n"
              "List-Id: <KVM.vger.kernel.org>\n"
              "List-Id: other <b.example>\n"
              "X-Mailing-List: Kvm@vger.kernel.org\n"
              "From: Ann Other\n\t<Ann@b>\n"
              "Reply-To: Bob <b@c>\n"
              "X-Original-From: Cid <c@d>\n"
              "Cc: d@e, Eve <e@f>\n"
              "Subject: [PATCH]  =?utf-8?q?=C3=A4?=\n b\n"
              "Message-ID: <1@b>\n"
              "In-Reply-To: <2@b>\n"
              "References: <3@b> <2@b>\n"
              "X-Change-ID: 20250929-x-0123\n"
              "Auto-Submitted: auto-generated\n"
              "Date: Mon, 29 Sep 2025 05:12:00 -0130\n\ntext\n");

    (void)state;
    assert_int_equal(message->list_ids->len, 2);
    assert_string_equal(message->list_ids->pdata[0], "kvm.vger.kernel.org");
    assert_string_equal(message->mailing_list, "kvm@vger.kernel.org");
    assert_string_equal(message->from.raw, " Ann Other <Ann@b>");
    assert_string_equal(message->from.name, "Ann Other");
    assert_string_equal(message->from.address, "ann@b");
    assert_string_equal(message->reply_to.name, "Bob");
    assert_string_equal(message->original_from.address, "c@d");
    assert_int_equal(message->cc->len, 1);
    assert_string_equal(message->cc->pdata[0], " d@e, Eve <e@f>");
    assert_string_equal(message->subject, "[PATCH] ä b");
    assert_string_equal(message->message_id, "1@b");
    assert_string_equal(message->in_reply_to, "2@b");
    assert_int_equal(message->references->len, 2);
    assert_string_equal(message->references->pdata[0], "3@b");
    assert_string_equal(message->change_id, "20250929-x-0123");
    assert_true(message->is_auto_submitted);
    assert_true(message->has_date);
    assert_int_equal(message->date, 1759128120);
    assert_int_equal(message->date_offset, -90);
    assert_true(message->has_received);
    assert_int_equal(message->received, 1759122781);
    assert_string_equal(message->text, "text\n");
    assert_int_equal(message->text_length, 5);
    assert_int_equal(message->defects, 0);
}

static void nothing_gives_empty_values(void **state)
{
    g_autoptr(MailMessage) message = parse("");

    (void)state;
    assert_int_equal(message->list_ids->len, 0);
    assert_string_equal(message->mailing_list, "");
    assert_true(mail_person_is_empty(&message->from));
    assert_string_equal(message->from.raw, "");
    assert_int_equal(message->cc->len, 0);
    assert_string_equal(message->subject, "");
    assert_string_equal(message->message_id, "");
    assert_string_equal(message->in_reply_to, "");
    assert_string_equal(message->change_id, "");
    assert_false(message->has_date);
    assert_int_equal(message->date, 0);
    assert_false(message->has_received);
    assert_string_equal(message->text, "");
    assert_int_equal(message->defects,
                     MAIL_DEFECT_NO_FROM | MAIL_DEFECT_NO_SUBJECT |
                         MAIL_DEFECT_NO_MESSAGE_ID | MAIL_DEFECT_DATE);
}

static void archives_are_kept_as_they_stand(void **state)
{
    g_autoptr(MailMessage) message =
        parse(WHOLE "List-Archive: <https://x.example/>\n"
                    "Archived-At: <https://y.example/\n 1@b>\n"
                    "archived-at: https://z.example/1@b\n\n");
    g_autoptr(MailMessage) other = parse(WHOLE "\n");

    (void)state;
    assert_string_equal(message->archives,
                        "<https://y.example/ 1@b>  https://z.example/1@b  "
                        "<https://x.example/>");
    assert_string_equal(other->archives, "");
}

static void defects_are_told(void **state)
{
    static const struct {
        const char *mail;
        MailDefects defects;
    } cases[] = {
        { WHOLE "\n", 0 },
        { WHOLE "From: Bob <c@d>\n\n", MAIL_DEFECT_REPEATED },
        { WHOLE "subject: t\n\n", MAIL_DEFECT_REPEATED },
        { WHOLE "Date: t\n\n", MAIL_DEFECT_REPEATED },
        { WHOLE "Message-Id: t\n\n", MAIL_DEFECT_REPEATED },
        { WHOLE "Cc: \xe4 <a@b>\n\n", MAIL_DEFECT_8BIT_HEADER },
        { WHOLE "Cc: \xc3\xa4 <a@b>\n\n", 0 },
        { WHOLE "Cc: =?none?q?a?= <a@b>\n\n", MAIL_DEFECT_CHARSET },
        { WHOLE "\n\xe4\n", MAIL_DEFECT_CHARSET },
        { WHOLE "Content-Type: x\n\n", MAIL_DEFECT_MIME },
        { "From: a@b\nSubject:\nMessage-ID: 1@b\nDate: 1 Jan 2020\n\n", 0 },
        { "From:\nSubject: s\nMessage-ID: <>\nDate: never\n\n",
          MAIL_DEFECT_NO_FROM | MAIL_DEFECT_NO_MESSAGE_ID | MAIL_DEFECT_DATE },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(MailMessage) message = parse(cases[i].mail);

        if (message->defects != cases[i].defects)
            print_message("%s\n", cases[i].mail);
        assert_int_equal(message->defects, cases[i].defects);
    }
}

static void nul_is_told_and_replaced(void **state)
{
    static const char mail[] = WHOLE "\na\0b\n";
    g_autoptr(MailMessage) message = mail_message_parse(mail, sizeof(mail) - 1);

    (void)state;
    assert_true((message->defects & MAIL_DEFECT_NUL) != 0);
    assert_string_equal(message->text, "a\xef\xbf\xbd"
                                       "b\n");
}

static void first_of_repeated_headers_counts(void **state)
{
    g_autoptr(MailMessage) message =
        parse("Subject: a\nSubject: b\nCc: a@b\nCc: c@d\n\n");

    (void)state;
    assert_string_equal(message->subject, "a");
    assert_int_equal(message->cc->len, 2);
}

static void ids_are_read_from_what_is_written(void **state)
{
    static const struct {
        const char *value, *message_id, *in_reply_to;
    } cases[] = {
        { " <1@b>", "1@b", "1@b" },
        { " <1@\n b>", "1@b", "1@b" },
        { " <1@b> (comment)", "1@b", "1@b" },
        { " Message of Monday <1@b>", "1@b", "1@b" },
        { " <1@b> <2@b>", "1@b", "2@b" },
        { " <1@b> (Ann <a@b>'s of \"1)\")", "1@b", "1@b" }, /* M-5 */
        { " \"Ann <a@b>\" of today <1@b>", "1@b", "1@b" },
        { " =?utf-8?q?=3C1=40b=3E?=", "1@b", "1@b" },
        { " =?utf-8?q?=3C1=40?=\n =?utf-8?q?b=3E?=", "1@b", "1@b" },
        { " 1@b>", "1@b", "1@b" },
        { " <1 2@b>", "12@b", "12@b" },
        { " <1@b", "1@b", "1@b" },
        { " <<1@b>>", "1@b", "1@b" },
        { " 1@b", "1@b", "1@b" },
        { " Your mail 1@b of Monday", "Yourmail1@bofMonday", "1@b" },
        { " noat", "noat", "" },
        { " <noat>", "noat", "noat" },
        { " <>", "", "" },
        { " <\xe4@b>", "\xef\xbf\xbd@b", "\xef\xbf\xbd@b" },
        { "", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *mail =
            g_strdup_printf("Message-ID:%s\nIn-Reply-To:%s\n\n", cases[i].value,
                            cases[i].value);
        g_autoptr(MailMessage) message = parse(mail);

        if (strcmp(message->message_id, cases[i].message_id) != 0)
            print_message("%s\n", cases[i].value);
        assert_string_equal(message->message_id, cases[i].message_id);
        assert_string_equal(message->in_reply_to, cases[i].in_reply_to);
    }
}

/* M-5 */
static void parent_is_what_is_answered_and_no_address(void **state)
{
    static const struct {
        const char *headers, *in_reply_to, *ancestors;
    } cases[] = {
        { "In-Reply-To: Message from Ann <a@b> of Monday <1@b>\n", "1@b",
          "a@b" },
        { "In-Reply-To: <a@b> <1@b>\n", "1@b", "a@b" },
        { "In-Reply-To: <1@b> <2@b>\nReferences: <0@b> <1@b>\n", "1@b",
          "0@b 1@b 2@b" },
        { "In-Reply-To:\nIn-Reply-To: <1@b>\n", "1@b", "" },
        { "In-Reply-To: <1@b>\nIn-Reply-To: <2@b>\n", "2@b", "1@b" },
        { "References:\nReferences: <0@b> <1@b>\n", "", "0@b 1@b" },
        { "References: <0@b>\nReferences: <1@b>\n", "", "0@b 1@b" },
        { "References: =?utf-8?q?=3C0=40b=3E_=3C1=40b=3E?= <2@b>\n", "",
          "0@b 1@b 2@b" },
        { "In-Reply-To: Ann's of Monday a@b\nReferences: <1@b>\n", "", "1@b" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *mail = g_strconcat(cases[i].headers, "\n", NULL);
        g_autoptr(MailMessage) message = parse(mail);
        g_autoptr(GString) ancestors = g_string_new(NULL);

        for (unsigned j = 0; j < message->references->len; j++)
            g_string_append_printf(ancestors, "%s%s", j > 0 ? " " : "",
                                   (const char *)message->references->pdata[j]);
        assert_string_equal(message->in_reply_to, cases[i].in_reply_to);
        assert_string_equal(ancestors->str, cases[i].ancestors);
    }
}

/* M-7 */
static void transfer_encoding_may_end_in_a_semicolon(void **state)
{
    static const char *const mails[] = {
        "Content-Transfer-Encoding: base64;\n\nZ3LDvG4K\n",
        "Content-Transfer-Encoding: \"base64\"\n\nZ3LDvG4K\n",
        "Content-Transfer-Encoding: 7bit\n"
        "Content-Transfer-Encoding: BASE64 (all)\n\nZ3LDvG4K\n",
        "Content-Type: multipart/mixed; boundary=b\n"
        "Content-Type: text/plain\n\n"
        "--b\nContent-Transfer-Encoding: base64;\n\nZ3LDvG4K\n--b--\n",
        "Content-Type: text/plain; charset=latin1\n"
        "Content-Type: text/plain; charset=utf-8;\n"
        "Content-Transfer-Encoding: quoted-printable;\n\ngr=C3=BCn\n",
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(mails); i++) {
        g_autoptr(MailMessage) message = parse(mails[i]);

        assert_string_equal(message->text, "grün\n");
    }
}

static void first_and_last_references_are_kept(void **state)
{
    static const unsigned counts[] = { 119, 120, 121, 1000 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autoptr(GString) mail = g_string_new("References:");
        for (unsigned j = 1; j <= counts[i]; j++)
            g_string_append_printf(mail, " <%u@b>", j);
        g_string_append(mail, "\n\n");
        g_autoptr(MailMessage) message = parse(mail->str);
        g_autofree char *last = g_strdup_printf("%u@b", counts[i]);
        g_autofree char *second_part =
            g_strdup_printf("%u@b", MAX(counts[i], 120) - 19);
        const GPtrArray *references = message->references;

        assert_int_equal(references->len, MIN(counts[i], MAIL_REFERENCES_MAX));
        assert_string_equal(references->pdata[99], "100@b");
        assert_string_equal(references->pdata[100], second_part);
        assert_string_equal(references->pdata[references->len - 1], last);
    }
}

static void dates_are_read_or_told(void **state)
{
    static const struct {
        const char *value;
        bool has_date;
        int64_t date;
        int offset;
    } cases[] = {
        { " Mon, 29 Sep 2025 05:12:00 +0000", true, 1759122720, 0 },
        { " 29 Sep 2025 05:12:00 +0530", true, 1759102920, 330 },
        { " Mon, 29 Sep 2025 05:12:00 GMT", true, 1759122720, 0 },
        { " Mon, 29 Sep 2025 05:12:00 -0700 (PDT)", true, 1759147920, -420 },
        { " Mon, 29 Sep 25 05:12 EST", true, 1759140720, -300 },
        { " Thu, 1 Jan 1970 00:00:00 +0000", true, 0, 0 },
        { " Wed, 31 Dec 1969 23:59:59 +0000", false, 0, 0 },
        { " Mon, 29 Sep 20250 05:12:00 +0000", false, 0, 0 },
        { " yesterday", false, 0, 0 },
        { "", false, 0, 0 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *mail =
            g_strdup_printf("Date:%s\nReceived: by x; y;%s\n\n", cases[i].value,
                            cases[i].value);
        g_autoptr(MailMessage) message = parse(mail);

        if (message->has_date != cases[i].has_date)
            print_message("%s\n", cases[i].value);
        assert_int_equal(message->has_date, cases[i].has_date);
        assert_int_equal(message->date, cases[i].date);
        assert_int_equal(message->date_offset, cases[i].offset);
        assert_int_equal(message->has_received, cases[i].has_date);
        assert_int_equal(message->received, cases[i].date);
    }
}

static void received_without_a_stamp_has_no_date(void **state)
{
    g_autoptr(MailMessage) message = parse("Received: by x\n\n");

    (void)state;
    assert_false(message->has_received);
}

static void auto_submitted_no_is_a_person(void **state)
{
    static const struct {
        const char *value;
        bool is_auto;
    } cases[] = {
        { " no", false },
        { " No (person)", false },
        { " auto-replied", true },
        { " auto-generated; a=b", true },
        { "", false },
        { " none", true },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *mail =
            g_strdup_printf("Auto-Submitted:%s\n\n", cases[i].value);
        g_autoptr(MailMessage) message = parse(mail);

        assert_int_equal(message->is_auto_submitted, cases[i].is_auto);
    }
}

/* Every string that a message gives is valid UTF-8, whatever came. */
static void any_bytes_give_a_message(void **state)
{
    static const char *const pieces[] = {
        "From: ",
        "Subject: ",
        "Date: ",
        "Cc:",
        "Message-ID: <",
        "\n",
        "\n ",
        "References: <",
        "Content-Type: multipart/mixed; boundary=x\n",
        "Content-Type: text/plain; charset=",
        "--x\n",
        "\n\n",
        "=?utf-8?b?",
        "?=",
        "<a@b>",
        ",",
        "\"",
        "(",
        ":",
        ";",
        "\xff\xfe",
        "\xc3\xa4",
        "9999",
        "Jan",
        "+0000",
        "List-Id: <a.b>\n",
        "Received: ;",
        "koi8-r",
        "\r\n",
        "Content-Transfer-Encoding: base64\n",
        "YWJj",
        "=",
        "name=\"a.patch\"",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(6);

    (void)state;
    for (int times = 0; times < 20000; times++) {
        g_autoptr(GString) mail = g_string_new(NULL);
        for (int i = g_rand_int_range(random, 0, 40); i > 0; i--)
            g_string_append(
                mail,
                pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_autoptr(MailMessage) message = parse(mail->str);

        assert_true(g_utf8_validate(message->subject, -1, NULL));
        assert_true(g_utf8_validate(message->from.name, -1, NULL));
        assert_true(g_utf8_validate(message->from.address, -1, NULL));
        assert_true(g_utf8_validate(message->message_id, -1, NULL));
        assert_true(g_utf8_validate(message->text, -1, NULL));
        assert_int_equal(strlen(message->text), message->text_length);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_are_read),
        cmocka_unit_test(nothing_gives_empty_values),
        cmocka_unit_test(archives_are_kept_as_they_stand),
        cmocka_unit_test(defects_are_told),
        cmocka_unit_test(nul_is_told_and_replaced),
        cmocka_unit_test(first_of_repeated_headers_counts),
        cmocka_unit_test(ids_are_read_from_what_is_written),
        cmocka_unit_test(parent_is_what_is_answered_and_no_address),
        cmocka_unit_test(transfer_encoding_may_end_in_a_semicolon),
        cmocka_unit_test(first_and_last_references_are_kept),
        cmocka_unit_test(dates_are_read_or_told),
        cmocka_unit_test(received_without_a_stamp_has_no_date),
        cmocka_unit_test(auto_submitted_no_is_a_person),
        cmocka_unit_test(any_bytes_give_a_message),
    };

    return cmocka_run_group_tests(tests, mail_start, NULL);
}
