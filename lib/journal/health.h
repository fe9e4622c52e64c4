/* SPDX-License-Identifier: MIT */
/*
 * The condition of the daemon: counters, gauges, waits and latest messages,
 * shared by its two processes and written to STATE/milter.status every second,
 * where `listpulse status` reads them. All changes are atomic; nothing waits.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Counted since the status file was made, across restarts. New counters, gauges
 * and texts come last: the numbers are places in the file. */
typedef enum HealthCounter {
    HEALTH_SESSIONS,      /* connections of the MTA that began a mail */
    HEALTH_SEEN,          /* mails whose headers all came */
    HEALTH_PASSED,        /* mails for no list of ours */
    HEALTH_ABORTED,       /* mails that the MTA aborted */
    HEALTH_KEPT,          /* mails appended to the journal */
    HEALTH_LATE,          /* kept, but after the reply to the MTA */
    HEALTH_LOST,          /* list mails that the journal did not take */
    HEALTH_SHED,          /* list mails not buffered: too many sessions */
    HEALTH_TRUNCATED,     /* kept with a body or headers cut */
    HEALTH_RELOADS,       /* configurations accepted */
    HEALTH_RELOAD_FAULTS, /* configurations refused */
    HEALTH_STARTS,        /* of the collector */
    HEALTH_PROCESSOR_STARTS,
    HEALTH_PROCESSOR_DEATHS,
    HEALTH_REFUSED,    /* list mails of lists beyond max_lists */
    HEALTH_COUNTED,    /* new posts in Redis, once a list */
    HEALTH_DUPLICATES, /* copies of known posts, once a list */
    HEALTH_REPEATED,   /* rows sent again that Redis already had */
    HEALTH_MALFORMED,  /* counted posts with a defect */
    HEALTH_ASIDE,      /* rows whose parsing killed the processor */
    HEALTH_REWINDS,    /* Redis came back older, or empty */
    HEALTH_REDIS_CONNECTS,
    HEALTH_REDIS_ERRORS,
    HEALTH_GAPS,      /* times in which mail may have passed uncounted */
    HEALTH_DIFFERING, /* duplicates from before what they are copies of, which
                         say something else */
    HEALTH_COUNTERS
} HealthCounter;

typedef enum HealthGauge {
    HEALTH_STARTED_MS, /* collector; since 1970 */
    HEALTH_ALIVE_MS,   /* collector's last sign of life */
    HEALTH_STOPPED_MS, /* 0: it runs, or did not stop cleanly */
    HEALTH_COLLECTOR_PID,
    HEALTH_PROCESSOR_PID, /* 0: none */
    HEALTH_PROCESSOR_ALIVE_MS,
    HEALTH_OPEN_SESSIONS,
    HEALTH_OPEN_MAILS,           /* between MAIL and end of message */
    HEALTH_QUEUED,               /* mails that the journal has not taken yet */
    HEALTH_STALLED_SINCE_MS,     /* since when it takes none; 0: it does */
    HEALTH_JOURNAL_LAST,         /* its newest row */
    HEALTH_JOURNAL_APPLIED,      /* the newest row that is in Redis */
    HEALTH_JOURNAL_ROWS,         /* rows ever appended to it */
    HEALTH_JOURNAL_ROWS_APPLIED, /* of these, up to JOURNAL_APPLIED */
    HEALTH_JOURNAL_OLDEST_MS,    /* arrival of the oldest row that waits; 0 */
    HEALTH_JOURNAL_BYTES,
    HEALTH_REDIS_STATE,     /* HealthRedis */
    HEALTH_REDIS_SINCE_MS,  /* when it took this state */
    HEALTH_CONFIG_BAD,      /* 1: the last reload was refused */
    HEALTH_BOOT,            /* identifies the boot of the machine */
    HEALTH_STEADY_TICKS,    /* ticks (ms) when this life began */
    HEALTH_CLOCK_SET_TICKS, /* ticks (ms) when the clock was set; 0: never */
    HEALTH_JOURNAL_FAULT,   /* the JOURNAL_FILE that was found damaged; 0 */
    HEALTH_PARSING_ROW,     /* the row being parsed; 0: none */
    HEALTH_FATAL_ROW,       /* the row at which the processor last died */
    HEALTH_FATAL_POINTS,    /* how likely it is the row's fault */
    HEALTH_HELD_LISTS,      /* lists that cannot be counted at present */
    HEALTH_WAITING_LISTS,   /* lists that wait for a place */
    /* What the next life must know, see "What is safe" below. */
    HEALTH_WHOLE_MS,
    HEALTH_COVERED_MS,
    HEALTH_JOURNAL_FILE, /* the collector's journal, journal_file_number */
    HEALTH_JOURNAL_LOG,  /* and its log */
    HEALTH_JOURNAL_GAP,  /* number of its last gap */
    HEALTH_GAUGES
} HealthGauge;

