/* SPDX-License-Identifier: MIT */
/*
 * The optional fields of a post's record, beyond what every version of the
 * program knew: each is a number, a length and a value. A program that does not
 * know a number skips the field and keeps its bytes, so a new field needs no
 * new format. record.h says how to add one.
 */
#pragma once

#include "base/bytes.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* The numbers are stored: add at the end, never renumber or reuse. */
typedef enum RecordField {
    RECORD_FIELD_PATHS = 1, /* the files that a patch changes */
    RECORD_FIELD_INNER = 2, /* Message-ID inside a mail that its list wrapped */
    RECORD_FIELD_FIXES = 3, /* commits that Fixes: lines name */
    RECORD_FIELD_BASE = 4,  /* base-commit */
    RECORD_FIELD_PULL = 5,  /* where a pull request's commits are */
    RECORD_FIELD_ANCESTORS = 6, /* ids between the mail that it answers and the
                                   root */
    RECORD_FIELD_VERSION = 7,   /* of an attached patch, as its name says */
    RECORD_FIELD_DEFECTS = 8,   /* why it is malformed */
    RECORD_FIELD_ARCHIVE = 9,   /* where its list's archive has it */
    RECORD_FIELD_ATTACHED = 10, /* patches, where several are attached */
    RECORD_FIELD_OPENING = 11,  /* author and first words of a head's title */
    RECORD_FIELD_LAST = RECORD_FIELD_OPENING,
} RecordField;

enum {
    RECORD_FIELD_MAX = 0x7e,
    RECORD_PATHS_MAX = 64,
    RECORD_PATH_BYTES_MAX = 8 * 1024, /* of all paths of a record */
    RECORD_FIXES_MAX = 16,
    RECORD_FIXES_DIGITS = 12, /* more are cut: as many as git shows of a
                                 commit */
    RECORD_COMMIT_DIGITS = 64,
    RECORD_URL_MAX = 1000, /* bytes */
    RECORD_ANCESTORS_MAX = 4,
    RECORD_VERSION_MAX = 0xffff,
    RECORD_DEFECTS_MAX = 0xffff,
    RECORD_ATTACHED_MAX = 0xff,
    RECORD_REF_MAX = 250,
};

/* Zeros stand for what a post does not have. Strings are UTF-8. */
typedef struct RecordFields {
    char **paths;        /* as the diff or diffstat names them, ended by NULL;
                            NULL if there is none */
    uint64_t inner_link; /* digest, see link.h */
    char **fixes;        /* lower-case hex digits, 7 to RECORD_FIXES_DIGITS */
    char *base_commit;   /* lower-case hex digits, 7 to RECORD_COMMIT_DIGITS */
    char *pull_url;      /* as the request writes it */
    char *pull_ref;      /* tag or branch behind it; NULL if it names none */
    uint64_t ancestors[RECORD_ANCESTORS_MAX]; /* digests, nearest first */
    unsigned ancestor_count;
    unsigned version;  /* 0 if no name says one */
    unsigned defects;  /* see defects.h; 0 if it has none */
    char *archive;     /* pattern, see archive_url.h; NULL if none is told */
    unsigned attached; /* different patches, 2 and up; 0 if not so many */
    uint64_t opening_link; /* digest, see link_opening */
    GBytes *unknown;       /* later fields, unchanged; or NULL */
} RecordFields;

/* Appends all fields that there are. */
void record_fields_put(GString *out, const RecordFields *fields);
/* Reads all that is left; sets reader->failed if it is damaged. */
void record_fields_get(BytesReader *reader, RecordFields *fields);
void record_fields_clear(RecordFields *fields);
/* Moves to `to` each field that it lacks and `from` has; returns false if there
 * was none. */
bool record_fields_fill(RecordFields *to, RecordFields *from);
