/* SPDX-License-Identifier: MIT */
/*
 * What each kind of archive implements; archive.c finds out which kind to use.
 */
#pragma once

#include "archive/archive.h"

typedef struct ArchiveSource {
    const char *kind; /* "git", "mbox", ... */
    bool (*next)(void *self, ArchiveMail *mail, GError **error);
    bool (*skip)(void *self, const ArchivePlace *place, GError **error);
    void (*progress)(void *self, uint64_t *done, uint64_t *total);
    const char *(*id)(void *self);
    const char *(*warning)(void *self); /* NULL: never gives one */
    void (*free)(void *self);
} ArchiveSource;

extern const ArchiveSource archive_git, archive_mbox, archive_maildir,
    archive_unchanged;

/* Each opens a path that has been found to be of its kind; NULL with error on
 * failure. */
void *git_open(const char *path, const char *range, const GArray *known,
               GError **error);
/* Returns true for a git repository or a folder of public-inbox epochs. */
bool git_is_at(const char *path);
/* Returns true for "0.git", "12.git". */
bool git_is_epoch_name(const char *name);
/* Returns a git archive that ends with the commit of a known place (array of
 * ArchivePlace), so that nothing of it is left to read; owned. NULL if that is
 * not so, or cannot be seen without walking: git_open finds out. */
void *unchanged_open(const char *path, const GArray *known);
/* Returns why what looks like a git archive cannot be opened; owned; NULL:
 * nothing looks like one. */
char *git_complaint(const char *path);
/* Takes ownership of file; size 0: not known. *kind says what it is: an mbox;
 * one mail, if it does not begin with a "From " line; or the lines of an
 * export, each given like a mail. is_stream: reading cannot be resumed, so it
 * has no id. */
void *mbox_open(int file, const char *name, uint64_t size, bool is_stream,
                const char **kind, GError **error);
void *maildir_open(const char *path, GError **error);
bool maildir_is_at(const char *path);
