/* SPDX-License-Identifier: MIT */
/*
 * A git archive whose newest commit was read before: nothing of it is left to
 * read, and nobody has to start libgit2, which reads all certificates of the
 * host at each start (some hundred mails' time, with nothing to read the most
 * of what an import costs). Only what is as plain as public-inbox makes it is
 * looked at here; git.c opens all others.
 */
#include <fcntl.h>
#include <string.h>

#include "archive/source.h"
#include "base/hex.h"

#include "base/banned.h"

enum { TIP_BYTES = 20, TIP_DIGITS = 2 * TIP_BYTES };

typedef struct Unchanged {
    char *id;
    uint64_t row;
} Unchanged;

/* --- the newest commit -------------------------------------------------- */

static bool is_there(const char *folder, const char *name, GFileTest kind)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    return g_file_test(path, kind);
}

static char *contents(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;

    return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

/* The folder with HEAD, of a repository at path; NULL: nothing so plain. */
static char *repository_at(const char *path)
{
    const bool is_bare = is_there(path, "HEAD", G_FILE_TEST_IS_REGULAR);
    g_autofree char *inside = g_build_filename(path, ".git", NULL);

    if (is_bare)
        return g_file_test(inside, G_FILE_TEST_EXISTS) ? NULL : g_strdup(path);
    return is_there(inside, "HEAD", G_FILE_TEST_IS_REGULAR)
               ? g_steal_pointer(&inside)
               : NULL;
}

/* Other names of objects, other kinds of storage, a clone that is not whole, a
 * second work tree. */
static bool is_special(const char *repository)
{
    g_autofree char *text = contents(repository, "config");

    if (text == NULL || !is_there(repository, "objects", G_FILE_TEST_IS_DIR) ||
        is_there(repository, "shallow", G_FILE_TEST_EXISTS) ||
        is_there(repository, "commondir", G_FILE_TEST_EXISTS))
        return true;
    g_autofree char *plain = g_ascii_strdown(text, -1);

    return strstr(plain, "extensions") != NULL ||
           strstr(plain, "include") != NULL;
}

/* Is there another branch among the loose ones than this? */
static bool has_other_loose(const char *repository, const char *branch)
{
    g_autofree char *heads =
        g_build_filename(repository, "refs", "heads", NULL);
    g_autoptr(GDir) folder = g_dir_open(heads, 0, NULL);
    const char *name;

    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        if (strcmp(name, branch) != 0)
            return true;
    }
    return folder == NULL;
}

static bool read_tip(const char *digits, uint8_t tip[TIP_BYTES])
{
    return strspn(digits, "0123456789abcdef") == TIP_DIGITS &&
           g_ascii_isspace(digits[TIP_DIGITS]) &&
           hex_decode(digits, TIP_DIGITS, tip, TIP_BYTES);
}

/* Lines are "ID NAME". Returns false if another branch is among them. */
static bool find_packed(const char *packed, const char *branch, bool *is_found,
                        uint8_t tip[TIP_BYTES])
{
    static const char heads[] = " refs/heads/";
    g_auto(GStrv) lines = g_strsplit(packed, "\n", -1);

    for (char **line = lines; *line != NULL; line++) {
        const bool is_branch = **line != '#' && strlen(*line) > TIP_DIGITS &&
                               g_str_has_prefix(*line + TIP_DIGITS, heads);

        if (!is_branch)
            continue;
        if (strcmp(*line + TIP_DIGITS + strlen(heads), branch) != 0)
            return false;
        *is_found = read_tip(*line, tip);
    }
    return true;
}

/* The commit of the only branch, which HEAD names. False: look with libgit2. */
static bool find_tip(const char *repository, uint8_t tip[TIP_BYTES])
{
    static const char heads[] = "ref: refs/heads/";
    g_autofree char *head = contents(repository, "HEAD");
    g_autofree char *packed = contents(repository, "packed-refs");
    g_autofree char *loose = NULL;
    const char *branch;
    bool is_found = false;

    if (head == NULL || !g_str_has_prefix(head, heads) ||
        is_special(repository))
        return false;
    branch = g_strchomp(head) + strlen(heads);
    if (*branch == '\0' || *branch == '.' || strchr(branch, '/') != NULL ||
        has_other_loose(repository, branch) ||
        (packed != NULL && !find_packed(packed, branch, &is_found, tip)))
        return false;

    g_autofree char *name = g_build_filename("refs", "heads", branch, NULL);

    loose = contents(repository, name);
    return loose != NULL ? read_tip(loose, tip) : is_found;
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
    g_autofree char *own = repository_at(path);
    g_autofree char *inside = g_build_filename(path, "git", NULL);
    g_autofree char *newest = NULL;

    if (own != NULL)
        return g_steal_pointer(&own);
    if (is_there(path, "HEAD", G_FILE_TEST_EXISTS) ||
        is_there(path, ".git", G_FILE_TEST_EXISTS))
        return NULL;
    newest = newest_in(inside);
    if (newest == NULL)
        newest = newest_in(path);
    return newest != NULL ? repository_at(newest) : NULL;
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
    uint8_t tip[TIP_BYTES];

    if (repository == NULL || !find_tip(repository, tip))
        return NULL;
    for (guint i = 0; i < known->len; i++) {
        const ArchivePlace *place = &g_array_index(known, ArchivePlace, i);

        if (place->has_mark && memcmp(place->mark, tip, TIP_BYTES) == 0) {
            Unchanged *unchanged = g_new0(Unchanged, 1);

            unchanged->id = g_strdup(place->id);
            unchanged->row = place->row;
            return unchanged;
        }
    }
    return NULL;
}
