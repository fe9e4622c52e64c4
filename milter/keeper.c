/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/keeper.h"

#include "journal/journal_gaps.h"
#include "journal/journal_origin.h"
#include "journal/journal_rescue.h"
#include "milter/clock.h"
#include "milter/log.h"
#include "milter/priors.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

#include "base/banned.h"

enum {
    GROUP_MAX = 64, /* rows in one step */
    TURN_WAIT_MILLISECONDS = 200,
    RETRY_PAUSE_US = 200 * 1000,
    WAITING_BYTES_MAX = 32 * 1024 * 1024,
    LOOK_US = 1000 * 1000, /* at the files and the disk */
    RESCUE_ROWS = 16,      /* copied in one step */
    RESCUE_NOTE_ROWS = 1024,
    RENEW_PAUSE_US = 10 * 1000 * 1000,
    ROW_BYTES = 8192,      /* what a row may take besides its mail */
    DISK_SHARE = 10,       /* of a small disk this part stays free */
    LOSS_US = 1000 * 1000, /* losses that close make one gap */
};
static const uint64_t backlog_most = UINT64_C(1) << 30;

typedef enum EntryState { ENTRY_WAITS, ENTRY_DONE, ENTRY_LEFT } EntryState;

/* A row on its way, held by the mail's thread and by the keeper's. */
typedef struct Entry {
    JournalRow row;
    int64_t pushed_ms;
    int holders, state; /* atomic; EntryState leaves ENTRY_WAITS once */
    sem_t settled;
} Entry;

struct Keeper {
    Journal *journal;
    const Shared *shared;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t work, idle;
    GQueue waiting;   /* Entry * */
    GQueue gaps;      /* JournalGap *; the first may be on its way */
    size_t bytes;     /* of rows that wait */
    int64_t taken_ms; /* when the first of those that are just being appended
                         was pushed; 0: none is */
    int64_t lost_since_ms, lost_until_ms; /* in no gap yet; 0: none */
    int64_t lost_at_us;                   /* the last of them, in ticks */
    bool is_stalled;
    bool is_slow; /* a mail waited in vain, and none was appended since */
    KeeperLimits limits;
    bool is_limited;
    /* of the keeper's thread alone */
    int64_t look_at_us;
    uint64_t room; /* bytes that may still be appended before the next look */
    int64_t renewed_us;
    Journal *damaged; /* rows are being copied from it; or NULL */
    JournalRescue rescue;
    int64_t unread_since_ms; /* 0: nothing was unreadable so far */
    uint64_t rescued;
    JournalHeritage *heritage; /* not in the journal yet: nothing else may be */
};

static void init_condition(pthread_cond_t *condition)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(condition, &attributes);
    pthread_condattr_destroy(&attributes);
}

static struct timespec timespec_of(int64_t ticks_us)
{
    return (struct timespec){ .tv_sec = ticks_us / G_USEC_PER_SEC,
                              .tv_nsec = ticks_us % G_USEC_PER_SEC * 1000 };
}

/* False: it is that late. */
static bool wait_until(pthread_cond_t *condition, pthread_mutex_t *mutex,
                       int64_t ticks_us)
{
    const struct timespec until = timespec_of(ticks_us);

    return pthread_cond_timedwait(condition, mutex, &until) == 0;
}

static size_t entry_bytes(const Entry *entry)
{
    return sizeof *entry + g_bytes_get_size(entry->row.mail);
}

static Entry *entry_new(JournalRow *row)
{
    Entry *entry = g_new0(Entry, 1);

    entry->row = *row;
    *row = (JournalRow){ 0 };
    entry->holders = 2;
    sem_init(&entry->settled, 0, 0);
    return entry;
}

