/* SPDX-License-Identifier: MIT */
#include "journal/health.h"

#include "journal/journal.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/banned.h"

/* Another number for another shape of Health; a shape before is read as well,
 * see old_forms. */
enum { FORM = 0x6c700009 };
enum {
    STALE_MILLISECONDS = 15 * 1000, /* a heartbeat a second is expected */
    LAG_MILLISECONDS = 5 * 60 * 1000,
    LOAD_ATTEMPTS = 20,
    LOAD_PAUSE_MICROSECONDS = 500,
};

typedef struct Label {
    const char *name, *help;
} Label;

static const Label counters[HEALTH_COUNTERS] = {
    [HEALTH_SESSIONS] = { "sessions", "connections that began a mail" },
    [HEALTH_SEEN] = { "seen", "mails of which all headers came" },
    [HEALTH_PASSED] = { "passed", "mails for no list of ours" },
    [HEALTH_ABORTED] = { "aborted", "mails that the MTA broke off" },
    [HEALTH_KEPT] = { "kept", "mails appended to the journal" },
    [HEALTH_LATE] = { "late", "mails appended after the reply to the MTA" },
    [HEALTH_LOST] = { "lost", "list mails that the journal did not take" },
    [HEALTH_SHED] = { "shed", "list mails not buffered for want of room" },
    [HEALTH_TRUNCATED] = { "truncated", "mails kept with a part cut off" },
    [HEALTH_RELOADS] = { "reloads", "configurations taken" },
    [HEALTH_RELOAD_FAULTS] = { "reload_faults", "configurations refused" },
    [HEALTH_STARTS] = { "starts", "starts of the collector" },
    [HEALTH_PROCESSOR_STARTS] = { "processor_starts",
                                  "starts of the processor" },
    [HEALTH_PROCESSOR_DEATHS] = { "processor_deaths",
                                  "unwanted ends of the processor" },
    [HEALTH_REFUSED] = { "refused", "mails of lists beyond max_lists" },
    [HEALTH_COUNTED] = { "counted", "new posts counted" },
    [HEALTH_DUPLICATES] = { "duplicates", "copies of known posts" },
    [HEALTH_REPEATED] = { "repeated", "rows that Redis already had" },
    [HEALTH_MALFORMED] = { "malformed", "posts counted with a defect" },
    [HEALTH_ASIDE] = { "set_aside", "mails that could not be parsed" },
    [HEALTH_REWINDS] = { "rewinds", "returns to an older row" },
    [HEALTH_REDIS_CONNECTS] = { "redis_connects", "connections to Redis" },
    [HEALTH_REDIS_ERRORS] = { "redis_errors", "failures of Redis" },
    [HEALTH_GAPS] = { "gaps", "times in which mail may have passed uncounted" },
    [HEALTH_DIFFERING] = { "differing",
                           "earlier copies that say something else" },
};

