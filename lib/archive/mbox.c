/* SPDX-License-Identifier: MIT */
/*
 * mbox: a line "From sender date" begins each mail, after an empty line.
 * git writes "From <commit id> Mon Sep 17 00:00:00 2001", which gives the
 * mark. Lines of the mail that begin with >From lose one > (mboxrd). One
 * mail without a "From " line is read too.
 */
#include "archive/source.h"

#include "base/hex.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
    READ_BYTES = 256 * 1024,
    MAIL_BYTES_MAX = ARCHIVE_MAIL_MAX, /* the rest of a mail is passed over */
    LINE_BYTES_MAX = 1024 * 1024,      /* a longer one comes in pieces */
    ID_BYTES = 4096,
    MARK_DIGITS = 40,
};

typedef struct Mbox {
    int file;
    char *name;
    uint64_t size, at;  /* bytes of the file; read so far */
    GByteArray *buffer; /* read, from `start` on not yet used */
    size_t start;
    bool is_mbox, has_ended;
    bool is_over;  /* the mail that is lent was longer than MAIL_BYTES_MAX */
    GString *mail; /* the mail that is lent */
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
    g_byte_array_set_size(mbox->buffer, old + READ_BYTES);
    ssize_t got = 0;
    do
        got = read(mbox->file, mbox->buffer->data + old, READ_BYTES);
    while (got < 0 && errno == EINTR);
    g_byte_array_set_size(mbox->buffer, old + (guint)MAX(got, 0));
    if (got < 0) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN, "%s: %s",
                    mbox->name, g_strerror(errno));
        return false;
    }
    mbox->has_ended = got == 0;
    mbox->at += (uint64_t)got;
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

/* As git-mailsplit sees it: a time of day, and later a year. */
static bool is_separator(const char *line, size_t length)
{
    static const char from[] = "From ";

    if (length <= strlen(from) || memcmp(line, from, strlen(from)) != 0)
        return false;
    for (size_t i = strlen(from); i + 2 < length; i++) {
        if (line[i] != ':' || !g_ascii_isdigit(line[i - 1]) ||
            !g_ascii_isdigit(line[i + 1]))
            continue;
        for (size_t j = i + 2; j + 4 <= length; j++) {
            if (line[j - 1] == ' ' && g_ascii_isdigit(line[j]) &&
                g_ascii_isdigit(line[j + 1]) && g_ascii_isdigit(line[j + 2]) &&
                g_ascii_isdigit(line[j + 3]))
                return true;
        }
        return false;
    }
    return false;
}

static bool is_empty_line(const char *line, size_t length)
{
    return (length == 1 && line[0] == '\n') ||
           (length == 2 && line[0] == '\r' && line[1] == '\n');
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

/* Reads a mail up to the next separator or the end. */
static bool read_mail(Mbox *mbox, GError **error)
{
    bool after_empty = false;

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
        if (mbox->is_mbox && after_empty && is_separator(line, length)) {
            g_string_truncate(mbox->following, 0);
            g_string_append_len(mbox->following, line, (gssize)length);
            mbox->has_following = true;
            break;
        }
        after_empty = is_empty_line(line, length);
        add_line(mbox, line, length);
    }
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

static void refuse(const Mbox *mbox, const char *line, size_t length,
                   GError **error)
{
    static const char gzip[] = "\x1f\x8b";

    if (length >= 2 && memcmp(line, gzip, 2) == 0)
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                    "%s: no archive: it is compressed; gunzip it first",
                    mbox->name);
    else
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                    "%s: no archive: it begins neither with the \"From \" "
                    "line of an mbox nor with a mail's header",
                    mbox->name);
}

/* The first line decides what this is; it is read already. */
static bool read_start(Mbox *mbox, GError **error)
{
    const char *line = NULL;
    size_t length = 0;

    if (!next_line(mbox, &line, &length, error))
        return false;
    if (length == 0) { /* an empty mbox is an mbox */
        mbox->is_mbox = true;
        return true;
    }
    mbox->is_mbox = is_separator(line, length);
    if (mbox->is_mbox) {
        g_string_append_len(mbox->following, line, (gssize)length);
        mbox->has_following = true;
        return true;
    }
    if (!looks_like_header(line, length)) {
        refuse(mbox, line, length, error);
        return false;
    }
    mbox->start -= length;
    mbox->has_following = true;
    return true;
}

static void mbox_free(void *self)
{
    Mbox *mbox = self;

    close(mbox->file);
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
                bool *is_mbox, GError **error)
{
    Mbox *mbox = g_new0(Mbox, 1);

    mbox->file = file;
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
    *is_mbox = mbox->is_mbox;
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

static bool mbox_next(void *self, ArchiveMail *mail, GError **error)
{
    Mbox *mbox = self;

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
    ArchiveMail mail;

    while (mbox->row < place->row && mbox_next(mbox, &mail, &failure))
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

    *done = mbox->at - (mbox->buffer->len - mbox->start);
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
