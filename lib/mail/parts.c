/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "mail/parts.h"

#include <string.h>

#include <gmime/gmime.h>

#include "base/text.h"
#include "mail/charset.h"
#include "mail/flowed.h"
#include "mail/html.h"
#include "mail/prune.h"

#include "base/banned.h"

enum {
    DEPTH_MAX = 32,
    PARTS_MAX = 256,
    CHARSET_MAX = 31, /* bytes of a name in the short way */
    ENCODING_MAX = 31,
    COMMIT_DIGITS = 40,
};

typedef enum MediaKind {
    MEDIA_PLAIN,
    MEDIA_HTML,
    MEDIA_PATCH, /* text/x-patch, text/x-diff */
    MEDIA_TEXT,  /* any other text */
    MEDIA_OTHER,
} MediaKind;

/* What is asked of a Content-Type. */
typedef struct Media {
    MediaKind kind;
    bool is_flowed, deletes_space;
    const char *charset; /* lent, or NULL */
} Media;

/* What a part says of itself, and its bytes as they stand in the mail. */
typedef struct Part {
    Media media;
    const char *disposition; /* "attachment", or NULL */
    const char *file_name;   /* or NULL */
    GMimeContentEncoding encoding;
    const char *bytes;
    size_t length;
} Part;

typedef struct Reader {
    MailMessage *message;
    char *text; /* of the parts so far; NULL before the first */
    size_t text_length;
    char *html; /* the first part of it, as text */
    unsigned parts;
    unsigned mails;        /* attached ones */
    bool has_inline_patch; /* the first attached patch is shown in the text */
    bool is_multipart;
} Reader;

static char *decode_transfer(const Part *part, size_t *length)
{
    GMimeEncoding decoder;

    g_mime_encoding_init_decode(&decoder, part->encoding);
    char *out = g_malloc(g_mime_encoding_outlen(&decoder, part->length) + 1);
    *length = g_mime_encoding_step(&decoder, part->bytes, part->length, out);
    *length += g_mime_encoding_flush(&decoder, "", 0, out + *length);
    return out;
}

/* CRLF becomes LF, in place. */
static void unify_line_ends(char *text)
{
    char *to = strchr(text, '\r');

    for (const char *from = to; from != NULL && *from != '\0';) {
        const size_t run = strspn(from, "\r");
        const size_t line = strcspn(from + run, "\r");
        const size_t kept = from[run] == '\n' ? 0 : run;
        memmove(to, from + run - kept, kept + line);
        to += kept + line;
        from += run + line;
        *to = '\0';
    }
}

static void strip_byte_order_mark(char *text)
{
    if (g_str_has_prefix(text, "\xef\xbb\xbf"))
        memmove(text, text + 3, strlen(text + 3) + 1);
}

