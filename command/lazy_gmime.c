/* SPDX-License-Identifier: MIT */
/*
 * GMime brings GObject, GIO and GnuPG's libraries with it. Only imports parse
 * mail, and only `digest --mail` writes one.
 */
#include "command/lazy.h"

#include "config.h"

#include <gmime/gmime.h>

#include "base/banned.h"

static LazyLibrary library = { .soname = GMIME_SONAME, .start = "g_mime_init" };

/* Most mail is so plain that our own reads it: GMime is started when it is
 * loaded. */
void g_mime_init(void)
{
}

LAZY(const char *, g_mime_content_disposition_get_disposition,
     (GMimeContentDisposition * disposition), (disposition))
LAZY(GMimeContentEncoding, g_mime_content_encoding_from_string,
     (const char *str), (str))
LAZY(const char *, g_mime_content_type_get_parameter,
     (GMimeContentType * content_type, const char *name), (content_type, name))
LAZY(gboolean, g_mime_content_type_is_type,
     (GMimeContentType * content_type, const char *type, const char *subtype),
     (content_type, type, subtype))
LAZY(GMimeContentType *, g_mime_content_type_new,
     (const char *type, const char *subtype), (type, subtype))
LAZY(GMimeContentType *, g_mime_content_type_parse,
     (GMimeParserOptions * options, const char *str), (options, str))
LAZY(GMimeStream *, g_mime_data_wrapper_get_stream,
     (GMimeDataWrapper * wrapper), (wrapper))
LAZY(GMimeDataWrapper *, g_mime_data_wrapper_new_with_stream,
     (GMimeStream * stream, GMimeContentEncoding encoding), (stream, encoding))
LAZY(size_t, g_mime_encoding_flush,
     (GMimeEncoding * state, const char *inbuf, size_t inlen, char *outbuf),
     (state, inbuf, inlen, outbuf))
LAZY(void, g_mime_encoding_init_decode,
     (GMimeEncoding * state, GMimeContentEncoding encoding), (state, encoding))
LAZY(void, g_mime_encoding_init_encode,
     (GMimeEncoding * state, GMimeContentEncoding encoding), (state, encoding))
LAZY(size_t, g_mime_encoding_outlen, (GMimeEncoding * state, size_t inlen),
     (state, inlen))
LAZY(size_t, g_mime_encoding_step,
     (GMimeEncoding * state, const char *inbuf, size_t inlen, char *outbuf),
     (state, inbuf, inlen, outbuf))
LAZY(void, g_mime_message_add_mailbox,
     (GMimeMessage * message, GMimeAddressType type, const char *name,
      const char *addr),
     (message, type, name, addr))
LAZY(GMimeMessage *, g_mime_message_new, (gboolean pretty_headers),
     (pretty_headers))
LAZY(GMimeMessage *, g_mime_message_part_get_message, (GMimeMessagePart * part),
     (part))
LAZY(GType, g_mime_message_part_get_type, (void), ())
LAZY(GMimeMessagePart *, g_mime_message_part_new_with_message,
     (const char *subtype, GMimeMessage *message), (subtype, message))
LAZY(void, g_mime_message_set_date, (GMimeMessage * message, GDateTime *date),
     (message, date))
LAZY(void, g_mime_message_set_message_id,
     (GMimeMessage * message, const char *message_id), (message, message_id))
LAZY(void, g_mime_message_set_mime_part,
     (GMimeMessage * message, GMimeObject *mime_part), (message, mime_part))
LAZY(void, g_mime_message_set_subject,
     (GMimeMessage * message, const char *subject, const char *charset),
     (message, subject, charset))
LAZY(void, g_mime_multipart_add,
     (GMimeMultipart * multipart, GMimeObject *part), (multipart, part))
LAZY(GMimeMultipart *, g_mime_multipart_new_with_subtype, (const char *subtype),
     (subtype))
LAZY(int, g_mime_multipart_get_count, (GMimeMultipart * multipart), (multipart))
LAZY(GMimeObject *, g_mime_multipart_get_part,
     (GMimeMultipart * multipart, int index), (multipart, index))
LAZY(GType, g_mime_multipart_get_type, (void), ())
LAZY(GMimeContentDisposition *, g_mime_object_get_content_disposition,
     (GMimeObject * object), (object))
LAZY(GMimeContentType *, g_mime_object_get_content_type, (GMimeObject * object),
     (object))
LAZY(const char *, g_mime_object_get_header,
     (GMimeObject * object, const char *header), (object, header))
LAZY(GType, g_mime_object_get_type, (void), ())
LAZY(void, g_mime_object_set_content_type_parameter,
     (GMimeObject * object, const char *name, const char *value),
     (object, name, value))
