/* SPDX-License-Identifier: MIT */
/*
 * A Maildir: a mail a file, in new and cur, in the order of delivery. Readers
 * rename and take mails away while we read: a mail that moved is found
 * again, one that went is passed over.
 */
#include "archive/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { LISTINGS_MAX = 100 }; /* made anew to find mails that moved */

typedef struct File {
    const char *folder; /* "cur" or "new" */
    char *name;
    size_t unique;   /* bytes of name that stay when flags are set */
    uint64_t second; /* of delivery: names begin with it */
} File;

typedef struct Maildir {
    char *path;
    GArray *files; /* File, sorted */
    guint next;
    GHashTable *moved; /* unique part -> File * of a later listing, or NULL */
    GArray *later;     /* ... which owns them */
    unsigned listings;
    char *bytes; /* of the mail that was lent last */
} Maildir;

static void file_clear(void *file)
{
    g_free(((File *)file)->name);
}

static int compare_files(const void *a, const void *b)
{
    const File *left = a;
    const File *right = b;

    if (left->second != right->second)
        return left->second < right->second ? -1 : 1;
    const int order =
        memcmp(left->name, right->name, MIN(left->unique, right->unique));
    return order != 0 ? order
                      : (left->unique > right->unique) -
                            (left->unique < right->unique);
}

static bool list_folder(GArray *files, const char *path, const char *folder,
                        GError **error)
{
    g_autofree char *place = g_build_filename(path, folder, NULL);
    g_autoptr(GError) failure = NULL;
    g_autoptr(GDir) listing = g_dir_open(place, 0, &failure);

    if (listing == NULL) {
        g_set_error_literal(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                            failure->message);
        return false;
    }
    for (const char *name = g_dir_read_name(listing); name != NULL;
         name = g_dir_read_name(listing)) {
        if (*name == '.')
            continue;
        const File file = { .folder = folder,
                            .name = g_strdup(name),
                            .unique = strcspn(name, ":"),
                            .second = g_ascii_strtoull(name, NULL, 10) };
        g_array_append_val(files, file);
    }
    return true;
}

/* New first: what moves to cur meanwhile is seen twice, not never. */
static GArray *list_files(const char *path, GError **error)
{
    g_autoptr(GArray) files = g_array_new(FALSE, FALSE, sizeof(File));

    g_array_set_clear_func(files, file_clear);
    if (!list_folder(files, path, "new", error) ||
        !list_folder(files, path, "cur", error))
        return NULL;
    g_array_sort(files, compare_files);
    return g_steal_pointer(&files);
}

bool maildir_is_at(const char *path)
{
    g_autofree char *current = g_build_filename(path, "cur", NULL);
    g_autofree char *fresh = g_build_filename(path, "new", NULL);

    return g_file_test(current, G_FILE_TEST_IS_DIR) &&
           g_file_test(fresh, G_FILE_TEST_IS_DIR);
}

void *maildir_open(const char *path, GError **error)
{
    GArray *files = list_files(path, error);
    if (files == NULL)
        return NULL;
    Maildir *maildir = g_new0(Maildir, 1);
    maildir->path = g_strdup(path);
    maildir->files = files;
    return maildir;
}

/* At most wanted bytes; -1 with errno when they cannot be read. */
static ssize_t read_bytes(int file, char *bytes, size_t wanted)
{
    size_t length = 0;
    ssize_t got = 1;

    while (length < wanted && got != 0) {
        got = read(file, bytes + length, wanted - length);
        if (got < 0 && errno != EINTR)
            return -1;
        length += (size_t)MAX(got, 0);
    }
    return (ssize_t)length;
}

