/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/processor.h"

#include "journal/journal_rows.h"
#include "journal/journal_size.h"
#include "mail/message.h"
#include "milter/clock.h"
#include "milter/confine.h"
#include "milter/feed.h"
#include "milter/keeper.h"
#include "milter/log.h"
#include "milter/shared.h"
#include "milter/state.h"
#include "milter/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    TICK_MS = 1000,
    GATHER_MS = 20,    /* rows are taken together, and not while their mail is
                          being answered on the same core */
    FLOW_MS = 200,     /* from one hand-over to the next while mail flows */
    CHECK_MS = 5000,   /* is it still the same Redis */
    RETRY_MS = 1000,   /* settings, lock and journal at the start */
    FINISH_MS = 2000,  /* for the backlog, when stopping */
    BACKLOG_SHARE = 8, /* of the journal's room is kept for new rows */
    SHRINK_STEPS = 16, /* a tick */
    TRIM_STEPS = 64,   /* a tick; each some 100 microseconds */
    CHECKPOINT_ROWS = 2000,
    CHECKPOINT_MS = 30 * 1000,
    /* Whatever a library keeps: start afresh at this size. */
    RESIDENT_BYTES_MAX = 256 * 1024 * 1024,
    HOUR_MS = 60 * 60 * 1000,
    MEGABYTE = 1024 * 1024,
    RESERVE_BYTES = 8 * MEGABYTE,
};

typedef struct Processor {
    const Options *options;
    Settings *settings;
    Shared shared;
    Journal *journal;
    Feed *feed;
    int signals;
    int lock;
    bool is_stopping;
    /* ticks */
    int64_t stop_at_ms, tick_at_ms, check_at_ms, checkpoint_at_ms, try_at_ms;
    int64_t handed_at_ms; /* rows that waited, the last time */
    int64_t checkpoint_row;
    bool has_upkeep_failed;
    bool may_read;    /* mail: all that must be started runs */
    bool is_confined; /* and so cannot start a Redis any more */
    bool must_renew;
} Processor;

/* --- signals and waits ---------------------------------------------------- */

static int take_signals(void)
{
    sigset_t ours;

    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGHUP);
    sigaddset(&ours, SIGUSR1);
    sigprocmask(SIG_BLOCK, &ours, NULL);
    return signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void reload(Processor *processor)
{
    g_autoptr(GError) error = NULL;
    Settings *settings = options_settings(processor->options, &error);

    if (settings == NULL) {
        log_warning("the old configuration stays: %s", error->message);
        return;
    }
    if (processor->feed != NULL)
        feed_use(processor->feed, settings);
    processor->try_at_ms = 0;
    settings_free(processor->settings);
    processor->settings = settings;
}

/* Ctrl-C and a terminal's end reach us too: the collector decides on those,
 * and tells us by SIGTERM. */
static void on_signal(Processor *processor, uint32_t number)
{
    if (number == SIGUSR1)
        reload(processor);
    if (number == SIGTERM && !processor->is_stopping) {
        processor->is_stopping = true;
        processor->stop_at_ms = clock_ticks_ms() + FINISH_MS;
    }
}

static void read_signals(Processor *processor)
{
    struct signalfd_siginfo info;

    while (read(processor->signals, &info, sizeof info) == (ssize_t)sizeof info)
        on_signal(processor, info.ssi_signo);
}

/* Until a signal, or (if it may) a new row; true for a row. */
static bool wait_for_news(Processor *processor, int milliseconds, bool for_rows)
{
    struct pollfd news[] = {
        { .fd = processor->signals, .events = POLLIN },
        { .fd = processor->shared.bell, .events = POLLIN },
    };

    if (poll(news, for_rows ? 2 : 1, milliseconds) > 0 &&
        (news[0].revents & POLLIN) != 0)
        read_signals(processor);
    return for_rows && (news[1].revents & POLLIN) != 0;
}

static void show_life(const Processor *processor)
{
    health_set(processor->shared.health, HEALTH_PROCESSOR_ALIVE_MS,
               clock_now_ms());
}

/* --- start: each part is tried until it is there or we are to stop -------- */

static bool get_settings(Processor *processor, GError **error)
{
    processor->settings = options_settings(processor->options, error);
    return processor->settings != NULL;
}