LAZY(void, g_mime_object_set_header,
     (GMimeObject * object, const char *header, const char *value,
      const char *charset),
     (object, header, value, charset))
LAZY(ssize_t, g_mime_object_write_to_stream,
     (GMimeObject * object, GMimeFormatOptions *options, GMimeStream *stream),
     (object, options, stream))
LAZY(char *, g_mime_object_to_string,
     (GMimeObject * object, GMimeFormatOptions *options), (object, options))
LAZY(GMimeObject *, g_mime_parser_construct_part,
     (GMimeParser * parser, GMimeParserOptions *options), (parser, options))
LAZY(GMimeParser *, g_mime_parser_new_with_stream, (GMimeStream * stream),
     (stream))
LAZY(void, g_mime_parser_options_free, (GMimeParserOptions * options),
     (options))
LAZY(GMimeParserOptions *, g_mime_parser_options_new, (void), ())
#ifdef GMIME_WARNINGS_HAVE_NOTIFY
LAZY(void, g_mime_parser_options_set_warning_callback,
     (GMimeParserOptions * options, GMimeParserWarningFunc warning_cb,
      gpointer user_data, GDestroyNotify notify),
     (options, warning_cb, user_data, notify))
#else
LAZY(void, g_mime_parser_options_set_warning_callback,
     (GMimeParserOptions * options, GMimeParserWarningFunc warning_cb,
      gpointer user_data),
     (options, warning_cb, user_data))
#endif
LAZY(GMimeContentEncoding, g_mime_part_get_best_content_encoding,
     (GMimePart * mime_part, GMimeEncodingConstraint constraint),
     (mime_part, constraint))
LAZY(GMimeDataWrapper *, g_mime_part_get_content, (GMimePart * mime_part),
     (mime_part))
LAZY(GMimeContentEncoding, g_mime_part_get_content_encoding,
     (GMimePart * mime_part), (mime_part))
LAZY(const char *, g_mime_part_get_filename, (GMimePart * mime_part),
     (mime_part))
LAZY(GType, g_mime_part_get_type, (void), ())
LAZY(GMimePart *, g_mime_part_new_with_type,
     (const char *type, const char *subtype), (type, subtype))
LAZY(void, g_mime_part_set_content,
     (GMimePart * mime_part, GMimeDataWrapper *content), (mime_part, content))
LAZY(void, g_mime_part_set_content_encoding,
     (GMimePart * mime_part, GMimeContentEncoding encoding),
     (mime_part, encoding))
LAZY(gint64, g_mime_stream_length, (GMimeStream * stream), (stream))
LAZY(GByteArray *, g_mime_stream_mem_get_byte_array, (GMimeStreamMem * mem),
     (mem))
LAZY(GType, g_mime_stream_mem_get_type, (void), ())
LAZY(GMimeStream *, g_mime_stream_mem_new, (void), ())
LAZY(GMimeStream *, g_mime_stream_mem_new_with_buffer,
     (const char *buffer, size_t len), (buffer, len))
LAZY(GMimeStream *, g_mime_stream_mem_new_with_byte_array, (GByteArray * array),
     (array))
LAZY(ssize_t, g_mime_stream_read, (GMimeStream * stream, char *buf, size_t len),
     (stream, buf, len))
LAZY(int, g_mime_stream_reset, (GMimeStream * stream), (stream))
LAZY(GDateTime *, g_mime_utils_header_decode_date, (const char *str), (str))
LAZY(void, g_object_unref, (gpointer object), (object))
LAZY(GTypeInstance *, g_type_check_instance_cast,
     (GTypeInstance * instance, GType iface_type), (instance, iface_type))
LAZY(gboolean, g_type_check_instance_is_a,
     (GTypeInstance * instance, GType iface_type), (instance, iface_type))
LAZY(const char *, internet_address_get_name, (InternetAddress * ia), (ia))
LAZY(InternetAddressList *, internet_address_group_get_members,
     (InternetAddressGroup * group), (group))
LAZY(GType, internet_address_group_get_type, (void), ())
LAZY(InternetAddress *, internet_address_list_get_address,
     (InternetAddressList * list, int index), (list, index))
LAZY(int, internet_address_list_length, (InternetAddressList * list), (list))
LAZY(InternetAddressList *, internet_address_list_parse,
     (GMimeParserOptions * options, const char *str), (options, str))
LAZY(const char *, internet_address_mailbox_get_addr,
     (InternetAddressMailbox * mailbox), (mailbox))
LAZY(GType, internet_address_mailbox_get_type, (void), ())