/* A regular file's first bytes; false with errno when it cannot be read. */
static bool read_file(int file, char **bytes, ArchiveMail *mail)
{
    struct stat status;
    if (fstat(file, &status) != 0)
        return false;
    if (!S_ISREG(status.st_mode)) {
        errno = ENOENT;
        return false;
    }
    const size_t wanted = (size_t)MIN(status.st_size, (off_t)ARCHIVE_MAIL_MAX);
    g_autofree char *room = g_malloc(wanted + 1);
    const ssize_t length = read_bytes(file, room, wanted);
    if (length < 0)
        return false;
    mail->is_cut = status.st_size > ARCHIVE_MAIL_MAX;
    mail->length = (size_t)length;
    mail->bytes = *bytes = g_steal_pointer(&room);
    return true;
}

static bool open_and_read(const char *path, const File *file, char **bytes,
                          ArchiveMail *mail)
{
    g_autofree char *place =
        g_build_filename(path, file->folder, file->name, NULL);
    const int descriptor =
        open(place, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    const bool is_read = read_file(descriptor, bytes, mail);
    const int reason = errno;

    close(descriptor);
    errno = reason;
    return is_read;
}

static char *unique_part(const File *file)
{
    return g_strndup(file->name, file->unique);
}

static void drop_listing(Maildir *maildir)
{
    if (maildir->moved != NULL)
        g_hash_table_unref(maildir->moved);
    if (maildir->later != NULL)
        g_array_unref(maildir->later);
    maildir->moved = NULL;
    maildir->later = NULL;
}

static void list_again(Maildir *maildir)
{
    drop_listing(maildir);
    maildir->listings++;
    maildir->later = list_files(maildir->path, NULL);
    maildir->moved =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; maildir->later != NULL && i < maildir->later->len; i++) {
        File *file = &g_array_index(maildir->later, File, i);
        g_hash_table_insert(maildir->moved, unique_part(file), file);
    }
}

/* Looks for a mail that moved, in the last listing, then in a new one. */
static bool read_moved(Maildir *maildir, const File *file, ArchiveMail *mail)
{
    g_autofree char *unique = unique_part(file);

    for (int round = 0; round < 2; round++) {
        const File *now = maildir->moved != NULL
                              ? g_hash_table_lookup(maildir->moved, unique)
                              : NULL;
        if (now != NULL &&
            open_and_read(maildir->path, now, &maildir->bytes, mail))
            return true;
        const bool was_taken = now == NULL && maildir->moved != NULL;
        if (was_taken || maildir->listings == LISTINGS_MAX)
            return false;
        list_again(maildir);
    }
    return false;
}

/* True where reading failed since there is no such mail any more. */
static bool is_gone(int reason)
{
    return reason == ENOENT || reason == ELOOP || reason == ENXIO;
}

/* Reads the file at next; false if it gives no mail, with error set if that
 * is not because it went away. */
static bool read_next(Maildir *maildir, ArchiveMail *mail, GError **error)
{
    const File *file = &g_array_index(maildir->files, File, maildir->next);

    if (maildir->next > 0 && compare_files(file - 1, file) == 0)
        return false; /* it moved while it was listed */
    g_clear_pointer(&maildir->bytes, g_free);
    if (open_and_read(maildir->path, file, &maildir->bytes, mail))
        return true;
    if (is_gone(errno))
        return read_moved(maildir, file, mail);
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN, "%s/%s/%s: %s",
                maildir->path, file->folder, file->name, g_strerror(errno));
    return false;
}

static bool maildir_next(void *self, ArchiveMail *mail, GError **error)
{
    Maildir *maildir = self;
    GError *failure = NULL;
    bool is_read = false;

    while (!is_read && failure == NULL && maildir->next < maildir->files->len) {
        is_read = read_next(maildir, mail, &failure);
        mail->row = ++maildir->next;
    }
    if (failure != NULL)
        g_propagate_error(error, failure);
    return is_read;
}

static bool maildir_skip(void *self, const ArchivePlace *place, GError **error)
{
    Maildir *maildir = self;

    (void)error;
    maildir->next = (guint)MIN(place->row, (uint64_t)maildir->files->len);
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

    drop_listing(maildir);
    g_array_unref(maildir->files);
    g_free(maildir->path);
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
