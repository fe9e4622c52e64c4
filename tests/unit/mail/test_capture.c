/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/capture.h"

#include <string.h>

#include <glib.h>

#include "tests/unit/mail/corpus.h"

static char *capture_text(const char *mail)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t length = 0;

    mail_capture_whole(capture, mail, strlen(mail));
    const char *bytes = mail_capture_bytes(capture, &length);
    return g_strndup(bytes, length);
}

static void only_headers_that_are_read_are_kept(void **state)
{
    static const struct {
        const char *mail, *kept;
    } cases[] = {
        { "From: a@b\nX-Spam: no\nSubject: s\n\nt\n",
          "From: a@b\nSubject: s\n\nt\n" },
        { "DKIM-Signature: v=1;\n\tb=x\nDate: d\n\nt\n", "Date: d\n\nt\n" },
        { "Received: one\n by two;\n\tdate\nReceived: three\n\n",
          "Received: one\n by two;\n\tdate\n\n" },
        { "From: a\nFrom: b\n\n", "From: a\nFrom: b\n\n" },
        { "sUBJECT : s\n\n", "sUBJECT: s\n\n" },
        { "Subject:s \t \r\n\r\n", "Subject:s\n\n" },
        { "Subject:\n\n", "Subject:\n\n" },
        { "Subject: a\n \n\tb\n \n\nt", "Subject: a\n \n\tb\n\nt\n" },
        { "Subject: a\r\n b\r\n\r\nt\r\nu", "Subject: a\n b\n\nt\nu\n" },
        { "Subject: a\nnonsense\nFrom: b\n\nt\n",
          "Subject: a\n\nnonsense\nFrom: b\n\nt\n" },
        { "From a@b Mon Sep 17 00:00:00 2001\nSubject: s\n\nt\n",
          "Subject: s\n\nt\n" },
        { ">From a@b Mon Sep 17 00:00:00 2001\nSubject: s\n\nt\n",
          "Subject: s\n\nt\n" },
        { "From: a@b", "From: a@b\n\n" },
        { "\n\nt", "\n\nt\n" },
        { "\r\r\nt\r", "\nt\n" },
        { "A: b\n\na\rb\r\r\nc\n\r", "\na b\nc\n\n" },
        { "Cc: a\rb\r\r\n c\r\rd\n\nx\r\ry\n", "Cc: a b\n c  d\n\nx  y\n" },
        { "", "\n" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *kept = capture_text(cases[i].mail);

        assert_string_equal(kept, cases[i].kept);
    }
}

static void value_never_makes_a_header_of_its_own(void **state)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    static const char value[] = " a\nFrom: evil\n\nbody\r\n\tb\n";
    size_t length = 0;

    (void)state;
    mail_capture_header(capture, "Subject", value, strlen(value));
    assert_string_equal(mail_capture_bytes(capture, &length),
                        "Subject: a\n From: evil\n \n body\n\tb\n\n");
}

static void line_is_cut_at_a_nul_in_headers_not_in_the_body(void **state)
{
    static const char mail[] = "Subject: a\r\0b\n c\n\nd\0e\n";
    static const char kept[] = "Subject: a\n c\n\nd\0e\n";
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t length = 0;

    (void)state;
    mail_capture_whole(capture, mail, sizeof(mail) - 1);
    const char *bytes = mail_capture_bytes(capture, &length);
    assert_int_equal(length, sizeof(kept) - 1);
    assert_memory_equal(bytes, kept, length);
    assert_int_equal(mail_capture_flags(capture), MAIL_CAPTURE_NUL);
}

static void header_is_cut_at_its_limit(void **state)
{
    static const int extra[] = { -1, 0, 1, 100000 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(extra); i++) {
        g_autoptr(MailCapture) capture = mail_capture_new();
        const int value = MAIL_CAPTURE_HEADER_MAX - 8 + extra[i];
        g_autofree char *text = g_strnfill((size_t)value, 'x');
        size_t length = 0;

        mail_capture_header(capture, "Subject", text, (size_t)value);
        mail_capture_bytes(capture, &length);
        assert_int_equal(length,
                         MAIL_CAPTURE_HEADER_MAX + 2 + MIN(extra[i], 0));
        assert_int_equal(mail_capture_flags(capture),
                         extra[i] > 0 ? MAIL_CAPTURE_TRUNCATED_HEADERS : 0);
        assert_int_equal(mail_capture_size(capture), 8 + value + 2);
    }
}

