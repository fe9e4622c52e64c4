/* SPDX-License-Identifier: MIT */
/*
 * The mails of an archive, in memory, so that reading them is not measured.
 */
#pragma once

#include "archive/archive.h"

#include <glib.h>
#include <string.h>

typedef struct BenchMail {
    GBytes *bytes;
    bool has_mark;
    uint8_t mark[20];
    int64_t arrival_ms;
} BenchMail;

static inline void bench_mail_clear(void *mail)
{
    g_bytes_unref(((BenchMail *)mail)->bytes);
}

/* Ends the program if path is no archive. Array of BenchMail. */
static inline GArray *bench_mails(const char *path, unsigned limit)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, &error);
    GArray *mails = g_array_new(FALSE, FALSE, sizeof(BenchMail));
    ArchiveMail mail;

    g_array_set_clear_func(mails, bench_mail_clear);
    while (archive != NULL && mails->len < limit &&
           archive_next(archive, &mail, &error)) {
        BenchMail kept = {
            .bytes = g_bytes_new(mail.bytes, mail.length),
            .has_mark = mail.has_mark,
            .arrival_ms = mail.has_arrival ? mail.arrival_ms : 0,
        };

        memcpy(kept.mark, mail.mark, sizeof(kept.mark));
        g_array_append_val(mails, kept);
    }
    if (error != NULL || mails->len == 0)
        g_error("%s: %s", path, error == NULL ? "no mail" : error->message);
    return mails;
}
