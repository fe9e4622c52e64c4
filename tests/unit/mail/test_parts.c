/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/parts.h"

#include <string.h>

#include <glib.h>

#include "mail/capture.h"
#include "mail/header.h"
#include "mail/words.h"
#include "tests/support/mail.h"
#include "tests/unit/mail/corpus.h"

/* A whole mail's text, then each attached patch after a line of "=". */
static char *read_all(const char *mail, MailDefects *defects)
{
    g_autoptr(MailMessage) message = mail_message_parse(mail, strlen(mail));
    GString *out = g_string_new(message->text);

    assert_int_equal(strlen(message->text), message->text_length);
    for (unsigned i = 0; i < message->attached_patches->len; i++)
        g_string_append_printf(
            out, "=\n%s", (const char *)message->attached_patches->pdata[i]);
    *defects = message->defects & (MAIL_DEFECT_MIME | MAIL_DEFECT_CHARSET);
    return g_string_free(out, FALSE);
}

#define MIXED "Content-Type: multipart/mixed; boundary=\"x\"\n\n"
#define PLAIN "Content-Type: text/plain\n"

static void text_and_patches_are_found(void **state)
{
    static const struct {
        const char *mail, *text;
        MailDefects defects;
    } cases[] = {
        { "From: a\n\ntext\n", "text\n", 0 },
        { "\ntext\n", "text\n", 0 },
        { "", "", 0 },
        { PLAIN "\na\r\nb\rc\r\r\nd\n", "a\nb\rc\nd\n", 0 },
        { "Content-Type: text/plain; charset=iso-8859-1\n\n\xe4\n", "ä\n", 0 },
        { "Content-Type: text/plain;\n charset=\"KOI8-R\"\n\n\xc1\n", "а\n",
          0 },
        { "Content-Type: text/plain; charset=none\n\n\xe4\n", "ä\n",
          MAIL_DEFECT_CHARSET },
        { PLAIN "Content-Transfer-Encoding: base64\n\nYWJjDQpkZWYNCg==\n",
          "abc\ndef\n", 0 },
        { PLAIN "Content-Transfer-Encoding: Quoted-Printable\n\na=3Db=\nc\n",
          "a=bc\n", 0 },
        { "Content-Type: text/plain; charset=utf-8\n"
          "Content-Transfer-Encoding: base64\n\n77u/w6Q=\n",
          "ä", 0 },
        { PLAIN "Content-Transfer-Encoding: none\n\na=3Db\n", "a=3Db\n", 0 },
        { "Content-Type: text/plain; format=flowed\n\na \nb\n", "a b\n", 0 },
        { "Content-Type: text/plain; format=Flowed; delsp=yes\n\na \nb\n",
          "ab\n", 0 },
        { "Content-Type: text/html\n\n<p>a &amp; b", "a & b\n", 0 },
        { "Content-Type: text/x-patch\n\ndiff\n", "diff\n", 0 },
        { "Content-Type: nonsense\n\ntext\n", "text\n", MAIL_DEFECT_MIME },
        { "Content-Type:\n\ntext\n", "text\n", MAIL_DEFECT_MIME },
        { "Content-Type: application/pdf\n\n%PDF\n", "", 0 },
        { "Content-Type: application/octet-stream; name=\"a.patch\"\n\nd\n",
          "=\nd\n", 0 },
        { MIXED "prologue\n--x\n" PLAIN "\none\n--x\n\ntwo\n--x--\nepilogue\n",
          "one\ntwo", 0 },
        { MIXED "--x\n" PLAIN "\ntext\n--x\nContent-Type: text/x-patch\n\n"
                "diff\n--x\nContent-Type: application/octet-stream\n"
                "Content-Disposition: attachment; filename=\"A.DIFF\"\n"
                "Content-Transfer-Encoding: base64\n\nZGlmZg0K\n--x--\n",
          "text=\ndiff=\ndiff\n", 0 },
        { MIXED "--x\n" PLAIN "\ntext\n--x\n" PLAIN
                "Content-Disposition: attachment; filename=a.patch.txt\n\n"
                "From 3d1b230e84f53e1a60be6ef48d5921f75b440a01 Mon Sep 17 "
                "00:00:00 2001\n--x\nContent-Type: text/x-log\n"
                "Content-Disposition: attachment\n\ndiff --git a/b a/b\n"
                "--x\n" PLAIN "Content-Disposition: attachment\n"
                "Content-Transfer-Encoding: base64\n\n"
                "LS0tIGEvYgorKysgYS9iCg==\n--x--\n",
          "text=\nFrom 3d1b230e84f53e1a60be6ef48d5921f75b440a01 Mon Sep 17 "
          "00:00:00 2001=\ndiff --git a/b a/b=\n--- a/b\n+++ a/b\n",
          0 },
        { MIXED "--x\n" PLAIN "\ntext\n--x\n" PLAIN
                "Content-Disposition: attachment; filename=log.txt\n\n"
                "diff: nothing differs\n--x\n" PLAIN
                "Content-Disposition: attachment\n\nFrom 2019 on\n--x\n"
                "Content-Type: text/plain; charset=none\n"
                "Content-Disposition: attachment\n\n--- notes \xe4\n"
                "--x\nContent-Type: text/html\n"
                "Content-Disposition: attachment\n\ndiff --git a/b a/b\n"
                "--x--\n",
          "text", 0 },
        { MIXED "--x\n" PLAIN "\ntext\n--x\n" PLAIN
                "Content-Disposition: attachment; filename=a.txt\n\nno\n"
                "--x\n" PLAIN "Content-Disposition: inline; filename=a.patch\n"
                "\ndiff\n--x--\n",
          "text=\ndiff", 0 },
        { "Content-Type: multipart/alternative; boundary=x\n\n--x\n"
          "Content-Type: text/html\n\n<p>html\n--x\n" PLAIN "\nplain\n--x--\n",
          "plain", 0 },
        { "Content-Type: multipart/alternative; boundary=x\n\n--x\n"
          "Content-Type: text/html\n\n<p>html\n--x--\n",
          "html\n", 0 },
        { "Content-Type: multipart/signed; boundary=x\n\n--x\n"
          "Content-Type: multipart/mixed; boundary=y\n\n--y\n" PLAIN
          "\ntext\n--y--\n--x\nContent-Type: application/pgp-signature\n\n"
          "sig\n--x--\n",
          "text", 0 },
        { MIXED "--x\n" PLAIN "\ntext\n--x\nContent-Type: message/rfc822\n\n"
                "Subject: s\n\ninner\n--x--\n",
          "text", 0 },
        { MIXED "--x\n" PLAIN "\ntext without an end\n",
          "text without an end\n", 0 },
        { MIXED "no part at all\n", "no part at all\n", MAIL_DEFECT_MIME },
        { "Content-Type: multipart/mixed\n\n--x\n\ntext\n--x--\n",
          "--x\n\ntext\n--x--\n", MAIL_DEFECT_MIME },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        MailDefects defects = 0;
        g_autofree char *text = read_all(cases[i].mail, &defects);

        if (strcmp(text, cases[i].text) != 0 || defects != cases[i].defects)
            print_message("%s\n-> %s %x\n", cases[i].mail, text, defects);
        assert_string_equal(text, cases[i].text);
        assert_int_equal(defects, cases[i].defects);
    }
}

