/* SPDX-License-Identifier: MIT */
/*
 * Sends a digest as a mail, with text and HTML as alternatives, or in one
 * format; it answers the previous digest of the same cursor.
 */
#pragma once

#include "digest/digest.h"
#include "render/renderer.h"
#include "store/store.h"

typedef struct Mailing {
    Store *store;
    const char *list;    /* id */
    const char *cursor;  /* whose thread the digest continues; or NULL */
    const GPtrArray *to; /* const char *: addresses, at least one */
    bool with_mails;     /* enclose the heads of patch sets */
    int64_t now_ms;
} Mailing;

/* alone: the digest in the one format that is sent; NULL: text and html. The
 * Message-ID is kept as the cursor's thread once sendmail(1) has accepted the
 * mail. */
bool mailing_send(const Mailing *mailing, const Digest *digest,
                  const RenderOptions *options, const GString *alone,
                  GError **error);
