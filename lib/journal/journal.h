/* SPDX-License-Identifier: MIT */
/*
 * Captured mail on local disk, in order: what stands between a mail that has
 * passed and its count in Redis. Hides SQLite (WAL mode). One writer
 * (collector) and one reader (processor), each with a Journal of its own on
 * the same file; a Journal is used by one thread at a time.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Journal Journal;

typedef enum JournalMode { JOURNAL_WRITER, JOURNAL_READER } JournalMode;
typedef enum JournalSync { JOURNAL_SYNC_NORMAL, JOURNAL_SYNC_FULL } JournalSync;

typedef enum JournalError {
    JOURNAL_ERROR_OPEN,  /* cannot be opened or made: path and rights */
    JOURNAL_ERROR_FULL,  /* no space on the disk: later, perhaps */
    JOURNAL_ERROR_BUSY,  /* did not get its turn within the limit: later */
    JOURNAL_ERROR_BROKEN /* damaged, or made by a later version */
} JournalError;
#define JOURNAL_ERROR journal_error_quark()
GQuark journal_error_quark(void);

typedef struct JournalRow {
    int64_t row;            /* ascending; given by append, never again */
    int64_t arrival_ms;     /* since 1970 */
    unsigned capture_flags; /* MailCaptureFlags, kept as a number */
    uint64_t size;          /* of the whole mail */
    char *lists;            /* list ids, blank separated */
    char *queue_id;         /* the MTA's, for the log; may be "" */
    GBytes *mail;           /* captured bytes */
} JournalRow;
void journal_row_clear(JournalRow *row);

/* path: the file; made (0600) if it is not there and mode is writer. */
Journal *journal_open(const char *path, JournalMode mode, JournalSync sync,
                      GError **error);
void journal_free(Journal *journal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Journal, journal_free)

/* 32 hex digits, made with the journal, the same until journal_renew or
 * journal_part. */
const char *journal_id(const Journal *journal);
/* The reader may have given it another one. */
bool journal_learn_id(Journal *journal, GError **error);
/* Which files they are, of the journal and its log: numbers that no other file
 * on that disk has as long as these are open, nor afterwards where the file
 * system knows when a file was made. 0: not known. */
int64_t journal_file_number(const Journal *journal);
int64_t journal_log_number(const Journal *journal);
/* What stands at the path: the numbers, 0 where nothing does. */
void journal_numbers_at(const char *path, int64_t *file, int64_t *log);

/* Writer: the next row gets at least this number. A journal that came back
 * older than it was would else give numbers again that mails of its lost end
 * already had. */
void journal_skip_to(Journal *journal, int64_t row);
/* Writer: all of them or none, in one step; waits at most milliseconds for
 * its turn; each row->row is set. */
bool journal_append(Journal *journal, JournalRow *const *rows, unsigned count,
                    int wait_milliseconds, GError **error);
/* At most limit rows after this row, in order; appended to rows, an array of
 * JournalRow with journal_row_clear as its clear function. */
bool journal_read(Journal *journal, int64_t after, unsigned limit, GArray *rows,
                  GError **error);
/* The lowest and the highest row there are; 0 when empty. Either may be
 * NULL. */
bool journal_ends(Journal *journal, int64_t *first, int64_t *last,
                  GError **error);
/* The arrival of this row; false in *is_there: the journal has no such row. */
bool journal_arrival_of(Journal *journal, int64_t row, int64_t *arrival_ms,
                        bool *is_there, GError **error);
/* Mails of several sessions are appended out of order by less than this. */
enum { JOURNAL_ORDER_MS = 1000 };

/* How many rows were appended up to and with this number. */
bool journal_serial(Journal *journal, int64_t row, int64_t *serial,
                    GError **error);
/* No row can have been between these two: the number behind `after`, or one to
 * which the numbers jumped from there. False also if that cannot be read. */
bool journal_follows(Journal *journal, int64_t after, int64_t row);
/* Arrival of the last row before this one; 0 if there is none. */
bool journal_arrival_before(Journal *journal, int64_t row, int64_t *arrival_ms,
                            GError **error);
