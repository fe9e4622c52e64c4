/* SPDX-License-Identifier: MIT */
#include "activity/fingerprint.h"

#include <string.h>

#include "base/sha.h"

#include "base/banned.h"

enum { BODY_BYTES = 4 * 1024 };

/* A NUL ends a field: none holds one, so no two sets of fields are alike. */
static void add_field(GString *input, const char *text)
{
    g_string_append_len(input, text, (gssize)strlen(text) + 1);
}

/* input starts with "mark"; the identity is what follows it. */
static Fingerprint fingerprint_from(const GString *input)
{
    const size_t skip = strlen("mark");
    uint8_t digest[SHA256_BYTES];
    Fingerprint fingerprint = { 0 };

    sha256_of(input->str + skip, input->len - skip, digest);
    for (unsigned i = 0; i < sizeof(fingerprint.identity); i++)
        fingerprint.identity = fingerprint.identity << 8 | digest[i];
    sha256_of(input->str, input->len, digest);
    memcpy(fingerprint.mark, digest, sizeof(fingerprint.mark));
    return fingerprint;
}

static GString *input_new(const char *kind, const char *list)
{
    GString *input = g_string_new("mark");

    add_field(input, kind);
    add_field(input, list);
    return input;
}

/* A wrapped mail is the one inside, which may have come by itself as well. */
static bool is_wrapped(const MailMessage *message)
{
    return message->inner_id != NULL && message->inner_id[0] != '\0';
}

static void add_author_and_date(GString *input, const MailMessage *message)
{
    const MailPerson *from =
        is_wrapped(message) ? &message->original_from : &message->from;

    add_field(input, from->address[0] != '\0' ? from->address : from->raw);
    if (message->has_date)
        g_string_append_printf(input, "%" G_GINT64_FORMAT, message->date);
    g_string_append_c(input, '\0');
}

Fingerprint fingerprint_of(const char *list, const MailMessage *message)
{
    const bool has_id = message->message_id[0] != '\0';
    g_autoptr(GString) input = input_new(has_id ? "id" : "text", list);

    add_author_and_date(input, message);
    if (has_id) {
        add_field(input, is_wrapped(message) ? message->inner_id
                                             : message->message_id);
    } else {
        add_field(input, message->subject);
        g_string_append_len(input, message->text,
                            (gssize)MIN(message->text_length, BODY_BYTES));
    }
    return fingerprint_from(input);
}

Fingerprint fingerprint_of_bytes(const char *list, GBytes *mail)
{
    g_autoptr(GString) input = input_new("bytes", list);
    gsize length = 0;
    const char *bytes = g_bytes_get_data(mail, &length);

    g_string_append_len(input, bytes, (gssize)length);
    return fingerprint_from(input);
}
