/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/header.h"

#include <string.h>

#include <glib.h>

static void names_are_known_in_any_case(void **state)
{
    static const struct {
        const char *text;
        MailHeaderName name;
    } cases[] = {
        { "From", MAIL_HEADER_FROM },
        { "FROM", MAIL_HEADER_FROM },
        { "message-id", MAIL_HEADER_MESSAGE_ID },
        { "List-ID", MAIL_HEADER_LIST_ID },
        { "x-change-id", MAIL_HEADER_CHANGE_ID },
        { "Change-Id", MAIL_HEADER_CHANGE_ID },
        { "List-Archive", MAIL_HEADER_LIST_ARCHIVE },
        { "archived-at", MAIL_HEADER_ARCHIVED_AT },
        { "mime-version", MAIL_HEADER_MIME_VERSION },
        { "X-Listpulse-List", MAIL_HEADER_LISTPULSE },
        { "DKIM-Signature", MAIL_HEADER_UNREAD },
        { "Fro", MAIL_HEADER_UNREAD },
        { "Frome", MAIL_HEADER_UNREAD },
        { "", MAIL_HEADER_UNREAD },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_int_equal(mail_header_name(cases[i].text, strlen(cases[i].text)),
                         cases[i].name);
}

/* The headers of a text as "name|value" lines, then the body. */
static char *read_block(const char *text, const char **body)
{
    GString *out = g_string_new(NULL);
    const char *at = text;
    const char *end = text + strlen(text);
    MailHeader header;

    while (mail_header_next(&at, end, &header))
        g_string_append_printf(out, "%.*s|%.*s;", (int)header.name_length,
                               header.name, (int)header.value_length,
                               header.value);
    *body = mail_header_body(at, end);
    return g_string_free(out, FALSE);
}

static void block_is_read_as_postfix_reads_it(void **state)
{
    static const struct {
        const char *text, *headers, *body;
    } cases[] = {
        { "A: b\n\nc\n", "A| b;", "c\n" },
        { "A: b\r\n\r\nc\r\n", "A| b\r;", "c\r\n" },
        { "A: b\n c\n\td\nE:f\n\n", "A| b\n c\n\td;E|f;", "" },
        { "A \t: b\n\n", "A| b;", "" },
        { "A:\n\n", "A|;", "" },
        { "A: b", "A| b;", "" },
        { "A: b\n", "A| b;", "" },
        { "A: b\n\n\nc", "A| b;", "\nc" },
        { "A: b\nno header\nC: d\n\ne", "A| b;", "no header\nC: d\n\ne" },
        { "A: b\n: c\n", "A| b;", ": c\n" },
        { "A: b\nC d: e\n", "A| b;", "C d: e\n" },
        { "A: b\n\xc3\xa4: e\n", "A| b;", "\xc3\xa4: e\n" },
        { "\nA: b\n", "", "A: b\n" },
        { " A: b\n", "", " A: b\n" },
        { "A: b\n \nC: d\n\n", "A| b\n ;C| d;", "" },
        { "A: b\r", "A| b\r;", "" },
        { "A: b\n\r", "A| b;", "" },
        { "", "", "" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *body = NULL;
        g_autofree char *headers = read_block(cases[i].text, &body);

        assert_string_equal(headers, cases[i].headers);
        assert_string_equal(body, cases[i].body);
    }
}

static void name_is_printable_ascii(void **state)
{
    (void)state;
    assert_true(mail_header_is_name("X-Any_thing!", 12));
    assert_false(mail_header_is_name("", 0));
    assert_false(mail_header_is_name("a b", 3));
    assert_false(mail_header_is_name("a:", 2));
    assert_false(mail_header_is_name("\xc3\xa4", 2));
    assert_false(mail_header_is_name("a\x7f", 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_known_in_any_case),
        cmocka_unit_test(block_is_read_as_postfix_reads_it),
        cmocka_unit_test(name_is_printable_ascii),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
