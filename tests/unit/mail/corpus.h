/* SPDX-License-Identifier: MIT */
/* The mails of an mbox of the corpus, for tests that want real mail. */
#pragma once

#include <string.h>

#include <glib.h>

/* Owned array of GBytes; empty where the corpus is not at hand. Splits at
 * "From " lines after an empty line, which this mbox has nowhere else. */
static inline GPtrArray *corpus_mails(const char *name)
{
    GPtrArray *mails =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
    const char *place = g_getenv("LISTPULSE_CORPUS");
    const char *source = g_getenv("top_srcdir");
    g_autofree char *path =
        place != NULL ? g_build_filename(place, name, NULL)
                      : g_build_filename(source != NULL ? source : ".", "..",
                                         "shared", "corpus", name, NULL);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return mails;
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
