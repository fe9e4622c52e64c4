/* SPDX-License-Identifier: MIT */
#include "mail/compose.h"

#include <gmime/gmime.h>

static GMimePart *make_text(const MailDraft *draft)
{
    GMimePart *part = g_mime_part_new_with_type("text", draft->subtype);
    GMimeStream *stream =
        g_mime_stream_mem_new_with_buffer(draft->text, draft->length);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(
        stream, GMIME_CONTENT_ENCODING_DEFAULT);

    g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "charset",
                                             "utf-8");
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part,
                                     g_mime_part_get_best_content_encoding(
                                         part, GMIME_ENCODING_CONSTRAINT_7BIT));
    g_object_unref(content);
    g_object_unref(stream);
    return part;
}

char *mail_compose(const MailDraft *draft)
{
    GMimeMessage *message = g_mime_message_new(TRUE);
    GMimeObject *object = GMIME_OBJECT(message);
    GMimePart *part = make_text(draft);

    g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, draft->to);
    g_mime_message_set_subject(message, draft->subject, "utf-8");
    g_mime_object_set_header(object, "Auto-Submitted", "auto-generated", NULL);
    g_mime_object_set_header(object, "Precedence", "bulk", NULL);
    /* No List-Id: the digest is not a post of the list that it tells of. */
    g_mime_object_set_header(object, "X-Listpulse-List", draft->list, NULL);
    g_mime_object_set_header(object, "MIME-Version", "1.0", NULL);
    g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
    char *mail = g_mime_object_to_string(object, NULL);
    g_object_unref(part);
    g_object_unref(message);
    return mail;
}