static void deep_structures_are_walked_so_far(void **state)
{
    static const struct {
        int depth;
        const char *text;
        MailDefects defects;
    } cases[] = {
        { 31, "text\n", 0 },
        { 33, "", MAIL_DEFECT_MIME },
        { 5000, "", MAIL_DEFECT_MIME },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) mail = g_string_new(NULL);
        MailDefects defects = 0;
        for (int depth = 0; depth < cases[i].depth; depth++)
            g_string_append_printf(
                mail, "Content-Type: multipart/mixed; boundary=%d\n\n--%d\n",
                depth, depth);
        g_string_append(mail, PLAIN "\ntext\n");
        g_autofree char *text = read_all(mail->str, &defects);

        assert_string_equal(text, cases[i].text);
        assert_int_equal(defects, cases[i].defects);
    }
}

static void many_parts_are_read_so_far(void **state)
{
    g_autoptr(GString) mail = g_string_new(MIXED);
    MailDefects defects = 0;

    (void)state;
    for (int i = 0; i < 100000; i++)
        g_string_append(mail, "--x\n\na\n");
    g_autofree char *text = read_all(mail->str, &defects);
    assert_int_equal(strlen(text), 255 * 2 - 1);
    assert_int_equal(defects, MAIL_DEFECT_MIME);
}

