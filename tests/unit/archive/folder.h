/* SPDX-License-Identifier: MIT */
/* A folder of a test's own, and what its archives give as one text. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <glib/gstdio.h>

#include "archive/archive.h"

static inline char *folder_new(void)
{
    GError *error = NULL;
    char *folder = g_dir_make_tmp("archive-XXXXXX", &error);
    g_assert_no_error(error);
    return folder;
}

static inline void folder_remove(const char *path)
{
    GDir *listing = g_file_test(path, G_FILE_TEST_IS_SYMLINK)
                        ? NULL
                        : g_dir_open(path, 0, NULL);
    const char *name = NULL;

    while (listing != NULL && (name = g_dir_read_name(listing)) != NULL) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        folder_remove(inside);
    }
    if (listing != NULL)
        g_dir_close(listing);
    (void)g_remove(path);
}

static inline void folder_write(const char *folder, const char *name,
                                const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    GError *error = NULL;

    g_assert(g_mkdir_with_parents(parent, 0700) == 0);
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

/* "row:bytes|row:bytes|", "row?|" of a mail that cannot be read, "row-bytes|"
 * of one that is taken back, then "!code" if it ended with an error. */
static inline char *read_archive(Archive *archive)
{
    GString *out = g_string_new(NULL);
    GError *error = NULL;
    ArchiveMail mail;

    while (archive_next(archive, &mail, &error)) {
        if (mail.trouble != NULL)
            g_string_append_printf(out, "%u?|", (unsigned)mail.row);
        else
            g_string_append_printf(out, "%u%c%.*s|", (unsigned)mail.row,
                                   mail.is_taken_back ? '-' : ':',
                                   (int)mail.length, mail.bytes);
    }
    if (error != NULL)
        g_string_append_printf(out, "!%d", error->code);
    g_clear_error(&error);
    return g_string_free(out, FALSE);
}

/* The same of what lies at path; "?code" if it cannot be opened. */
static inline char *read_path(const char *path, const char *range)
{
    GError *error = NULL;
    g_autoptr(Archive) archive = archive_open(path, range, NULL, &error);

    if (archive != NULL)
        return read_archive(archive);
    char *text = g_strdup_printf("?%d", error->code);
    g_assert(strstr(error->message, range != NULL ? "" : path) != NULL);
    g_error_free(error);
    return text;
}
