/* SPDX-License-Identifier: MIT */
#include "mail/capture.h"

#include <string.h>

#include "mail/header.h"
#include "mail/list.h"

#include "base/banned.h"

/* More than most mails need: what is kept between two of them. */
enum { IDLE_MAX = 64 * 1024 };

struct MailCapture {
    GString *bytes;    /* header block; then the empty line and the body */
    size_t body_start; /* 0 while headers may come */
    size_t pending;    /* CRs seen at the end of the last piece of body */
    unsigned headers;  /* kept */
    bool has_received;
    bool has_list_header;
    bool is_own; /* a digest of ours */
    bool is_ended;
    bool is_inside_line; /* of the body: its last byte was no LF */
    MailCaptureFlags flags;
    uint64_t size;
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_space(char byte)
{
    return is_blank(byte) || byte == '\r' || byte == '\n';
}

/* One line of a header's value, up to its first NUL: an MTA takes lines for C
 * strings. The CRs before the line's end are part of that end. */
static size_t line_length(const char *line, size_t length)
{
    length = strnlen(line, length);
    while (length > 0 && line[length - 1] == '\r')
        length--;
    return length;
}

/* A CR within a line becomes a blank, as in Postfix; Sendmail refuses it. */
static void append_line(GString *out, const char *line, size_t length)
{
    const size_t start = out->len;

    g_string_append_len(out, line, (gssize)line_length(line, length));
    for (char *cr = memchr(out->str + start, '\r', out->len - start);
         cr != NULL; cr = strchr(cr, '\r'))
        *cr = ' ';
}

/* Appends the value with LF line ends; a line end that is no fold, which no
 * MTA sends, becomes one, so that a value never makes a header of its own. */
static void append_value(GString *out, const char *value, size_t length)
{
    const char *const end = value + length;
    const char *line_end = memchr(value, '\n', length);

    append_line(out, value,
                (size_t)((line_end != NULL ? line_end : end) - value));
    while (line_end != NULL) {
        value = line_end + 1;
        line_end = memchr(value, '\n', (size_t)(end - value));
        g_string_append_c(out, '\n');
        const size_t start = out->len;
        append_line(out, value,
                    (size_t)((line_end != NULL ? line_end : end) - value));
        if (!is_blank(out->str[start]))
            g_string_insert_c(out, (gssize)start, ' ');
    }
}

static void trim_end(GString *out, size_t start)
{
    size_t length = out->len;
    while (length > start && is_space(out->str[length - 1]))
        length--;
    g_string_truncate(out, length);
}

/* Cuts the header that was appended at start to the limits of one header and
 * of all. What is left never ends in a line end. Room is left for the headers
 * that name lists, or a mail could hide from its list behind others. */
static void keep_limits(MailCapture *capture, size_t start, size_t name_length,
                        bool names_list)
{
    const size_t block_max =
        MAIL_CAPTURE_BLOCK_MAX - (names_list ? 0 : MAIL_CAPTURE_HEADER_MAX);
    const unsigned headers_max =
        MAIL_CAPTURE_HEADERS_MAX - (names_list ? 0 : MAIL_CAPTURE_LISTS_MAX);
    GString *bytes = capture->bytes;
    const size_t header = bytes->len - start;

    if (header > MAIL_CAPTURE_HEADER_MAX) {
        g_string_truncate(bytes, start + MAIL_CAPTURE_HEADER_MAX);
        trim_end(bytes, start + name_length + 1);
        capture->flags |= MAIL_CAPTURE_TRUNCATED_HEADERS;
    }
    g_string_append_c(bytes, '\n');
    if (bytes->len > block_max || capture->headers >= headers_max) {
        g_string_truncate(bytes, start);
        capture->flags |= MAIL_CAPTURE_TRUNCATED_HEADERS;
        return;
    }
    capture->headers++;
}

static bool is_wanted(MailCapture *capture, MailHeaderName name)
{
    if (name != MAIL_HEADER_RECEIVED)
        return name != MAIL_HEADER_UNREAD;
    const bool is_first = !capture->has_received;
    capture->has_received = true;
    return is_first;
}

/* The size that a value has with LF line ends, without writing it. */
static size_t value_size(const char *value, size_t length)
{
    if (memchr(value, '\r', length) == NULL &&
        memchr(value, '\0', length) == NULL)
        return length;

    size_t size = length;
    const char *const end = value + length;
    const char *line_end = memchr(value, '\n', length);

    while (line_end != NULL) {
        const size_t line = (size_t)(line_end - value);
        size -= line - line_length(value, line);
        value = line_end + 1;
        line_end = memchr(value, '\n', (size_t)(end - value));
    }
    const size_t rest = (size_t)(end - value);
    return size - (rest - line_length(value, rest));
}

static void add_header(MailCapture *capture, const MailHeader *header)
{
    const MailHeaderName name =
        mail_header_name(header->name, header->name_length);
    size_t length = header->value_length;

    while (length > 0 && is_space(header->value[length - 1]))
        length--;
    capture->size +=
        header->name_length + 1 + value_size(header->value, length) + 1;
    if (!is_wanted(capture, name))
        return;
    const bool names_list =
        name == MAIL_HEADER_LIST_ID || name == MAIL_HEADER_MAILING_LIST ||
        name == MAIL_HEADER_LIST_POST || name == MAIL_HEADER_DELIVERED_TO;
    capture->has_list_header = capture->has_list_header || names_list;
    capture->is_own = capture->is_own || name == MAIL_HEADER_LISTPULSE;

    const size_t start = capture->bytes->len;
    g_string_append_len(capture->bytes, header->name,
                        (gssize)header->name_length);
    g_string_append_c(capture->bytes, ':');
    append_value(capture->bytes, header->value, length);
    trim_end(capture->bytes, start + header->name_length + 1);
    keep_limits(capture, start, header->name_length, names_list);
}

static void open_body(MailCapture *capture)
{
    if (capture->body_start > 0)
        return;
    g_string_append_c(capture->bytes, '\n');
    capture->body_start = capture->bytes->len;
    capture->size++;
}

/* A piece of body whose line ends are LF already. */
static void append_body(MailCapture *capture, const char *bytes, size_t length)
{
    if (length == 0)
        return;
    const size_t kept = capture->bytes->len - capture->body_start;
    const size_t room = MAIL_CAPTURE_BODY_MAX - kept;
    const size_t taken = MIN(length, room);

    g_string_append_len(capture->bytes, bytes, (gssize)taken);
    if (taken < length)
        capture->flags |= MAIL_CAPTURE_TRUNCATED_BODY;
    if (memchr(bytes, '\0', taken) != NULL)
        capture->flags |= MAIL_CAPTURE_NUL;
    capture->is_inside_line = bytes[length - 1] != '\n';
    capture->size += length;
}

/* CRs that turned out to stand within a line, since no LF followed. */
static void release_pending(MailCapture *capture)
{
    for (; capture->pending > 0; capture->pending--)
        append_body(capture, " ", 1);
}

/* Takes the text up to the next CR, then counts the CRs that follow it. */
static const char *append_run(MailCapture *capture, const char *at,
                              const char *end)
{
    if (*at != '\n')
        release_pending(capture);
    capture->pending = 0;
    const char *cr = memchr(at, '\r', (size_t)(end - at));
    const char *stop = cr != NULL ? cr : end;
    append_body(capture, at, (size_t)(stop - at));
    return stop;
}

void mail_capture_body(MailCapture *capture, const void *bytes, size_t length)
{
    const char *at = bytes;
    const char *const end = at + length;

    if (capture->is_ended || length == 0)
        return;
    open_body(capture);
    while (at < end) {
        for (; at < end && *at == '\r'; at++)
            capture->pending++;
        if (at < end)
            at = append_run(capture, at, end);
    }
}

void mail_capture_header(MailCapture *capture, const char *name,
                         const char *value, size_t value_length)
{
    size_t name_length = strlen(name);
    while (name_length > 0 && is_blank(name[name_length - 1]))
        name_length--;
    const MailHeader header = {
        .name = name,
        .name_length = name_length,
        .value = value,
        .value_length = value_length,
    };

    if (capture->body_start > 0)
        return;
    if (!mail_header_is_name(name, name_length))
        capture->flags |= MAIL_CAPTURE_BROKEN_HEADERS;
    add_header(capture, &header);
}

/* A mail that was taken out of a mailbox with its "From " line, or one that
 * was quoted there: Postfix makes a header of it that nobody reads. */
static const char *skip_mailbox_line(const char *at, const char *end)
{
    const char *text = at;
    while (text < end && *text == '>')
        text++;
    if (end - text < 5 || memcmp(text, "From ", 5) != 0)
        return at;
    const char *line_end = memchr(text, '\n', (size_t)(end - text));
    return line_end != NULL ? line_end + 1 : end;
}

void mail_capture_whole(MailCapture *capture, const void *bytes, size_t length)
{
    if (length == 0)
        return;
    const char *const end = (const char *)bytes + length;
    const char *at = skip_mailbox_line(bytes, end);
    MailHeader header;

    while (mail_header_next(&at, end, &header))
        add_header(capture, &header);
    at = mail_header_body(at, end);
    mail_capture_body(capture, at, (size_t)(end - at));
}

MailCapture *mail_capture_new(void)
{
    MailCapture *capture = g_new0(MailCapture, 1);
    capture->bytes = g_string_new(NULL);
    return capture;
}

void mail_capture_free(MailCapture *capture)
{
    if (capture == NULL)
        return;
    g_string_free(capture->bytes, TRUE);
    g_free(capture);
}

void mail_capture_reset(MailCapture *capture)
{
    GString *bytes = capture->bytes;

    if (bytes->allocated_len > IDLE_MAX) {
        g_string_free(bytes, TRUE);
        bytes = g_string_new(NULL);
    }
    *capture = (MailCapture){ .bytes = g_string_truncate(bytes, 0) };
}

bool mail_capture_has_list_header(const MailCapture *capture)
{
    return capture->has_list_header;
}

bool mail_capture_is_own(const MailCapture *capture)
{
    return capture->is_own;
}

static void add_list_id(GPtrArray *ids, const MailHeader *header)
{
    g_autofree char *id =
        mail_list_id_parse(header->value, header->value_length);

    if (id != NULL && ids->len < MAIL_CAPTURE_LISTS_MAX &&
        !g_ptr_array_find_with_equal_func(ids, id, g_str_equal, NULL))
        g_ptr_array_add(ids, g_steal_pointer(&id));
}

/* The next kept header of that name from *at on. */
static bool next_of(const MailCapture *capture, MailHeaderName name,
                    const char **at, MailHeader *header)
{
    const char *const end = capture->bytes->str + capture->bytes->len;

    while (capture->has_list_header && mail_header_next(at, end, header))
        if (mail_header_name(header->name, header->name_length) == name)
            return true;
    return false;
}

/* Where no List-Id names the list; owned, or NULL. */
static char *list_post_of(const MailCapture *capture)
{
    const char *at = capture->bytes->str;
    MailHeader header;

    return next_of(capture, MAIL_HEADER_LIST_POST, &at, &header)
               ? mail_list_post_parse(header.value, header.value_length)
               : NULL;
}

static GPtrArray *ids_of(const MailCapture *capture)
{
    GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
    const char *at = capture->bytes->str;
    MailHeader header;

    while (next_of(capture, MAIL_HEADER_LIST_ID, &at, &header))
        add_list_id(ids, &header);
    return ids;
}

GPtrArray *mail_capture_list_ids(const MailCapture *capture)
{
    GPtrArray *ids = ids_of(capture);
    g_autofree char *post = ids->len == 0 ? list_post_of(capture) : NULL;
    char *id = post != NULL ? mail_list_id_of_address(post) : NULL;

    if (id != NULL)
        g_ptr_array_add(ids, id);
    return ids;
}

/* The first address of the first such header that has one; owned, or NULL. */
static char *address_in(const MailCapture *capture, MailHeaderName name)
{
    const char *at = capture->bytes->str;
    char *address = NULL;
    MailHeader header;

    while (address == NULL && next_of(capture, name, &at, &header))
        address = mail_list_address_parse(header.value, header.value_length);
    return address;
}

char *mail_capture_mailing_list(const MailCapture *capture)
{
    char *address = address_in(capture, MAIL_HEADER_MAILING_LIST);

    if (address != NULL)
        return address;
    g_autoptr(GPtrArray) ids = ids_of(capture);

    return ids->len == 0 ? list_post_of(capture) : NULL;
}

GPtrArray *mail_capture_delivered_to(const MailCapture *capture)
{
    GPtrArray *addresses = g_ptr_array_new_with_free_func(g_free);
    const char *at = capture->bytes->str;
    MailHeader header;

    while (next_of(capture, MAIL_HEADER_DELIVERED_TO, &at, &header))
        mail_list_add_addresses(addresses, header.value, header.value_length);
    return addresses;
}

char *mail_capture_sender(const MailCapture *capture)
{
    return address_in(capture, MAIL_HEADER_FROM);
}

const char *mail_capture_bytes(MailCapture *capture, size_t *length)
{
    if (!capture->is_ended) {
        open_body(capture);
        /* SMTP ends every line, a file perhaps not its last. */
        if (capture->pending > 0 || capture->is_inside_line)
            append_body(capture, "\n", 1);
        capture->is_ended = true;
    }
    *length = capture->bytes->len;
    return capture->bytes->str;
}

MailCaptureFlags mail_capture_flags(const MailCapture *capture)
{
    return capture->flags;
}

uint64_t mail_capture_size(const MailCapture *capture)
{
    return capture->size;
}