/* A processor of a collector that was just killed may still be dying. */
static bool get_lock(Processor *processor, GError **error)
{
    processor->lock =
        state_lock(processor->settings->state, STATE_PROCESSOR_LOCK, error);
    return processor->lock >= 0;
}

/* What stands at the path may be a file that was put there a moment ago, with
 * the log of the collector's: SQLite would mix the two, and what it wrote would
 * damage the one that the collector still has open. */
static bool is_of_collector(const Processor *processor, const char *path,
                            GError **error)
{
    const Health *health = processor->shared.health;
    int64_t file = 0, log = 0;

    journal_numbers_at(path, &file, &log);
    if (file == health_get(health, HEALTH_JOURNAL_FILE) &&
        log == health_get(health, HEALTH_JOURNAL_LOG))
        return true;
    g_set_error(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN,
                "%s: not the collector's journal, or not its log", path);
    return false;
}

static bool get_journal(Processor *processor, GError **error)
{
    g_autofree char *path =
        state_path(processor->settings->state, STATE_JOURNAL);

    if (!is_of_collector(processor, path, error))
        return false;
    processor->journal =
        journal_open(path, JOURNAL_READER, JOURNAL_SYNC_NORMAL, error);
    if (processor->journal == NULL || is_of_collector(processor, path, error))
        return processor->journal != NULL;
    g_clear_pointer(&processor->journal, journal_free);
    return false;
}

static bool get_feed(Processor *processor, GError **error)
{
    if (processor->journal != NULL && !journal_is_in_place(processor->journal))
        g_clear_pointer(&processor->journal, journal_free);
    if (processor->journal == NULL && !get_journal(processor, error))
        return false;
    processor->feed = feed_new(processor->journal, processor->settings,
                               processor->shared.health, error);
    return processor->feed != NULL;
}

/* The collector begins another one. */
static void note_fault(const Processor *processor, const GError *error)
{
    Health *health = processor->shared.health;
    const int64_t file = processor->journal != NULL
                             ? journal_file_number(processor->journal)
                             : health_get(health, HEALTH_JOURNAL_FILE);

    if (g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN))
        health_set(health, HEALTH_JOURNAL_FAULT, file);
}

typedef bool (*Getter)(Processor *processor, GError **error);

static bool insist(Processor *processor, Getter get)
{
    bool has_said = false;

    while (!processor->is_stopping) {
        g_autoptr(GError) error = NULL;

        show_life(processor);
        if (get(processor, &error))
            return true;
        note_fault(processor, error);
        if (!has_said)
            log_error("%s", error->message);
        has_said = true;
        wait_for_news(processor, has_said ? RETRY_MS / 5 : RETRY_MS, false);
    }
    return false;
}

/* --- upkeep --------------------------------------------------------------- */

static void measure(Processor *processor)
{
    Health *health = processor->shared.health;
    int64_t applied = health_get(health, HEALTH_JOURNAL_APPLIED);
    int64_t last = 0, oldest_ms = 0;
    uint64_t bytes = 0;

    if (journal_ends(processor->journal, NULL, &last, NULL) &&
        last > health_get(health, HEALTH_JOURNAL_LAST))
        health_set(health, HEALTH_JOURNAL_LAST, last);
    if (journal_arrival_after(processor->journal, applied, &oldest_ms, NULL))
        health_set(health, HEALTH_JOURNAL_OLDEST_MS, oldest_ms);
    if (journal_bytes(processor->journal, &bytes, NULL))
        health_set(health, HEALTH_JOURNAL_BYTES, (int64_t)bytes);
}

static bool trim(Processor *processor, GError **error)
{
    const Settings *settings = processor->settings;
    const int64_t before =
        clock_now_ms() - (int64_t)settings->journal_hours * HOUR_MS;
    const KeeperLimits limits = keeper_limits_of(settings);
    JournalUsage usage;
    bool more = true;

    if (!journal_usage(processor->journal, &usage, error))
        return false;
    /* What is counted makes room for what is not, before that is refused. */
    const uint64_t backlog = keeper_backlog(&limits, &usage);
    const uint64_t most = MIN((uint64_t)settings->journal_megabytes * MEGABYTE,
                              backlog - backlog / BACKLOG_SHARE);
    for (int i = 0; more && i < TRIM_STEPS; i++) {
        if (!journal_trim(processor->journal, before, most, &more, error))
            return false;
    }
    return true;
}