static void entry_release(Entry *entry)
{
    if (__atomic_sub_fetch(&entry->holders, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    journal_row_clear(&entry->row);
    sem_destroy(&entry->settled);
    g_free(entry);
}

/* True for the first who says what became of it. */
static bool entry_settle(Entry *entry, EntryState state)
{
    int waits = ENTRY_WAITS;

    return __atomic_compare_exchange_n(&entry->state, &waits, state, false,
                                       __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
}

/* Lets the mail's thread go on. */
static void entry_answer(Entry *entry, EntryState state)
{
    if (entry_settle(entry, state))
        sem_post(&entry->settled);
}

static void gap_free(JournalGap *gap)
{
    journal_gap_clear(gap);
    g_free(gap);
}

/* --- the keeper's own thread (mutex held unless said otherwise) ---------- */

static void queue_gap(Keeper *keeper, int64_t from_ms, int64_t until_ms,
                      const char *why)
{
    JournalGap *gap = g_new0(JournalGap, 1);

    *gap = (JournalGap){ .from_ms = MIN(from_ms, until_ms),
                         .until_ms = until_ms,
                         .lists = g_strdup(""),
                         .why = g_strdup(why) };
    g_queue_push_tail(&keeper->gaps, gap);
}

/* --- room on the disk ------------------------------------------------------
 */

KeeperLimits keeper_limits_of(const Settings *settings)
{
    return (KeeperLimits){
        .backlog = (uint64_t)settings->backlog_megabytes << 20,
        .free = (uint64_t)settings->journal_free_megabytes << 20,
    };
}

uint64_t keeper_backlog(const KeeperLimits *limits, const JournalUsage *usage)
{
    return limits->backlog != 0
               ? limits->backlog
               : MIN(backlog_most, (usage->free + usage->on_disk) / 2);
}

static uint64_t floor_of(const KeeperLimits *limits, const JournalUsage *usage)
{
    return MIN(limits->free, usage->disk / DISK_SHARE);
}

bool keeper_is_tight(const KeeperLimits *limits, const JournalUsage *usage)
{
    return usage->free < 2 * floor_of(limits, usage) + usage->log;
}

/* Within the file there may be room even where the disk has none left. A row
 * is written twice, to the log and to the file. */
static uint64_t room_of(const KeeperLimits *limits, const JournalUsage *usage)
{
    const uint64_t backlog = keeper_backlog(limits, usage);
    const uint64_t floor = floor_of(limits, usage) + usage->log;
    const uint64_t below = backlog > usage->used ? backlog - usage->used : 0;
    const uint64_t above = usage->free > floor ? usage->free - floor : 0;

    return MIN(below, above / 2 + usage->unused);
}

static void measure_room(Keeper *keeper, const KeeperLimits *limits)
{
    JournalUsage usage;

    keeper->room = UINT64_MAX;
    if (limits != NULL && journal_usage(keeper->journal, &usage, NULL))
        keeper->room = room_of(limits, &usage);
}

/* --- another journal ---------------------------------------------------------
 */

static void say_journal(const Keeper *keeper)
{
    static const HealthGauge rows[] = {
        HEALTH_JOURNAL_LAST,      HEALTH_JOURNAL_APPLIED,
        HEALTH_JOURNAL_ROWS,      HEALTH_JOURNAL_ROWS_APPLIED,
        HEALTH_JOURNAL_OLDEST_MS, HEALTH_PARSING_ROW,
        HEALTH_FATAL_ROW,         HEALTH_FATAL_POINTS,
        HEALTH_JOURNAL_FAULT,
    };
    Health *health = keeper->shared->health;

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        health_set(health, rows[i], 0);
    health_say(health, HEALTH_JOURNAL_ID, journal_id(keeper->journal),
               clock_now_ms());
    health_set(health, HEALTH_JOURNAL_LOG, journal_log_number(keeper->journal));
    /* From here on the processor opens it. */
    health_set(health, HEALTH_JOURNAL_FILE,
               journal_file_number(keeper->journal));
}

/* Of the one that begins after this one. Where Redis did not meet this one, it
 * has to see to what came before this one still. A damaged one may say nothing.
 */
static JournalOrigin origin_after(const Health *health, Journal *journal)
{
    const int64_t applied = health_get(health, HEALTH_JOURNAL_APPLIED);
    JournalOrigin origin = { 0 };
    const bool is_readable = journal_learn_id(journal, NULL) &&
                             journal_get_origin(journal, &origin, NULL);

    if (!is_readable || origin.is_met) {
        journal_origin_add(&origin, journal_id(journal));
        origin.told = 0;
        if (!journal_told(journal, &origin.told, NULL) || !is_readable)
            origin.told = health_get(health, HEALTH_HELD_LISTS) > 0
                              ? INT64_MAX /* what they miss is not known */
                              : applied;
        origin.told = MAX(origin.told, JOURNAL_TOLD_MIN);
    }
    origin.is_met = false;
    origin.begun_ms = clock_now_ms();
    return origin;
}

/* What arrived before is in Redis, or named there. */
static int64_t covered_by(const Health *health)
{
    const int64_t covered = health_get(health, HEALTH_COVERED_MS);
    const int64_t oldest = health_get(health, HEALTH_JOURNAL_OLDEST_MS);
    const int64_t started = health_get(health, HEALTH_STARTED_MS);

    if (covered != 0)
        return covered;
    /* An older program never said it. */
    return oldest != 0 ? MIN(oldest, started) : started;
}

static JournalRescue begin_rescue(const Keeper *keeper, const char *file,
                                  const JournalOrigin *origin, int64_t applied)
{
    const Health *health = keeper->shared->health;

    return (JournalRescue){
        .file = g_strdup(file),
        /* Redis will be asked for what was told. What was not may have been
         * counted, or waits for a list that is held. */
        .after = origin->told != INT64_MAX ? MIN(applied, origin->told) : 0,
        .since_ms = MIN(covered_by(health), clock_now_ms()),
        .last = health_get(health, HEALTH_JOURNAL_LAST),
    };
}

static void leave_gap(GArray *gaps, int64_t from_ms, const char *why)
{
    const int64_t now_ms = clock_now_ms();
    const JournalGap gap = { .from_ms = MIN(from_ms, now_ms),
                             .until_ms = now_ms,
                             .lists = g_strdup(""),
                             .why = g_strdup(why) };

    g_array_append_val(gaps, gap);
}

/* All that the journal has; where some cannot be read, a gap that has their
 * times. Owned. */
static GArray *gaps_of(const Keeper *keeper)
{
    const Health *health = keeper->shared->health;
    GArray *gaps = journal_gaps_new();
    int64_t last = 0;

    const bool is_read = journal_gaps(keeper->journal, gaps, NULL);
    for (unsigned i = 0; i < gaps->len; i++)
        last = MAX(last, g_array_index(gaps, JournalGap, i).gap);
    if (!is_read || last < health_get(health, HEALTH_JOURNAL_GAP))
        leave_gap(gaps, covered_by(health), "the journal was damaged");
    return gaps;
}

static void heritage_free(JournalHeritage *heritage)
{
    if (heritage == NULL)
        return;
    journal_origin_clear(&heritage->origin);
    journal_rescue_clear(&heritage->rescue);
    g_array_unref(heritage->gaps);
    g_array_unref(heritage->positions);
    g_free(heritage);
}

static void put_journal(Keeper *keeper, Journal *another, const char *file)
{
    const Health *health = keeper->shared->health;
    const int64_t applied = health_get(health, HEALTH_JOURNAL_APPLIED);
    JournalHeritage *heritage = keeper->heritage;

    journal_skip_to(another, clock_row_number());
    if (heritage != NULL) { /* it did not even get what was its due */
        journal_free(keeper->journal);
        keeper->journal = another;
        return;
    }
    heritage = g_new0(JournalHeritage, 1);
    *heritage = (JournalHeritage){
        .origin = origin_after(health, keeper->journal),
        .gaps = gaps_of(keeper),
        .positions = priors_after(keeper->journal),
    };
    heritage->rescue = begin_rescue(keeper, file, &heritage->origin, applied);
    if (keeper->rescue.file != NULL)
        leave_gap(heritage->gaps, keeper->rescue.since_ms,
                  "the journal was damaged again");
    journal_free(keeper->damaged); /* what was not copied yet stays aside */
    journal_rescue_clear(&keeper->rescue);
    keeper->damaged = keeper->journal;
    keeper->journal = another;
    keeper->heritage = heritage;
    keeper->rescue = heritage->rescue;
    keeper->rescue.file = g_strdup(file);
    keeper->unread_since_ms = 0;
    keeper->rescued = 0;
}

/* Those that it got now are new. */
static void note_gaps(Health *health, const GArray *gaps)
{
    int64_t last = 0;

    for (unsigned i = 0; i < gaps->len; i++) {
        const JournalGap *gap = &g_array_index(gaps, JournalGap, i);

        last = MAX(last, gap->gap);
        health_count(health, HEALTH_GAPS, gap->journal == NULL);
    }
    health_set(health, HEALTH_JOURNAL_GAP, last);
}

static bool hand_down(Keeper *keeper, GError **error)
{
    JournalHeritage *heritage = keeper->heritage;

    if (!journal_inherit(keeper->journal, heritage, error))
        return false;
    (void)journal_checkpoint(keeper->journal, NULL); /* lasts from here on */
    note_gaps(keeper->shared->health, heritage->gaps);
    g_clear_pointer(&keeper->heritage, heritage_free);
    say_journal(keeper);
    return true;
}

/* Without the mutex, as all that follows: files may be slow.
 * A processor that has the old one open sees that its files are not in place.
 */
static void renew(Keeper *keeper, const char *why, bool is_gone)
{
    const int64_t now_us = clock_ticks_us();
    g_autoptr(GError) error = NULL;

    if (keeper->renewed_us != 0 && now_us - keeper->renewed_us < RENEW_PAUSE_US)
        return;
    keeper->renewed_us = now_us;
    g_autofree char *aside =
        journal_aside_name(keeper->journal, clock_now_ms() / 1000);
    Journal *another = journal_begin_another(keeper->journal, aside, &error);
    if (another == NULL) {
        log_error("the journal %s, and no other can be made: %s", why,
                  error->message);
        return;
    }
    log_error("the journal %s: another one is begun, mails that were not "
              "counted are copied; what stands in its place is now %s",
              why, aside);
    put_journal(keeper, another, is_gone ? "" : aside);
}

/* Somebody found damage, and not in the one before. */
static bool is_damaged(const Keeper *keeper)
{
    const int64_t fault =
        health_get(keeper->shared->health, HEALTH_JOURNAL_FAULT);

    return fault != 0 && fault == journal_file_number(keeper->journal);
}

/* With the mutex; it is given back meanwhile. */
static void look(Keeper *keeper)
{
    const int64_t now_us = clock_ticks_us();
    const KeeperLimits limits = keeper->limits;
    const bool is_limited = keeper->is_limited;

    if (now_us < keeper->look_at_us && !keeper->is_stalled)
        return;
    keeper->look_at_us = now_us + LOOK_US;
    pthread_mutex_unlock(&keeper->mutex);
    if (!journal_is_in_place(keeper->journal))
        renew(keeper, "was deleted or replaced", true);
    else if (is_damaged(keeper))
        renew(keeper, "is damaged", false);
    measure_room(keeper, is_limited ? &limits : NULL);
    pthread_mutex_lock(&keeper->mutex);
}

/* --- what can be read of the old one -----------------------------------------
 */

/* Straight into the journal, since what is remembered of the rescue moves on
 * behind it. False: not now. */
static bool name_damage(Keeper *keeper, int64_t from_ms, int64_t until_ms)
{
    JournalGap gap = { .from_ms = MIN(from_ms, until_ms),
                       .until_ms = until_ms,
                       .lists = (char[]){ "" },
                       .why = (char[]){ "the journal was damaged" } };

    if (!journal_add_gap(keeper->journal, &gap, NULL))
        return false;
    health_note_gap(keeper->shared->health, gap.gap);
    return true;
}

static void end_rescue(Keeper *keeper)
{
    const JournalRescue none = { 0 };
    const bool is_unread = keeper->unread_since_ms != 0;

    if ((is_unread &&
         !name_damage(keeper, keeper->unread_since_ms, clock_now_ms())) ||
        !journal_set_rescue(keeper->journal, &none, NULL)) {
        g_usleep(RETRY_PAUSE_US);
        return;
    }
    log_notice("%" G_GUINT64_FORMAT " mails were copied from the old journal%s",
               keeper->rescued, is_unread ? "; others cannot be read" : "");
    keeper->unread_since_ms = 0;
    g_clear_pointer(&keeper->damaged, journal_free);
    journal_rescue_clear(&keeper->rescue);
}

static bool copy_rows(Keeper *keeper, GArray *rows, GError **error)
{
    JournalRow *pointers[RESCUE_ROWS] = { NULL };

    for (unsigned i = 0; i < rows->len; i++)
        pointers[i] = &g_array_index(rows, JournalRow, i);
    return journal_append(keeper->journal, pointers, rows->len,
                          TURN_WAIT_MILLISECONDS, error);
}

/* A time in which rows are missing. */
typedef struct Hole {
    int64_t from_ms, until_ms;
} Hole;

/* Numbers follow one another: where one is missing, a row was not read, be it
 * that the damage was seen or not. */
static GArray *holes_in(const Keeper *keeper, const GArray *rows)
{
    GArray *holes = g_array_new(FALSE, FALSE, sizeof(Hole));
    int64_t after = keeper->rescue.after, since_ms = keeper->rescue.since_ms;

    for (unsigned i = 0; i < rows->len; i++) {
        const JournalRow *row = &g_array_index(rows, JournalRow, i);
        const Hole hole = { since_ms, row->arrival_ms + JOURNAL_ORDER_MS };

        if (after != 0 && !journal_follows(keeper->damaged, after, row->row))
            g_array_append_val(holes, hole);
        after = row->row;
        since_ms = row->arrival_ms - JOURNAL_ORDER_MS;
    }
    return holes;
}

static bool name_holes(Keeper *keeper, const GArray *holes)
{
    for (unsigned i = 0; i < holes->len; i++) {
        const Hole *hole = &g_array_index(holes, Hole, i);

        if (!name_damage(keeper, hole->from_ms, hole->until_ms))
            return false;
    }
    return true;
}

static void on_copied(Keeper *keeper, const GArray *rows, int64_t last_row,
                      int64_t last_ms)
{
    Health *health = keeper->shared->health;

    keeper->rescue.after = last_row;
    keeper->rescue.since_ms = last_ms - JOURNAL_ORDER_MS;
    if (keeper->rescued / RESCUE_NOTE_ROWS !=
        (keeper->rescued + rows->len) / RESCUE_NOTE_ROWS)
        (void)journal_set_rescue(keeper->journal, &keeper->rescue, NULL);
    keeper->rescued += rows->len;
    health_set(health, HEALTH_JOURNAL_LAST,
               g_array_index(rows, JournalRow, rows->len - 1).row);
    health_add(health, HEALTH_JOURNAL_ROWS, rows->len);
    shared_ring(keeper->shared);
}

/* Not on to what follows before holes are named: they would be forgotten. */
static void take_over(Keeper *keeper, GArray *rows)
{
    const JournalRow last = g_array_index(rows, JournalRow, rows->len - 1);
    g_autoptr(GArray) holes = holes_in(keeper, rows);

    if (copy_rows(keeper, rows, NULL) && name_holes(keeper, holes))
        on_copied(keeper, rows, last.row, last.arrival_ms);
    else
        g_usleep(RETRY_PAUSE_US);
}

/* A few rows, between mails. Only this thread uses the journals. */
static void rescue_some(Keeper *keeper)
{
    g_autoptr(GArray) rows = journal_rows_new();
    bool damaged = false;

    journal_read_what_can_be(keeper->damaged, keeper->rescue.after, RESCUE_ROWS,
                             rows, &damaged);
    if (rows->len > 0) {
        take_over(keeper, rows);
        return;
    }
    if (damaged || keeper->rescue.after < keeper->rescue.last)
        keeper->unread_since_ms = keeper->rescue.since_ms;
    end_rescue(keeper);
}

static void go_on_rescuing(Keeper *keeper)
{
    if (keeper->damaged != NULL) {
        rescue_some(keeper);
        return;
    }
    keeper->unread_since_ms = keeper->rescue.since_ms; /* it is gone */
    end_rescue(keeper);
}

/* What an earlier life could not copy. */
static void resume_rescue(Keeper *keeper)
{
    if (!journal_get_rescue(keeper->journal, &keeper->rescue, NULL) ||
        keeper->rescue.file == NULL)
        return;
    if (*keeper->rescue.file != '\0')
        keeper->damaged = journal_open(keeper->rescue.file, JOURNAL_READER,
                                       JOURNAL_SYNC_NORMAL, NULL);
}

/* --- mails -------------------------------------------------------------------
 */

static unsigned take_group(Keeper *keeper, Entry **group)
{
    unsigned count = 0;

    while (count < GROUP_MAX && !g_queue_is_empty(&keeper->waiting))
        group[count++] = g_queue_pop_head(&keeper->waiting);
    return count;
}

static void put_back(Keeper *keeper, Entry **group, unsigned count)
{
    while (count > 0)
        g_queue_push_head(&keeper->waiting, group[--count]);
}

/* Without the mutex. */
static bool append(Keeper *keeper, Entry **group, unsigned count,
                   GError **error)
{
    JournalRow *rows[GROUP_MAX];

    for (unsigned i = 0; i < count; i++)
        rows[i] = &group[i]->row;
    return journal_append(keeper->journal, rows, count, TURN_WAIT_MILLISECONDS,
                          error);
}

static void on_recovered(Keeper *keeper)
{
    log_notice("the journal takes mails again");
    keeper->is_stalled = false;
    health_say(keeper->shared->health, HEALTH_LAST_ERROR, "", clock_now_ms());
    health_set(keeper->shared->health, HEALTH_STALLED_SINCE_MS, 0);
}

static bool is_empty(Keeper *keeper)
{
    return keeper->bytes == 0 && g_queue_is_empty(&keeper->gaps) &&
           keeper->lost_since_ms == 0;
}

static void on_appended(Keeper *keeper, Entry **group, unsigned count)
{
    Health *health = keeper->shared->health;

    for (unsigned i = 0; i < count; i++)
        keeper->bytes -= entry_bytes(group[i]);
    if (is_empty(keeper))
        pthread_cond_broadcast(&keeper->idle);
    if (keeper->is_stalled)
        on_recovered(keeper);
    keeper->is_slow = false;
    health_count(health, HEALTH_KEPT, count);
    health_set(health, HEALTH_JOURNAL_LAST, group[count - 1]->row.row);
    health_add(health, HEALTH_JOURNAL_ROWS, count);
    health_set(health, HEALTH_QUEUED, g_queue_get_length(&keeper->waiting));
}

/* Without the mutex: those who wake need it too. */
static void answer(const Keeper *keeper, Entry **group, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        entry_answer(group[i], ENTRY_DONE);
        entry_release(group[i]);
    }
    shared_ring(keeper->shared);
}

/* Mails need not wait for a disk that has just said no. */
static void let_go(Keeper *keeper)
{
    for (GList *link = keeper->waiting.head; link != NULL; link = link->next)
        entry_answer(link->data, ENTRY_LEFT);
}

static void on_refused(Keeper *keeper, const GError *error)
{
    if (!keeper->is_stalled) {
        log_error("%s; mails wait in memory, and pass", error->message);
        health_set(keeper->shared->health, HEALTH_STALLED_SINCE_MS,
                   clock_now_ms());
    }
    keeper->is_stalled = true;
    health_set(keeper->shared->health, HEALTH_QUEUED,
               g_queue_get_length(&keeper->waiting));
    health_say(keeper->shared->health, HEALTH_LAST_ERROR, error->message,
               clock_now_ms());
    let_go(keeper);
    wait_until(&keeper->work, &keeper->mutex,
               clock_ticks_us() + RETRY_PAUSE_US);
}

/* How many of them may take their room of the disk; the others go back. */
static unsigned take_room(Keeper *keeper, Entry **group, unsigned count)
{
    unsigned fit = 0;

    while (fit < count && entry_bytes(group[fit]) + ROW_BYTES <= keeper->room) {
        if (keeper->room != UINT64_MAX)
            keeper->room -= entry_bytes(group[fit]) + ROW_BYTES;
        fit++;
    }
    if (fit > 0 && fit < count)
        put_back(keeper, group + fit, count - fit);
    return fit;
}

static bool refuse_growth(const Keeper *keeper, GError **error)
{
    g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_FULL,
                "the journal may not grow further: %" G_GUINT64_FORMAT
                " mails wait to be counted",
                health_rows_waiting(keeper->shared->health));
    return false;
}

static void append_some(Keeper *keeper)
{
    Entry *group[GROUP_MAX] = { NULL };
    g_autoptr(GError) error = NULL;
    const unsigned taken = take_group(keeper, group);
    const unsigned fit = take_room(keeper, group, taken);
    const unsigned count = fit > 0 ? fit : taken;

    g_assert(count > 0);
    keeper->taken_ms = group[0]->pushed_ms;
    pthread_mutex_unlock(&keeper->mutex);
    const bool appended = fit > 0 ? append(keeper, group, count, &error)
                                  : refuse_growth(keeper, &error);
    pthread_mutex_lock(&keeper->mutex);
    keeper->taken_ms = 0;
    if (appended) {
        on_appended(keeper, group, count);
        pthread_mutex_unlock(&keeper->mutex);
        answer(keeper, group, count);
        pthread_mutex_lock(&keeper->mutex);
        return;
    }
    put_back(keeper, group, count);
    if (g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN))
        health_set(keeper->shared->health, HEALTH_JOURNAL_FAULT,
                   journal_file_number(keeper->journal));
    if (!g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BUSY))
        on_refused(keeper, error);
}

