/* SPDX-License-Identifier: MIT */
/*
 * The packed forms that Redis holds: a row of fixed size for counting any
 * interval, and for each post a record with all that a digest prints about it.
 * The script of store/ writes the front of a record, since it assigns the
 * numbers.
 *
 * To add a fact to records: it becomes an optional field (record_fields.h).
 * 1. Give it the next number in RecordField, and RECORD_FIELD_LAST.
 * 2. Give RecordFields a member whose zero means that a post has none, and
 *    say in the header what it holds and its limits.
 * 3. Write has, put, get and move of it in record_fields.c, a row in its
 *    table, and free the member in record_fields_clear.
 * 4. Set record->fields.X in activity.c. If posts are found by it, add the
 *    links in activity_links.
 * 5. Name it in listpulse-counters(7) and give it a line each in fields_of
 *    (command/exported.c), get_fields (command/exported_read.c) and
 *    test_record_fields.c.
 * Nothing else changes: no format, no script. Older records do not know the
 * field (record_knows): there its value is "not known", not "none", until the
 * mail is imported again. A record has at most 64 KiB with all fields.
 */
#pragma once

#include "activity/record_fields.h"
#include "patch/kind.h"
#include "patch/notice.h"
#include "patch/sketch.h"
#include "patch/trailer.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum {
    RECORD_MARK_BYTES = 20,
    RECORD_LINK_BYTES = 6, /* of a digest, see link.h */
    RECORD_ROW_BYTES = 24,
    RECORD_LINES_MAX = 0xffffff, /* insertions, deletions of a row */
};

typedef enum PostFlags {
    POST_MALFORMED = 1 << 0,       /* any defect */
    POST_TRUNCATED = 1 << 1,       /* body or headers cut by the capture */
    POST_DATE_DOUBTFUL = 1 << 2,   /* no Date, or far from arrival */
    POST_HAS_TEXT = 1 << 3,        /* its text is kept */
    POST_CLASSIC_END = 1 << 4,     /* classic's end of text was found */
    POST_SET_ASIDE = 1 << 5,       /* its parsing failed; counted unread */
    POST_OWN_TEXT = 1 << 6,        /* text beyond trailers and diffstat */
    POST_BOT_SENT = 1 << 7,        /* says so itself (Auto-Submitted) */
    POST_REVIEW_TRAILERS = 1 << 8, /* has credits */
    POST_AUTHOR_SHIFT = 9,         /* two bits: AuthorSource */
    POST_PARTIAL_CREDIT = 1 << 11, /* its credits are for some patches only */
    POST_OWN_DIFF = 1 << 12,       /* a diff that is not quoted */
    POST_FROM_LIST = 1 << 13,      /* its list hides who wrote it */
    POST_MAY_UPDATE = 1 << 14,     /* an answer with a patch of the sender's own
                                      attached: the next form of what it
                                      answers, if that is his, too */
    POST_UPDATE_TITLED = 1 << 15,  /* ... under the title of its subject */
} PostFlags;

/* A row: enough for every number of a digest. */
typedef struct PostRow {
    int64_t arrival_ms;
    uint32_t post;   /* number, 1 and up, on its list */
    uint32_t author; /* person numbers */
    uint32_t sender;
    uint8_t kind; /* PostKind, of_person */
    uint8_t kind_of_bot;
    uint8_t flags;                  /* the low 8 PostFlags */
    uint32_t insertions, deletions; /* patches only, at most 0xffffff each */
} PostRow;

/*
 * Little-endian: arrival_ms 6 bytes, post 4, author 3, sender 3, kinds 1 (low
 * half kind, high half kind_of_bot), flags 1, insertions 3, deletions 3.
 */
void record_row_get(const uint8_t bytes[RECORD_ROW_BYTES], PostRow *row);

typedef struct PostCredit {
    uint8_t kind; /* PatchTrailerKind */
    uint32_t person;
} PostCredit;

/* A patch that a pull request lists. */
typedef struct PostListed {
    uint64_t title;  /* digest, see link_title_digest */
    uint32_t author; /* digest of a name, see link_author */
} PostListed;

