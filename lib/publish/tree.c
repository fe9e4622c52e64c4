/* SPDX-License-Identifier: MIT */
/* For syncfs(2). */
#define _GNU_SOURCE
#include "publish/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

enum { FILE_MODE = 0666, FOLDER_MODE = 0777 }; /* as the umask has it */

static const char lock_name[] = ".listpulse/lock";
static const char next_name[] = ".listpulse/next"; /* what is being written */

struct Tree {
    char *folder;
    int at; /* the open folder */
    int lock;
    GHashTable *folders; /* on the way, known to be there */
    uint64_t written, removed;
};

static bool fail(const Tree *tree, const char *path, GError **error)
{
    const int code = errno;

    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(code), "%s/%s: %s",
                tree->folder, path, g_strerror(code));
    return false;
}

static bool make_folders(Tree *tree, const char *path, GError **error)
{
    for (const char *slash = strchr(path, '/'); slash != NULL;
         slash = strchr(slash + 1, '/')) {
        g_autofree char *folder = g_strndup(path, (gsize)(slash - path));

        if (g_hash_table_contains(tree->folders, folder))
            continue;
        if (mkdirat(tree->at, folder, FOLDER_MODE) != 0 && errno != EEXIST)
            return fail(tree, folder, error);
        g_hash_table_add(tree->folders, g_steal_pointer(&folder));
    }
    return true;
}

static bool take_lock(Tree *tree, GError **error)
{
    if (!make_folders(tree, lock_name, error))
        return false;
    tree->lock =
        openat(tree->at, lock_name, O_RDWR | O_CREAT | O_CLOEXEC, FILE_MODE);
    if (tree->lock < 0)
        return fail(tree, lock_name, error);
    if (flock(tree->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (errno != EWOULDBLOCK)
        return fail(tree, lock_name, error);
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                "%s: another listpulse is writing there", tree->folder);
    return false;
}

Tree *tree_open(const char *folder, GError **error)
{
    g_autoptr(Tree) tree = g_new0(Tree, 1);

    tree->folder = g_strdup(folder);
    tree->at = tree->lock = -1;
    tree->folders =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (g_mkdir_with_parents(folder, FOLDER_MODE) == 0)
        tree->at = open(folder, O_DIRECTORY | O_RDONLY | O_CLOEXEC);
    if (tree->at < 0) {
        const int code = errno;

        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(code),
                    "%s: %s", folder, g_strerror(code));
        return NULL;
    }
    return take_lock(tree, error) ? g_steal_pointer(&tree) : NULL;
}

void tree_close(Tree *tree)
{
    if (tree == NULL)
        return;
    if (tree->lock >= 0)
        close(tree->lock);
    if (tree->at >= 0)
        close(tree->at);
    g_hash_table_unref(tree->folders);
    g_free(tree->folder);
    g_free(tree);
}

/* --- reading ---------------------------------------------------------- */

/* Reads length bytes; fewer are an error of a file that shrinks. */
static bool read_all(int file, char *bytes, gsize length)
{
    while (length > 0) {
        const ssize_t got = read(file, bytes, length);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got == 0 ? EIO : errno;
            return false;
        }
        bytes += got;
        length -= (gsize)got;
    }
    return true;
}

static char *read_file(const Tree *tree, const char *path, int file,
                       gsize *length, GError **error)
{
    struct stat status;

    if (fstat(file, &status) != 0) {
        fail(tree, path, error);
        return NULL;
    }
    *length = (gsize)status.st_size;

    g_autofree char *bytes = g_malloc(*length + 1);

    if (!read_all(file, bytes, *length)) {
        fail(tree, path, error);
        return NULL;
    }
    bytes[*length] = '\0';
    return g_steal_pointer(&bytes);
}

char *tree_read(const Tree *tree, const char *path, gsize *length,
                GError **error)
{
    const int file = openat(tree->at, path, O_RDONLY | O_CLOEXEC);

    *length = 0;
    if (file < 0) {
        if (errno != ENOENT)
            fail(tree, path, error);
        return NULL;
    }

    char *bytes = read_file(tree, path, file, length, error);
    close(file);
    return bytes;
}

/* Is the very same there. Its size tells most that are not. */
static bool is_there(const Tree *tree, const char *path, const GString *content)
{
    struct stat status;
    gsize length = 0;

    if (fstatat(tree->at, path, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
        !S_ISREG(status.st_mode) || (gsize)status.st_size != content->len)
        return false;

    g_autofree char *bytes = tree_read(tree, path, &length, NULL);
    return bytes != NULL && length == content->len &&
           memcmp(bytes, content->str, length) == 0;
}

/* --- writing ---------------------------------------------------------- */

static bool write_all(int file, const char *bytes, gsize length)
{
    while (length > 0) {
        const ssize_t put = write(file, bytes, length);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        bytes += put;
        length -= (gsize)put;
    }
    return true;
}

static bool write_next(const Tree *tree, const GString *content)
{
    const int file = openat(
        tree->at, next_name,
        O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, FILE_MODE);

    if (file < 0)
        return false;

    const bool is_written = write_all(file, content->str, content->len);
    const int code = errno;

    if (close(file) != 0)
        return false;
    errno = code;
    return is_written;
}

bool tree_write(Tree *tree, const char *path, const GString *content,
                GError **error)
{
    if (is_there(tree, path, content))
        return true;
    if (!make_folders(tree, path, error))
        return false;
    if (!write_next(tree, content) ||
        renameat(tree->at, next_name, tree->at, path) != 0) {
        fail(tree, path, error);
        unlinkat(tree->at, next_name, 0);
        return false;
    }
    tree->written++;
    return true;
}

bool tree_remove(Tree *tree, const char *path, GError **error)
{
    if (unlinkat(tree->at, path, 0) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return true;
        return fail(tree, path, error);
    }
    tree->removed++;
    return true;
}

bool tree_sync(const Tree *tree, GError **error)
{
    return tree->written + tree->removed == 0 || syncfs(tree->at) == 0 ||
           fail(tree, ".", error);
}

uint64_t tree_written(const Tree *tree)
{
    return tree->written;
}

uint64_t tree_removed(const Tree *tree)
{
    return tree->removed;
}
