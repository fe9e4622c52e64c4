/* SPDX-License-Identifier: MIT */
/*
 * What each kind of archive brings: archive.c finds out which one it is.
 */
#pragma once

#include "archive/archive.h"

typedef struct ArchiveSource {
    const char *kind; /* "git", "mbox", ... */
    bool (*next)(void *self, ArchiveMail *mail, GError **error);
    bool (*skip)(void *self, const ArchivePlace *place, GError **error);
    void (*progress)(void *self, uint64_t *done, uint64_t *total);
    const char *(*id)(void *self);
    const char *(*warning)(void *self); /* NULL: there is never any */
    void (*free)(void *self);
} ArchiveSource;

extern const ArchiveSource archive_git, archive_mbox, archive_maildir,
    archive_unchanged;

/* Each takes a path that has been looked at; NULL with error on failure. */
void *git_open(const char *path, const char *range, const GArray *known,
               GError **error);
/* True for a git repository or a folder of public-inbox epochs. */
bool git_is_at(const char *path);
/* True for "0.git", "12.git". */
bool git_is_epoch_name(const char *name);
/* Returns a git archive that ends with the commit of a known place (array of
 * ArchivePlace), so that nothing of it is left to read; owned. NULL where that
 * is not so, or not seen at a glance: git_open then tells. */
void *unchanged_open(const char *path, const GArray *known);
/* What hinders that there is one; owned; NULL: nothing looks like one. */
char *git_complaint(const char *path);
/* file is owned from here on; size 0: not known. An mbox; or one mail if it
 * does not begin with a "From " line; or the lines of an export, each given as
 * a mail is (*kind tells). is_stream: no rows to come back to, so that it has
 * no id. */
void *mbox_open(int file, const char *name, uint64_t size, bool is_stream,
                const char **kind, GError **error);
void *maildir_open(const char *path, GError **error);
bool maildir_is_at(const char *path);