/* The part's text as UTF-8 with LF line ends; owned. */
static char *part_text(Reader *reader, const Part *part)
{
    bool is_doubtful = false;
    g_autofree char *decoded = NULL;
    size_t length = part->length;
    const char *bytes = part->bytes;

    if (part->encoding == GMIME_CONTENT_ENCODING_BASE64 ||
        part->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
        decoded = decode_transfer(part, &length);
    if (decoded != NULL)
        bytes = decoded;
    char *text =
        mail_charset_decode(part->media.charset, bytes, length, &is_doubtful);
    if (is_doubtful)
        reader->message->defects |= MAIL_DEFECT_CHARSET;
    unify_line_ends(text);
    strip_byte_order_mark(text);
    return text;
}

/* Parts that follow each other start on lines of their own. Takes the text:
 * most mails have one, and it need not be copied. */
static void append_text(Reader *reader, char *text)
{
    const size_t length = strlen(text);

    if (reader->text_length == 0) {
        g_free(reader->text);
        reader->text = text;
        reader->text_length = length;
        return;
    }
    const bool ends_line = reader->text[reader->text_length - 1] == '\n';

    reader->text = g_realloc(reader->text, reader->text_length + length + 2);
    if (!ends_line)
        reader->text[reader->text_length++] = '\n';
    memcpy(reader->text + reader->text_length, text, length + 1);
    reader->text_length += length;
    g_free(text);
}

static void take_text(Reader *reader, const Part *part)
{
    g_autofree char *text = part_text(reader, part);

    if (!part->media.is_flowed) {
        append_text(reader, g_steal_pointer(&text));
        return;
    }
    reader->message->is_format_flowed = true;
    append_text(reader, mail_flowed_unwrap(text, part->media.deletes_space));
}

static void take_html(Reader *reader, const Part *part)
{
    if (reader->html != NULL)
        return;
    g_autofree char *text = part_text(reader, part);
    reader->html = mail_html_to_text(text);
}

static bool is_attachment(const Part *part)
{
    return part->disposition != NULL &&
           g_ascii_strcasecmp(part->disposition, "attachment") == 0;
}

static bool starts_with_commit(const char *text, const char *word)
{
    return g_str_has_prefix(text, word) &&
           strspn(text + strlen(word), "0123456789abcdef") >= COMMIT_DIGITS;
}

/* What git format-patch, git show and diff print. */
static bool starts_as_patch(const char *text)
{
    text += strspn(text, " \t\n");
    return starts_with_commit(text, "From ") ||
           starts_with_commit(text, "commit ") ||
           g_str_has_prefix(text, "diff --git ") ||
           g_str_has_prefix(text, "diff -") ||
           g_str_has_prefix(text, "Index: ") ||
           (g_str_has_prefix(text, "--- ") && strstr(text, "\n+++ ") != NULL);
}

/* "fix.patch.txt", "patch", "0001-fix.txt": attached as plain text, so that a
 * reader shows it. The text, which is owned, if it is a patch; else NULL. */
static char *take_plain_patch(Reader *reader, const Part *part)
{
    const MailDefects defects = reader->message->defects;
    char *text;

    if (!is_attachment(part) ||
        (part->media.kind != MEDIA_PLAIN && part->media.kind != MEDIA_TEXT))
        return NULL;
    text = part_text(reader, part);
    if (starts_as_patch(text))
        return text;
    reader->message->defects = defects; /* nobody reads it */
    g_free(text);
    return NULL;
}

static bool is_patch(const Part *part)
{
    g_autofree char *name =
        g_ascii_strdown(part->file_name != NULL ? part->file_name : "", -1);
    return part->media.kind == MEDIA_PATCH ||
           g_str_has_suffix(name, ".patch") || g_str_has_suffix(name, ".diff");
}

/* Takes the text. */
static void take_patch(Reader *reader, const Part *part, char *text)
{
    const char *name = part->file_name != NULL ? part->file_name : "";

    if (reader->message->attached_patches->len == 0)
        reader->has_inline_patch = reader->is_multipart && !is_attachment(part);

    g_ptr_array_add(reader->message->attached_patches, text);
    g_ptr_array_add(reader->message->attached_names,
                    text_make_valid(name, strlen(name)));
}

/* A part of several: text that is shown, or an attached patch, or nothing
 * that we read. */
static void take_part(Reader *reader, const Part *part)
{
    char *plain = NULL;

    if (is_patch(part))
        take_patch(reader, part, part_text(reader, part));
    else if ((plain = take_plain_patch(reader, part)) != NULL)
        take_patch(reader, part, plain);
    else if (is_attachment(part))
        return;
    else if (part->media.kind == MEDIA_PLAIN)
        take_text(reader, part);
    else if (part->media.kind == MEDIA_HTML)
        take_html(reader, part);
}

/* The only part there is: any text of it is the mail's text. */
static void take_single(Reader *reader, const Part *part)
{
    if (part->media.kind == MEDIA_HTML)
        take_html(reader, part);
    else if (part->media.kind != MEDIA_OTHER)
        take_text(reader, part);
    else if (is_patch(part))
        take_part(reader, part);
}

static bool parameter_is(GMimeContentType *type, const char *name,
                         const char *value)
{
    const char *found = g_mime_content_type_get_parameter(type, name);
    return found != NULL && g_ascii_strcasecmp(found, value) == 0;
}

static MediaKind kind_of(GMimeContentType *type)
{
    if (g_mime_content_type_is_type(type, "text", "plain"))
        return MEDIA_PLAIN;
    if (g_mime_content_type_is_type(type, "text", "html"))
        return MEDIA_HTML;
    if (g_mime_content_type_is_type(type, "text", "x-patch") ||
        g_mime_content_type_is_type(type, "text", "x-diff"))
        return MEDIA_PATCH;
    return g_mime_content_type_is_type(type, "text", "*") ? MEDIA_TEXT
                                                          : MEDIA_OTHER;
}

static Media media_of(GMimeContentType *type)
{
    return (Media){
        .kind = kind_of(type),
        .is_flowed = parameter_is(type, "format", "flowed"),
        .deletes_space = parameter_is(type, "delsp", "yes"),
        .charset = g_mime_content_type_get_parameter(type, "charset"),
    };
}

static bool is_media_type(const char *value)
{
    static const char token[] =
        G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "!#$&-^_.+*'%`{|}~";
    value += strspn(value, " \t");
    const size_t type = strspn(value, token);
    value += type;
    value += strspn(value, " \t");
    if (type == 0 || *value != '/')
        return false;
    value += 1 + strspn(value + 1, " \t");
    return strspn(value, token) > 0;
}

/* What is no media type is plain text (RFC 2045, 5.2). */
static GMimeContentType *read_type(Reader *reader, const char *value)
{
    if (is_media_type(value))
        return g_mime_content_type_parse(NULL, value);
    reader->message->defects |= MAIL_DEFECT_MIME;
    return g_mime_content_type_new("text", "plain");
}

/* "base64;" is base64: some mailers end it as they end a parameter. */
static GMimeContentEncoding read_encoding(const char *value)
{
    char word[ENCODING_MAX + 1];

    if (value == NULL)
        return GMIME_CONTENT_ENCODING_DEFAULT;
    value += strspn(value, " \t\r\n\"");
    const size_t length = strcspn(value, " \t\r\n\";,(");
    if (length > ENCODING_MAX)
        return GMIME_CONTENT_ENCODING_DEFAULT;
    memcpy(word, value, length);
    word[length] = '\0';
    /* Nearly all mail says one of these, and GMime need not be loaded then. */
    if (g_ascii_strcasecmp(word, "7bit") == 0)
        return GMIME_CONTENT_ENCODING_7BIT;
    if (g_ascii_strcasecmp(word, "8bit") == 0)
        return GMIME_CONTENT_ENCODING_8BIT;
    return g_mime_content_encoding_from_string(word);
}

static void take_leaf(Reader *reader, GMimePart *leaf, bool is_single)
{
    GMimeObject *object = GMIME_OBJECT(leaf);
    GMimeDataWrapper *content = g_mime_part_get_content(leaf);
    if (content == NULL)
        return;
    GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
    const gint64 length = g_mime_stream_length(stream);
    g_autofree char *bytes = g_malloc((size_t)MAX(length, 0) + 1);
    const ssize_t count =
        g_mime_stream_reset(stream) == 0 && length > 0
            ? g_mime_stream_read(stream, bytes, (size_t)length)
            : 0;
    GMimeContentDisposition *disposition =
        g_mime_object_get_content_disposition(object);
    const Part part = {
        .media = media_of(g_mime_object_get_content_type(object)),
        .disposition =
            disposition != NULL
                ? g_mime_content_disposition_get_disposition(disposition)
                : NULL,
        .file_name = g_mime_part_get_filename(leaf),
        .encoding = read_encoding(
            g_mime_object_get_header(object, "Content-Transfer-Encoding")),
        .bytes = bytes,
        .length = (size_t)MAX(count, 0),
    };

    if (is_single)
        take_single(reader, &part);
    else
        take_part(reader, &part);
}

static void walk(Reader *reader, GMimeObject *object, unsigned depth);

/* NOLINTNEXTLINE(misc-no-recursion): DEPTH_MAX deep at most */
static void walk_multipart(Reader *reader, GMimeMultipart *multipart,
                           unsigned depth)
{
    const int count = g_mime_multipart_get_count(multipart);
    GMimeContentType *type =
        g_mime_object_get_content_type(GMIME_OBJECT(multipart));

    reader->is_multipart = true;
    reader->message->is_digest |=
        g_mime_content_type_is_type(type, "multipart", "digest");
    for (int i = 0; i < count && reader->parts <= PARTS_MAX; i++)
        walk(reader, g_mime_multipart_get_part(multipart, i), depth + 1);
}

/* Kept if it is the only one: a list may have wrapped it. */
static void take_mail(Reader *reader, GMimeMessagePart *part)
{
    GMimeMessage *mail = g_mime_message_part_get_message(part);
    MailMessage *message = reader->message;

    g_clear_pointer(&message->attached_mail, g_free);
    if (++reader->mails > 1 || mail == NULL)
        return;
    GMimeStream *stream = g_mime_stream_mem_new();
    GByteArray *bytes =
        g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));

    g_mime_object_write_to_stream(GMIME_OBJECT(mail), NULL, stream);
    message->attached_mail_length = bytes->len;
    message->attached_mail = (char *)g_memdup2(bytes->data, MAX(bytes->len, 1));
    g_object_unref(stream);
}

