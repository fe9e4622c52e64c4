/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/keeper.h"

#include "milter/clock.h"
#include "milter/log.h"

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
    ROW_BYTES = 8192, /* what a row may take besides its mail */
    DISK_SHARE = 10,  /* of a small disk this part stays free */
};
static const uint64_t backlog_most = UINT64_C(1) << 30;

typedef enum EntryState { ENTRY_WAITS, ENTRY_DONE, ENTRY_LEFT } EntryState;

/* A row on its way, held by the mail's thread and by the keeper's. */
typedef struct Entry {
    JournalRow row;
    int holders, state; /* atomic; EntryState leaves ENTRY_WAITS once */
    sem_t settled;
} Entry;

struct Keeper {
    Journal *journal;
    const Shared *shared;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t work, idle;
    GQueue waiting; /* Entry * */
    GQueue gaps;    /* JournalGap * */
    size_t bytes;   /* of rows that wait */
    bool is_stalled;
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
}

/* Of the one that begins after this one. Where Redis did not meet this one, it
 * has to see to what came before this one still. A damaged one may say nothing.
 */
static JournalOrigin origin_after(Journal *journal, int64_t applied)
{
    JournalOrigin origin = { 0 };
    const bool is_readable = journal_get_origin(journal, &origin, NULL);

    if (!is_readable || origin.is_met) {
        journal_origin_add(&origin, journal_id(journal));
        origin.told = 0;
        if (!journal_told(journal, &origin.told, NULL) || !is_readable)
            origin.told = applied;
    }
    origin.is_met = false;
    origin.begun_ms = clock_now_ms();
    return origin;
}

/* What had been counted when the old journal was last all right. */
static JournalRescue begin_rescue(const Keeper *keeper, const char *file,
                                  const JournalOrigin *origin, int64_t applied)
{
    const Health *health = keeper->shared->health;
    const int64_t oldest = health_get(health, HEALTH_JOURNAL_OLDEST_MS);
    const int64_t now_ms = clock_now_ms();

    return (JournalRescue){
        .file = g_strdup(file),
        /* Redis will be asked for what was told. What was not may have been
         * counted, or waits for a list that is held. */
        .after = origin->told != 0 ? MIN(applied, origin->told) : applied,
        .since_ms =
            oldest != 0 ? MIN(oldest, now_ms) : now_ms - 2 * (LOOK_US / 1000),
    };
}

static void put_journal(Keeper *keeper, Journal *another, const char *file)
{
    const int64_t applied =
        health_get(keeper->shared->health, HEALTH_JOURNAL_APPLIED);
    g_auto(JournalOrigin) origin = origin_after(keeper->journal, applied);

    journal_free(keeper->damaged); /* what was not copied yet stays aside */
    journal_rescue_clear(&keeper->rescue);
    keeper->damaged = keeper->journal;
    keeper->journal = another;
    keeper->rescue = begin_rescue(keeper, file, &origin, applied);
    keeper->unread_since_ms = 0;
    keeper->rescued = 0;
    journal_skip_to(another, clock_row_number());
    (void)journal_set_origin(another, &origin, NULL);
    (void)journal_set_rescue(another, &keeper->rescue, NULL);
    (void)journal_checkpoint(another, NULL); /* lasts from here on */
    say_journal(keeper);
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
    if (keeper->damaged != NULL)
        keeper_add_gap(keeper, keeper->rescue.since_ms, clock_now_ms(),
                       "the journal was damaged again");
    put_journal(keeper, another, is_gone ? "" : aside);
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
    else if (health_get(keeper->shared->health, HEALTH_JOURNAL_FAULT) != 0)
        renew(keeper, "is damaged", false);
    measure_room(keeper, is_limited ? &limits : NULL);
    pthread_mutex_lock(&keeper->mutex);
}

/* --- what can be read of the old one -----------------------------------------
 */

static void end_rescue(Keeper *keeper)
{
    const JournalRescue none = { 0 };

    if (keeper->unread_since_ms != 0)
        keeper_add_gap(keeper, keeper->unread_since_ms, clock_now_ms(),
                       "the journal was damaged");
    log_notice("%" G_GUINT64_FORMAT " mails were copied from the old journal%s",
               keeper->rescued,
               keeper->unread_since_ms != 0 ? "; others cannot be read" : "");
    (void)journal_set_rescue(keeper->journal, &none, NULL);
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

/* Damage makes a gap from the last row that is safe to the next one. */
static void note_damage(Keeper *keeper, const GArray *rows, bool damaged)
{
    if (!damaged)
        return;
    if (rows->len > 0)
        keeper_add_gap(keeper, keeper->rescue.since_ms,
                       g_array_index(rows, JournalRow, 0).arrival_ms,
                       "the journal was damaged");
    else
        keeper->unread_since_ms = keeper->rescue.since_ms;
}

static void on_copied(Keeper *keeper, const GArray *rows, int64_t last_row,
                      int64_t last_ms)
{
    Health *health = keeper->shared->health;

    keeper->rescue.after = last_row;
    keeper->rescue.since_ms = last_ms;
    if (keeper->rescued / RESCUE_NOTE_ROWS !=
        (keeper->rescued + rows->len) / RESCUE_NOTE_ROWS)
        (void)journal_set_rescue(keeper->journal, &keeper->rescue, NULL);
    keeper->rescued += rows->len;
    health_set(health, HEALTH_JOURNAL_LAST,
               g_array_index(rows, JournalRow, rows->len - 1).row);
    health_add(health, HEALTH_JOURNAL_ROWS, rows->len);
    shared_ring(keeper->shared);
}

/* A few rows, between mails. Only this thread uses the journals. */
static void rescue_some(Keeper *keeper)
{
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(JournalRow));
    g_autoptr(GError) error = NULL;
    bool damaged = false;

    g_array_set_clear_func(rows, (GDestroyNotify)journal_row_clear);
    journal_read_what_can_be(keeper->damaged, keeper->rescue.after, RESCUE_ROWS,
                             rows, &damaged);
    const int64_t last_row =
        rows->len > 0 ? g_array_index(rows, JournalRow, rows->len - 1).row : 0;
    if (rows->len > 0 && !copy_rows(keeper, rows, &error)) {
        g_usleep(RETRY_PAUSE_US);
        return;
    }
    note_damage(keeper, rows, damaged);
    if (rows->len == 0)
        end_rescue(keeper);
    else
        on_copied(keeper, rows, last_row,
                  g_array_index(rows, JournalRow, rows->len - 1).arrival_ms);
}