static const Label gauges[HEALTH_GAUGES] = {
    [HEALTH_STARTED_MS] = { "started_ms", "when the collector started" },
    [HEALTH_ALIVE_MS] = { "alive_ms", "the collector's last sign of life" },
    [HEALTH_STOPPED_MS] = { "stopped_ms", "when it stopped, 0 if it runs" },
    [HEALTH_COLLECTOR_PID] = { "collector_pid", NULL },
    [HEALTH_PROCESSOR_PID] = { "processor_pid", NULL },
    [HEALTH_PROCESSOR_ALIVE_MS] = { "processor_alive_ms",
                                    "the processor's last sign of life" },
    [HEALTH_OPEN_SESSIONS] = { "open_sessions", "sessions that are open" },
    [HEALTH_OPEN_MAILS] = { "open_mails", "mails on their way" },
    [HEALTH_QUEUED] = { "queued", "mails that the journal did not take yet" },
    [HEALTH_STALLED_SINCE_MS] = { "stalled_since_ms",
                                  "since when the journal takes no mails" },
    [HEALTH_JOURNAL_LAST] = { "journal_last", "newest row of the journal" },
    [HEALTH_JOURNAL_APPLIED] = { "journal_applied", "newest row in Redis" },
    [HEALTH_JOURNAL_ROWS] = { "journal_rows",
                              "rows ever appended to the journal" },
    [HEALTH_JOURNAL_ROWS_APPLIED] = { "journal_rows_applied",
                                      "of these, up to the newest in Redis" },
    [HEALTH_JOURNAL_OLDEST_MS] = { "journal_oldest_ms",
                                   "arrival of the oldest row that waits" },
    [HEALTH_JOURNAL_BYTES] = { "journal_bytes", "bytes of journal in use" },
    [HEALTH_REDIS_STATE] = { "redis_state", NULL },
    [HEALTH_REDIS_SINCE_MS] = { "redis_since_ms",
                                "since when Redis is as it is" },
    [HEALTH_CONFIG_BAD] = { "config_bad", "1: the last reload was refused" },
    [HEALTH_BOOT] = { "boot", NULL },
    [HEALTH_STEADY_TICKS] = { "steady_ticks", NULL },
    [HEALTH_CLOCK_SET_TICKS] = { "clock_set_ticks", NULL },
    [HEALTH_JOURNAL_FAULT] = { "journal_fault", NULL },
    [HEALTH_PARSING_ROW] = { "parsing_row", NULL },
    [HEALTH_FATAL_ROW] = { "fatal_row", NULL },
    [HEALTH_FATAL_POINTS] = { "fatal_points", NULL },
    [HEALTH_HELD_LISTS] = { "held_lists",
                            "lists that cannot be counted at present" },
    [HEALTH_WAITING_LISTS] = { "waiting_lists", "lists that wait for a place" },
    [HEALTH_WHOLE_MS] = { "whole_ms", NULL },
    [HEALTH_COVERED_MS] = { "covered_ms", NULL },
    [HEALTH_JOURNAL_FILE] = { "journal_file", NULL },
    [HEALTH_JOURNAL_LOG] = { "journal_log", NULL },
    [HEALTH_JOURNAL_GAP] = { "journal_gap", NULL },
};

static const char *const redis_names[] = {
    [HEALTH_REDIS_UNKNOWN] = "unknown",
    [HEALTH_REDIS_UP] = "up",
    [HEALTH_REDIS_UNREACHABLE] = "unreachable",
    [HEALTH_REDIS_WAITING] = "waiting",
    [HEALTH_REDIS_NO_MASTER] = "no master",
    [HEALTH_REDIS_FULL] = "full",
    [HEALTH_REDIS_EVICTS] = "dropping keys",
    [HEALTH_REDIS_DENIED] = "denied",
    [HEALTH_REDIS_SCHEMA] = "other data",
};

static const unsigned wait_bounds[HEALTH_WAITS] = {
    25, 50, 75, 100, 150, 250, 500, 1000, 2000, 5000, 10000, 50000, 250000, 0,
};

const char *health_counter_name(HealthCounter counter)
{
    return counters[counter].name;
}

const char *health_counter_help(HealthCounter counter)
{
    return counters[counter].help;
}

const char *health_gauge_name(HealthGauge gauge)
{
    return gauges[gauge].name;
}

const char *health_gauge_help(HealthGauge gauge)
{
    return gauges[gauge].help;
}

const char *health_redis_name(HealthRedis state)
{
    return (unsigned)state < G_N_ELEMENTS(redis_names) ? redis_names[state]
                                                       : "unknown";
}

unsigned health_wait_bound(unsigned bucket)
{
    return bucket < HEALTH_WAITS ? wait_bounds[bucket] : 0;
}

static unsigned bucket_of(uint64_t microseconds)
{
    unsigned bucket = 0;

    while (bucket < HEALTH_WAITS - 1 && microseconds > wait_bounds[bucket])
        bucket++;
    return bucket;
}