/* It stays in the queue until it is in the journal: see keeper_whole. */
static bool append_gap(Keeper *keeper, GError **error)
{
    JournalGap *gap = g_queue_peek_head(&keeper->gaps);

    pthread_mutex_unlock(&keeper->mutex);
    const bool added = journal_add_gap(keeper->journal, gap, error);
    pthread_mutex_lock(&keeper->mutex);
    if (!added)
        return false;
    health_note_gap(keeper->shared->health, gap->gap);
    shared_ring(keeper->shared);
    gap_free(g_queue_pop_head(&keeper->gaps));
    if (is_empty(keeper))
        pthread_cond_broadcast(&keeper->idle);
    return true;
}

static bool append_gaps(Keeper *keeper, GError **error)
{
    while (!g_queue_is_empty(&keeper->gaps)) {
        if (!append_gap(keeper, error))
            return false;
    }
    return true;
}

static void note_loss(Keeper *keeper)
{
    keeper->lost_until_ms = clock_now_ms();
    if (keeper->lost_since_ms == 0)
        keeper->lost_since_ms = keeper->lost_until_ms;
    keeper->lost_at_us = clock_ticks_us();
}

/* Once no more are lost. */
static void end_loss(Keeper *keeper)
{
    if (keeper->lost_since_ms == 0 ||
        clock_ticks_us() - keeper->lost_at_us < LOSS_US)
        return;
    queue_gap(keeper, keeper->lost_since_ms, keeper->lost_until_ms,
              "the journal did not take mails");
    keeper->lost_since_ms = 0;
}