/* GMime reads the address headers of an attached mail at once. */
static void attached_mail_with_nested_groups_is_survived(void **state)
{
    g_autoptr(GString) mail = g_string_new(
        MIXED "--x\n" PLAIN
              "\na: b: c\n--x\nContent-Type: message/rfc822\n\nTo: ");
    MailDefects defects = 0;

    (void)state;
    while (mail->len < (size_t)250 * 1024)
        g_string_append(mail, "g:\n ");
    g_string_append(mail, "\n\n--x--\n");
    g_autofree char *text = read_all(mail->str, &defects);
    assert_string_equal(text, "a: b: c");
}

static char *header_value(const char *block, const char *end,
                          MailHeaderName wanted)
{
    MailHeader header;

    while (mail_header_next(&block, end, &header)) {
        if (mail_header_name(header.name, header.name_length) == wanted)
            return mail_words_unfold(header.value, header.value_length);
    }
    return NULL;
}

static void clear(MailMessage *message)
{
    g_clear_pointer(&message->text, g_free);
    message->is_format_flowed = false;
    message->defects = 0;
    g_ptr_array_set_size(message->attached_patches, 0);
}

static void assert_same_by_gmime(const char *mail, size_t length)
{
    const char *end = mail + length;
    const char *at = mail;
    MailHeader header;
    while (mail_header_next(&at, end, &header))
        continue;
    const char *body = mail_header_body(at, end);
    g_autofree char *type = header_value(mail, end, MAIL_HEADER_CONTENT_TYPE);
    g_autofree char *encoding =
        header_value(mail, end, MAIL_HEADER_CONTENT_TRANSFER_ENCODING);
    const MailPartsHeader parts = { type, encoding };
    g_autoptr(MailMessage) one = mail_message_parse("", 0);
    g_autoptr(MailMessage) other = mail_message_parse("", 0);

    clear(one);
    clear(other);
    mail_parts_read(one, &parts, body, (size_t)(end - body));
    mail_parts_read_by_gmime(other, &parts, body, (size_t)(end - body));
    if (strcmp(one->text, other->text) != 0)
        print_message("%.*s\n", (int)length, mail);
    assert_string_equal(one->text, other->text);
    assert_int_equal(one->text_length, other->text_length);
    assert_int_equal(one->is_format_flowed, other->is_format_flowed);
    assert_int_equal(one->defects, other->defects);
    assert_int_equal(one->attached_patches->len, other->attached_patches->len);
}

static void short_way_equals_gmimes_on_real_mail(void **state)
{
    g_autoptr(GPtrArray) mails = corpus_mails("kvm-2025-09-29.mbox");

    (void)state;
    if (mails == NULL) {
        skip();
        return;
    }

    g_autoptr(MailCapture) capture = mail_capture_new();

    for (unsigned i = 0; i < mails->len; i++) {
        size_t length = 0;
        const char *mail = g_bytes_get_data(mails->pdata[i], &length);
        mail_capture_reset(capture);
        mail_capture_whole(capture, mail, length);
        mail = mail_capture_bytes(capture, &length);
        assert_same_by_gmime(mail, length);
    }
}

