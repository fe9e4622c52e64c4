/* SPDX-License-Identifier: MIT */
/*
 * One git repository of a public-inbox archive, an "epoch": each commit on
 * the branch puts one mail into the file m (or takes one away: d). What is
 * plain is read by our own (archive/objects), and all that is not, or cannot be
 * read so, by libgit2, which is hidden here: it runs nothing, asks no
 * configuration what to run, and says what is wrong. It is started when it is
 * needed.
 */
#pragma once

#include "archive/archive.h"
#include "archive/objects.h"

#include <git2.h>

typedef struct EpochCommit {
    ObjectId id, tree;
    int64_t time; /* committer's, seconds since 1970, never negative */
} EpochCommit;

typedef struct Epoch {
    char *path;
    Objects *plain;             /* NULL: libgit2 reads all of it */
    git_repository *repository; /* NULL until it is needed */
    git_odb *objects;
    ObjectId head;
    bool is_empty;       /* no commit yet */
    bool has_one_branch; /* certainly */
    bool is_damaged;     /* the object that was looked for last */
    GArray *commits;     /* EpochCommit, oldest first; NULL until walked */
    bool is_partial;     /* the walk ended before the first commit */
    uint64_t last_index; /* read last: the m that it held */
    ObjectId last_blob;
    bool last_had_mail;
} Epoch;

bool epoch_is_same(const ObjectId *a, const ObjectId *b);
/* Returns true if path itself is a git repository, bare or not. */
bool epoch_is_at(const char *path);
/* Returns why a git repository at path cannot be opened and what to do; owned;
 * NULL if nothing is known. */
char *epoch_complaint(const char *path);
Epoch *epoch_open(const char *path, GError **error);
void epoch_free(Epoch *epoch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Epoch, epoch_free)

/* Lists the commits from the head down its first parents; 48 bytes each.
 * Returns at once if the epoch was walked before. */
bool epoch_walk(Epoch *epoch, GError **error);
/* Called with the commits listed so far, newest first and at least one; returns
 * true to list no older ones. */
typedef bool (*EpochStop)(const GArray *commits, void *data);
/* Does the same, but ends where stop returns true: is_partial is then true, and
 * the commit listed last is the first of commits. The epoch must not have been
 * walked before. */
bool epoch_walk_until(Epoch *epoch, EpochStop stop, void *data, GError **error);
bool epoch_is_shallow(const Epoch *epoch);
/* Sets id to the commit that git finds by this name (a prefix of an id,
 * HEAD~3), on any branch. Returns false if there is none. */
bool epoch_resolve(Epoch *epoch, const char *revision, ObjectId *id);
/* Returns the place of a commit in commits, or -1. The epoch must have been
 * walked. */
int64_t epoch_find(const Epoch *epoch, const ObjectId *id);
/* Returns what the user should know about it, with its path; owned; NULL:
 * nothing. */
char *epoch_warning(Epoch *epoch);
/* Reads the mail that this commit added; *mail (owned) is NULL if it added
 * none. Sets *is_cut if the mail is longer than ARCHIVE_MAIL_MAX; *mail is then
 * NULL. A failure concerns only this mail: others may be read after it. */
bool epoch_read(Epoch *epoch, uint64_t index, GBytes **mail, bool *is_cut,
                GError **error);
/* Returns the mail that this commit takes back, its file d; owned. NULL: it
 * takes back none, or one that cannot be read. */
GBytes *epoch_read_removed(Epoch *epoch, uint64_t index);
/* Returns the size of its packs in bytes, for estimates. */
uint64_t epoch_pack_bytes(const char *path);
