/* SPDX-License-Identifier: MIT */
/*
 * Reads the body of a mail by its MIME structure: its text and the patches that
 * are attached. GMime reads structures; most bodies have one part and do not
 * need it.
 */
#pragma once

#include "mail/message.h"

#include <stdbool.h>
#include <stddef.h>

/* Unfolded values of the mail's header; NULL where it has none. */
typedef struct MailPartsHeader {
    const char *content_type;
    const char *transfer_encoding;
} MailPartsHeader;

/* Sets text, text_length, is_format_flowed and attached_patches, and adds to
 * defects. */
void mail_parts_read(MailMessage *message, const MailPartsHeader *header,
                     const char *body, size_t length);
/* Does the same with GMime's parser, whatever the structure: a test compares
 * the short way of mail_parts_read with it. */
void mail_parts_read_by_gmime(MailMessage *message,
                              const MailPartsHeader *header, const char *body,
                              size_t length);
