/* SPDX-License-Identifier: MIT */
#include "mail/compose.h"

#include <stdbool.h>
#include <string.h>

#include <gmime/gmime.h>

#include "base/banned.h"

/* RFC 2045, section 6.7: characters of an encoded line. */
enum { QUOTED_LINE_MAX = 76 };

/* Lines that begin with "From " begin with "=46rom ", which says the same: some
 * programs would change them on the way. */
static void armour(GString *quoted)
{
    for (gsize at = 0; at < quoted->len;) {
        const char *line = quoted->str + at;
        const gsize length = strcspn(line, "\n");

        if (g_str_has_prefix(line, "From ")) {
            g_string_overwrite(quoted, at, "=");
            g_string_insert(quoted, (gssize)at + 1, "46");
            if (length + 2 > QUOTED_LINE_MAX)
                g_string_insert(quoted, (gssize)(at + strlen("=46rom ")),
                                "=\n");
        }
        at += strcspn(quoted->str + at, "\n") + 1;
    }
}

static GMimeStream *quote(const char *text, size_t length)
{
    GMimeEncoding state;

    g_mime_encoding_init_encode(&state, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_autofree char *buffer =
        g_malloc(g_mime_encoding_outlen(&state, length) + 1);
    const size_t encoded = g_mime_encoding_flush(&state, text, length, buffer);
    g_autoptr(GString) quoted = g_string_new_len(buffer, (gssize)encoded);

    armour(quoted);
    return g_mime_stream_mem_new_with_buffer(quoted->str, quoted->len);
}

static bool has_from_line(const char *text, size_t length)
{
    return g_str_has_prefix(text, "From ") ||
           g_strstr_len(text, (gssize)length, "\nFrom ") != NULL;
}

static void set_content(GMimePart *part, GMimeStream *stream,
                        GMimeContentEncoding encoding)
{
    GMimeDataWrapper *content =
        g_mime_data_wrapper_new_with_stream(stream, encoding);

    g_mime_part_set_content(part, content);
    g_object_unref(content);
    g_object_unref(stream);
}

/* Returns a text part, encoded where it is not 7-bit, too wide, or has lines
 * that begin with "From ". */
static GMimeObject *make_part(const char *subtype, const char *text,
                              size_t length)
{
    GMimePart *part = g_mime_part_new_with_type("text", subtype);

    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset",
                                             "utf-8");
    set_content(part, g_mime_stream_mem_new_with_buffer(text, length),
                GMIME_CONTENT_ENCODING_DEFAULT);

    GMimeContentEncoding best = g_mime_part_get_best_content_encoding(
        part, GMIME_ENCODING_CONSTRAINT_7BIT);

    if (best != GMIME_CONTENT_ENCODING_BASE64 && has_from_line(text, length)) {
        best = GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE;
        set_content(part, quote(text, length), best);
    }
    g_mime_part_set_content_encoding(part, best);
    return GMIME_OBJECT(part);
}

/* Returns a multipart of both, which it takes over. */
static GMimeObject *make_both(const char *subtype, GMimeObject *one,
                              GMimeObject *other)
{
    GMimeMultipart *both = g_mime_multipart_new_with_subtype(subtype);

    g_mime_multipart_add(both, one);
    g_mime_multipart_add(both, other);
    g_object_unref(one);
    g_object_unref(other);
    return GMIME_OBJECT(both);
}

static void add_enclosed(GMimeMultipart *digest, const MailEnclosed *enclosed)
{
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeMessagePart *part =
        g_mime_message_part_new_with_message("rfc822", message);
    GMimeObject *text = make_part("plain", enclosed->text, enclosed->length);
    g_autoptr(GDateTime) date =
        g_date_time_new_from_unix_utc(enclosed->date_seconds);

    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM,
                               *enclosed->name != '\0' ? enclosed->name : NULL,
                               enclosed->address);
    g_mime_message_set_subject(message, enclosed->subject, "utf-8");
    if (date != NULL)
        g_mime_message_set_date(message, date);
    if (enclosed->message_id != NULL)
        g_mime_message_set_message_id(message, enclosed->message_id);
    g_mime_object_set_header(GMIME_OBJECT(message), "MIME-Version", "1.0",
                             NULL);
    g_mime_message_set_mime_part(message, text);
    g_mime_multipart_add(digest, GMIME_OBJECT(part));
    g_object_unref(text);
    g_object_unref(part);
    g_object_unref(message);
}

static GMimeObject *make_body(const MailDraft *draft)
{
    GMimeObject *text = make_part("plain", draft->text, draft->length);

    if (draft->html != NULL)
        return make_both("alternative", text,
                         make_part("html", draft->html, draft->html_length));
    if (draft->enclosed_count == 0)
        return text;

    GMimeMultipart *digest = g_mime_multipart_new_with_subtype("digest");
    for (unsigned i = 0; i < draft->enclosed_count; i++)
        add_enclosed(digest, &draft->enclosed[i]);
    return make_both("mixed", text, GMIME_OBJECT(digest));
}

char *mail_compose_id(const char *list, int64_t now_ms)
{
    return g_strdup_printf("digest.%" G_GINT64_FORMAT ".%08x@%s", now_ms,
                           g_random_int(), list);
}

char *mail_compose_list_id(const char *list)
{
    return g_strdup_printf("<digest-of-%s.listpulse.invalid>", list);
}

static void set_header(GMimeMessage *message, const char *name,
                       const char *value)
{
    g_mime_object_set_header(GMIME_OBJECT(message), name, value, NULL);
}

static void set_identity(GMimeMessage *message, const MailDraft *draft)
{
    g_autoptr(GDateTime) now =
        g_date_time_new_from_unix_utc(draft->now_ms / 1000);
    g_autofree char *list_id = mail_compose_list_id(draft->list);
    g_autofree char *before =
        draft->in_reply_to != NULL
            ? g_strconcat("<", draft->in_reply_to, ">", NULL)
            : NULL;

    if (now != NULL)
        g_mime_message_set_date(message, now);
    g_mime_message_set_message_id(message, draft->message_id);
    set_header(message, "List-Id", list_id);
    if (before == NULL)
        return;
    set_header(message, "In-Reply-To", before);
    set_header(message, "References", before);
}

char *mail_compose(const MailDraft *draft)
{
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeObject *object = GMIME_OBJECT(message);
    GMimeObject *body = make_body(draft);

    for (const char *const *to = draft->to; *to != NULL; to++)
        g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, *to);
    g_mime_message_set_subject(message, draft->subject, "utf-8");
    set_identity(message, draft);
    g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header(object, "Precedence", "bulk", NULL);
    g_mime_object_set_header(object, "X-Listpulse-List", draft->list, NULL);
    g_mime_object_set_header(object, "MIME-Version", "1.0", NULL);
    g_mime_message_set_mime_part(message, body);
    char *mail = g_mime_object_to_string(object, NULL);
    g_object_unref(body);
    g_object_unref(message);
    return mail;
}
