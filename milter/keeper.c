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
};

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

static void append_some(Keeper *keeper)
{
    Entry *group[GROUP_MAX] = { NULL };
    g_autoptr(GError) error = NULL;
    const unsigned count = take_group(keeper, group);

    g_assert(count > 0);
    pthread_mutex_unlock(&keeper->mutex);
    const bool appended = append(keeper, group, count, &error);
    pthread_mutex_lock(&keeper->mutex);
    if (appended) {
        on_appended(keeper, group, count);
        pthread_mutex_unlock(&keeper->mutex);
        answer(keeper, group, count);
        pthread_mutex_lock(&keeper->mutex);
        return;
    }
    put_back(keeper, group, count);
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

static void *keeper_run(void *data)
{
    Keeper *keeper = data;

    pthread_mutex_lock(&keeper->mutex);
    for (;;) {
        if (!g_queue_is_empty(&keeper->waiting))
            append_some(keeper);
        else if (!g_queue_is_empty(&keeper->gaps))
            append_gap(keeper);
        else
            pthread_cond_wait(&keeper->work, &keeper->mutex);
    }
    return NULL;
}

/* --- for everybody else --------------------------------------------------- */

Keeper *keeper_new(Journal *journal, const Shared *shared)
{
    Keeper *keeper = g_new0(Keeper, 1);

    keeper->journal = journal;
    keeper->shared = shared;
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

void keeper_add_gap(Keeper *keeper, int64_t from_ms, int64_t until_ms,
                    const char *why)
{
    JournalGap *gap = g_new0(JournalGap, 1);

    *gap = (JournalGap){ .from_ms = from_ms,
                         .until_ms = until_ms,
                         .lists = g_strdup(""),
                         .why = g_strdup(why) };
    pthread_mutex_lock(&keeper->mutex);
    g_queue_push_tail(&keeper->gaps, gap);
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
