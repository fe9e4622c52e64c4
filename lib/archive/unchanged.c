/* SPDX-License-Identifier: MIT */
/*
 * A git archive whose newest commit was read before: nothing of it is left to
 * read, and nobody has to start libgit2, which reads all certificates of the
 * host at each start (some hundred mails' time, with nothing to read the most
 * of what an import costs). Only what is as plain as public-inbox makes it is
 * looked at here; git.c opens all others.
 */
#include <string.h>

#include "archive/plain.h"
#include "archive/source.h"

#include "base/banned.h"

typedef struct Unchanged {
    char *id;
    uint64_t row;
} Unchanged;

static bool is_there(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* --- epochs ------------------------------------------------------------- */

/* Of the folders 0.git, 1.git ... the one with the highest number; NULL if
 * there is none. */
static char *newest_in(const char *folder)
{
    g_autoptr(GDir) listing = g_dir_open(folder, 0, NULL);
    char *newest = NULL;
    guint64 highest = 0;
    const char *name;

    while (listing != NULL && (name = g_dir_read_name(listing)) != NULL) {
        const guint64 number = g_ascii_strtoull(name, NULL, 10);

        if (!git_is_epoch_name(name) || (newest != NULL && number < highest))
            continue;
        g_free(newest);
        newest = g_build_filename(folder, name, NULL);
        highest = number;
    }
    return newest;
}

/* As git.c looks for them: at path itself, in path/git, in path. */
static char *newest_repository(const char *path)
{
    g_autofree char *own = plain_repository_at(path);
    g_autofree char *inside = g_build_filename(path, "git", NULL);
    g_autofree char *newest = NULL;

    if (own != NULL)
        return g_steal_pointer(&own);
    if (is_there(path, "HEAD") || is_there(path, ".git"))
        return NULL;
    newest = newest_in(inside);
    if (newest == NULL)
        newest = newest_in(path);
    return newest != NULL ? plain_repository_at(newest) : NULL;
}

/* --- the source --------------------------------------------------------- */

static bool unchanged_next(void *self, ArchiveMail *mail, GError **error)
{
    (void)self;
    (void)mail;
    (void)error;
    return false;
}

static bool unchanged_skip(void *self, const ArchivePlace *place,
                           GError **error)
{
    (void)self;
    (void)place;
    (void)error;
    return true;
}

static void unchanged_progress(void *self, uint64_t *done, uint64_t *total)
{
    *done = *total = ((const Unchanged *)self)->row;
}

static const char *unchanged_id(void *self)
{
    return ((const Unchanged *)self)->id;
}

static void unchanged_free(void *self)
{
    g_free(((Unchanged *)self)->id);
    g_free(self);
}

const ArchiveSource archive_unchanged = {
    .kind = "git",
    .next = unchanged_next,
    .skip = unchanged_skip,
    .progress = unchanged_progress,
    .id = unchanged_id,
    .free = unchanged_free,
};

void *unchanged_open(const char *path, const GArray *known)
{
    g_autofree char *repository = newest_repository(path);
    ObjectId tip;
    bool is_alone = false;

    if (repository == NULL || !plain_find_tip(repository, &tip, &is_alone) ||
        !is_alone)
        return NULL;
    for (guint i = 0; i < known->len; i++) {
        const ArchivePlace *place = &g_array_index(known, ArchivePlace, i);

        if (place->has_mark &&
            memcmp(place->mark, tip.bytes, sizeof(tip.bytes)) == 0) {
            Unchanged *unchanged = g_new0(Unchanged, 1);

            unchanged->id = g_strdup(place->id);
            unchanged->row = place->row;
            return unchanged;
        }
    }
    return NULL;
}
