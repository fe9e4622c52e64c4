/* SPDX-License-Identifier: MIT */
/*
 * mbox: a line "From sender date" and a header below it begin each mail, with
 * or without an empty line before them: what looks like such a line and has no
 * header below is text. A Content-Length that ends exactly where a mail or the
 * file does is believed. git writes "From <commit id> Mon Sep 17 00:00:00
 * 2001", which gives the mark; in a mailbox of other such lines one is a patch
 * that is attached. Lines of the mail that begin with >From lose one >
 * (mboxrd). One mail without a "From " line is read too, and all of it may be
 * compressed.
 */
#include "config.h" /* strcasestr */

#include "archive/source.h"

#include "archive/unpack.h"
#include "base/hex.h"

#include <string.h>

#include "base/banned.h"

enum {
    READ_BYTES = 256 * 1024,
    MAIL_BYTES_MAX = ARCHIVE_MAIL_MAX, /* the rest of a mail is passed over */
    LINE_BYTES_MAX = 1024 * 1024,      /* a longer one comes in pieces */
    TIME_WORDS_MAX = 4, /* of a "From " line, from its time to its year */
    AHEAD_BYTES = 8192, /* behind a "From " line: its header's beginning */
    BOUNDARY_MAX = 70,  /* RFC 2046 */
    NUMBER_DIGITS_MAX = 9,
    ID_BYTES = 4096,
    MARK_DIGITS = 40,
};

typedef struct Mbox {
    Unpack *file;
    char *name;
    uint64_t size;      /* bytes of the file */
    GByteArray *buffer; /* read, from `start` on not yet used */
    size_t start;
    bool is_mbox, has_ended;
    bool is_export; /* lines of `listpulse export` */
    bool is_of_git; /* its first "From " line is git's */
    bool is_bare;   /* its "From " lines have no date */
    bool is_over;   /* the mail that is lent was longer than MAIL_BYTES_MAX */
    GString *mail;  /* the mail that is lent */
    GString *separator; /* its "From " line */
    GString *following; /* the next mail's "From " line, already read */
    bool has_following;
    uint64_t row;
    char *id;
} Mbox;

static bool fill(Mbox *mbox, GError **error)
{
    if (mbox->start > 0) {
        g_byte_array_remove_range(mbox->buffer, 0, (guint)mbox->start);
        mbox->start = 0;
    }
    const guint old = mbox->buffer->len;
    size_t got = 0;

    g_byte_array_set_size(mbox->buffer, old + READ_BYTES);
    const bool is_read = unpack_read(mbox->file, mbox->buffer->data + old,
                                     READ_BYTES, &got, error);
    g_byte_array_set_size(mbox->buffer, old + (guint)got);
    mbox->has_ended = got == 0;
    return is_read;
}

/* Has so many bytes ready, or all that are left. */
static bool look_ahead(Mbox *mbox, size_t length, GError **error)
{
    while (mbox->buffer->len - mbox->start < length && !mbox->has_ended)
        if (!fill(mbox, error))
            return false;
    return true;
}

/* The next line with its end, lent until the next call; length 0 at the end.
 * A line longer than LINE_BYTES_MAX comes in pieces. */
static bool next_line(Mbox *mbox, const char **line, size_t *length,
                      GError **error)
{
    size_t looked = 0;

    for (;;) {
        const char *start = (const char *)mbox->buffer->data + mbox->start;
        const size_t left = mbox->buffer->len - mbox->start;
        const char *end =
            left > looked ? memchr(start + looked, '\n', left - looked) : NULL;
        if (end != NULL || mbox->has_ended || left >= LINE_BYTES_MAX) {
            *line = start;
            *length = end != NULL ? (size_t)(end - start) + 1 : left;
            mbox->start += *length;
            return true;
        }
        looked = left;
        if (!fill(mbox, error))
            return false;
    }
}

static const char from[] = "From ";

static bool is_year(const char *word, size_t length)
{
    return length == 4 && g_ascii_isdigit(word[0]) &&
           g_ascii_isdigit(word[1]) && g_ascii_isdigit(word[2]) &&
           g_ascii_isdigit(word[3]);
}

/* "98", as the last word of a line. */
static bool is_short_year(const char *word, const char *at, const char *end)
{
    while (at < end && g_ascii_isspace(*at))
        at++;
    return at == end && g_ascii_isdigit(word[0]) && g_ascii_isdigit(word[1]);
}

/* A year soon behind a time of day: "10:00:00 2024", "10:00 CET 2024", "10:00
 * MET DST 98". */