/* What an earlier life could not copy. */
static void resume_rescue(Keeper *keeper)
{
    if (!journal_get_rescue(keeper->journal, &keeper->rescue, NULL) ||
        keeper->rescue.file == NULL)
        return;
    keeper->damaged = journal_open(keeper->rescue.file, JOURNAL_READER,
                                   JOURNAL_SYNC_NORMAL, NULL);
    if (keeper->damaged != NULL)
        return;
    keeper->unread_since_ms = keeper->rescue.since_ms;
    end_rescue(keeper);
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

static void on_appended(Keeper *keeper, Entry **group, unsigned count)
{
    Health *health = keeper->shared->health;

    for (unsigned i = 0; i < count; i++)
        keeper->bytes -= entry_bytes(group[i]);
    if (keeper->bytes == 0)
        pthread_cond_broadcast(&keeper->idle);
    if (keeper->is_stalled)
        on_recovered(keeper);
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
    pthread_mutex_unlock(&keeper->mutex);
    const bool appended = fit > 0 ? append(keeper, group, count, &error)
                                  : refuse_growth(keeper, &error);
    pthread_mutex_lock(&keeper->mutex);
    if (appended) {
        on_appended(keeper, group, count);
        pthread_mutex_unlock(&keeper->mutex);
        answer(keeper, group, count);
        pthread_mutex_lock(&keeper->mutex);
        return;
    }
    put_back(keeper, group, count);
    if (g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN))
        health_set(keeper->shared->health, HEALTH_JOURNAL_FAULT, 1);
    if (!g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BUSY))
        on_refused(keeper, error);
}

static void append_gap(Keeper *keeper)
{
    JournalGap *gap = g_queue_pop_head(&keeper->gaps);
    g_autoptr(GError) error = NULL;

    pthread_mutex_unlock(&keeper->mutex);
    const bool added = journal_add_gap(keeper->journal, gap, &error);
    pthread_mutex_lock(&keeper->mutex);
    if (!added) {
        g_queue_push_head(&keeper->gaps, gap);
        on_refused(keeper, error);
        return;
    }
    health_count(keeper->shared->health, HEALTH_GAPS, 1);
    shared_ring(keeper->shared);
    gap_free(gap);
}

static void rescue_without_mutex(Keeper *keeper)
{
    pthread_mutex_unlock(&keeper->mutex);
    rescue_some(keeper);
    pthread_mutex_lock(&keeper->mutex);
}

static void *keeper_run(void *data)
{
    Keeper *keeper = data;

    resume_rescue(keeper);

    pthread_mutex_lock(&keeper->mutex);
    for (;;) {
        look(keeper);
        if (!g_queue_is_empty(&keeper->waiting))
            append_some(keeper);
        else if (!g_queue_is_empty(&keeper->gaps))
            append_gap(keeper);
        else if (keeper->damaged != NULL)
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

/* False: no room. */
static bool push(Keeper *keeper, Entry *entry, bool *is_stalled)
{
    const size_t bytes = entry_bytes(entry);

    pthread_mutex_lock(&keeper->mutex);
    const bool has_room = keeper->bytes + bytes <= WAITING_BYTES_MAX;
    if (has_room) {
        keeper->bytes += bytes;
        g_queue_push_tail(&keeper->waiting, entry);
        pthread_cond_signal(&keeper->work);
    }
    *is_stalled = keeper->is_stalled;
    pthread_mutex_unlock(&keeper->mutex);
    return has_room;
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
    bool is_stalled = false;

    if (!push(keeper, entry, &is_stalled)) {
        entry_release(entry);
        entry_release(entry);
        return KEEPER_LOST;
    }
    const KeeperOutcome outcome = wait_for(
        entry,
        is_stalled ? start_us : start_us + INT64_C(1000) * wait_milliseconds);
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

bool keeper_flush(Keeper *keeper, int milliseconds)
{
    const int64_t until_us = clock_ticks_us() + INT64_C(1000) * milliseconds;
    bool in_time = true;

    pthread_mutex_lock(&keeper->mutex);
    while (keeper->bytes > 0 && in_time)
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
