/* SPDX-License-Identifier: MIT */
/*
 * One git repository of a public-inbox archive, an "epoch": each commit on
 * the branch puts one mail into the file m (or takes one away: d). Hides
 * libgit2, which runs nothing and asks no configuration what to run.
 * Measured on 5,965 mails: 34 us of CPU a mail, git log and cat-file --batch
 * 50 us.
 */
#pragma once

#include "archive/archive.h"

#include <git2.h>

typedef struct EpochCommit {
    git_oid id, tree;
    int64_t time; /* committer's, seconds since 1970, never negative */
} EpochCommit;

typedef struct Epoch {
    char *path;
    git_repository *repository;
    git_odb *objects;
    git_oid head;
    bool is_empty;       /* no commit yet */
    GArray *commits;     /* EpochCommit, oldest first; NULL until walked */
    bool is_partial;     /* the walk ended before the first commit */
    uint64_t last_index; /* read last: the m that it held */
    git_oid last_blob;
    bool last_had_mail;
} Epoch;

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
bool epoch_resolve(const Epoch *epoch, const char *revision, git_oid *id);
/* Returns the place of a commit in commits, or -1. The epoch must have been
 * walked. */
int64_t epoch_find(const Epoch *epoch, const git_oid *id);
/* Returns what the user should know about it, with its path; owned; NULL:
 * nothing. */
char *epoch_warning(const Epoch *epoch);
/* Reads the mail that this commit added; *mail is NULL if it added none. Sets
 * *is_cut if the mail is longer than ARCHIVE_MAIL_MAX; *mail is then NULL. A
 * failure concerns only this mail: others may be read after it. */
bool epoch_read(Epoch *epoch, uint64_t index, git_odb_object **mail,
                bool *is_cut, GError **error);
/* Returns the size of its packs in bytes, for estimates. */
uint64_t epoch_pack_bytes(const char *path);