static bool has_year(const char *at, const char *end)
{
    for (unsigned i = 0; i < TIME_WORDS_MAX && at < end; i++) {
        const char *word = at;

        while (at < end && !g_ascii_isspace(*at))
            at++;
        if (i > 0 && (is_year(word, (size_t)(at - word)) ||
                      (at - word == 2 && is_short_year(word, at, end))))
            return true;
        while (at < end && g_ascii_isspace(*at))
            at++;
    }
    return false;
}

/* As git-mailsplit sees it: "From ", later a time of day and a year. */
static bool is_postmark(const char *line, size_t length)
{
    const char *const end = line + length;

    if (length <= strlen(from) || memcmp(line, from, strlen(from)) != 0)
        return false;
    for (const char *at = line + strlen(from); at + 2 < end; at++) {
        if (*at != ':' || !g_ascii_isdigit(at[-1]) || !g_ascii_isdigit(at[1]))
            continue;
        if (has_year(at, end))
            return true;
        while (at + 2 < end && !g_ascii_isspace(at[1]))
            at++;
    }
    return false;
}

/* "From ada@finch.example" and no more, as some programs write it. */
static bool is_bare_mark(const char *line, size_t length)
{
    const char *end = line + length;
    const char *at = line + strlen(from);

    if (length <= strlen(from) || memcmp(line, from, strlen(from)) != 0 ||
        memchr(line, '@', length) == NULL)
        return false;
    while (at < end && !g_ascii_isspace(*at))
        at++;
    if (at + 1 < end && *at == '\r')
        at++;
    return at > line + strlen(from) && at + 1 == end && *at == '\n';
}

static bool is_git_mark(const char *line, size_t length)
{
    const char *word = line + strlen(from);

    if (length <= strlen(from) + MARK_DIGITS || word[MARK_DIGITS] != ' ')
        return false;
    for (size_t i = 0; i < MARK_DIGITS; i++)
        if (!g_ascii_isxdigit(word[i]))
            return false;
    return true;
}

static bool is_empty_line(const char *line, size_t length)
{
    return (length == 1 && line[0] == '\n') ||
           (length == 2 && line[0] == '\r' && line[1] == '\n');
}

static bool looks_like_header(const char *line, size_t length)
{
    const char *colon = memchr(line, ':', length);

    if (colon == NULL || colon == line)
        return false;
    for (const char *at = line; at < colon; at++) {
        if (*at <= ' ' || *at == 0x7f)
            return false;
    }
    return true;
}

static bool is_quoted_from(const char *line, size_t length)
{
    size_t quotes = 0;

    while (quotes < length && line[quotes] == '>')
        quotes++;
    return quotes > 0 && length - quotes >= 5 &&
           memcmp(line + quotes, "From ", 5) == 0;
}

static void add_line(Mbox *mbox, const char *line, size_t length)
{
    const size_t skipped = mbox->is_mbox && is_quoted_from(line, length);

    mbox->is_over = mbox->is_over || mbox->mail->len + length > MAIL_BYTES_MAX;
    if (!mbox->is_over)
        g_string_append_len(mbox->mail, line + skipped,
                            (gssize)(length - skipped));
}

/* The empty line before the next separator is not the mail's. */
static void drop_last_empty_line(GString *mail)
{
    size_t length = mail->len;

    if (length == 0 || mail->str[length - 1] != '\n')
        return;
    length--;
    if (length > 0 && mail->str[length - 1] == '\r')
        length--;
    if (length == 0 || mail->str[length - 1] == '\n')
        g_string_truncate(mail, length);
}

/* --- where a mail ends -------------------------------------------------- */

/* The line that comes next, without its end; as much of it as is ready. */
static const char *peek_line(const Mbox *mbox, size_t offset, size_t *length)
{
    const char *start = (const char *)mbox->buffer->data + mbox->start + offset;
    const size_t ready = mbox->buffer->len - mbox->start;
    const size_t left = offset < ready ? ready - offset : 0;
    const char *end = left > 0 ? memchr(start, '\n', left) : NULL;

    *length = end != NULL ? (size_t)(end - start) : left;
    return left > 0 ? start : "";
}

/* A header follows, perhaps behind another mailbox's quoted "From " line. */
static bool is_header_next(const Mbox *mbox, size_t offset)
{
    size_t length = 0;
    const char *line = peek_line(mbox, offset, &length);

    if (is_quoted_from(line, length))
        line = peek_line(mbox, offset + length + 1, &length);
    return looks_like_header(line, length);
}

