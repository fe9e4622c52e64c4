/* SPDX-License-Identifier: MIT */
/*
 * What is kept of a mail as it passes: the headers that somebody reads and
 * the head of the body, as bytes that message.h parses. The milter fills it
 * header by header; imports hand it the whole mail. Both give the same bytes
 * for the same mail, which is why a live digest equals an imported one.
 * No GMime here, and no line is interpreted: any bytes may come.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    MAIL_CAPTURE_BODY_MAX = 256 * 1024,  /* bytes of body kept */
    MAIL_CAPTURE_HEADER_MAX = 16 * 1024, /* bytes of one header kept */
    MAIL_CAPTURE_HEADERS_MAX = 512,      /* headers kept */
    MAIL_CAPTURE_BLOCK_MAX = 128 * 1024, /* bytes of all headers kept */
    MAIL_CAPTURE_LISTS_MAX = 16,         /* list ids that are read; so many
                                            headers and HEADER_MAX bytes are
                                            reserved for those that name
                                            lists */
};

typedef enum MailCaptureFlags {
    MAIL_CAPTURE_TRUNCATED_BODY = 1 << 0,    /* body longer than was kept */
    MAIL_CAPTURE_TRUNCATED_HEADERS = 1 << 1, /* a header cut or left out */
    MAIL_CAPTURE_NUL = 1 << 2,               /* a NUL in the body, kept */
    MAIL_CAPTURE_BROKEN_HEADERS = 1 << 3,    /* mail_capture_header was given
        a name that is none; an import cannot see one: as in Postfix, such a
        line ends the headers and begins the body */
} MailCaptureFlags;

typedef struct MailCapture MailCapture;

MailCapture *mail_capture_new(void);
void mail_capture_free(MailCapture *capture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailCapture, mail_capture_free)
/* Empties it for the next mail. Keeps its memory unless a mail made it large.
 */
void mail_capture_reset(MailCapture *capture);

/*
 * Adds one header as milter hands it over: the name without colon; the value
 * with its leading blank (HDR_LEADSPC) and with inner line ends, LF or CRLF,
 * where it was folded. Headers that nobody reads (Received but the first,
 * DKIM-*, ARC-*, unknown X-*) are dropped here, as are blanks at a value's end
 * and what follows a NUL in its line: Postfix does not hand that over.
 */
void mail_capture_header(MailCapture *capture, const char *name,
                         const char *value, size_t value_length);
/* Adds a piece of the body, as it comes; CRLF becomes LF, also across pieces,
 * and any other CR becomes a blank, as in Postfix. A header that follows is
 * left out. */
void mail_capture_body(MailCapture *capture, const void *bytes, size_t length);
/* Adds a whole RFC 5322 mail, with LF or CRLF; an mbox "From " line before it
 * is dropped. */
void mail_capture_whole(MailCapture *capture, const void *bytes, size_t length);

/* Returns true if there is a header that says which list the mail belongs to.
 */
bool mail_capture_has_list_header(const MailCapture *capture);
/* Returns true for a digest that listpulse mailed: it is not a post, whatever
 * list it came through. */
bool mail_capture_is_own(const MailCapture *capture);
/* Returns the valid ids of its List-Id headers, each once, in order, at most
 * MAIL_CAPTURE_LISTS_MAX; if there are none, the id that List-Post stands for.
 * An owned array of owned char *, perhaps empty. */
GPtrArray *mail_capture_list_ids(const MailCapture *capture);
/* Returns the address in X-Mailing-List or, if that and List-Id are missing, in
 * List-Post, in lower case; owned; NULL if there is none. */
char *mail_capture_mailing_list(const MailCapture *capture);
/* Returns the address in From of mail that has a list's header; owned, or NULL.
 */
char *mail_capture_sender(const MailCapture *capture);
/* Returns the addresses in Delivered-To, lower case; mlmmj and courier leave
 * the list's own there. An owned array of owned char *, perhaps empty. */
GPtrArray *mail_capture_delivered_to(const MailCapture *capture);

/* Returns the kept header block, an empty line and the kept body, with LF line
 * ends and a last LF unless truncated. Ends the mail: only reset may follow.
 * Lent. */
const char *mail_capture_bytes(MailCapture *capture, size_t *length);
MailCaptureFlags mail_capture_flags(const MailCapture *capture);
/* Returns the size of the whole mail as it was seen, kept or not, in bytes with
 * LF line ends. */
uint64_t mail_capture_size(const MailCapture *capture);
