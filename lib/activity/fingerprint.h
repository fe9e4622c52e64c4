/* SPDX-License-Identifier: MIT */
/*
 * Computes the identity by which two mails are the same (section 3 of the
 * specification), and the mark of a mail that has no commit id. A live and an
 * imported mail give the same.
 */
#pragma once

#include "activity/record.h"
#include "mail/message.h"

#include <glib.h>
#include <stdint.h>

typedef struct Fingerprint {
    uint64_t identity; /* first 64 bits of the identity's SHA-256 */
    uint8_t mark[RECORD_MARK_BYTES];
} Fingerprint;

Fingerprint fingerprint_of(const char *list, const MailMessage *message);
/* Returns the fingerprint of the bytes of a mail that cannot be parsed. */
Fingerprint fingerprint_of_bytes(const char *list, GBytes *mail);