/* A cut right after a fold's line end must not end the block. */
static void cut_header_never_ends_in_a_line_end(void **state)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    GString *value = g_string_new(NULL);
    size_t length = 0;

    (void)state;
    while (value->len < (size_t)2 * MAIL_CAPTURE_HEADER_MAX)
        g_string_append(value, "\n ");
    g_string_append_c(value, 'x');
    mail_capture_header(capture, "Subject", value->str, value->len);
    mail_capture_header(capture, "From", " a@b", 4);
    assert_string_equal(mail_capture_bytes(capture, &length),
                        "Subject:\nFrom: a@b\n\n");
    g_string_free(value, TRUE);
}

static void headers_are_kept_up_to_their_number(void **state)
{
    static const unsigned counts[] = { 495, 496, 497, 51200 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        g_autoptr(MailCapture) capture = mail_capture_new();
        size_t length = 0;

        for (unsigned j = 0; j < counts[i]; j++)
            mail_capture_header(capture, "Cc", " a", 2);
        mail_capture_bytes(capture, &length);
        assert_int_equal(length, MIN(counts[i], 496) * strlen("Cc: a\n") + 1);
        assert_int_equal(mail_capture_flags(capture),
                         counts[i] > 496 ? MAIL_CAPTURE_TRUNCATED_HEADERS : 0);
    }
}

static void block_is_kept_up_to_its_limit(void **state)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    g_autofree char *value = g_strnfill(MAIL_CAPTURE_HEADER_MAX - 100, 'x');
    size_t length = 0;

    (void)state;
    for (int i = 0; i < 9; i++)
        mail_capture_header(capture, "References", value, strlen(value));
    mail_capture_header(capture, "From", " a@b", 4);
    const char *bytes = mail_capture_bytes(capture, &length);
    assert_true(length <= MAIL_CAPTURE_BLOCK_MAX + 1);
    assert_non_null(strstr(bytes, "From: a@b\n\n"));
    assert_int_equal(mail_capture_flags(capture),
                     MAIL_CAPTURE_TRUNCATED_HEADERS);
}

static void list_is_told_behind_any_headers(void **state)
{
    static const int sizes[] = { 1, MAIL_CAPTURE_HEADER_MAX };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        g_autoptr(MailCapture) capture = mail_capture_new();
        g_autofree char *value = g_strnfill((size_t)sizes[i], 'x');
        size_t length = 0;

        for (int j = 0; j < 1000; j++)
            mail_capture_header(capture, "Cc", value, strlen(value));
        for (int j = 0; j < 1000; j++)
            mail_capture_header(capture, "List-Id", " <a.b>", 6);
        mail_capture_bytes(capture, &length);
        g_autoptr(GPtrArray) ids = mail_capture_list_ids(capture);
        assert_int_equal(ids->len, 1);
        assert_true(length <= MAIL_CAPTURE_BLOCK_MAX + 1);
    }
}

static void body_is_kept_up_to_its_limit(void **state)
{
    static const int extra[] = { -1, 0, 1, 50 * 1024 * 1024 };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(extra); i++) {
        g_autoptr(MailCapture) capture = mail_capture_new();
        const size_t size = (size_t)(MAIL_CAPTURE_BODY_MAX + extra[i]);
        g_autofree char *body = g_strnfill(size, 'x');
        size_t length = 0;

        body[size - 1] = '\n';
        mail_capture_body(capture, body, size);
        mail_capture_bytes(capture, &length);
        assert_int_equal(length, 1 + MIN(size, MAIL_CAPTURE_BODY_MAX));
        assert_int_equal(mail_capture_flags(capture),
                         extra[i] > 0 ? MAIL_CAPTURE_TRUNCATED_BODY : 0);
        assert_int_equal(mail_capture_size(capture), size + 1);
    }
}

static void broken_name_is_told(void **state)
{
    static const char *const names[] = { "", "a b", "\xc3\xa4" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(MailCapture) capture = mail_capture_new();
        size_t length = 0;

        mail_capture_header(capture, names[i], " x", 2);
        assert_string_equal(mail_capture_bytes(capture, &length), "\n");
        assert_int_equal(mail_capture_flags(capture),
                         MAIL_CAPTURE_BROKEN_HEADERS);
    }
}

