/* SPDX-License-Identifier: MIT */
#include "archive/source.h"

#include <errno.h>
#include <string.h>

typedef struct Maildir {
    GPtrArray *files; /* char *, paths, in the order of delivery */
    unsigned next;
    char *bytes; /* of the mail that was lent last */
} Maildir;

bool maildir_is_at(const char *path)
{
    g_autofree char *current = g_build_filename(path, "cur", NULL);
    g_autofree char *fresh = g_build_filename(path, "new", NULL);

    return g_file_test(current, G_FILE_TEST_IS_DIR) &&
           g_file_test(fresh, G_FILE_TEST_IS_DIR);
}

/* What stays the same of a file's name when a reader sets flags. */
static char *unique_part(const char *path)
{
    const char *name = strrchr(path, '/') + 1;

    return g_strndup(name, strcspn(name, ":"));
}

/* Names begin with the second of delivery: numbers first, then text. */
static int compare_files(const void *a, const void *b)
{
    g_autofree char *left = unique_part(*(char *const *)a);
    g_autofree char *right = unique_part(*(char *const *)b);
    const guint64 left_second = g_ascii_strtoull(left, NULL, 10);
    const guint64 right_second = g_ascii_strtoull(right, NULL, 10);

    if (left_second != right_second)
        return left_second < right_second ? -1 : 1;
    return strcmp(left, right);
}

static bool add_files(GPtrArray *files, const char *path, const char *name,
                      GError **error)
{
    g_autofree char *folder = g_build_filename(path, name, NULL);
    g_autoptr(GError) failure = NULL;
    g_autoptr(GDir) listing = g_dir_open(folder, 0, &failure);
    const char *file = NULL;

    if (listing == NULL) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND, "%s",
                    failure->message);
        return false;
    }
    while ((file = g_dir_read_name(listing)) != NULL) {
        if (file[0] != '.')
            g_ptr_array_add(files, g_build_filename(folder, file, NULL));
    }
    return true;
}

void *maildir_open(const char *path, GError **error)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);

    if (!add_files(files, path, "cur", error) ||
        !add_files(files, path, "new", error))
        return NULL;
    g_ptr_array_sort(files, compare_files);
    Maildir *maildir = g_new0(Maildir, 1);
    maildir->files = g_steal_pointer(&files);
    return maildir;
}

/* A reader may have moved it from new to cur, or set flags. */
static bool read_moved(const char *path, char **bytes, gsize *length)
{
    g_autofree char *unique = unique_part(path);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *maildir = g_path_get_dirname(folder);
    g_autofree char *current = g_build_filename(maildir, "cur", NULL);
    g_autoptr(GDir) listing = g_dir_open(current, 0, NULL);
    const char *name = NULL;

    while (listing != NULL && (name = g_dir_read_name(listing)) != NULL) {
        const size_t same = strlen(unique);
        if (strncmp(name, unique, same) != 0 ||
            (name[same] != ':' && name[same] != '\0'))
            continue;
        g_autofree char *moved = g_build_filename(current, name, NULL);
        return g_file_get_contents(moved, bytes, length, NULL);
    }
    return false;
}

/* A mail that went away meanwhile is passed over. */
static bool maildir_next(void *self, ArchiveMail *mail, GError **error)
{
    Maildir *maildir = self;

    while (maildir->next < maildir->files->len) {
        const char *path = g_ptr_array_index(maildir->files, maildir->next++);
        g_autoptr(GError) failure = NULL;
        g_clear_pointer(&maildir->bytes, g_free);
        if (!g_file_get_contents(path, &maildir->bytes, &mail->length,
                                 &failure) &&
            !(g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT) &&
              read_moved(path, &maildir->bytes, &mail->length))) {
            if (g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
                g_error_matches(failure, G_FILE_ERROR, G_FILE_ERROR_ISDIR))
                continue;
            g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN, "%s",
                        failure->message);
            return false;
        }
        mail->bytes = maildir->bytes;
        mail->row = maildir->next;
        return true;
    }
    return false;
}

static bool maildir_skip(void *self, uint64_t row, int64_t last_arrival_ms,
                         GError **error)
{
    Maildir *maildir = self;

    (void)last_arrival_ms;
    (void)error;
    maildir->next = (unsigned)MIN(row, (uint64_t)maildir->files->len);
    return true;
}

static void maildir_progress(void *self, uint64_t *done, uint64_t *total)
{
    const Maildir *maildir = self;

    *done = maildir->next;
    *total = maildir->files->len;
}

/* Files come and go: a row today is another mail tomorrow. */
static const char *maildir_id(void *self)
{
    (void)self;
    return NULL;
}

static void maildir_free(void *self)
{
    Maildir *maildir = self;

    g_ptr_array_unref(maildir->files);
    g_free(maildir->bytes);
    g_free(maildir);
}

const ArchiveSource archive_maildir = {
    .kind = "maildir",
    .next = maildir_next,
    .skip = maildir_skip,
    .progress = maildir_progress,
    .id = maildir_id,
    .free = maildir_free,
};
