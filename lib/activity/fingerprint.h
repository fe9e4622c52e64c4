/* SPDX-License-Identifier: MIT */
/*
 * When two mails are one (section 3 of the specification), and the mark of a
 * mail that has no commit id. The same for a mail seen live and imported.
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
/* Of a mail that cannot be parsed: of its bytes. */
Fingerprint fingerprint_of_bytes(const char *list, GBytes *mail);