typedef enum HealthRedis {
    HEALTH_REDIS_UNKNOWN, /* not asked yet */
    HEALTH_REDIS_UP,
    HEALTH_REDIS_UNREACHABLE,
    HEALTH_REDIS_WAITING, /* it loads, or is busy */
    HEALTH_REDIS_NO_MASTER,
    HEALTH_REDIS_FULL,
    HEALTH_REDIS_EVICTS, /* it drops keys when it is full */
    HEALTH_REDIS_DENIED,
    HEALTH_REDIS_SCHEMA, /* other data than ours under our keys */
} HealthRedis;

typedef enum HealthText {
    HEALTH_LAST_ERROR,
    HEALTH_CONFIG_ERROR,
    HEALTH_JOURNAL_ID,
    HEALTH_VERSION,
    HEALTH_REFUSED_LIST, /* the last list beyond max_lists */
    HEALTH_HELD,         /* which list was held last, and why */
    HEALTH_TEXTS
} HealthText;

enum { HEALTH_TEXT_MAX = 240, HEALTH_WAITS = 14 };
/* Room in the file, so that a program with more counters can read the file of
 * one that has fewer. */
enum { HEALTH_COUNTERS_ROOM = 64, HEALTH_GAUGES_ROOM = 64 };
enum { HEALTH_TEXTS_ROOM = 16 };

typedef struct HealthWords {
    uint64_t changes; /* odd while it is written */
    int64_t said_ms;
    char text[HEALTH_TEXT_MAX];
} HealthWords;

typedef struct Health {
    uint64_t form; /* the layout of the file */
    uint64_t counters[HEALTH_COUNTERS_ROOM];
    int64_t gauges[HEALTH_GAUGES_ROOM];
    uint64_t waits[HEALTH_WAITS]; /* at end of message, see below */
    uint64_t wait_sum_us;
    HealthWords words[HEALTH_TEXTS_ROOM];
    uint64_t sum; /* in the file: a checksum over all before it */
} Health;

/*
 * What is safe. For each mail that the MTA got an answer for, one of these is
 * true at any moment: it is in Redis; it is in the journal, after what is known
 * to be in Redis; a gap in Redis or in the journal covers its time; or it
 * arrived after WHOLE_MS. So a life that continues after another one names a
 * gap
 * - from WHOLE_MS on, if the journal is the one that the other had,
 * - from the lower of WHOLE_MS and COVERED_MS on, if it is not, or if its end
 *   is missing.
 * WHOLE_MS: mail answered before it is in the journal, or in a gap there. It
 * does not move, or goes back, while mails or gaps wait in memory, and only the
 * pulse moves it on, after checking that the process did not stand still.
 * COVERED_MS: mail that arrived before it is in Redis, or in a gap there. It
 * goes back when an earlier gap is added.
 */

/* Return name and help of each counter and gauge, for JSON and Prometheus:
 * "kept", "mails appended to the journal". help NULL: not shown. */
const char *health_counter_name(HealthCounter counter);
const char *health_counter_help(HealthCounter counter);
const char *health_gauge_name(HealthGauge gauge);
const char *health_gauge_help(HealthGauge gauge);
const char *health_redis_name(HealthRedis state); /* "up"; any value */
/* Returns the upper bound of a wait bucket in microseconds; 0 for the last,
 * which has none. */
unsigned health_wait_bound(unsigned bucket);
/* Returns the bound of the bucket up to which this share (0..1) of the waits
 * is; 0 if there were none. */
unsigned health_wait_quantile(const Health *health, double share);

void health_init(Health *health);
void health_count(Health *health, HealthCounter counter, uint64_t amount);
void health_set(Health *health, HealthGauge gauge, int64_t value);
/* Notes that the journal has another gap, with this number. */
void health_note_gap(Health *health, int64_t gap);
void health_add(Health *health, HealthGauge gauge, int64_t amount);
int64_t health_get(const Health *health, HealthGauge gauge);
uint64_t health_counter(const Health *health, HealthCounter counter);
/* Returns HEALTH_COVERED_MS. If an older program never set it, returns the
 * arrival of the oldest row of the journal or otherwise_ms, whichever is
 * earlier. */
int64_t health_covered(const Health *health, int64_t otherwise_ms);
/* Returns how many rows of the journal are not in Redis yet. */
uint64_t health_rows_waiting(const Health *health);
void health_wait(Health *health, uint64_t microseconds);
void health_say(Health *health, HealthText which, const char *text,
                int64_t now_ms);
/* Owned. */
char *health_text(const Health *health, HealthText which);
/* Copies the values, as far as possible of one moment. */
void health_snapshot(const Health *health, Health *copy);

/* Writes once over the file's old content, so that a full disk does not matter.
 * Fails with JOURNAL_ERROR_FULL. */
bool health_save(const Health *health, int file, GError **error);
/* Fails with JOURNAL_ERROR_OPEN if the file is missing or may not be read,
 * _BROKEN if it is not a status file. */
bool health_load(const char *path, Health *health, GError **error);

/* Returns what is wrong, as a sentence, lent; NULL if all is well. */
const char *health_trouble(const Health *health, int64_t now_ms);
