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
};

typedef enum MailCaptureFlags {
    MAIL_CAPTURE_TRUNCATED_BODY = 1 << 0,    /* body longer than was kept */
    MAIL_CAPTURE_TRUNCATED_HEADERS = 1 << 1, /* a header cut or left out */
    MAIL_CAPTURE_NUL = 1 << 2,               /* a NUL byte, kept as it is */
    MAIL_CAPTURE_BROKEN_HEADERS = 1 << 3,    /* a header line without name */
} MailCaptureFlags;

typedef struct MailCapture MailCapture;

MailCapture *mail_capture_new(void);
void mail_capture_free(MailCapture *capture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailCapture, mail_capture_free)
/* Makes it as new, keeping its memory. */
void mail_capture_reset(MailCapture *capture);

/*
 * One header as milter hands it over: the name without colon; the value with
 * its leading blank (HDR_LEADSPC) and with inner line ends, LF or CRLF, where
 * it was folded. Headers that nobody reads (Received but the first, DKIM-*,
 * ARC-*, unknown X-*) are dropped here.
 */
void mail_capture_header(MailCapture *capture, const char *name,
                         const char *value, size_t value_length);
/* A piece of the body, as it comes; CRLF becomes LF, also across pieces. */
void mail_capture_body(MailCapture *capture, const void *bytes, size_t length);
/* A whole RFC 5322 mail, LF or CRLF; an mbox "From " line before it is not
 * part of it and must have been taken off. */
void mail_capture_whole(MailCapture *capture, const void *bytes,
                        size_t length);

/* True for a header that decides which list a mail belongs to. */
bool mail_capture_has_list_header(const MailCapture *capture);

/* The kept header block, an empty line and the kept body, LF line ends; lent
 * until the next change. */
const char *mail_capture_bytes(MailCapture *capture, size_t *length);
MailCaptureFlags mail_capture_flags(const MailCapture *capture);
/* Bytes of the whole mail as it was seen, kept or not. */
uint64_t mail_capture_size(const MailCapture *capture);