static void reset_makes_it_new(void **state)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    g_autofree char *body = g_strnfill(300 * 1024, '\0');
    size_t length = 0;

    (void)state;
    mail_capture_header(capture, "List-Id", " <a.b>", 6);
    mail_capture_header(capture, "Received", " one", 4);
    mail_capture_body(capture, "x\r", 2);
    mail_capture_body(capture, body, 300 * 1024);
    mail_capture_bytes(capture, &length);
    mail_capture_reset(capture);
    assert_false(mail_capture_has_list_header(capture));
    assert_int_equal(mail_capture_flags(capture), 0);
    assert_int_equal(mail_capture_size(capture), 0);
    mail_capture_header(capture, "Received", " two", 4);
    assert_string_equal(mail_capture_bytes(capture, &length),
                        "Received: two\n\n");
}

static void lists_are_told(void **state)
{
    static const char mail[] = "List-Id: KVM <kvm.vger.kernel.org>\n"
                               "list-id: <KVM.vger.kernel.org>\n"
                               "List-Id: <not valid>\n"
                               "List-Id: <b.example>\n"
                               "X-Mailing-List: Kvm@vger.kernel.org\n\n"
                               "List-Id: <in.body>\n";
    g_autoptr(MailCapture) capture = mail_capture_new();

    (void)state;
    assert_false(mail_capture_has_list_header(capture));
    mail_capture_whole(capture, mail, strlen(mail));
    assert_true(mail_capture_has_list_header(capture));
    g_autoptr(GPtrArray) ids = mail_capture_list_ids(capture);
    g_autofree char *address = mail_capture_mailing_list(capture);
    assert_int_equal(ids->len, 2);
    assert_string_equal(ids->pdata[0], "kvm.vger.kernel.org");
    assert_string_equal(ids->pdata[1], "b.example");
    assert_string_equal(address, "kvm@vger.kernel.org");
}

static void its_sender_is_known(void **state)
{
    static const char mail[] =
        "List-Id: <heron.lists.example.org>\n"
        "From: Heron\n <Heron-Request@lists.example.org>\n"
        "\nFrom: ada@finch.example\n";
    g_autoptr(MailCapture) capture = mail_capture_new();

    (void)state;
    mail_capture_whole(capture, mail, strlen(mail));
    g_autofree char *sender = mail_capture_sender(capture);
    assert_string_equal(sender, "heron-request@lists.example.org");
}

/* M-10 and M-11 */
static void without_an_id_other_headers_name_the_list(void **state)
{
    static const char post[] = "List-Post: <mailto:Devel@lists.example>\n"
                               "Delivered-To: devel@lists.example\n"
                               "Delivered-To: Bo@b.example\n\n";
    static const char both[] = "List-Id: <a.example>\n"
                               "List-Post: <mailto:devel@lists.example>\n\n";
    g_autoptr(MailCapture) capture = mail_capture_new();

    (void)state;
    mail_capture_whole(capture, post, strlen(post));
    assert_true(mail_capture_has_list_header(capture));
    g_autoptr(GPtrArray) ids = mail_capture_list_ids(capture);
    g_autofree char *address = mail_capture_mailing_list(capture);
    g_autoptr(GPtrArray) delivered = mail_capture_delivered_to(capture);
    assert_int_equal(ids->len, 1);
    assert_string_equal(ids->pdata[0], "devel.lists.example");
    assert_string_equal(address, "devel@lists.example");
    assert_int_equal(delivered->len, 2);
    assert_string_equal(delivered->pdata[0], "devel@lists.example");
    assert_string_equal(delivered->pdata[1], "bo@b.example");

    mail_capture_reset(capture);
    mail_capture_whole(capture, both, strlen(both));
    g_autoptr(GPtrArray) own = mail_capture_list_ids(capture);
    assert_int_equal(own->len, 1);
    assert_string_equal(own->pdata[0], "a.example");
    assert_null(mail_capture_mailing_list(capture));
}

static void mail_of_no_list_has_none(void **state)
{
    g_autoptr(MailCapture) capture = mail_capture_new();

    (void)state;
    mail_capture_whole(capture, "From: a@b\n\nList-Id: <a.b>\n", 26);
    g_autoptr(GPtrArray) ids = mail_capture_list_ids(capture);
    assert_int_equal(ids->len, 0);
    assert_null(mail_capture_mailing_list(capture));
    assert_false(mail_capture_has_list_header(capture));
}

