/* SPDX-License-Identifier: MIT */
/* The mails of an mbox of the corpus, for tests that want real mail. */
#pragma once

#include <string.h>

#include <glib.h>

#include "mail/header.h"

/* Owned array of GBytes; NULL where the corpus is not at hand. Splits at
 * "From " lines after an empty line, which this mbox has nowhere else. */
static inline GPtrArray *corpus_mails(const char *name)
{
    const char *place = g_getenv("LISTPULSE_CORPUS");
    const char *source = g_getenv("top_srcdir");
    g_autofree char *path =
        place != NULL ? g_build_filename(place, name, NULL)
                      : g_build_filename(source != NULL ? source : ".", "..",
                                         "shared", "corpus", name, NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return NULL;

    GPtrArray *mails =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);

    for (char *at = text; at != NULL;) {
        const char *mail = strchr(at, '\n') + 1;
        char *next = strstr(mail, "\n\nFrom ");
        const size_t length =
            next != NULL ? (size_t)(next + 1 - mail) : strlen(mail);
        g_ptr_array_add(mails, g_bytes_new(mail, length));
        at = next != NULL ? next + 2 : NULL;
    }
    return mails;
}

/* Hands every header of those mails over, its value ended by NUL; how many
 * mails there were. */
static inline unsigned corpus_each_header(const char *name,
                                          void (*take)(const MailHeader *header,
                                                       const char *value))
{
    g_autoptr(GPtrArray) mails = corpus_mails(name);

    for (unsigned i = 0; mails != NULL && i < mails->len; i++) {
        size_t length = 0;
        const char *at = g_bytes_get_data(mails->pdata[i], &length);
        const char *end = at + length;
        MailHeader header;

        while (mail_header_next(&at, end, &header)) {
            g_autofree char *value =
                g_strndup(header.value, header.value_length);

            take(&header, value);
        }
    }
    return mails != NULL ? mails->len : 0;
}
