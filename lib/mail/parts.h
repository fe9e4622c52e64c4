/* SPDX-License-Identifier: MIT */
/*
 * The body of a mail by its MIME structure: its text and the patches that
 * are attached. GMime reads structures; a body of one part, which most are,
 * needs none.
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
/* The same through GMime's parser, whatever the structure: mail_parts_read's
 * short way is tested against it. */
void mail_parts_read_by_gmime(MailMessage *message,
                              const MailPartsHeader *header, const char *body,
                              size_t length);
