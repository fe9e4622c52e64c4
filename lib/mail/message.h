/* SPDX-License-Identifier: MIT */
/*
 * Parses a captured mail: headers are decoded, the text part becomes UTF-8.
 * Parsing is total: any bytes give a message; defects says what was wrong. The
 * only door to GMime (call mail_init once before, from one thread).
 */
#pragma once

#include "mail/address.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum MailDefects {
    MAIL_DEFECT_NO_FROM = 1 << 0,
    MAIL_DEFECT_NO_SUBJECT = 1 << 1,
    MAIL_DEFECT_NO_MESSAGE_ID = 1 << 2,
    MAIL_DEFECT_DATE = 1 << 3,        /* missing or unreadable */
    MAIL_DEFECT_CHARSET = 1 << 4,     /* unknown, or its bytes are not in it */
    MAIL_DEFECT_8BIT_HEADER = 1 << 5, /* raw 8-bit that is not UTF-8 */
    MAIL_DEFECT_NUL = 1 << 6,
    MAIL_DEFECT_MIME = 1 << 7,     /* broken or too deep a structure */
    MAIL_DEFECT_HEADERS = 1 << 8,  /* a header line without a name */
    MAIL_DEFECT_REPEATED = 1 << 9, /* From, Subject, Date, Message-ID twice */
} MailDefects;

enum {
    MAIL_REFERENCES_MAX = 120,
    MAIL_CC_MAX = 64,
    MAIL_SUBJECT_MAX = 4096, /* bytes */
};

typedef struct MailMessage {
    GPtrArray *list_ids; /* char *, lower case, valid list ids; may be empty */
    char *mailing_list;  /* the address in X-Mailing-List or, if that and
                            List-Id are missing, in List-Post, lower case; or
                            "" */
    GPtrArray *to;       /* char *, as cc: To and Delivered-To */
    bool is_from_list;   /* From is the list's own address */
    char *message_id;    /* without <>, UTF-8 made valid; "" if none */
    char *inner_id;      /* of the mail that its list wrapped into this one; all
                            but list_ids, from, message_id and received is then
                            of that mail, whose From is original_from. "" if
                            none was wrapped */
    char *in_reply_to;   /* likewise; of several ids the one at the end of
                            References, else the last; "" if none */
    GPtrArray *references; /* char *, first to last: first 100 and last 20; the
                              other ids of In-Reply-To come last */
    char *archives;        /* values of Archived-At and List-Archive with blanks
                              between, as they stand; "" if none */
    MailPerson from;       /* header From, its first mailbox; .raw is whole */
    MailPerson reply_to;
    MailPerson original_from; /* X-Original-From */
    GPtrArray *cc;            /* char *, values of Cc for mail_people_parse;
                                 at most MAIL_CC_MAX */
    char *subject;            /* decoded, unfolded, blanks collapsed, trimmed */
    char *change_id;          /* of the header Change-Id or X-Change-ID; or
                                 "" */
    bool has_date;
    int64_t date;    /* header Date, seconds since 1970; 0 if none */
    int date_offset; /* its zone, minutes east of UTC */
    bool has_received;
    int64_t received;       /* newest Received (the topmost), seconds */
    bool is_own;            /* a digest that listpulse mailed */
    bool is_auto_submitted; /* Auto-Submitted other than no */
    bool is_digest;         /* a list manager's digest of other mails */
    char *text;             /* the text part(s), UTF-8, LF; "" if none */
    size_t text_length;
    bool is_format_flowed;       /* RFC 3676; text is already unflowed */
    GPtrArray *attached_patches; /* char *, texts of text/x-patch, x-diff and
                                  *.patch, *.diff attachments, UTF-8 */
    GPtrArray *attached_names;   /* char *, their file names, one each, ""
                                    if none; UTF-8 */
    char *attached_mail; /* the only message/rfc822 part of several, as bytes;
                            or NULL */
    size_t attached_mail_length;
    MailDefects defects;
} MailMessage;

void mail_init(void);

/* bytes: as mail_capture_bytes gives them. Owned by the caller. */
MailMessage *mail_message_parse(const char *bytes, size_t length);
void mail_message_free(MailMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailMessage, mail_message_free)