/* Lines as Postfix takes them from SMTP: cut at LF, the CRs before it taken
 * off, any other CR made a blank, the last one ended. */
static GPtrArray *smtp_lines(const char *mail, size_t length)
{
    GPtrArray *lines =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    const char *const end = mail + length;

    while (mail < end) {
        const char *stop = memchr(mail, '\n', (size_t)(end - mail));
        const char *next = stop != NULL ? stop + 1 : end;
        stop = stop != NULL ? stop : end;
        while (stop > mail && stop[-1] == '\r')
            stop--;
        GString *line = g_string_new_len(mail, stop - mail);
        g_string_replace(line, "\r", " ", 0);
        g_ptr_array_add(lines, g_string_free_to_bytes(line));
        mail = next;
    }
    return lines;
}

static const char *line_at(const GPtrArray *lines, unsigned i, size_t *length)
{
    const char *line = g_bytes_get_data(lines->pdata[i], length);
    return line != NULL ? line : "";
}

/* Hands over the header that starts at line i; the number of its lines. */
static unsigned send_header(MailCapture *capture, const GPtrArray *lines,
                            unsigned i, const char *fold)
{
    size_t length = 0;
    const char *line = line_at(lines, i, &length);
    g_autofree char *text = g_strndup(line, length);
    g_auto(GStrv) halves = g_strsplit(text, ":", 2);
    GString *value = g_string_new(halves[1]);
    unsigned count = 1;

    for (; i + count < lines->len; count++) {
        line = line_at(lines, i + count, &length);
        if (length == 0 || (*line != ' ' && *line != '\t'))
            break;
        g_autofree char *part = g_strndup(line, length);
        g_string_append_printf(value, "%s%s", fold, part);
    }
    mail_capture_header(capture, g_strchomp(halves[0]), value->str, value->len);
    g_string_free(value, TRUE);
    return count;
}

static bool is_header_line(const GPtrArray *lines, unsigned i)
{
    size_t length = 0;
    const char *line = line_at(lines, i, &length);
    g_autofree char *text = g_strndup(line, length);
    return g_regex_match_simple("^[!-9;-~]+[ \\t]*:", text, G_REGEX_RAW, 0);
}

static void send_body(MailCapture *capture, const GPtrArray *lines, unsigned i,
                      GRand *random)
{
    GString *body = g_string_new(NULL);

    for (; i < lines->len; i++) {
        size_t length = 0;
        const char *line = line_at(lines, i, &length);
        g_string_append_len(body, line, (gssize)length);
        g_string_append(body, "\r\n");
    }
    for (size_t at = 0; at < body->len;) {
        const int most = g_rand_boolean(random) ? 4 : 3000;
        const size_t wish = (size_t)g_rand_int_range(random, 0, most);
        const size_t piece = MIN(body->len - at, wish);
        mail_capture_body(capture, body->str + at, piece);
        at += piece;
    }
    g_string_free(body, TRUE);
}

/* The mail as an MTA would hand it to a milter. */
static void send_as_milter(MailCapture *capture, const char *mail,
                           size_t length, GRand *random)
{
    g_autoptr(GPtrArray) lines = smtp_lines(mail, length);
    const char *fold = g_rand_boolean(random) ? "\n" : "\r\n";
    unsigned i = 0;

    while (i < lines->len && is_header_line(lines, i))
        i += send_header(capture, lines, i, fold);
    if (i < lines->len && g_bytes_get_size(lines->pdata[i]) == 0)
        i++;
    send_body(capture, lines, i, random);
}

static void assert_same(MailCapture *one, MailCapture *other)
{
    size_t length = 0, other_length = 0;
    const char *bytes = mail_capture_bytes(one, &length);
    const char *other_bytes = mail_capture_bytes(other, &other_length);

    assert_int_equal(length, other_length);
    assert_memory_equal(bytes, other_bytes, length);
    assert_int_equal(mail_capture_flags(one), mail_capture_flags(other));
    assert_int_equal(mail_capture_size(one), mail_capture_size(other));
}

