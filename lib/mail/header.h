/* SPDX-License-Identifier: MIT */
/*
 * Walks over the header block of a mail: finds each header and whether it is
 * one that we read. A header line is what Postfix takes for one: a name of
 * printable ASCII, perhaps blanks, a colon; the first other line ends the
 * block. No GMime here.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The headers that are read; all others are dropped by capture.h. */
typedef enum MailHeaderName {
    MAIL_HEADER_UNREAD,
    MAIL_HEADER_FROM,
    MAIL_HEADER_REPLY_TO,
    MAIL_HEADER_ORIGINAL_FROM,
    MAIL_HEADER_TO,
    MAIL_HEADER_CC,
    MAIL_HEADER_SUBJECT,
    MAIL_HEADER_DATE,
    MAIL_HEADER_MESSAGE_ID,
    MAIL_HEADER_IN_REPLY_TO,
    MAIL_HEADER_REFERENCES,
    MAIL_HEADER_LIST_ID,
    MAIL_HEADER_MAILING_LIST,
    MAIL_HEADER_LIST_POST,
    MAIL_HEADER_DELIVERED_TO,
    MAIL_HEADER_RECEIVED,
    MAIL_HEADER_AUTO_SUBMITTED,
    MAIL_HEADER_LIST_ARCHIVE,
    MAIL_HEADER_ARCHIVED_AT,
    MAIL_HEADER_CHANGE_ID,
    MAIL_HEADER_CONTENT_TYPE,
    MAIL_HEADER_CONTENT_TRANSFER_ENCODING,
    MAIL_HEADER_CONTENT_DISPOSITION,
    MAIL_HEADER_MIME_VERSION,
    MAIL_HEADER_LISTPULSE, /* of a digest that we mailed */
    MAIL_HEADER_NAMES
} MailHeaderName;

typedef struct MailHeader {
    const char *name; /* without the blanks before the colon */
    size_t name_length;
    const char *value; /* all that follows the colon, folds included, without
                          the last line end */
    size_t value_length;
} MailHeader;

/* Returns true for printable ASCII without blanks and colons, at least one
 * character. */
bool mail_header_is_name(const char *name, size_t length);
/* Ignores case. */
MailHeaderName mail_header_name(const char *name, size_t length);

/* Reads the header at *at and moves *at to the next line. Returns false where
 * the block ends: at an empty line, a line that is no header, or the end. */
bool mail_header_next(const char **at, const char *end, MailHeader *header);
/* Returns where the body starts if the block ends at this line. */
const char *mail_header_body(const char *at, const char *end);