unsigned health_wait_quantile(const Health *health, double share)
{
    uint64_t all = 0, below = 0;

    for (unsigned i = 0; i < HEALTH_WAITS; i++)
        all += health->waits[i];
    for (unsigned i = 0; all > 0 && i < HEALTH_WAITS - 1; i++) {
        below += health->waits[i];
        if ((double)below >= share * (double)all)
            return wait_bounds[i];
    }
    return all > 0 ? wait_bounds[HEALTH_WAITS - 2] : 0;
}

void health_init(Health *health)
{
    memset(health, 0, sizeof *health);
    health->form = FORM;
}

void health_count(Health *health, HealthCounter counter, uint64_t amount)
{
    __atomic_fetch_add(&health->counters[counter], amount, __ATOMIC_RELAXED);
}

void health_set(Health *health, HealthGauge gauge, int64_t value)
{
    __atomic_store_n(&health->gauges[gauge], value, __ATOMIC_RELAXED);
}

void health_note_gap(Health *health, int64_t gap)
{
    health_set(health, HEALTH_JOURNAL_GAP, gap);
    health_count(health, HEALTH_GAPS, 1);
}

void health_add(Health *health, HealthGauge gauge, int64_t amount)
{
    __atomic_fetch_add(&health->gauges[gauge], amount, __ATOMIC_RELAXED);
}

int64_t health_get(const Health *health, HealthGauge gauge)
{
    return __atomic_load_n(&health->gauges[gauge], __ATOMIC_RELAXED);
}

uint64_t health_counter(const Health *health, HealthCounter counter)
{
    return __atomic_load_n(&health->counters[counter], __ATOMIC_RELAXED);
}

int64_t health_covered(const Health *health, int64_t otherwise_ms)
{
    const int64_t covered = health_get(health, HEALTH_COVERED_MS);
    const int64_t oldest = health_get(health, HEALTH_JOURNAL_OLDEST_MS);

    if (covered != 0)
        return covered;
    return oldest != 0 ? MIN(oldest, otherwise_ms) : otherwise_ms;
}

uint64_t health_rows_waiting(const Health *health)
{
    const int64_t waiting = health_get(health, HEALTH_JOURNAL_ROWS) -
                            health_get(health, HEALTH_JOURNAL_ROWS_APPLIED);

    return (uint64_t)MAX(waiting, 0);
}

void health_wait(Health *health, uint64_t microseconds)
{
    __atomic_fetch_add(&health->waits[bucket_of(microseconds)], 1,
                       __ATOMIC_RELAXED);
    __atomic_fetch_add(&health->wait_sum_us, microseconds, __ATOMIC_RELAXED);
}

/* --- words -------------------------------------------------------------- */

/* Byte by byte and atomic, so that a reader in the other process sees old or
 * new bytes, never undefined ones; `changes` tells it which. */
