/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/keeper.h"

#include "journal/journal_gaps.h"
#include "milter/clock.h"
#include "milter/keeper_heir.h"
#include "milter/keeper_rescue.h"
#include "milter/keeper_state.h"
#include "milter/log.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

#include "base/banned.h"

enum {
    GROUP_MAX = 64, /* rows in one step */
    WAITING_BYTES_MAX = 32 * 1024 * 1024,
    LOOK_US = 1000 * 1000, /* at the files and the disk */
    ROW_BYTES = 8192,      /* what a row may take besides its mail */
    LOSS_US = 1000 * 1000, /* losses that close make one gap */
};
typedef enum EntryState { ENTRY_WAITS, ENTRY_DONE, ENTRY_LEFT } EntryState;

/* A row on its way, held by the mail's thread and by the keeper's. */
typedef struct Entry {
    JournalRow row;
    int64_t pushed_ms;
    int holders, state; /* atomic; EntryState leaves ENTRY_WAITS once */
    sem_t settled;
} Entry;

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

static void measure_room(Keeper *keeper, const KeeperLimits *limits)
{
    JournalUsage usage;

    keeper->room = UINT64_MAX;
    if (limits != NULL && journal_usage(keeper->journal, &usage, NULL))
        keeper->room = keeper_room(limits, &usage);
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
        keeper_heir_begin(keeper, "was deleted or replaced", true);
    else if (is_damaged(keeper))
        keeper_heir_begin(keeper, "is damaged", false);
    measure_room(keeper, is_limited ? &limits : NULL);
    pthread_mutex_lock(&keeper->mutex);
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
    keeper_rescue_go_on(keeper);
    pthread_mutex_lock(&keeper->mutex);
}

/* True once the journal has what is its due: before it may not be used. */
static bool has_its_due(Keeper *keeper, GError **error)
{
    if (keeper->heritage == NULL)
        return true;
    pthread_mutex_unlock(&keeper->mutex);
    const bool is_done = keeper_heir_hand_down(keeper, error);
    pthread_mutex_lock(&keeper->mutex);
    return is_done;
}

static void *keeper_run(void *data)
{
    Keeper *keeper = data;

    keeper_rescue_resume(keeper);

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