static void rescue_without_mutex(Keeper *keeper)
{
    pthread_mutex_unlock(&keeper->mutex);
    go_on_rescuing(keeper);
    pthread_mutex_lock(&keeper->mutex);
}

/* True once the journal has what is its due: before it may not be used. */
static bool has_its_due(Keeper *keeper, GError **error)
{
    if (keeper->heritage == NULL)
        return true;
    pthread_mutex_unlock(&keeper->mutex);
    const bool is_done = hand_down(keeper, error);
    pthread_mutex_lock(&keeper->mutex);
    return is_done;
}

static void *keeper_run(void *data)
{
    Keeper *keeper = data;

    resume_rescue(keeper);

    pthread_mutex_lock(&keeper->mutex);
    for (;;) {
        g_autoptr(GError) error = NULL;

        look(keeper);
        end_loss(keeper);
        const bool is_ready =
            has_its_due(keeper, &error) && append_gaps(keeper, &error);
        if (keeper->heritage == NULL && !g_queue_is_empty(&keeper->waiting))
            append_some(keeper);
        else if (!is_ready)
            on_refused(keeper, error);
        else if (keeper->rescue.file != NULL)
            rescue_without_mutex(keeper);
        else
            wait_until(&keeper->work, &keeper->mutex, keeper->look_at_us);
    }
    return NULL;
}