/* Attached mails are not this mail's text: their parts are not walked. */
/* NOLINTNEXTLINE(misc-no-recursion): DEPTH_MAX deep at most */
static void walk(Reader *reader, GMimeObject *object, unsigned depth)
{
    if (++reader->parts > PARTS_MAX || depth > DEPTH_MAX)
        reader->message->defects |= MAIL_DEFECT_MIME;
    else if (GMIME_IS_PART(object))
        take_leaf(reader, GMIME_PART(object), depth == 0);
    else if (GMIME_IS_MESSAGE_PART(object))
        take_mail(reader, GMIME_MESSAGE_PART(object));
    else if (GMIME_IS_MULTIPART(object))
        walk_multipart(reader, GMIME_MULTIPART(object), depth);
}

static void note_defect(gint64 offset, GMimeParserWarning fault,
                        const char *item, void *user_data)
{
    MailMessage *message = user_data;

    (void)offset;
    (void)item;
    if (fault == GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY ||
        fault == GMIME_CRIT_NESTING_OVERFLOW ||
        fault == GMIME_WARN_MALFORMED_MULTIPART)
        message->defects |= MAIL_DEFECT_MIME;
}

/* A mail of nothing but its MIME headers and its body. */
static GByteArray *write_entity(const MailPartsHeader *header, const char *body,
                                size_t length)
{
    GByteArray *bytes = g_byte_array_sized_new((guint)length + 1024);
    g_autofree char *block = g_strdup_printf(
        "%s%s%s%s%s%s\n", header->content_type != NULL ? "Content-Type: " : "",
        header->content_type != NULL ? header->content_type : "",
        header->content_type != NULL ? "\n" : "",
        header->transfer_encoding != NULL ? "Content-Transfer-Encoding: " : "",
        header->transfer_encoding != NULL ? header->transfer_encoding : "",
        header->transfer_encoding != NULL ? "\n" : "");

    g_byte_array_append(bytes, (const guint8 *)block, (guint)strlen(block));
    g_byte_array_append(bytes, (const guint8 *)body, (guint)length);
    mail_prune_headers(bytes);
    return bytes;
}

