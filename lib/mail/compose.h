/* SPDX-License-Identifier: MIT */
/*
 * A mail of our own, MIME and RFC 2047 by GMime (call mail_init before).
 * From, Date and Message-ID are left to sendmail(1), which knows them.
 */
#pragma once

#include <glib.h>
#include <stddef.h>

typedef struct MailDraft {
    const char *to;      /* one address */
    const char *subject; /* UTF-8 */
    const char *list;    /* the list that it tells of: X-Listpulse-List */
    const char *subtype; /* of text: "plain", "html", "markdown" */
    const char *text;    /* UTF-8, LF */
    size_t length;
} MailDraft;

/* Owned; LF line ends, as sendmail(1) reads them. Marked as automatic, so
 * that nobody's vacation program answers. */
char *mail_compose(const MailDraft *draft);
