/* SPDX-License-Identifier: MIT */
/*
 * captured JOURNAL FILE...: are the rows of a journal what an import of these
 * mails would capture, in this order, byte for byte? Names those that are not
 * and ends with 1.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "journal/journal_rows.h"
#include "mail/capture.h"

#include "base/banned.h"

static void print_difference(const char *path, const char *live,
                             size_t live_length, const char *import,
                             size_t length)
{
    const size_t shorter = MIN(live_length, length);
    size_t at = 0;

    while (at < shorter && live[at] == import[at])
        at++;
    g_autofree char *live_text =
        g_strndup(live + at, MIN(live_length - at, 40));
    g_autofree char *import_text = g_strndup(import + at, MIN(length - at, 40));
    g_autofree char *live_shown = g_strescape(live_text, NULL);
    g_autofree char *import_shown = g_strescape(import_text, NULL);
    printf("%s: at %zu live \"%s\", import \"%s\"\n", path, at, live_shown,
           import_shown);
}

static bool is_same(const JournalRow *row, const char *path)
{
    g_autoptr(MailCapture) capture = mail_capture_new();
    g_autofree char *mail = NULL;
    size_t size = 0, length = 0, live_length = 0;

    if (!g_file_get_contents(path, &mail, &size, NULL))
        return false;
    mail_capture_whole(capture, mail, size);
    const char *import = mail_capture_bytes(capture, &length);
    const char *live = g_bytes_get_data(row->mail, &live_length);
    if (live_length != length || memcmp(live, import, length) != 0) {
        print_difference(path, live, live_length, import, length);
        return false;
    }
    if (row->capture_flags == mail_capture_flags(capture) &&
        row->size == mail_capture_size(capture))
        return true;
    printf("%s: live %u, %" G_GUINT64_FORMAT
           " bytes; import %u, %" G_GUINT64_FORMAT " bytes\n",
           path, row->capture_flags, row->size, mail_capture_flags(capture),
           mail_capture_size(capture));
    return false;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) rows = g_array_new(FALSE, TRUE, sizeof(JournalRow));
    g_autoptr(Journal) journal =
        argc > 2
            ? journal_open(argv[1], JOURNAL_READER, JOURNAL_SYNC_NORMAL, &error)
            : NULL;
    bool are_same = true;

    g_array_set_clear_func(rows, (GDestroyNotify)journal_row_clear);
    if (journal == NULL ||
        !journal_read(journal, 0, (unsigned)argc, rows, &error)) {
        fprintf(stderr, "captured: %s\n",
                error != NULL ? error->message : "JOURNAL FILE...");
        return EXIT_FAILURE;
    }
    if (rows->len != (unsigned)argc - 2) {
        printf("%u rows for %d mails\n", rows->len, argc - 2);
        return EXIT_FAILURE;
    }
    for (unsigned i = 0; i < rows->len; i++)
        are_same &= is_same(&g_array_index(rows, JournalRow, i), argv[i + 2]);
    return are_same ? EXIT_SUCCESS : EXIT_FAILURE;
}