/* --- for everybody else --------------------------------------------------- */

Keeper *keeper_new(Journal *journal, const Shared *shared)
{
    Keeper *keeper = g_new0(Keeper, 1);

    keeper->journal = journal;
    keeper->shared = shared;
    keeper->room = UINT64_MAX;
    pthread_mutex_init(&keeper->mutex, NULL);
    init_condition(&keeper->work);
    init_condition(&keeper->idle);
    g_queue_init(&keeper->waiting);
    g_queue_init(&keeper->gaps);
    pthread_create(&keeper->thread, NULL, keeper_run, keeper);
    return keeper;
}

/* False: no room. *may_wait: the row may soon be in the journal. */
static bool push(Keeper *keeper, Entry *entry, bool *may_wait)
{
    const size_t bytes = entry_bytes(entry);

    pthread_mutex_lock(&keeper->mutex);
    const bool has_room = keeper->bytes + bytes <= WAITING_BYTES_MAX;
    if (has_room) {
        entry->pushed_ms = clock_now_ms();
        keeper->bytes += bytes;
        g_queue_push_tail(&keeper->waiting, entry);
        pthread_cond_signal(&keeper->work);
    } else
        note_loss(keeper);
    *may_wait = !keeper->is_stalled && !keeper->is_slow;
    pthread_mutex_unlock(&keeper->mutex);
    return has_room;
}