static bool checkpoint(Processor *processor, int64_t now, GError **error)
{
    const int64_t last =
        health_get(processor->shared.health, HEALTH_JOURNAL_LAST);

    if (last - processor->checkpoint_row < CHECKPOINT_ROWS &&
        (now < processor->checkpoint_at_ms ||
         last == processor->checkpoint_row))
        return true;
    processor->checkpoint_row = last;
    processor->checkpoint_at_ms = now + CHECKPOINT_MS;
    return journal_checkpoint(processor->journal, error);
}

static bool shrink(Processor *processor, GError **error)
{
    bool more = true;

    for (int i = 0; more && i < SHRINK_STEPS; i++) {
        if (!journal_shrink(processor->journal, &more, error))
            return false;
    }
    return true;
}

static bool give_log(const Processor *processor, GError **error)
{
    const KeeperLimits limits = keeper_limits_of(processor->settings);
    JournalUsage usage;

    return journal_usage(processor->journal, &usage, error) &&
           (!keeper_is_tight(&limits, &usage) ||
            journal_give_log(processor->journal, error));
}

/* On a full disk none of it could be done, and so nothing ever be given back:
 * a file that takes room goes then, and comes back when there is room. */
static bool tidy(Processor *processor, int64_t now, GError **error)
{
    return feed_save(processor->feed, error) && trim(processor, error) &&
           shrink(processor, error) && checkpoint(processor, now, error) &&
           give_log(processor, error);
}

static void keep_reserve(const Processor *processor)
{
    g_autofree char *path =
        state_path(processor->settings->state, STATE_RESERVE);
    const KeeperLimits limits = keeper_limits_of(processor->settings);
    JournalUsage usage;

    if (access(path, F_OK) == 0 ||
        !journal_usage(processor->journal, &usage, NULL) ||
        keeper_is_tight(&limits, &usage) || usage.free < 4 * RESERVE_BYTES)
        return;
    const int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return;
    if (posix_fallocate(file, 0, RESERVE_BYTES) != 0)
        (void)unlink(path);
    close(file);
}

static void give_reserve(const Processor *processor)
{
    g_autofree char *path =
        state_path(processor->settings->state, STATE_RESERVE);

    if (unlink(path) == 0)
        log_warning("the disk is full: the journal's reserve is used up for "
                    "tidying");
}

static void upkeep(Processor *processor, int64_t now)
{
    g_autoptr(GError) error = NULL;
    bool good = tidy(processor, now, &error);

    if (g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_FULL)) {
        give_reserve(processor);
        processor->checkpoint_at_ms = 0;
        processor->checkpoint_row = 0;
        good = journal_checkpoint(processor->journal, NULL) &&
               tidy(processor, now, NULL);
    }
    if (good)
        keep_reserve(processor);
    note_fault(processor, error);
    if (!good && error != NULL && !processor->has_upkeep_failed)
        log_error("%s", error->message);
    processor->has_upkeep_failed = !good;
    measure(processor);
}

static void tick(Processor *processor)
{
    const int64_t now = clock_ticks_ms();

    show_life(processor);
    if (now >= processor->tick_at_ms) {
        processor->tick_at_ms = now + TICK_MS;
        upkeep(processor, now);
        feed_retain(processor->feed);
        feed_upgrade(processor->feed);
    }
    if (now >= processor->check_at_ms) {
        processor->check_at_ms = now + CHECK_MS;
        feed_check(processor->feed);
    }
}

static uint64_t resident_bytes(void)
{
    g_autofree char *text = NULL;

    if (!g_file_get_contents("/proc/self/statm", &text, NULL, NULL))
        return 0;
    g_auto(GStrv) words = g_strsplit(text, " ", 3);
    return g_strv_length(words) < 2 ? 0
                                    : g_ascii_strtoull(words[1], NULL, 10) *
                                          (uint64_t)sysconf(_SC_PAGESIZE);
}

/* A sanitizer's shadow memory counts as resident. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
static const uint64_t resident_bytes_max = UINT64_MAX;
#else
static const uint64_t resident_bytes_max = RESIDENT_BYTES_MAX;
#endif

/* --- the loop ------------------------------------------------------------- */

/* Strangers' mail is read only where nothing can be started any more. A
 * private Redis runs by then; should it end, a fresh process starts it. */
static void make_safe(Processor *processor)
{
    g_autoptr(GError) error = NULL;

    processor->may_read = true;
    processor->is_confined = confine(&error);
    if (processor->is_confined)
        feed_start_nothing(processor->feed);
    else if (error != NULL)
        log_warning("mail is read without confinement: %s", error->message);
}