/* The boundary of a multipart mail, from its header; "" if it is none. */
static void find_boundary(const char *mail, char boundary[BOUNDARY_MAX + 1])
{
    static const char name[] = "boundary=";
    const char *body = strstr(mail, "\n\n");
    const char *at = mail;

    boundary[0] = '\0';
    while ((at = strchr(at, 'b')) != NULL && (body == NULL || at < body)) {
        if (g_ascii_strncasecmp(at, name, strlen(name)) != 0) {
            at++;
            continue;
        }
        at += strlen(name);
        at += *at == '"';
        g_strlcpy(boundary, at,
                  MIN(strcspn(at, "\";\r\n") + 1, BOUNDARY_MAX + 1));
        return;
    }
}

/* Inside of a part: its last boundary has not come. */
static bool is_inside_part(const Mbox *mbox)
{
    char boundary[BOUNDARY_MAX + 1];

    find_boundary(mbox->mail->str, boundary);
    if (boundary[0] == '\0')
        return false;
    g_autofree char *last = g_strconcat("\n--", boundary, "--", NULL);
    return strstr(mbox->mail->str, last) == NULL;
}

/* Does the line, which was read, begin a mail? Looking at what comes next may
 * move it: then *line is where it is now. */
static bool begins_mail(Mbox *mbox, const char **line, size_t length,
                        bool *begins, GError **error)
{
    *begins = false;
    if (!mbox->is_mbox || !(is_postmark(*line, length) ||
                            (mbox->is_bare && is_bare_mark(*line, length))))
        return true;
    g_string_truncate(mbox->following, 0);
    g_string_append_len(mbox->following, *line, (gssize)length);
    *line = mbox->following->str;
    if (!look_ahead(mbox, AHEAD_BYTES, error))
        return false;
    *begins = is_header_next(mbox, 0) &&
              (mbox->is_of_git ||
               !is_git_mark(mbox->following->str, mbox->following->len) ||
               !is_inside_part(mbox));
    return true;
}

/* What the first Content-Length says, in the header of the mail so far; 0 if
 * nothing. */
static size_t content_length(const GString *mail)
{
    static const char name[] = "Content-Length:";
    const char *at = mail->str;

    while ((at = strcasestr(at, name)) != NULL && at > mail->str &&
           at[-1] != '\n')
        at++;
    if (at == NULL)
        return 0;
    at += strlen(name);
    at += strspn(at, " \t");
    return strspn(at, G_CSET_DIGITS) <= NUMBER_DIGITS_MAX
               ? (size_t)g_ascii_strtoull(at, NULL, 10)
               : 0;
}

/* Is there a mail, or nothing but empty lines up to the file's end? */
static bool is_end_of_mail(const Mbox *mbox, size_t offset)
{
    const size_t left = mbox->buffer->len - mbox->start;
    size_t length = 0;

    while (offset < left) {
        const char *line = peek_line(mbox, offset, &length);

        if (length > 1 || (length == 1 && *line != '\r'))
            return is_postmark(line, length) &&
                   is_header_next(mbox, offset + length + 1);
        offset += length + 1;
    }
    return mbox->has_ended;
}

static bool starts_line(const Mbox *mbox, size_t offset)
{
    return offset == 0 || mbox->buffer->data[mbox->start + offset - 1] == '\n';
}

/* Its header has been read: how many bytes of body are known to follow. */
static bool find_length(Mbox *mbox, size_t *known, GError **error)
{
    const size_t length = content_length(mbox->mail);

    *known = 0;
    if (length == 0 || length > MAIL_BYTES_MAX)
        return true;
    if (!look_ahead(mbox, length + AHEAD_BYTES, error))
        return false;
    if (mbox->buffer->len - mbox->start >= length &&
        starts_line(mbox, length) && is_end_of_mail(mbox, length))
        *known = length;
    return true;
}

/* Reads a mail up to the next one or the end. */
static bool read_mail(Mbox *mbox, GError **error)
{
    bool is_in_header = true, begins = false;
    size_t known = 0; /* bytes that are the mail's whatever they look like */

    g_string_truncate(mbox->mail, 0);
    mbox->is_over = false;
    g_string_assign(mbox->separator, mbox->following->str);
    mbox->has_following = false;
    for (;;) {
        const char *line = NULL;
        size_t length = 0;
        if (!next_line(mbox, &line, &length, error))
            return false;
        if (length == 0)
            break;
        if (known == 0) {
            if (!begins_mail(mbox, &line, length, &begins, error))
                return false;
            if (begins)
                break;
        }
        known -= MIN(known, length);
        add_line(mbox, line, length);
        if (is_in_header && is_empty_line(line, length)) {
            is_in_header = false;
            if (mbox->is_mbox && !find_length(mbox, &known, error))
                return false;
        }
    }
    mbox->has_following = begins;
    if (mbox->is_mbox)
        drop_last_empty_line(mbox->mail);
    return true;
}

