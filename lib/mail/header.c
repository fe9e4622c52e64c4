/* SPDX-License-Identifier: MIT */
#include "mail/header.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "base/banned.h"

static const struct {
    const char *text;
    size_t length;
} names[MAIL_HEADER_NAMES] = {
#define NAME(text)                                                             \
    {                                                                          \
        text, sizeof(text) - 1                                                 \
    }
    [MAIL_HEADER_UNREAD] = NAME(""),
    [MAIL_HEADER_FROM] = NAME("From"),
    [MAIL_HEADER_REPLY_TO] = NAME("Reply-To"),
    [MAIL_HEADER_ORIGINAL_FROM] = NAME("X-Original-From"),
    [MAIL_HEADER_TO] = NAME("To"),
    [MAIL_HEADER_CC] = NAME("Cc"),
    [MAIL_HEADER_SUBJECT] = NAME("Subject"),
    [MAIL_HEADER_DATE] = NAME("Date"),
    [MAIL_HEADER_MESSAGE_ID] = NAME("Message-ID"),
    [MAIL_HEADER_IN_REPLY_TO] = NAME("In-Reply-To"),
    [MAIL_HEADER_REFERENCES] = NAME("References"),
    [MAIL_HEADER_LIST_ID] = NAME("List-Id"),
    [MAIL_HEADER_MAILING_LIST] = NAME("X-Mailing-List"),
    [MAIL_HEADER_LIST_POST] = NAME("List-Post"),
    [MAIL_HEADER_DELIVERED_TO] = NAME("Delivered-To"),
    [MAIL_HEADER_RECEIVED] = NAME("Received"),
    [MAIL_HEADER_AUTO_SUBMITTED] = NAME("Auto-Submitted"),
    [MAIL_HEADER_LIST_ARCHIVE] = NAME("List-Archive"),
    [MAIL_HEADER_ARCHIVED_AT] = NAME("Archived-At"),
    [MAIL_HEADER_CHANGE_ID] = NAME("Change-Id"),
    [MAIL_HEADER_CONTENT_TYPE] = NAME("Content-Type"),
    [MAIL_HEADER_CONTENT_TRANSFER_ENCODING] = NAME("Content-Transfer-Encoding"),
    [MAIL_HEADER_CONTENT_DISPOSITION] = NAME("Content-Disposition"),
    [MAIL_HEADER_MIME_VERSION] = NAME("MIME-Version"),
    [MAIL_HEADER_LISTPULSE] = NAME("X-Listpulse-List"),
#undef NAME
};

/* b4 writes X-Change-ID, Gerrit's hook Change-Id. */
static const char other_change_id[] = "X-Change-ID";

/* The names by their first letter, so that most headers of a mail, which are
 * none of these, cost one look. */
typedef struct Index {
    uint8_t first[1 << CHAR_BIT];    /* 0: none begins so */
    uint8_t next[MAIL_HEADER_NAMES]; /* that begins alike; 0: none */
} Index;

static gpointer make_index(gpointer unused)
{
    Index *index = g_new0(Index, 1);

    (void)unused;
    for (MailHeaderName i = MAIL_HEADER_NAMES - 1; i > 0; i--) {
        uint8_t *first = &index->first[(unsigned char)*names[i].text];

        index->next[i] = *first;
        *first = (uint8_t)i;
    }
    return index;
}

MailHeaderName mail_header_name(const char *name, size_t length)
{
    static GOnce once = G_ONCE_INIT;
    const Index *index = g_once(&once, make_index, NULL);
    const char first = length > 0 ? g_ascii_toupper(*name) : '\0';

    for (unsigned i = index->first[(unsigned char)first]; i != 0;
         i = index->next[i]) {
        if (names[i].length != length)
            continue;
        /* mostly it is written as in the RFC */
        if (memcmp(names[i].text, name, length) == 0 ||
            g_ascii_strncasecmp(names[i].text, name, length) == 0)
            return i;
    }
    if (length == sizeof(other_change_id) - 1 &&
        g_ascii_strncasecmp(other_change_id, name, length) == 0)
        return MAIL_HEADER_CHANGE_ID;
    return MAIL_HEADER_UNREAD;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* A line that goes on with the header before it. A CR that ends no line counts
 * as a blank, since MTAs make one of it. */
static bool is_folded(const char *line, const char *end)
{
    if (line == end || is_blank(*line))
        return line < end;
    if (*line != '\r')
        return false;
    while (line < end && *line == '\r')
        line++;
    return line < end && *line != '\n';
}

static const char *next_line(const char *at, const char *end)
{
    const char *line_end = memchr(at, '\n', (size_t)(end - at));
    return line_end != NULL ? line_end + 1 : end;
}

static size_t name_span(const char *at, const char *end)
{
    const char *start = at;
    while (at<end && * at> ' ' && *at < 0x7f && *at != ':')
        at++;
    return (size_t)(at - start);
}

bool mail_header_is_name(const char *name, size_t length)
{
    return length > 0 && name_span(name, name + length) == length;
}

/* The line's colon if it starts a header, else NULL. */
static const char *find_colon(const char *at, const char *end,
                              size_t *name_length)
{
    *name_length = name_span(at, end);
    at += *name_length;
    while (at < end && (is_blank(*at) || *at == '\r'))
        at++;
    return *name_length > 0 && at < end && *at == ':' ? at : NULL;
}

bool mail_header_next(const char **at, const char *end, MailHeader *header)
{
    size_t name_length = 0;
    const char *colon = find_colon(*at, end, &name_length);
    if (colon == NULL)
        return false;
    const char *after = next_line(colon, end);
    while (after[-1] == '\n' && is_folded(after, end))
        after = next_line(after, end);
    const char *stop = after[-1] == '\n' ? after - 1 : after;
    *header = (MailHeader){
        .name = *at,
        .name_length = name_length,
        .value = colon + 1,
        .value_length = (size_t)(stop - colon - 1),
    };
    *at = after;
    return true;
}

const char *mail_header_body(const char *at, const char *end)
{
    const char *line = at;
    while (line < end && *line == '\r')
        line++;
    if (line == end)
        return end;
    return *line == '\n' ? line + 1 : at;
}