void health_say(Health *health, HealthText which, const char *text,
                int64_t now_ms)
{
    HealthWords *words = &health->words[which];
    const size_t length = MIN(strlen(text), (size_t)HEALTH_TEXT_MAX - 1);
    uint64_t before = __atomic_load_n(&words->changes, __ATOMIC_RELAXED);

    /* Another writer is at it: its words are as good as ours. */
    if (before % 2 == 1 ||
        !__atomic_compare_exchange_n(&words->changes, &before, before + 1,
                                     false, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
        return;
    for (size_t i = 0; i < length; i++)
        __atomic_store_n(&words->text[i], text[i], __ATOMIC_RELEASE);
    __atomic_store_n(&words->text[length], '\0', __ATOMIC_RELEASE);
    __atomic_store_n(&words->said_ms, now_ms, __ATOMIC_RELEASE);
    __atomic_store_n(&words->changes, before + 2, __ATOMIC_RELEASE);
}

static void copy_words(const HealthWords *words, HealthWords *copy)
{
    copy->changes = __atomic_load_n(&words->changes, __ATOMIC_ACQUIRE);
    copy->said_ms = __atomic_load_n(&words->said_ms, __ATOMIC_ACQUIRE);
    for (size_t i = 0; i < HEALTH_TEXT_MAX; i++)
        copy->text[i] = __atomic_load_n(&words->text[i], __ATOMIC_ACQUIRE);
    copy->text[HEALTH_TEXT_MAX - 1] = '\0';
}

static void snapshot_words(const HealthWords *words, HealthWords *copy)
{
    for (int attempt = 0; attempt < LOAD_ATTEMPTS; attempt++) {
        copy_words(words, copy);
        if (copy->changes % 2 == 0 &&
            copy->changes == __atomic_load_n(&words->changes, __ATOMIC_ACQUIRE))
            return;
    }
    copy->changes &= ~(uint64_t)1; /* torn by a death; still text */
}

char *health_text(const Health *health, HealthText which)
{
    HealthWords words;

    snapshot_words(&health->words[which], &words);
    return g_strdup(words.text);
}

void health_snapshot(const Health *health, Health *copy)
{
    G_STATIC_ASSERT(HEALTH_COUNTERS <= (int)HEALTH_COUNTERS_ROOM);
    G_STATIC_ASSERT(HEALTH_GAUGES <= (int)HEALTH_GAUGES_ROOM);
    G_STATIC_ASSERT(HEALTH_TEXTS <= (int)HEALTH_TEXTS_ROOM);

    health_init(copy);
    for (unsigned i = 0; i < HEALTH_COUNTERS; i++)
        copy->counters[i] =
            __atomic_load_n(&health->counters[i], __ATOMIC_RELAXED);
    for (unsigned i = 0; i < HEALTH_GAUGES; i++)
        copy->gauges[i] = __atomic_load_n(&health->gauges[i], __ATOMIC_RELAXED);
    for (unsigned i = 0; i < HEALTH_WAITS; i++)
        copy->waits[i] = __atomic_load_n(&health->waits[i], __ATOMIC_RELAXED);
    copy->wait_sum_us = __atomic_load_n(&health->wait_sum_us, __ATOMIC_RELAXED);
    for (unsigned i = 0; i < HEALTH_TEXTS; i++)
        snapshot_words(&health->words[i], &copy->words[i]);
}

/* --- the file ----------------------------------------------------------- */

/* FNV-1a: against a torn read, not against an attacker. */
static uint64_t sum_of_bytes(const unsigned char *bytes, size_t length)
{
    uint64_t sum = 14695981039346656037U;

    for (size_t i = 0; i < length; i++)
        sum = (sum ^ bytes[i]) * 1099511628211U;
    return sum;
}

static uint64_t sum_of(const Health *health)
{
    return sum_of_bytes((const unsigned char *)health, offsetof(Health, sum));
}

bool health_save(const Health *health, int file, GError **error)
{
    Health copy;

    health_snapshot(health, &copy);
    copy.sum = sum_of(&copy);
    if (pwrite(file, &copy, sizeof copy, 0) == (ssize_t)sizeof copy)
        return true;
    g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_FULL, "status file: %s",
                g_strerror(errno));
    return false;
}

/* Shapes without room, by what they held. */
typedef struct OldForm {
    uint64_t form;
    unsigned counters, gauges, texts;
} OldForm;

static const OldForm old_forms[] = {
    { 0x6c700008, 24, 33, 6 },
    { 0x6c700007, 24, 28, 6 },
};

static size_t size_of_form(const OldForm *old)
{
    const size_t numbers =
        1 + old->counters + old->gauges + HEALTH_WAITS + 1 + 1; /* form, sums */

    return numbers * sizeof(uint64_t) + old->texts * sizeof(HealthWords);
}

static const unsigned char *take(void *to, const unsigned char *from,
                                 size_t length)
{
    memcpy(to, from, length);
    return from + length;
}

static void take_form(const OldForm *old, const unsigned char *at,
                      Health *health)
{
    health_init(health);
    at += sizeof health->form;
    at = take(health->counters, at, old->counters * sizeof *health->counters);
    at = take(health->gauges, at, old->gauges * sizeof *health->gauges);
    at = take(health->waits, at, sizeof health->waits);
    at = take(&health->wait_sum_us, at, sizeof health->wait_sum_us);
    (void)take(health->words, at, old->texts * sizeof *health->words);
}

/* What an older program wrote goes on. */
static bool read_before(int file, Health *health)
{
    for (size_t i = 0; i < G_N_ELEMENTS(old_forms); i++) {
        const OldForm *old = &old_forms[i];
        const size_t size = size_of_form(old);
        unsigned char bytes[sizeof *health];
        uint64_t form = 0, sum = 0;

        if (pread(file, bytes, size, 0) != (ssize_t)size)
            continue;
        (void)take(&form, bytes, sizeof form);
        (void)take(&sum, bytes + size - sizeof sum, sizeof sum);
        if (form != old->form || sum != sum_of_bytes(bytes, size - sizeof sum))
            continue;
        take_form(old, bytes, health);
        return true;
    }
    return false;
}

static bool read_whole(int file, Health *health)
{
    const ssize_t length = pread(file, health, sizeof *health, 0);

    return (length == (ssize_t)sizeof *health && health->form == FORM &&
            health->sum == sum_of(health)) ||
           read_before(file, health);
}

bool health_load(const char *path, Health *health, GError **error)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);

    if (file < 0) {
        g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN, "%s: %s", path,
                    g_strerror(errno));
        return false;
    }
    Health copy;
    bool good = read_whole(file, &copy);
    for (int attempt = 0; !good && attempt < LOAD_ATTEMPTS; attempt++) {
        g_usleep(LOAD_PAUSE_MICROSECONDS); /* it is just being written */
        good = read_whole(file, &copy);
    }
    close(file);
    if (good)
        *health = copy;
    else
        g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN,
                    "%s: not a status file of this version", path);
    return good;
}