static void set_id(Mbox *mbox)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);

    g_checksum_update(sum, (const guchar *)mbox->separator->str,
                      (gssize)mbox->separator->len);
    g_checksum_update(sum, (const guchar *)mbox->mail->str,
                      (gssize)MIN(mbox->mail->len, (gsize)ID_BYTES));
    mbox->id = g_strconcat("mbox:", g_checksum_get_string(sum), NULL);
}

static void refuse(const Mbox *mbox, GError **error)
{
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                "%s: no archive: it begins neither with the \"From \" line of "
                "an mbox nor with a mail's header",
                mbox->name);
}

static const char export_start[] = "{\"listpulse_export\":";

/* A line of an export; longer ones than LINE_BYTES_MAX it has none. */
static bool next_export_line(Mbox *mbox, ArchiveMail *mail, GError **error)
{
    const char *line = NULL;
    size_t length = 0;

    if (!next_line(mbox, &line, &length, error) || length == 0)
        return false;
    if (line[length - 1] != '\n') {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN,
                    "%s: line %" G_GUINT64_FORMAT " of the export is cut",
                    mbox->name, (guint64)mbox->row + 1);
        return false;
    }
    mbox->row++;
    mail->bytes = line;
    mail->length = length;
    mail->row = mbox->row;
    return true;
}

/* Passes over a byte order mark, as an editor leaves it. */
static bool skip_order_mark(Mbox *mbox, GError **error)
{
    static const char mark[] = "\xef\xbb\xbf";
    const size_t length = strlen(mark);

    if (!look_ahead(mbox, length, error))
        return false;
    if (mbox->buffer->len - mbox->start >= length &&
        memcmp(mbox->buffer->data + mbox->start, mark, length) == 0)
        mbox->start += length;
    return true;
}

/* Takes "From ada@finch.example" for a postmark if a header follows. */
static bool try_bare_mark(Mbox *mbox, const char *line, size_t length,
                          GError **error)
{
    if (!is_bare_mark(line, length))
        return true;
    g_string_truncate(mbox->following, 0);
    g_string_append_len(mbox->following, line, (gssize)length);
    if (!look_ahead(mbox, AHEAD_BYTES, error))
        return false;
    mbox->has_following = mbox->is_mbox = mbox->is_bare =
        is_header_next(mbox, 0);
    return true;
}

/* The first line that is not empty decides what this is. */
static bool read_start(Mbox *mbox, GError **error)
{
    const char *line = NULL;
    size_t length = 0;

    if (!skip_order_mark(mbox, error))
        return false;
    do
        if (!next_line(mbox, &line, &length, error))
            return false;
    while (is_empty_line(line, length));
    if (length == 0) { /* an empty mbox is an mbox */
        mbox->is_mbox = true;
        return true;
    }
    if (length > strlen(export_start) &&
        memcmp(line, export_start, strlen(export_start)) == 0) {
        mbox->is_export = true;
        mbox->start -= length; /* it is read again, as a line */
        return true;
    }
    mbox->is_mbox = is_postmark(line, length);
    if (mbox->is_mbox) {
        mbox->is_of_git = is_git_mark(line, length);
        g_string_append_len(mbox->following, line, (gssize)length);
        mbox->has_following = true;
        return true;
    }
    if (looks_like_header(line, length)) {
        mbox->start -= length;
        mbox->has_following = true;
        return true;
    }
    if (!try_bare_mark(mbox, line, length, error))
        return false;
    if (!mbox->is_bare)
        refuse(mbox, error);
    return mbox->is_bare;
}

static void mbox_free(void *self)
{
    Mbox *mbox = self;

    unpack_free(mbox->file);
    g_free(mbox->name);
    g_free(mbox->id);
    g_byte_array_unref(mbox->buffer);
    g_string_free(mbox->mail, TRUE);
    g_string_free(mbox->separator, TRUE);
    g_string_free(mbox->following, TRUE);
    g_free(mbox);
}