/* A multipart mail without a part: all of it is text. */
static void take_unparted(Reader *reader, const char *body, size_t length)
{
    const Part part = { .bytes = body, .length = length };

    reader->message->defects |= MAIL_DEFECT_MIME;
    take_single(reader, &part);
}

static void set_warning_callback(GMimeParserOptions *options,
                                 GMimeParserWarningFunc callback, gpointer data)
{
#ifdef GMIME_WARNINGS_HAVE_NOTIFY
    g_mime_parser_options_set_warning_callback(options, callback, data, NULL);
#else
    g_mime_parser_options_set_warning_callback(options, callback, data);
#endif
}

static void read_by_gmime(Reader *reader, const MailPartsHeader *header,
                          const char *body, size_t length)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(
        write_entity(header, body, length));
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeParserOptions *options = g_mime_parser_options_new();

    set_warning_callback(options, note_defect, reader->message);
    GMimeObject *object = g_mime_parser_construct_part(parser, options);
    if (object != NULL) {
        walk(reader, object, 0);
        g_object_unref(object);
    }
    if (object == NULL || (reader->parts == 1 && reader->is_multipart))
        take_unparted(reader, body, length);
    g_mime_parser_options_free(options);
    g_object_unref(parser);
    g_object_unref(stream);
}

static void finish(Reader *reader)
{
    MailMessage *message = reader->message;

    if (reader->text_length == 0 && reader->html != NULL)
        append_text(reader, g_steal_pointer(&reader->html));
    if (reader->text_length == 0 && reader->has_inline_patch) {
        /* hg email --inline: nothing else is there */
        append_text(reader,
                    g_ptr_array_steal_index(message->attached_patches, 0));
        g_ptr_array_remove_index(message->attached_names, 0);
    }
    g_free(reader->html);
    message->text_length = reader->text_length;
    message->text = reader->text != NULL ? reader->text : g_strdup("");
}

