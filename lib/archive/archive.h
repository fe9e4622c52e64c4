/* SPDX-License-Identifier: MIT */
/*
 * Old mail from where it is kept: public-inbox v2 git repositories, mbox
 * files, Maildirs, one mail on a stream. All give the same: mails in order,
 * each with its place, so that reading may stop and go on at any moment.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Of one mail; what is longer is read over. */
enum { ARCHIVE_MAIL_MAX = 64 * 1024 * 1024 };

typedef struct Archive Archive;

typedef struct ArchiveMail {
    const char *bytes; /* the whole mail, lent until the next call */
    size_t length;
    bool is_cut;  /* longer than ARCHIVE_MAIL_MAX; git: bytes are none */
    uint64_t row; /* 1, 2, ...: its place in this archive; may have gaps */
    bool has_mark;
    uint8_t mark[20]; /* commit id: git, or an mbox "From <40 hex>" line */
    bool has_arrival;
    int64_t arrival_ms;  /* committer time, strictly increasing; git only */
    const char *trouble; /* why this mail cannot be read, with its archive; all
                            but row is unset then; NULL: it can; lent */
} ArchiveMail;

/* Where an earlier reading of an archive ended. */
typedef struct ArchivePlace {
    const char *id; /* as archive_id returned it; lent */
    uint64_t row;
    int64_t arrival_ms;
    bool has_mark;
    uint8_t mark[20]; /* the commit id of that row */
} ArchivePlace;

typedef enum ArchiveError {
    ARCHIVE_ERROR_NOT_FOUND, /* no such path, or not an archive at all */
    ARCHIVE_ERROR_BROKEN,    /* an archive, but damaged from here on */
    ARCHIVE_ERROR_RANGE,     /* a --range that git does not know */
    ARCHIVE_ERROR_CHANGED,   /* the rows to skip are not what they were */
} ArchiveError;
#define ARCHIVE_ERROR archive_error_quark()
GQuark archive_error_quark(void);

/*
 * Finds out what lies at path and opens it: a git repository, bare or not; a
 * public-inbox directory with its epochs git/0.git, git/1.git or 0.git,
 * 1.git, read as one; a Maildir; an mbox file; "-", which is one mail on
 * standard input, or an mbox if it starts with a "From " line. range: a git
 * A..B, A.. or ..B (after A, up to and with B), or NULL. known: array of
 * ArchivePlace, or NULL: a git archive whose newest commits lead back to the
 * commit of one of them is walked no further; it has that place's id, and
 * archive_skip must be called with that place.
 */
Archive *archive_open(const char *path, const char *range, const GArray *known,
                      GError **error);
void archive_free(Archive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_free)

/* "git", "mbox", "maildir", "mail", or "export": then each mail is a line of
 * `listpulse export`; lent. */
const char *archive_kind(const Archive *archive);
/* A name for the source that stays the same wherever it lies and however it
 * grows: "git:" and its first commit, "mbox:" and a digest of its first
 * mail's head, or NULL where rows are not lasting (Maildir, a stream, a
 * range, a shallow clone). */
const char *archive_id(const Archive *archive);
/* Skips to the mail after this place, whose id is not looked at; for resuming.
 * Call before the first archive_next. arrival_ms 0: not known. Where there are
 * fewer rows now, or (git) that row is another commit or has another arrival,
 * the archive was written anew: this or the first archive_next fails with
 * _CHANGED. */
bool archive_skip(Archive *archive, const ArchivePlace *place, GError **error);
/* How many units of work there are and how many are done (mails for git and
 * Maildir, bytes for mbox); total 0: not known. Of epochs that were not
 * opened yet the number is an estimate. */
void archive_progress(const Archive *archive, uint64_t *done, uint64_t *total);
/* What the reader should know of the archive; lent; NULL: nothing. */
const char *archive_warning(const Archive *archive);
/* The next mail: true and filled; false at the end (error unset) or on a
 * failure (error set). */
bool archive_next(Archive *archive, ArchiveMail *mail, GError **error);
