/* SPDX-License-Identifier: MIT */
/*
 * Sends a digest as a mail: text and page as alternatives, or one format
 * alone; an answer to the digest that the same cursor sent before.
 */
#pragma once

#include "digest/digest.h"
#include "render/renderer.h"
#include "store/store.h"

typedef struct Mailing {
    Store *store;
    const char *list;    /* id */
    const char *cursor;  /* whose thread the digest goes on; or NULL */
    const GPtrArray *to; /* const char *: addresses, at least one */
    bool with_mails;     /* enclose the heads of patch sets */
    int64_t now_ms;
} Mailing;

/* alone: the digest in the one format that is sent; NULL: text and html. The
 * cursor's thread is noted once sendmail(1) has taken the mail. */
bool mailing_send(const Mailing *mailing, const Digest *digest,
                  const RenderOptions *options, const GString *alone,
                  GError **error);