/* Arrival of the first row after this one; 0 if there is none. */
bool journal_arrival_after(Journal *journal, int64_t after, int64_t *arrival_ms,
                           GError **error);

/* The last row of a list that is in Redis. */
typedef struct JournalPosition {
    char *list;
    int64_t row;
} JournalPosition;
void journal_position_clear(JournalPosition *position);

/* Reader: rows up to this one are in Redis; positions (JournalPosition, or
 * NULL) replace those of the lists that they name; row 0 drops one. */
bool journal_set_applied(Journal *journal, int64_t row, int64_t now_ms,
                         const GArray *positions, GError **error);
bool journal_applied(Journal *journal, int64_t *row, GError **error);
/* Appends to an array of JournalPosition with its clear function. */
bool journal_positions(Journal *journal, GArray *positions, GError **error);

/* Sets a row aside (it killed the processor), for `status` to name. The row
 * itself stays until it is trimmed. */
bool journal_set_aside(Journal *journal, int64_t row, const char *why,
                       GError **error);
bool journal_is_aside(Journal *journal, int64_t row, bool *is_aside,
                      GError **error);

/* A time in which mail may have passed uncounted. */
typedef struct JournalGap {
    int64_t gap;   /* its number */
    char *journal; /* the id that the journal had when it was added */
    int64_t from_ms, until_ms;
    char *lists; /* blank separated; "" for all */
    char *why;
} JournalGap;
void journal_gap_clear(JournalGap *gap);
/* gap->gap is set; gap->journal is not read. */
bool journal_add_gap(Journal *journal, JournalGap *gap, GError **error);
/* Appends to an array of JournalGap with its clear function, oldest first. */
bool journal_gaps(Journal *journal, GArray *gaps, GError **error);

/* True as long as the path names the very files that are open: they were not
 * deleted, renamed or replaced. */
bool journal_is_in_place(const Journal *journal);
/* Writer: another, empty journal at the path of this one, with an id of its
 * own; journal_inherit comes next. What stands at the path, if anything, is
 * renamed to aside before; this one can still be read. Owned. */
Journal *journal_begin_another(const Journal *journal, const char *aside,
                               GError **error);
/* The name under which it is put aside at this time (seconds); owned. */
char *journal_aside_name(const Journal *journal, int64_t now_seconds);
/* As journal_read, but passes over what is damaged; *damaged: something was,
 * before the last of the rows, or behind them if there are none. Never fails:
 * what cannot be read is not there. */
void journal_read_what_can_be(Journal *journal, int64_t after, unsigned limit,
                              GArray *rows, bool *damaged);

/*
 * What was counted before this journal began, and so is not in it: only Redis
 * can say whether it still holds that. Redis has met a journal once it holds a
 * mark of it, which is written before the journal's first row is counted. A
 * Redis without the mark of a journal that it has met is older than that.
 */
/* A journal of which nothing was counted has a mark all the same, which whoever
 * follows it must find: so no mark has a lower row. */
enum { JOURNAL_TOLD_MIN = 1 };

typedef struct JournalOrigin {
    bool is_met;      /* Redis was given the mark, or was about to be */
    int64_t begun_ms; /* 0: the first journal here, or not known */
    char *priors;     /* ids of those before it, blank separated, the last one
                         first; "": none */
    int64_t told;     /* this row of the last one is in Redis, with all before
                         it: to be seen to before Redis has met this one; 0:
                         nothing to be seen to */
} JournalOrigin;
void journal_origin_clear(JournalOrigin *origin);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JournalOrigin, journal_origin_clear)
bool journal_get_origin(Journal *journal, JournalOrigin *origin,
                        GError **error);
/* positions: set too, all or none; or NULL. */
bool journal_set_origin(Journal *journal, const JournalOrigin *origin,
                        const GArray *positions, GError **error);
