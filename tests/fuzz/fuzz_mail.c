/* SPDX-License-Identifier: MIT */
/* A whole mail, captured and understood, once with LF and once with CRLF. */
#include "tests/fuzz/fuzz.h"

#include "mail/capture.h"
#include "mail/message.h"

#include <string.h>

static void check_person(const MailPerson *person)
{
    g_assert(person->raw != NULL);
    g_assert(g_utf8_validate(person->name, -1, NULL));
    g_assert(g_utf8_validate(person->address, -1, NULL));
}

static void check_people(const char *value)
{
    g_autoptr(GPtrArray) people = mail_people_parse(value, MAIL_CC_MAX);

    for (unsigned i = 0; i < people->len; i++)
        check_person(people->pdata[i]);
}

static void check_message(const char *bytes, size_t length)
{
    g_autoptr(MailMessage) message = mail_message_parse(bytes, length);

    check_person(&message->from);
    check_person(&message->reply_to);
    check_person(&message->original_from);
    for (unsigned i = 0; i < message->cc->len; i++)
        check_people(message->cc->pdata[i]);
    for (unsigned i = 0; i < message->attached_patches->len; i++)
        g_assert(
            g_utf8_validate(message->attached_patches->pdata[i], -1, NULL));
    g_assert(message->references->len <= MAIL_REFERENCES_MAX);
    g_assert(g_utf8_validate(message->subject, -1, NULL));
    g_assert(g_utf8_validate(message->message_id, -1, NULL));
    g_assert(g_utf8_validate(message->change_id, -1, NULL));
    g_assert(g_utf8_validate(message->mailing_list, -1, NULL));
    g_assert(g_utf8_validate(message->text, -1, NULL));
    g_assert(strlen(message->text) == message->text_length);
}

/* The same mail as SMTP carries it: every LF with a CR. */
static GByteArray *with_crlf(const uint8_t *data, size_t size)
{
    GByteArray *bytes = g_byte_array_sized_new((guint)size);

    for (size_t i = 0; i < size; i++) {
        if (data[i] == '\n')
            g_byte_array_append(bytes, (const guint8 *)"\r", 1);
        g_byte_array_append(bytes, data + i, 1);
    }
    return bytes;
}

static void assert_captured(const void *mail, size_t size, const char *expected,
                            size_t expected_length)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t length = 0;

    mail_capture_whole(capture, mail, size);
    const char *bytes = mail_capture_bytes(capture, &length);
    g_assert(length == expected_length);
    g_assert(memcmp(bytes, expected, length) == 0);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    static bool is_ready;
    g_autoptr(MailCapture) capture = mail_capture_new();
    g_autoptr(GByteArray) crlf = with_crlf(data, size);
    size_t length = 0;

    if (!is_ready)
        mail_init();
    is_ready = true;
    mail_capture_whole(capture, data, size);
    const char *bytes = mail_capture_bytes(capture, &length);
    assert_captured(crlf->data, crlf->len, bytes, length);
    assert_captured(bytes, length, bytes, length);
    g_autoptr(GPtrArray) ids = mail_capture_list_ids(capture);
    g_autofree char *address = mail_capture_mailing_list(capture);
    g_assert(ids->len <= MAIL_CAPTURE_LISTS_MAX);
    g_assert(address == NULL || *address != '\0');
    check_message(bytes, length);
    check_message((const char *)data, size);
    return 0;
}
