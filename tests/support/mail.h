/* SPDX-License-Identifier: MIT */
/*
 * Mail for tests, parsed as the programs parse it: captured, then read.
 */
#pragma once

#include "mail/capture.h"
#include "mail/message.h"

#include <string.h>

static inline MailMessage *mail_of_bytes(const char *bytes, size_t length)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    size_t kept_length = 0;
    const char *kept;

    mail_capture_whole(capture, bytes, length);
    kept = mail_capture_bytes(capture, &kept_length);
    return mail_message_parse(kept, kept_length);
}

static inline MailMessage *mail_of(const char *text)
{
    return mail_of_bytes(text, strlen(text));
}

/* The set-up of a group of tests that parse mail. */
static inline int mail_start(void **state)
{
    (void)state;
    mail_init();
    return 0;
}
