/* SPDX-License-Identifier: MIT */
/*
 * Reads old mail from where it is kept: public-inbox v2 git repositories, mbox
 * files, Maildirs, one mail on a stream. All give mails in order, each with its
 * place, so that reading may stop and resume at any point.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Of one mail; a longer one is passed over. */
enum { ARCHIVE_MAIL_MAX = 64 * 1024 * 1024 };

typedef struct Archive Archive;

typedef struct ArchiveMail {
    const char *bytes; /* the whole mail, lent until the next call */
    size_t length;
    bool is_cut;  /* longer than ARCHIVE_MAIL_MAX; of git, bytes is then
                     empty */
    uint64_t row; /* 1, 2, ...: its place in this archive; may have gaps */
    bool has_mark;
    uint8_t mark[20]; /* commit id: git, or an mbox "From <40 hex>" line */
    bool has_arrival;
    int64_t arrival_ms;  /* committer time, strictly increasing; git only */
    bool is_taken_back;  /* bytes are a mail that is no longer one (git: of a
                            commit with a file d); without bytes, the mail that
                            arrived then was purged */
    const char *trouble; /* why this mail cannot be read, and in which archive;
                            only row is set then; NULL: it can be read; lent */
} ArchiveMail;

/* How far an archive was read before. */
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
 * Finds out what is at path and opens it: a git repository, bare or not; a
 * public-inbox directory with its epochs git/0.git, git/1.git or 0.git, 1.git,
 * read as one; a Maildir; an mbox file; "-", which is one mail on standard
 * input, or an mbox if it starts with a "From " line. range: a git A..B, A.. or
 * ..B (after A, up to and with B), or NULL. known: array of ArchivePlace, or
 * NULL. If the newest commits of a git archive lead back to the commit of one
 * of these places, the walk ends there; the archive then has that place's id,
 * and archive_skip must be called with that place.
 */
Archive *archive_open(const char *path, const char *range, const GArray *known,
                      GError **error);
void archive_free(Archive *archive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Archive, archive_free)

/* "git", "mbox", "maildir", "mail", or "export": then each mail is a line of
 * `listpulse export`; lent. */
const char *archive_kind(const Archive *archive);
/* Returns a name for the source that stays the same wherever it is and however
 * it grows: "git:" and its first commit, or "mbox:" and a digest of the head of
 * its first mail. NULL where rows do not last (Maildir, a stream, a range, a
 * shallow clone). */
const char *archive_id(const Archive *archive);
/* Skips to the mail after this place, to resume; does not look at its id. Call
 * it before the first archive_next. arrival_ms 0: not known. If there are fewer
 * rows now, or (git) that row is another commit or has another arrival, the
 * archive was rewritten: this or the first archive_next fails with _CHANGED. */
bool archive_skip(Archive *archive, const ArchivePlace *place, GError **error);
/* Sets how many units of work there are and how many are done (mails for git
 * and Maildir, bytes for mbox); total 0: not known. The number is an estimate
 * for epochs that were not opened yet. */
void archive_progress(const Archive *archive, uint64_t *done, uint64_t *total);
/* Returns what the user should know about the archive; lent; NULL: nothing. */
const char *archive_warning(const Archive *archive);
/* Reads the next mail. Returns false at the end (error unset) or on a failure
 * (error set). */
bool archive_next(Archive *archive, ArchiveMail *mail, GError **error);