/* Those behind it need not wait in vain, too: libmilter has few threads for
 * many sessions, and each that waits here keeps some from being served. */
static void note_late(Keeper *keeper)
{
    pthread_mutex_lock(&keeper->mutex);
    keeper->is_slow = keeper->bytes > 0;
    pthread_mutex_unlock(&keeper->mutex);
}

static KeeperOutcome wait_for(Entry *entry, int64_t until_us)
{
    const struct timespec until = timespec_of(until_us);

    while (sem_clockwait(&entry->settled, CLOCK_MONOTONIC, &until) != 0 &&
           errno == EINTR)
        ;
    entry_settle(entry, ENTRY_LEFT);
    return __atomic_load_n(&entry->state, __ATOMIC_ACQUIRE) == ENTRY_DONE
               ? KEEPER_KEPT
               : KEEPER_LATE;
}

KeeperOutcome keeper_keep(Keeper *keeper, JournalRow *row,
                          int wait_milliseconds)
{
    const int64_t start_us = clock_ticks_us();
    Entry *entry = entry_new(row);
    bool may_wait = false;

    if (!push(keeper, entry, &may_wait)) {
        entry_release(entry);
        entry_release(entry);
        return KEEPER_LOST;
    }
    const KeeperOutcome outcome =
        wait_for(entry, may_wait ? start_us + INT64_C(1000) * wait_milliseconds
                                 : start_us);
    if (may_wait && outcome == KEEPER_LATE)
        note_late(keeper);
    entry_release(entry);
    return outcome;
}