static void short_way_equals_gmimes_on_any_mail(void **state)
{
    static const char *const types[] = {
        "",
        PLAIN,
        "Content-Type: text/plain; charset=\"utf-8\"; format=flowed\n",
        "Content-Type: text/plain; charset=iso-8859-1\n",
        "Content-Type: text/html; charset=none\n",
        "Content-Type: text/x-diff; name=\"a b.patch\"\n",
        "Content-Type: image/png; name=a.diff\n",
        "Content-Type: text/plain; charset=\"utf-8\n",
        "Content-Type: TEXT / plain ; charset = koi8-r (comment)\n",
    };
    static const char *const encodings[] = {
        "",
        "Content-Transfer-Encoding: 8bit\n",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding:  BASE64  \n",
        "Content-Transfer-Encoding: quoted-printable\n",
        "Content-Transfer-Encoding: binary\n",
        "Content-Transfer-Encoding: what\n",
    };
    static const char *const pieces[] = {
        "YWJj", "=3D", "=\n",  "\n", "text ", "\xe4", "\xc3\xa4", "--x\n",
        "<p>",  " ",   "\r\n", "=",  "> q\n", ".\n",  "From x\n", "-- \n",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(5);

    (void)state;
    for (int times = 0; times < 5000; times++) {
        g_autoptr(GString) mail = g_string_new(
            types[g_rand_int_range(random, 0, G_N_ELEMENTS(types))]);
        g_string_append(
            mail,
            encodings[g_rand_int_range(random, 0, G_N_ELEMENTS(encodings))]);
        g_string_append_c(mail, '\n');
        for (int i = g_rand_int_range(random, 0, 20); i > 0; i--)
            g_string_append(
                mail,
                pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        assert_same_by_gmime(mail->str, mail->len);
    }
}

/* Types put together of what fits and what does not. */
static void short_way_equals_gmimes_on_any_type(void **state)
{
    static const char *const pieces[] = {
        "; charset=utf-8",
        "; charset=\"iso-8859-1\"",
        ";format=flowed",
        "; format=fixed",
        "; delsp=\"yes\"",
        "; DelSp=no",
        "; name=a.patch",
        "; charset=",
        ";",
        " ",
        "\t",
        "; charset*=utf-8''x",
        "; charset=koi8-r",
        "; x=\"a b\"",
        "; charset = utf-8",
        "\"",
        "(c)",
        "; reply-type=original",
        "; charset=\"",
        ",",
        "x",
        "; charset*0=us",
        "; Format=FLOWED",
        "; charset=utf-8;",
    };
    static const char *const types[] = { "text/plain",  " Text/PLAIN",
                                         "text/plain ", "text/plainx",
                                         "text/html",   "text /plain" };
    g_autoptr(GRand) random = g_rand_new_with_seed(11);

    (void)state;
    for (int times = 0; times < 20000; times++) {
        g_autoptr(GString) mail = g_string_new("Content-Type: ");

        g_string_append(
            mail, types[g_rand_int_range(random, 0, G_N_ELEMENTS(types))]);
        for (int i = g_rand_int_range(random, 0, 4); i > 0; i--)
            g_string_append(
                mail,
                pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        g_string_append(mail, "\n\na \nb\xe4\xc3\xa4 c\n");
        assert_same_by_gmime(mail->str, mail->len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_patches_are_found),
        cmocka_unit_test(deep_structures_are_walked_so_far),
        cmocka_unit_test(many_parts_are_read_so_far),
        cmocka_unit_test(attached_mail_with_nested_groups_is_survived),
        cmocka_unit_test(short_way_equals_gmimes_on_real_mail),
        cmocka_unit_test(short_way_equals_gmimes_on_any_mail),
        cmocka_unit_test(short_way_equals_gmimes_on_any_type),
    };

    return cmocka_run_group_tests(tests, mail_start, NULL);
}
