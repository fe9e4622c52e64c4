/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/address.h"
#include "mail/capture.h"
#include "mail/prune.h"

#include <string.h>

static char *pruned(const char *text)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text));
    mail_prune_headers(bytes);
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    return (char *)g_byte_array_free(bytes, FALSE);
}

static char *nested(const char *header)
{
    return g_strdup_printf("Content-Type: multipart/mixed; boundary=\"b\"\n\n"
                           "--b\n\na: text\n--b\n"
                           "Content-Type: message/rfc822\n\n"
                           "From: A <a@b>\n%s\n\nits text\n--b--\n",
                           header);
}

static void what_is_within_the_limits_stays(void **state)
{
    g_autofree char *mail = nested("Subject: a: b\n folded: c");
    g_autofree char *after = pruned(mail);

    (void)state;
    assert_string_equal(after, mail);
}

static void long_headers_of_attached_mails_are_cut(void **state)
{
    g_autofree char *line = g_strnfill(MAIL_CAPTURE_HEADER_MAX + 10, 'x');
    g_autofree char *header = g_strdup_printf("To: a\n %s\n b\nCc: c", line);
    g_autofree char *mail = nested(header);
    g_autofree char *after = pruned(mail);

    (void)state;
    assert_in_range(strlen(mail) - strlen(after), 10, 30);
    assert_non_null(strstr(after, "\nCc: c\n\nits text\n"));
}

static void commas_and_colons_are_limited(void **state)
{
    g_autoptr(GString) value = g_string_new("To: ");

    (void)state;
    for (int i = 0; i < MAIL_ADDRESS_COMMAS_MAX + 10; i++)
        g_string_append(value, "a,");
    g_autofree char *mail = nested(value->str);
    g_autofree char *after = pruned(mail);
    assert_int_equal(strlen(mail) - strlen(after), 20 - 1);
    g_string_assign(value, "To: ");
    for (int i = 0; i < MAIL_ADDRESS_COLONS_MAX + 5; i++)
        g_string_append(value, "a:");
    g_autofree char *colons = nested(value->str);
    g_autofree char *dotted = pruned(colons);
    assert_int_equal(strlen(colons), strlen(dotted));
    assert_non_null(strstr(dotted, ":a.a.a.a.a.a.\n"));
}

static void text_is_left_alone(void **state)
{
    g_autofree char *line = g_strnfill(MAIL_CAPTURE_HEADER_MAX + 10, ',');
    g_autofree char *mail =
        g_strdup_printf("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n"
                        "note: %s\n--- a/a\n+++ b/b\nx: %s\n--b--\n",
                        line, line);
    g_autofree char *after = pruned(mail);

    (void)state;
    assert_string_equal(after, mail);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_within_the_limits_stays),
        cmocka_unit_test(long_headers_of_attached_mails_are_cut),
        cmocka_unit_test(commas_and_colons_are_limited),
        cmocka_unit_test(text_is_left_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