void keeper_limit(Keeper *keeper, const KeeperLimits *limits)
{
    pthread_mutex_lock(&keeper->mutex);
    keeper->limits = *limits;
    keeper->is_limited = true;
    keeper->look_at_us = 0;
    pthread_mutex_unlock(&keeper->mutex);
}

void keeper_add_gap(Keeper *keeper, int64_t from_ms, int64_t until_ms,
                    const char *why)
{
    pthread_mutex_lock(&keeper->mutex);
    queue_gap(keeper, from_ms, until_ms, why);
    pthread_cond_signal(&keeper->work);
    pthread_mutex_unlock(&keeper->mutex);
}

void keeper_lose(Keeper *keeper)
{
    pthread_mutex_lock(&keeper->mutex);
    note_loss(keeper);
    pthread_mutex_unlock(&keeper->mutex);
}

int64_t keeper_whole(Keeper *keeper, int64_t now_ms)
{
    int64_t whole_ms = now_ms;

    pthread_mutex_lock(&keeper->mutex);
    const Entry *first = g_queue_peek_head(&keeper->waiting);
    if (first != NULL)
        whole_ms = MIN(whole_ms, first->pushed_ms);
    if (keeper->taken_ms != 0)
        whole_ms = MIN(whole_ms, keeper->taken_ms);
    if (keeper->lost_since_ms != 0)
        whole_ms = MIN(whole_ms, keeper->lost_since_ms);
    for (GList *link = keeper->gaps.head; link != NULL; link = link->next)
        whole_ms = MIN(whole_ms, ((const JournalGap *)link->data)->from_ms);
    pthread_mutex_unlock(&keeper->mutex);
    return whole_ms;
}

bool keeper_flush(Keeper *keeper, int milliseconds)
{
    const int64_t until_us = clock_ticks_us() + INT64_C(1000) * milliseconds;
    bool in_time = true;

    pthread_mutex_lock(&keeper->mutex);
    keeper->lost_at_us = 0;
    pthread_cond_signal(&keeper->work);
    while (!is_empty(keeper) && in_time)
        in_time = wait_until(&keeper->idle, &keeper->mutex, until_us);
    const unsigned left = g_queue_get_length(&keeper->waiting);
    if (left > 0)
        health_count(keeper->shared->health, HEALTH_LOST, left);
    pthread_mutex_unlock(&keeper->mutex);
    if (left > 0)
        log_error("%u mails could not be written to the journal: lost", left);
    return left == 0;
}

void keeper_sync(Keeper *keeper)
{
    g_autoptr(GError) error = NULL;

    pthread_mutex_lock(&keeper->mutex);
    if (keeper->bytes == 0 && !journal_checkpoint(keeper->journal, &error))
        log_error("%s", error->message);
    pthread_mutex_unlock(&keeper->mutex);
}
