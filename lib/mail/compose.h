/* SPDX-License-Identifier: MIT */
/*
 * Composes a mail of our own, with MIME and RFC 2047 by GMime (call mail_init
 * before). From is left to sendmail(1), which knows the user and the host.
 */
#pragma once

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

/* A mail that a draft encloses; all lent, UTF-8, LF. */
typedef struct MailEnclosed {
    const char *name;    /* of its author; may be "" */
    const char *address; /* likewise; may be "" */
    const char *subject;
    const char *message_id; /* without <>; may be NULL */
    const char *text;
    size_t length;
    int64_t date_seconds;
} MailEnclosed;

typedef struct MailDraft {
    const char *const *to;   /* addresses, at least one; ended by NULL */
    const char *subject;     /* UTF-8 */
    const char *list;        /* the list that it is about: X-Listpulse-List */
    const char *message_id;  /* without <>; mail_compose_id() makes one */
    const char *in_reply_to; /* of the previous digest, likewise; or NULL */
    const char *text;        /* UTF-8, LF */
    size_t length;
    const char *html; /* the same as a page, or NULL */
    size_t html_length;
    const MailEnclosed *enclosed; /* behind the text, as RFC 2046 5.1.5 has a
                                     digest; not with html */
    unsigned enclosed_count;
    int64_t now_ms; /* for Date and Message-ID */
} MailDraft;

/* Returns a Message-ID that no other mail has, without <>; owned. */
char *mail_compose_id(const char *list, int64_t now_ms);
/* Returns the List-Id of the digests of a list, by which readers file them. It
 * differs from the list's own, so that a digest is never a post of the list.
 * Owned. */
char *mail_compose_list_id(const char *list);
/* Returns the mail; owned; LF line ends, as sendmail(1) reads them. With html
 * it is multipart/alternative, with enclosed mails multipart/mixed of the text
 * and a multipart/digest. It is marked as automatic, so that nobody's
 * vacation program answers, and with X-Listpulse-List, so that we never count
 * it. */
char *mail_compose(const MailDraft *draft);