void mail_parts_read_by_gmime(MailMessage *message,
                              const MailPartsHeader *header, const char *body,
                              size_t length)
{
    Reader reader = { .message = message };

    read_by_gmime(&reader, header, body, length);
    finish(&reader);
}

/* --- the short way ----------------------------------------------------- */

/* Plain text, with plain parameters: nearly every mail's Content-Type. */
typedef struct PlainType {
    const char *at;   /* what is not yet read */
    unsigned lengths; /* of the parameters' names so far, a bit each */
    char charset[CHARSET_MAX + 1];
    Media media;
} PlainType;

static bool is_word(const char *at, size_t length, const char *word)
{
    return strlen(word) == length && g_ascii_strncasecmp(at, word, length) == 0;
}

static void set_parameter(PlainType *type, const char *name, size_t name_length,
                          const char *value, size_t length)
{
    Media *media = &type->media;

    if (is_word(name, name_length, "charset")) {
        memcpy(type->charset, value, length);
        type->charset[length] = '\0';
        media->charset = type->charset;
    }
    media->is_flowed |= is_word(name, name_length, "format") &&
                        is_word(value, length, "flowed");
    media->deletes_space |=
        is_word(name, name_length, "delsp") && is_word(value, length, "yes");
}

/* One more name=value or name="value"; false if there is anything about it
 * that only GMime knows, as which of two counts (told by their length). */
static bool take_parameter(PlainType *type)
{
    static const char token[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.";
    const char *name = type->at + strspn(type->at, " \t");
    const size_t name_length = strspn(name, token);

    if (name_length == 0 || name_length > CHARSET_MAX ||
        name[name_length] != '=' || (type->lengths >> name_length & 1) != 0)
        return false;
    const bool is_quoted = name[name_length + 1] == '"';
    const char *value = name + name_length + 1 + is_quoted;
    const size_t length = strspn(value, token);

    if (length == 0 || length > CHARSET_MAX ||
        (is_quoted && value[length] != '"'))
        return false;
    type->lengths |= 1U << name_length;
    type->at = value + length + is_quoted;
    set_parameter(type, name, name_length, value, length);
    return true;
}

static bool read_plain(PlainType *type, const char *value)
{
    static const char plain[] = "text/plain";

    *type = (PlainType){ .at = value };
    if (value == NULL) /* RFC 2045, 5.2 */
        return true;
    type->at += strspn(type->at, " \t");
    if (g_ascii_strncasecmp(type->at, plain, strlen(plain)) != 0)
        return false;
    type->at += strlen(plain);
    while (*(type->at += strspn(type->at, " \t")) == ';') {
        type->at++;
        if (!take_parameter(type))
            return false;
    }
    return *type->at == '\0';
}

static void read_typed(Reader *reader, const MailPartsHeader *header,
                       const char *body, size_t length)
{
    GMimeContentType *type = read_type(reader, header->content_type);

    if (g_mime_content_type_is_type(type, "multipart", "*") ||
        g_mime_content_type_is_type(type, "message", "rfc822")) {
        read_by_gmime(reader, header, body, length);
    } else {
        const Part part = {
            .media = media_of(type),
            .file_name = g_mime_content_type_get_parameter(type, "name"),
            .encoding = read_encoding(header->transfer_encoding),
            .bytes = body,
            .length = length,
        };
        take_single(reader, &part);
    }
    g_object_unref(type);
}

void mail_parts_read(MailMessage *message, const MailPartsHeader *header,
                     const char *body, size_t length)
{
    Reader reader = { .message = message };
    PlainType plain;

    if (read_plain(&plain, header->content_type)) {
        const Part part = {
            .media = plain.media,
            .encoding = read_encoding(header->transfer_encoding),
            .bytes = body,
            .length = length,
        };
        take_text(&reader, &part);
    } else {
        read_typed(&reader, header, body, length);
    }
    finish(&reader);
}
