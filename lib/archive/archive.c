/* SPDX-License-Identifier: MIT */
#include "archive/archive.h"

#include "archive/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/banned.h"

struct Archive {
    const ArchiveSource *source;
    const char *kind;
    void *self;
};

GQuark archive_error_quark(void)
{
    return g_quark_from_static_string("archive-error");
}

static Archive *make(const ArchiveSource *source, const char *kind, void *self)
{
    if (self == NULL)
        return NULL;
    Archive *archive = g_new0(Archive, 1);
    archive->source = source;
    archive->kind = kind;
    archive->self = self;
    return archive;
}

static Archive *open_file(int file, const char *name, uint64_t size,
                          bool is_stream, GError **error)
{
    const char *kind = NULL;
    void *self = mbox_open(file, name, size, is_stream, &kind, error);

    return make(&archive_mbox, kind, self);
}

static Archive *open_path(const char *path, const struct stat *status,
                          GError **error)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                    "%s: cannot be read: %s", path, g_strerror(errno));
        return NULL;
    }
    return open_file(file, path, (uint64_t)status->st_size,
                     !S_ISREG(status->st_mode), error);
}

static bool refuse_range(const char *path, const char *range, GError **error)
{
    if (range != NULL)
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE,
                    "%s: a range is for git archives only", path);
    return range != NULL;
}

static Archive *open_folder(const char *path, const char *range,
                            const GArray *known, GError **error)
{
    void *unchanged;

    if (maildir_is_at(path))
        return refuse_range(path, range, error)
                   ? NULL
                   : make(&archive_maildir, "maildir",
                          maildir_open(path, error));
    unchanged =
        range == NULL && known != NULL ? unchanged_open(path, known) : NULL;
    if (unchanged != NULL)
        return make(&archive_unchanged, "git", unchanged);
    if (git_is_at(path))
        return make(&archive_git, "git", git_open(path, range, known, error));
    g_autofree char *complaint = git_complaint(path);
    if (complaint != NULL) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND, "%s: %s",
                    path, complaint);
        return NULL;
    }
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                "%s: no archive: neither a git repository of public-inbox (or "
                "0.git, 1.git, ...), nor a Maildir (with cur and new)",
                path);
    return NULL;
}

Archive *archive_open(const char *path, const char *range, const GArray *known,
                      GError **error)
{
    struct stat status;

    if (strcmp(path, "-") == 0)
        return refuse_range(path, range, error)
                   ? NULL
                   : open_file(dup(STDIN_FILENO), "standard input", 0, true,
                               error);
    if (stat(path, &status) != 0) {
        g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND, "%s: %s",
                    path, g_strerror(errno));
        return NULL;
    }
    if (S_ISDIR(status.st_mode))
        return open_folder(path, range, known, error);
    return refuse_range(path, range, error) ? NULL
                                            : open_path(path, &status, error);
}

void archive_free(Archive *archive)
{
    if (archive == NULL)
        return;
    archive->source->free(archive->self);
    g_free(archive);
}

const char *archive_kind(const Archive *archive)
{
    return archive->kind;
}

const char *archive_id(const Archive *archive)
{
    return archive->source->id(archive->self);
}

const char *archive_warning(const Archive *archive)
{
    return archive->source->warning != NULL
               ? archive->source->warning(archive->self)
               : NULL;
}

bool archive_skip(Archive *archive, const ArchivePlace *place, GError **error)
{
    return archive->source->skip(archive->self, place, error);
}

void archive_progress(const Archive *archive, uint64_t *done, uint64_t *total)
{
    archive->source->progress(archive->self, done, total);
}

bool archive_next(Archive *archive, ArchiveMail *mail, GError **error)
{
    memset(mail, 0, sizeof(*mail));
    return archive->source->next(archive->self, mail, error);
}