typedef struct PostRecord {
    uint32_t post;
    int64_t arrival_ms;
    uint8_t kind, kind_of_bot;
    unsigned flags; /* PostFlags */
    uint32_t author, sender;
    PostCredit *credits;
    unsigned credit_count;
    uint8_t mark[RECORD_MARK_BYTES];
    uint8_t notice;        /* PatchNotice */
    uint64_t notice_parts; /* see patch/extent.h; of a reply, those that its
                              credits are for, if it says so */
    bool has_date;
    int64_t date;     /* header Date, seconds */
    int date_offset;  /* minutes east */
    uint64_t size;    /* bytes of the mail as it was seen */
    char *message_id; /* "" if none */
    char *subject;    /* decoded */
    uint64_t own_link, parent_link, root_link; /* digests, see link.h; 0 none */
    uint64_t change_link, patch_link;          /* change-id, patch-id; 0 none */
    uint64_t work_link; /* of a head: see link_work; 0 none */
    bool has_content;   /* the lines by which it may be recognised */
    uint32_t content[PATCH_SKETCH_LINES]; /* see patch/sketch.h */
    uint64_t *extra_links; /* message ids: of Supersedes:, Obsoletes: and
                              "Link to v1:"; of Based-on:; of a notice's URLs */
    unsigned extra_count;
    unsigned supersedes_count; /* how many of extra_links, from the first */
    PostListed *listed;        /* of a pull request */
    unsigned listed_count;
    uint64_t base_link, tip_link; /* digests of the commits at which a pull
                                     request begins and ends; 0 none */
    unsigned files, insertions, deletions;
    uint32_t *paths;     /* if fields.paths is not known: digests of what a part
                            of a series changes, see link_path */
    unsigned path_count; /* of paths, at most RECORD_PATHS_MAX */
    bool stat_is_counted;
    uint32_t text_end;    /* of the kept text, what `text` shows */
    uint32_t classic_end; /* ... what `classic` shows */
    uint32_t text_start;  /* ... after in-body headers */
    char *classic_author; /* the raw From that `classic` counts, if it is not
                             the author's raw; else NULL */
    unsigned known;       /* the highest RecordField that its writer knew */
    RecordFields fields;
} PostRecord;

/*
 * Front, written by the script: post 4 bytes, arrival_ms 6, author 3, sender 3,
 * number of credits 1, then a credit each: kind 1, person 3. Rear, as
 * Activity.record holds it, behind it. Returns false if the bytes are not a
 * record: damaged, or from a later version.
 */
bool record_post_get(const void *bytes, size_t length, PostRecord *record);
void record_post_clear(PostRecord *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(PostRecord, record_post_clear)
/* Orders posts by arrival, then by mark, as strcmp() does. */
int record_compare(const PostRecord *one, const PostRecord *other);
/* Returns true if a missing field means that the post has none, since the
 * writer of the record looked for it. */
bool record_knows(const PostRecord *record, RecordField field);
/* Writes digests of the files that a patch changes to digests, at most
 * RECORD_PATHS_MAX, and returns their number. A file has the same digest in
 * every part. */
unsigned record_path_digests(const PostRecord *record,
                             uint32_t digests[RECORD_PATHS_MAX]);
/* Moves to a record what it lacks and a newer reading of the same mail has.
 * Returns false if that changes nothing. */
bool record_fill(PostRecord *record, PostRecord *newer);
/* Returns the lines (insertions or deletions) that a record adds to rows and
 * counters: 0 unless it is a patch, since a cover or a pull request repeats
 * them. */
unsigned record_counted_lines(const PostRecord *record, unsigned lines);
/* Appends the rear. Its first byte says what its writer knew, the next 20 are
 * the mark: the script replaces arrival and mark by those of an earlier copy.
 */
void record_rear_put(GString *out, const PostRecord *record);
/* Reads a rear alone, as of post 1 with nobody's name. As record_post_get. */
bool record_rear_get(const GString *rear, PostRecord *record);
/* Appends the front, as the script does. */
void record_front_put(GString *out, const PostRecord *record);