static FeedOutcome feed_on(Processor *processor)
{
    if (!processor->may_read) {
        if (!feed_connect(processor->feed))
            return FEED_FAILED;
        make_safe(processor);
    }
    return feed_step(processor->feed);
}

/* A stop need not wait for a Redis that is not there. */
static void on_failure(Processor *processor)
{
    if (processor->is_stopping)
        processor->stop_at_ms = 0;
    processor->must_renew =
        processor->is_confined && feed_needs_start(processor->feed);
    processor->try_at_ms = clock_ticks_ms() + feed_pause_ms(processor->feed);
}

/* A mail after silence is handed over at once. One that comes close behind
 * others waits until more have come: each hand-over costs Redis and both
 * processes as much as several mails. */
static void gather(Processor *processor)
{
    const int64_t left = processor->handed_at_ms + FLOW_MS - clock_ticks_ms();

    wait_for_news(processor, (int)CLAMP(left, GATHER_MS, FLOW_MS), false);
    processor->handed_at_ms = clock_ticks_ms();
}

static void on_idle(Processor *processor)
{
    if (processor->is_stopping)
        processor->stop_at_ms = 0;
    else if (wait_for_news(processor, TICK_MS, true))
        gather(processor);
}

static void step(Processor *processor)
{
    const int64_t left = processor->try_at_ms - clock_ticks_ms();

    if (left > 0 && !processor->is_stopping) {
        wait_for_news(processor, (int)MIN(left, TICK_MS), false);
        return;
    }
    shared_clear_bell(&processor->shared);
    switch (feed_on(processor)) {
    case FEED_MORE:
        wait_for_news(processor, 0, false);
        break;
    case FEED_IDLE:
        on_idle(processor);
        break;
    case FEED_FAILED:
        on_failure(processor);
        break;
    }
}

static bool is_done(const Processor *processor)
{
    return processor->is_stopping && clock_ticks_ms() >= processor->stop_at_ms;
}

static int count_on(Processor *processor)
{
    int64_t size_at_ms = 0;

    while (!is_done(processor)) {
        step(processor);
        tick(processor);
        if (processor->must_renew && !processor->is_stopping)
            return SUPERVISOR_EXIT_RENEW; /* it starts the private Redis */
        if (clock_ticks_ms() < size_at_ms)
            continue;
        if (!journal_is_in_place(processor->journal))
            return SUPERVISOR_EXIT_RENEW; /* the collector begins another one */
        size_at_ms = clock_ticks_ms() + TICK_MS;
        if (resident_bytes() > resident_bytes_max) {
            log_notice("starting afresh to give memory back");
            return SUPERVISOR_EXIT_RENEW;
        }
    }
    return EX_OK;
}

static int serve(Processor *processor)
{
    if (!insist(processor, get_settings) || !insist(processor, get_lock) ||
        !insist(processor, get_journal) || !insist(processor, get_feed))
        return EX_OK;
    mail_init();
    const int code = count_on(processor);
    upkeep(processor, clock_ticks_ms());
    return code;
}

static void clear(Processor *processor)
{
    feed_free(processor->feed);
    journal_free(processor->journal);
    settings_free(processor->settings);
}

/* "memory,bell,parent", as supervisor.c writes it. */
static bool attach(Processor *processor, const char *handed, GError **error)
{
    int memory = -1, bell = -1;
    long parent = 0;

    if (sscanf(handed, "%d,%d,%ld", &memory, &bell, &parent) != 3) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "--processor is not for people");
        return false;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != (pid_t)parent) {
        g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                    "the collector is gone");
        return false;
    }
    /* A Redis that we start must not inherit them. */
    (void)fcntl(memory, F_SETFD, FD_CLOEXEC);
    (void)fcntl(bell, F_SETFD, FD_CLOEXEC);
    return shared_attach(&processor->shared, memory, bell, error);
}

int processor_run(const Options *options)
{
    Processor processor = { .options = options };
    g_autoptr(GError) error = NULL;

    if (!attach(&processor, options->process, &error)) {
        log_error("%s", error->message);
        return EX_USAGE;
    }
    signal(SIGPIPE, SIG_IGN);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    processor.signals = take_signals();
    const int code = serve(&processor);
    clear(&processor);
    return code;
}