static void assert_live_equals_import(const char *mail, size_t length,
                                      GRand *random)
{
    g_autoptr(MailCapture) whole = mail_capture_new();
    g_autoptr(MailCapture) with_crlf = mail_capture_new();
    g_autoptr(MailCapture) live = mail_capture_new();
    GString *crlf = g_string_new_len(mail, (gssize)length);

    mail_capture_whole(whole, mail, length);
    g_string_replace(crlf, "\n", "\r\n", 0);
    mail_capture_whole(with_crlf, crlf->str, strlen(crlf->str));
    send_as_milter(live, mail, length, random);
    assert_same(whole, live);
    if (crlf->len == strlen(crlf->str))
        assert_same(whole, with_crlf);
    g_string_free(crlf, TRUE);
}

static void live_equals_import_on_real_mail(void **state)
{
    g_autoptr(GPtrArray) mails = corpus_mails("kvm-2025-09-29.mbox");

    (void)state;
    if (mails == NULL) {
        skip();
        return;
    }

    g_autoptr(GRand) random = g_rand_new_with_seed(1);

    for (unsigned i = 0; i < mails->len; i++) {
        size_t length = 0;
        const char *mail = g_bytes_get_data(mails->pdata[i], &length);
        for (int times = 0; times < 5; times++)
            assert_live_equals_import(mail, length, random);
    }
}

/* Mail made of the pieces that break scanners. */
static void live_equals_import_on_any_mail(void **state)
{
    static const char *const pieces[] = {
        "From: a@b\n",
        "Subject: s\n",
        "Received: r\n",
        " folded\n",
        "\tfolded\n",
        "X-Y: z\r\n",
        "\n",
        "\r\n",
        "\r\r\n",
        "\r",
        ":\n",
        "no header\n",
        " \n",
        "Cc:\n",
        "Date : d \t\n",
        "text",
        "\n\n",
        "Content-Type: ",
        "a\rb",
        "List-Id: <a.b>\n",
        "\xc3\xa4: ",
        "\xff\n",
        "References:",
        "  ",
    };
    g_autoptr(GRand) random = g_rand_new_with_seed(2);

    (void)state;
    for (int times = 0; times < 20000; times++) {
        GString *mail = g_string_new("Subject: t\n");
        for (int i = g_rand_int_range(random, 0, 12); i > 0; i--)
            g_string_append(
                mail,
                pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
        assert_live_equals_import(mail->str, mail->len, random);
        g_string_free(mail, TRUE);
    }
}

static void a_digest_that_we_mailed_is_known(void **state)
{
    static const char ours[] =
        "List-Id: <a.example.org>\nX-Listpulse-List: b.example.org\n\ntext\n";
    static const char other[] = "List-Id: <a.example.org>\n\n"
                                "X-Listpulse-List: in the text\n";
    g_autoptr(MailCapture) capture = mail_capture_new();

    (void)state;
    mail_capture_whole(capture, ours, sizeof ours - 1);
    assert_true(mail_capture_is_own(capture));
    mail_capture_reset(capture);
    mail_capture_whole(capture, other, sizeof other - 1);
    assert_false(mail_capture_is_own(capture));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_that_we_mailed_is_known),
        cmocka_unit_test(its_sender_is_known),
        cmocka_unit_test(only_headers_that_are_read_are_kept),
        cmocka_unit_test(value_never_makes_a_header_of_its_own),
        cmocka_unit_test(line_is_cut_at_a_nul_in_headers_not_in_the_body),
        cmocka_unit_test(header_is_cut_at_its_limit),
        cmocka_unit_test(cut_header_never_ends_in_a_line_end),
        cmocka_unit_test(headers_are_kept_up_to_their_number),
        cmocka_unit_test(block_is_kept_up_to_its_limit),
        cmocka_unit_test(list_is_told_behind_any_headers),
        cmocka_unit_test(body_is_kept_up_to_its_limit),
        cmocka_unit_test(broken_name_is_told),
        cmocka_unit_test(reset_makes_it_new),
        cmocka_unit_test(lists_are_told),
        cmocka_unit_test(without_an_id_other_headers_name_the_list),
        cmocka_unit_test(mail_of_no_list_has_none),
        cmocka_unit_test(live_equals_import_on_real_mail),
        cmocka_unit_test(live_equals_import_on_any_mail),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