/* Puts a journal in front of the origin's priors. */
void journal_origin_add(JournalOrigin *origin, const char *id);
/* Reader: Redis holds this row's number under the journal's mark. */
bool journal_set_told(Journal *journal, int64_t row, GError **error);
bool journal_told(Journal *journal, int64_t *row, GError **error);

/* What is still to be copied from a journal that was put aside. */
typedef struct JournalRescue {
    char *file; /* NULL: nothing; "": from one that is gone */
    int64_t after;
    int64_t since_ms; /* what arrived before is safe */
    int64_t last;     /* a row that the other is known to have had; 0 */
} JournalRescue;
void journal_rescue_clear(JournalRescue *rescue);
/* Writer: remembers it; a NULL file ends it. */
bool journal_set_rescue(Journal *journal, const JournalRescue *rescue,
                        GError **error);
bool journal_get_rescue(Journal *journal, JournalRescue *rescue,
                        GError **error);

/*
 * Writer: what the journal before this one leaves to it, all of it or none: its
 * origin, what is still to be copied, positions, and all gaps that the other
 * had, since Redis may not have been told of them. Those that have a number
 * keep it and the id under which they are told; the others get one. Before this
 * has succeeded, nobody may read or append.
 */
typedef struct JournalHeritage {
    JournalOrigin origin;
    JournalRescue rescue;
    GArray *gaps;      /* JournalGap */
    GArray *positions; /* JournalPosition */
} JournalHeritage;
bool journal_inherit(Journal *journal, const JournalHeritage *heritage,
                     GError **error);

/* Reader: what Redis knows under the journal's id is not of this file: gives it
 * a new id, under which Redis knows nothing. Rows up to applied need not be
 * sent again; what is there behind it counts as a replay. The gap is added. The
 * old id is its prior, and Redis counts as having met it. All of that or none.
 */
bool journal_renew(Journal *journal, int64_t applied, JournalGap *gap,
                   GError **error);
/* Writer: this file is not the one that the journal was begun in, or not on
 * the machine: a backup that was put back, or a copy beside which another one
 * goes on under the same id. Not told where a copy keeps inode, birth and
 * machine-id. */
bool journal_is_copy(Journal *journal, bool *is_copy, GError **error);
/* Writer, before a reader: gives it an id of its own, behind the one that it
 * has now; what it holds and Redis was not told of counts as a replay.
 * positions (JournalPosition): those of its priors. All of that or none. */
bool journal_part(Journal *journal, int64_t now_ms, const GArray *positions,
                  GError **error);
/* Rows up to this one may have been counted under an older id; 0: none. */
int64_t journal_replay_to(const Journal *journal);

/* Reader: drops applied rows that arrived before this, a few at a time so
 * that the writer never waits long; true in *more: call again. Rows beyond
 * max_bytes go first, but only applied ones; the newest row always stays. */
bool journal_trim(Journal *journal, int64_t before_ms, uint64_t max_bytes,
                  bool *more, GError **error);
/* Bytes that rows take in the file. */
bool journal_bytes(Journal *journal, uint64_t *bytes, GError **error);

/* What it takes of its disk. Bytes. */
typedef struct JournalUsage {
    uint64_t used;    /* in the file, by rows */
    uint64_t unused;  /* in the file, free for rows */
    uint64_t log;     /* the log, which has to fit into the file as well */
    uint64_t on_disk; /* the file and its log */
    uint64_t free;    /* of the disk, for us */
    uint64_t disk;    /* all of it */
} JournalUsage;
bool journal_usage(Journal *journal, JournalUsage *usage, GError **error);
/* Reader: the same, and the log becomes as small as can be; the writer waits
 * meanwhile: for a disk that is nearly full. */
bool journal_give_log(Journal *journal, GError **error);
/* Reader: gives a part of what is unused back to the disk; true in *more: call
 * again. */
bool journal_shrink(Journal *journal, bool *more, GError **error);
/* Reader: moves the write-ahead log into the file. */
bool journal_checkpoint(Journal *journal, GError **error);