/* Reads the first mail, since its bytes name the mbox. */
void *mbox_open(int file, const char *name, uint64_t size, bool is_stream,
                const char **kind, GError **error)
{
    Mbox *mbox = g_new0(Mbox, 1);

    mbox->file = unpack_new(file, name);
    mbox->name = g_strdup(name);
    mbox->size = size;
    mbox->buffer = g_byte_array_sized_new(READ_BYTES);
    mbox->mail = g_string_new(NULL);
    mbox->separator = g_string_new(NULL);
    mbox->following = g_string_new(NULL);
    if (!read_start(mbox, error) ||
        (mbox->has_following && !read_mail(mbox, error))) {
        mbox_free(mbox);
        return NULL;
    }
    if (mbox->is_mbox && !is_stream && mbox->separator->len > 0)
        set_id(mbox);
    *kind = mbox->is_export ? "export" : mbox->is_mbox ? "mbox" : "mail";
    return mbox;
}

static bool has_first_mail(const Mbox *mbox)
{
    return mbox->separator->len > 0 || mbox->mail->len > 0;
}

static void take_mark(const Mbox *mbox, ArchiveMail *mail)
{
    const char *word = mbox->separator->str + strlen("From ");

    if (mbox->separator->len > strlen("From ") + MARK_DIGITS &&
        word[MARK_DIGITS] == ' ')
        mail->has_mark =
            hex_decode(word, MARK_DIGITS, mail->mark, sizeof(mail->mark));
}

/* A mail that ends in the middle of a line was cut off with its file. */
static bool is_cut(const Mbox *mbox)
{
    return mbox->is_mbox && !mbox->has_following && mbox->mail->len > 0 &&
           mbox->mail->str[mbox->mail->len - 1] != '\n' && !mbox->is_over;
}

/* Pine and the UW IMAP server keep notes of their own in a first mail. */
static bool is_internal(const GString *mail)
{
    static const char subject[] =
        "\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA";
    const char *found = strstr(mail->str, subject);
    const char *body = strstr(mail->str, "\n\n");

    return found != NULL && (body == NULL || found < body);
}

static bool next_mail(Mbox *mbox, GError **error)
{
    if (mbox->row == 0 && !has_first_mail(mbox))
        return false;
    if (mbox->row > 0 && (!mbox->has_following || !read_mail(mbox, error)))
        return false;
    if (is_cut(mbox)) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN,
                    "%s: ends in the middle of a line: mail %" G_GUINT64_FORMAT
                    ", its last one, is cut and was left out",
                    mbox->name, (guint64)mbox->row + 1);
        return false;
    }
    mbox->row++;
    return true;
}

/* Reads the next one, whatever it is. */
static bool pass_one(Mbox *mbox, GError **error)
{
    ArchiveMail line;

    return mbox->is_export ? next_export_line(mbox, &line, error)
                           : next_mail(mbox, error);
}

static bool mbox_next(void *self, ArchiveMail *mail, GError **error)
{
    Mbox *mbox = self;

    if (mbox->is_export)
        return next_export_line(mbox, mail, error);
    do
        if (!next_mail(mbox, error))
            return false;
    while (mbox->is_mbox && mbox->row == 1 && is_internal(mbox->mail));
    take_mark(mbox, mail);
    mail->bytes = mbox->mail->str;
    mail->length = mbox->mail->len;
    mail->is_cut = mbox->is_over;
    mail->row = mbox->row;
    return true;
}

static bool mbox_skip(void *self, const ArchivePlace *place, GError **error)
{
    Mbox *mbox = self;
    g_autoptr(GError) failure = NULL;

    while (mbox->row < place->row && pass_one(mbox, &failure))
        continue;
    if (failure == NULL && mbox->row < place->row)
        g_set_error(&failure, ARCHIVE_ERROR, ARCHIVE_ERROR_CHANGED,
                    "%s: holds fewer mails than were read before", mbox->name);
    if (failure == NULL)
        return true;
    g_propagate_error(error, g_steal_pointer(&failure));
    return false;
}

static void mbox_progress(void *self, uint64_t *done, uint64_t *total)
{
    const Mbox *mbox = self;

    const size_t left = mbox->buffer->len - mbox->start;

    *done =
        unpack_position(mbox->file) - (unpack_is_packed(mbox->file) ? 0 : left);
    *total = mbox->size;
}

static const char *mbox_id(void *self)
{
    return ((const Mbox *)self)->id;
}

const ArchiveSource archive_mbox = {
    .kind = "mbox",
    .next = mbox_next,
    .skip = mbox_skip,
    .progress = mbox_progress,
    .id = mbox_id,
    .free = mbox_free,
};