/* --- judgement ---------------------------------------------------------- */

static bool is_running(const Health *health, int64_t now_ms)
{
    return health->gauges[HEALTH_STOPPED_MS] == 0 &&
           now_ms - health->gauges[HEALTH_ALIVE_MS] < STALE_MILLISECONDS;
}

static const char *redis_trouble(int64_t state)
{
    static const char *const sentences[] = {
        [HEALTH_REDIS_UNREACHABLE] = "Redis cannot be reached",
        [HEALTH_REDIS_WAITING] = "Redis is loading or busy",
        [HEALTH_REDIS_NO_MASTER] = "Redis has no master",
        [HEALTH_REDIS_FULL] =
            ("Redis has no room: give it more (redis_megabytes, or maxmemory "
             "of an own server), or let posts go (retain_posts, forget)"),
        [HEALTH_REDIS_EVICTS] = "Redis drops keys when its memory is full",
        [HEALTH_REDIS_DENIED] = "Redis denies us",
        [HEALTH_REDIS_SCHEMA] = "Redis holds other data under our keys",
    };

    return state >= 0 && state < (int64_t)G_N_ELEMENTS(sentences)
               ? sentences[state]
               : NULL;
}

const char *health_trouble(const Health *health, int64_t now_ms)
{
    const int64_t oldest = health->gauges[HEALTH_JOURNAL_OLDEST_MS];

    if (health->gauges[HEALTH_STOPPED_MS] != 0)
        return "the milter was stopped";
    if (!is_running(health, now_ms))
        return "the milter does not run, or hangs";
    if (health->gauges[HEALTH_PROCESSOR_PID] == 0 ||
        now_ms - health->gauges[HEALTH_PROCESSOR_ALIVE_MS] >=
            INT64_C(4) * STALE_MILLISECONDS)
        return "the processor does not run, or hangs";
    if (health->gauges[HEALTH_STALLED_SINCE_MS] != 0)
        return "the journal does not take mails";
    if (redis_trouble(health->gauges[HEALTH_REDIS_STATE]) != NULL)
        return redis_trouble(health->gauges[HEALTH_REDIS_STATE]);
    if (oldest != 0 && now_ms - oldest > LAG_MILLISECONDS)
        return "counting lags behind";
    if (health->gauges[HEALTH_HELD_LISTS] != 0)
        return "lists are held back";
    if (health->gauges[HEALTH_CONFIG_BAD] != 0)
        return "the configuration was refused; the old one is in force";
    return NULL;
}
