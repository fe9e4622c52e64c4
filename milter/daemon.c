/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/daemon.h"

#include "journal/journal_gaps.h"
#include "journal/journal_origin.h"
#include "journal/journal_positions.h"
#include "journal/journal_rows.h"
#include "journal/journal_size.h"
#include "milter/background.h"
#include "milter/callbacks.h"
#include "milter/clock.h"
#include "milter/control.h"
#include "milter/endpoint.h"
#include "milter/keeper.h"
#include "milter/log.h"
#include "milter/notify.h"
#include "milter/priors.h"
#include "milter/privileges.h"
#include "milter/pulse.h"
#include "milter/rules.h"
#include "milter/session.h"
#include "milter/shared.h"
#include "milter/state.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

#include "base/banned.h"

/* Checkpoints sync the journal every 30 seconds, the kernel what is older. */
enum { UNSYNCED_MILLISECONDS = 60 * 1000 };

/* All of it lives as long as the process. */
typedef struct Daemon {
    const Options *options;
    const Settings *settings; /* those of the start */
    RulesInForce *rules;
    Account account;
    Endpoint endpoint;
    Shared shared;
    Collector collector;
    Journal *journal;
    Health last; /* of the life before */
    bool has_last;
    int lock, pid_file, status_file;
    int64_t absent_since_ms; /* 0: never ran before */
    int64_t left_sessions;   /* of the MTA, open when the last life ended */
    bool has_stopped_well;
    Control *control;
} Daemon;

/* --- what an error means to the one who started us ------------------------ */

static int exit_code_of(const GError *error)
{
    if (g_error_matches(error, ENDPOINT_ERROR, ENDPOINT_ERROR_SPEC))
        return EX_CONFIG;
    if (g_error_matches(error, ENDPOINT_ERROR, ENDPOINT_ERROR_TAKEN) ||
        g_error_matches(error, STATE_ERROR, STATE_ERROR_TAKEN))
        return EX_UNAVAILABLE;
    if (g_error_matches(error, PRIVILEGES_ERROR, PRIVILEGES_ERROR_UNKNOWN))
        return EX_NOUSER;
    if (error->domain == ENDPOINT_ERROR || error->domain == PRIVILEGES_ERROR ||
        error->domain == SETTINGS_ERROR)
        return EX_NOPERM;
    if (error->domain == STATE_ERROR ||
        g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_OPEN) ||
        g_error_matches(error, JOURNAL_ERROR, JOURNAL_ERROR_FULL) ||
        error->domain == G_FILE_ERROR)
        return EX_CANTCREAT;
    return EX_SOFTWARE;
}

/* --- the steps of the start ----------------------------------------------- */

static bool take_account(Daemon *daemon, GError **error)
{
    const Options *options = daemon->options;

    return options->user == NULL ||
           account_find(options->user, &daemon->account, error);
}

static const Account *account_of(const Daemon *daemon)
{
    return daemon->account.name != NULL ? &daemon->account : NULL;
}

/* A folder in /run does not outlive a boot. */
static void make_socket_folder(const Daemon *daemon)
{
    if (daemon->endpoint.path == NULL || geteuid() != 0)
        return;
    g_autofree char *folder = g_path_get_dirname(daemon->endpoint.path);
    g_autofree char *parent = g_path_get_dirname(folder);
    const Account *account = account_of(daemon);

    if (strcmp(parent, "/run") == 0 && mkdir(folder, 0755) == 0 &&
        account != NULL && chown(folder, account->user, account->group) != 0)
        log_warning("%s: cannot be given to %s", folder, account->name);
}

/* The processor and a reload read the settings as that user. */
static bool can_read_settings(const Daemon *daemon, GError **error)
{
    g_autoptr(Settings) again = options_settings(daemon->options, error);

    if (again == NULL)
        g_prefix_error(error, "as user %s: ", daemon->account.name);
    return again != NULL;
}

static bool prepare_as_root(Daemon *daemon, GError **error)
{
    if (!endpoint_parse(daemon->settings->socket, &daemon->endpoint, error) ||
        !take_account(daemon, error) ||
        !state_make(daemon->settings->state, account_of(daemon), error))
        return false;
    make_socket_folder(daemon);
    daemon->pid_file = -1;
    if (daemon->options->pid_file != NULL) {
        daemon->pid_file = pid_file_write(daemon->options->pid_file, error);
        if (daemon->pid_file < 0)
            return false;
    }
    umask(0077);
    return account_of(daemon) == NULL ||
           (privileges_drop(account_of(daemon), error) &&
            can_read_settings(daemon, error));
}

/* A journal that is broken must not keep mail from being counted: it is put
 * aside for a person to look at, and a new one begun. */
static Journal *replace_journal(const char *path, JournalSync sync,
                                const GError *why, GError **error)
{
    g_autofree char *aside = g_strdup_printf("%s.broken-%" G_GINT64_FORMAT,
                                             path, clock_now_ms() / 1000);
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    g_autofree char *log_aside = g_strconcat(aside, "-wal", NULL);
    g_autofree char *index = g_strconcat(path, "-shm", NULL);

    log_error("%s; it is now %s, and a new one is begun: mails in it that "
              "were not counted must be imported",
              why->message, aside);
    (void)rename(path, aside);
    (void)rename(log, log_aside);
    (void)unlink(index);
    return journal_open(path, JOURNAL_WRITER, sync, error);
}

static void load_last(Daemon *daemon)
{
    g_autofree char *path = state_path(daemon->settings->state, STATE_STATUS);

    daemon->has_last = health_load(path, &daemon->last, NULL);
}

/* One of two files that belong together is another one than it was: SQLite
 * would mix them, and rows would not be found. */
static bool is_mixed(const Daemon *daemon, const char *path, GError **why)
{
    const int64_t known_file = daemon->last.gauges[HEALTH_JOURNAL_FILE];
    const int64_t known_log = daemon->last.gauges[HEALTH_JOURNAL_LOG];
    g_autofree char *log_path = g_strconcat(path, "-wal", NULL);
    struct stat log_file;
    int64_t file = 0, log = 0;

    journal_numbers_at(path, &file, &log);
    if (!daemon->has_last || known_file == 0 || known_log == 0 || file == 0 ||
        log == 0 || (file == known_file) == (log == known_log) ||
        stat(log_path, &log_file) != 0 || log_file.st_size == 0)
        return false;
    g_set_error(why, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN,
                "%s: %s was replaced, its %s was not", path,
                file == known_file ? "the log" : "the journal",
                file == known_file ? "journal" : "log");
    return true;
}

static bool open_journal(Daemon *daemon, GError **error)
{
    const JournalSync sync = daemon->settings->journal_sync_full
                                 ? JOURNAL_SYNC_FULL
                                 : JOURNAL_SYNC_NORMAL;
    g_autofree char *path = state_path(daemon->settings->state, STATE_JOURNAL);
    g_autoptr(GError) why = NULL;

    if (!is_mixed(daemon, path, &why))
        daemon->journal = journal_open(path, JOURNAL_WRITER, sync, &why);
    if (g_error_matches(why, JOURNAL_ERROR, JOURNAL_ERROR_BROKEN))
        daemon->journal = replace_journal(path, sync, why, error);
    else if (daemon->journal == NULL)
        g_propagate_error(error, g_steal_pointer(&why));
    if (daemon->journal == NULL)
        return false;
    journal_skip_to(daemon->journal, clock_row_number());
    return true;
}

/* Row numbers of another journal say nothing about this one's. */
static void forget_rows(Health *health, Journal *journal)
{
    static const HealthGauge rows[] = {
        HEALTH_JOURNAL_LAST,         HEALTH_JOURNAL_APPLIED,
        HEALTH_JOURNAL_ROWS_APPLIED, HEALTH_JOURNAL_OLDEST_MS,
        HEALTH_PARSING_ROW,          HEALTH_FATAL_ROW,
        HEALTH_FATAL_POINTS,         HEALTH_JOURNAL_GAP,
    };
    int64_t applied = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        health_set(health, rows[i], 0);
    if (journal_applied(journal, &applied, NULL))
        health_set(health, HEALTH_JOURNAL_APPLIED, applied);
}

/* How many rows the journal has had. */
static int64_t rows_of(Journal *journal)
{
    int64_t last = 0, rows = 0;

    return journal_ends(journal, NULL, &last, NULL) &&
                   journal_serial(journal, last, &rows, NULL)
               ? rows
               : 0;
}

/* A number that is another one after each boot; 0: unknown. */
static int64_t boot_number(void)
{
    g_autofree char *id = NULL;

    return g_file_get_contents("/proc/sys/kernel/random/boot_id", &id, NULL,
                               NULL)
               ? (int64_t)g_str_hash(id) + 1
               : 0;
}

/* The status file is a second old when we are killed; the journal is not. */
static void catch_up(Health *health, int64_t rows)
{
    const int64_t known = health_get(health, HEALTH_JOURNAL_ROWS);

    if (rows <= known)
        return;
    health_count(health, HEALTH_KEPT, (uint64_t)(rows - known));
    health_count(health, HEALTH_SEEN, (uint64_t)(rows - known));
}

/* The number of the journal's last gap; 0: none. */
static int64_t last_gap(Journal *journal)
{
    g_autoptr(GArray) gaps = journal_gaps_new();

    return journal_gaps(journal, gaps, NULL) && gaps->len > 0
               ? g_array_index(gaps, JournalGap, gaps->len - 1).gap
               : 0;
}

static void begin_life(const Daemon *daemon)
{
    static const HealthGauge anew[] = {
        HEALTH_STOPPED_MS,       HEALTH_PROCESSOR_PID, HEALTH_OPEN_SESSIONS,
        HEALTH_OPEN_MAILS,       HEALTH_QUEUED,        HEALTH_REDIS_STATE,
        HEALTH_STALLED_SINCE_MS, HEALTH_CONFIG_BAD,    HEALTH_PARSING_ROW,
        HEALTH_JOURNAL_FAULT,
    };
    Health *health = daemon->shared.health;
    const int64_t now_ms = clock_now_ms();
    g_autofree char *id = health_text(health, HEALTH_JOURNAL_ID);

    if (strcmp(id, journal_id(daemon->journal)) != 0)
        forget_rows(health, daemon->journal);
    else
        catch_up(health, rows_of(daemon->journal));
    for (size_t i = 0; i < G_N_ELEMENTS(anew); i++)
        health_set(health, anew[i], 0);
    health_set(health, HEALTH_BOOT, boot_number());
    health_set(health, HEALTH_STEADY_TICKS, clock_ticks_ms());
    health_set(health, HEALTH_CLOCK_SET_TICKS, 0);
    health_set(health, HEALTH_JOURNAL_ROWS, rows_of(daemon->journal));
    health_set(health, HEALTH_STARTED_MS, now_ms);
    health_set(health, HEALTH_ALIVE_MS, now_ms);
    health_set(health, HEALTH_WHOLE_MS,
               daemon->absent_since_ms != 0 ? daemon->absent_since_ms : now_ms);
    health_set(health, HEALTH_JOURNAL_FILE,
               journal_file_number(daemon->journal));
    health_set(health, HEALTH_JOURNAL_LOG, journal_log_number(daemon->journal));
    health_set(health, HEALTH_JOURNAL_GAP, last_gap(daemon->journal));
    health_set(health, HEALTH_COLLECTOR_PID, getpid());
    health_count(health, HEALTH_STARTS, 1);
    health_say(health, HEALTH_JOURNAL_ID, journal_id(daemon->journal), now_ms);
    health_say(health, HEALTH_VERSION, PACKAGE_VERSION, now_ms);
    health_say(health, HEALTH_CONFIG_ERROR, "", now_ms);
}

/* Arrival of the newest row; 0: none. */
static int64_t newest_arrival(Journal *journal)
{
    int64_t arrival_ms = 0;

    (void)journal_arrival_before(journal, INT64_MAX, &arrival_ms, NULL);
    return arrival_ms;
}

/* Up to when it certainly has all. */
static int64_t end_of(Journal *journal)
{
    g_auto(JournalOrigin) origin = { 0 };
    const int64_t newest_ms = newest_arrival(journal);

    if (newest_ms != 0 || !journal_get_origin(journal, &origin, NULL))
        return newest_ms;
    return origin.begun_ms;
}

/* Up to when all that was answered for was in the journal, by what the last
 * life said. An older program said only when it was alive or stalled. */
static int64_t whole_by(const Health *last)
{
    const int64_t stalled = last->gauges[HEALTH_STALLED_SINCE_MS];

    if (last->gauges[HEALTH_WHOLE_MS] != 0)
        return last->gauges[HEALTH_WHOLE_MS];
    if (stalled != 0)
        return stalled;
    return last->gauges[HEALTH_STOPPED_MS] != 0
               ? last->gauges[HEALTH_STOPPED_MS]
               : last->gauges[HEALTH_ALIVE_MS];
}

/* Up to when it still is. A machine that went down keeps what had been synced,
 * and the journal's end where it is younger: it loses rows from the end only,
 * but a gap may stand behind younger rows. */
static int64_t last_moment_of_same(const Health *last, Journal *journal)
{
    const int64_t whole_ms = whole_by(last);

    if (last->gauges[HEALTH_STOPPED_MS] != 0 ||
        last->gauges[HEALTH_BOOT] == boot_number())
        return whole_ms;
    return MAX(whole_ms - UNSYNCED_MILLISECONDS,
               MIN(whole_ms, newest_arrival(journal)));
}

static bool is_same_journal(const Health *last, Journal *journal)
{
    g_autofree char *id = health_text(last, HEALTH_JOURNAL_ID);

    return strcmp(id, journal_id(journal)) == 0;
}

/* What arrived before is in Redis or named there, whatever became of the
 * journal. */
static int64_t covered_by(const Health *last, int64_t whole_ms)
{
    return MIN(health_covered(last, whole_ms), whole_ms);
}

/* The journal may be older than what was said of it: its end is missing, not
 * only what came after the last word. Rows are appended a little out of order.
 */
static int64_t last_moment(const Health *last, Journal *journal)
{
    const int64_t whole_ms = last_moment_of_same(last, journal);
    const int64_t covered_ms = covered_by(last, whole_ms);
    int64_t last_row = 0;

    if (!is_same_journal(last, journal))
        return covered_ms;
    if (!journal_ends(journal, NULL, &last_row, NULL))
        return covered_ms;
    const bool has_rows = last_row >= last->gauges[HEALTH_JOURNAL_LAST];
    const bool has_gaps = last_gap(journal) >= last->gauges[HEALTH_JOURNAL_GAP];
    if (has_rows)
        return has_gaps ? whole_ms : covered_ms;
    log_error("the journal came back older than it was: it ends at row "
              "%" G_GINT64_FORMAT ", not at %" G_GINT64_FORMAT,
              last_row, last->gauges[HEALTH_JOURNAL_LAST]);
    const int64_t end_ms =
        CLAMP(end_of(journal) - JOURNAL_ORDER_MS, 1, whole_ms);
    return has_gaps ? end_ms : MIN(end_ms, covered_ms);
}

/* What was counted of the other one, as far as that is known. */
static int64_t counted_before(const Health *last)
{
    const int64_t applied = last->gauges[HEALTH_JOURNAL_APPLIED];

    /* Not what waited for a list that was held; and where nothing was counted
     * of it, something was of those before. */
    return last->gauges[HEALTH_HELD_LISTS] > 0 ||
                   (applied == 0 && last->gauges[HEALTH_COVERED_MS] != 0)
               ? INT64_MAX
               : applied;
}

/* That Redis must hold. */
static void note_prior(const Health *last, Journal *journal)
{
    g_autofree char *id = health_text(last, HEALTH_JOURNAL_ID);
    g_auto(JournalOrigin) origin = { 0 };

    if (*id == '\0' || is_same_journal(last, journal) ||
        !journal_get_origin(journal, &origin, NULL))
        return;
    journal_origin_add(&origin, id);
    origin.begun_ms = clock_now_ms();
    origin.told = counted_before(last);
    g_autoptr(GArray) priors = priors_unknown(id);
    (void)journal_set_origin(journal, &origin, priors, NULL);
}

/* Two that count under one id would say of each other's mails that they are
 * safe. Should that fail, Redis knows it sooner or later (feed.c). */
static void part_from_copies(const Daemon *daemon)
{
    Journal *journal = daemon->journal;
    g_autoptr(GError) error = NULL;
    const int64_t now_ms = clock_now_ms();
    bool is_copy = false;

    if (journal_is_copy(journal, &is_copy, &error) && !is_copy)
        return;
    g_autoptr(GArray) priors = priors_after(journal);
    if (error != NULL || !journal_part(journal, now_ms, priors, &error)) {
        log_error("%s", error->message);
        return;
    }
    log_warning(
        "the journal is a copy, of this host's or of another's: what it "
        "holds is counted under a new id");
    health_say(daemon->shared.health, HEALTH_JOURNAL_ID, journal_id(journal),
               now_ms);
}

/* That these files are there, and from when on, must outlast a power cut. */
static void sync_state(const Daemon *daemon)
{
    const int folder =
        open(daemon->settings->state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    (void)journal_checkpoint(daemon->journal, NULL);
    (void)fsync(daemon->status_file);
    if (folder < 0)
        return;
    (void)fsync(folder);
    close(folder);
}

/* What the last life said of itself goes on from there. */
static bool open_status(Daemon *daemon, GError **error)
{
    g_autofree char *path = state_path(daemon->settings->state, STATE_STATUS);
    const Health *last = &daemon->last;

    if (!shared_make(&daemon->shared, error))
        return false;
    if (daemon->has_last) {
        health_snapshot(last, daemon->shared.health);
        daemon->has_stopped_well = last->gauges[HEALTH_STOPPED_MS] != 0;
        daemon->absent_since_ms = last_moment(last, daemon->journal);
        note_prior(last, daemon->journal);
        /* of this boot: those of an earlier one ended with it */
        if (last->gauges[HEALTH_BOOT] == boot_number())
            daemon->left_sessions = last->gauges[HEALTH_OPEN_SESSIONS];
    } else {
        daemon->absent_since_ms = newest_arrival(daemon->journal);
    }
    begin_life(daemon);
    part_from_copies(daemon);
    daemon->status_file =
        open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (daemon->status_file >= 0) {
        /* for the group, as the folder is, whatever the umask */
        (void)fchmod(daemon->status_file, 0640);
        const bool saved =
            health_save(daemon->shared.health, daemon->status_file, error);

        sync_state(daemon);
        return saved;
    }
    g_set_error(error, STATE_ERROR, STATE_ERROR_RIGHT, "%s: %s", path,
                g_strerror(errno));
    return false;
}

static bool open_socket(Daemon *daemon, GError **error)
{
    const Settings *settings = daemon->settings;

    if (!callbacks_register(&daemon->collector, settings->match_recipients)) {
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_TAKEN,
                    "libmilter does not take our callbacks");
        return false;
    }
    return endpoint_open(&daemon->endpoint, settings->socket_mode,
                         settings->socket_group, error);
}

static bool prepare(Daemon *daemon, GError **error)
{
    if (!prepare_as_root(daemon, error))
        return false;
    daemon->lock =
        state_lock(daemon->settings->state, STATE_COLLECTOR_LOCK, error);
    if (daemon->lock < 0)
        return false;
    load_last(daemon);
    return open_journal(daemon, error) && open_status(daemon, error) &&
           open_socket(daemon, error);
}

/* --- signals -------------------------------------------------------------- */

/* Blocked in all threads, also libmilter's, and waited for in the main one. */
static sigset_t block_signals(void)
{
    sigset_t ours;

    sigemptyset(&ours);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGHUP);
    sigaddset(&ours, SIGUSR1);
    sigaddset(&ours, SIGCHLD);
    pthread_sigmask(SIG_BLOCK, &ours, NULL);
    signal(SIGPIPE, SIG_IGN);
    return ours;
}

/*
 * libmilter has a thread that waits for TERM, INT and HUP too, and whose way
 * out breaks mails off. The kernel offers a signal of the process to its main
 * thread first: so this must be the main thread, and it must do nothing else.
 * HUP stops us as well, since libmilter's thread could always be first.
 */
G_GNUC_NORETURN static void wait_for_signals(const Daemon *daemon,
                                             const sigset_t *ours)
{
    for (;;) {
        switch (sigwaitinfo(ours, NULL)) {
        case SIGUSR1:
            control_reload(daemon->control);
            break;
        case SIGCHLD:
            control_wake(daemon->control);
            break;
        case SIGTERM:
        case SIGINT:
        case SIGHUP:
            control_stop(daemon->control, EX_OK);
            break;
        default:
            break; /* interrupted, by a debugger perhaps */
        }
    }
}

/* --- running -------------------------------------------------------------- */

/* Returns when libmilter took a signal before us, or failed. */
static void *serve(void *data)
{
    const Daemon *daemon = data;
    const int code = smfi_main() == MI_SUCCESS ? EX_OK : EX_SOFTWARE;

    if (code != EX_OK)
        log_error("libmilter has given up");
    control_stop(daemon->control, code);
    return NULL;
}

/* An MTA connects to its milters when a session begins, and not again within
 * it: what a session that was open brings now is not shown to us, and nobody
 * can tell when it ends. Owned. */
static char *reason_of_absence(const Daemon *daemon)
{
    const char *what = daemon->has_stopped_well ? "the milter was stopped"
                                                : "the milter had died";
    const int64_t sessions = daemon->left_sessions;

    if (sessions <= 0)
        return g_strdup(what);
    return g_strdup_printf(
        "%s, and %" G_GINT64_FORMAT " open SMTP session%s uncounted", what,
        sessions, sessions == 1 ? " goes on" : "s go on");
}

static void note_absence(const Daemon *daemon)
{
    const int64_t now_ms = clock_now_ms();
    g_autofree char *why = reason_of_absence(daemon);

    /* also where the clock was set back meanwhile */
    if (daemon->absent_since_ms != 0)
        keeper_add_gap(daemon->collector.keeper, daemon->absent_since_ms,
                       now_ms, why);
}

static void start_threads(Daemon *daemon)
{
    pthread_t thread;

    daemon->collector = (Collector){
        .rules = daemon->rules,
        .keeper = keeper_new(daemon->journal, &daemon->shared),
        .health = daemon->shared.health,
    };
    const KeeperLimits limits = keeper_limits_of(daemon->settings);
    keeper_limit(daemon->collector.keeper, &limits);
    note_absence(daemon);
    Pulse *pulse = pulse_start(daemon->collector.keeper, daemon->shared.health);
    const ControlParts parts = {
        .options = daemon->options,
        .rules = daemon->rules,
        .keeper = daemon->collector.keeper,
        .pulse = pulse,
        .shared = &daemon->shared,
        .endpoint = &daemon->endpoint,
        .status_file = daemon->status_file,
    };
    daemon->control = control_new(&parts);
    pthread_create(&thread, NULL, serve, daemon);
    pthread_detach(thread);
}

/* Dumps would hold mail. */
static void forbid_dumps(void)
{
    const struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
}

static int fail(Daemon *daemon, int news, const GError *error)
{
    const int code = exit_code_of(error);

    log_error("%s", error->message);
    journal_free(daemon->journal);
    endpoint_clear(&daemon->endpoint);
    account_clear(&daemon->account);
    rules_in_force_free(daemon->rules);
    background_tell(news, code);
    return code;
}

int daemon_run(const Options *options, Settings *settings)
{
    Daemon daemon = { .options = options,
                      .settings = settings,
                      .rules = rules_in_force_new(settings) };
    g_autoptr(GError) error = NULL;

    if (geteuid() == 0 && options->user == NULL) {
        log_error("root must name another user with -u");
        rules_in_force_free(daemon.rules);
        return EX_USAGE;
    }
    forbid_dumps();
    umask(0022);
    const int news = options->is_foreground ? -1 : background_enter();
    const sigset_t ours = block_signals();
    if (!prepare(&daemon, &error))
        return fail(&daemon, news, error);
    background_tell(news, EX_OK);
    log_open("collector", options->is_foreground, options->verbosity);
    start_threads(&daemon);
    log_notice("listening at %s", daemon.endpoint.spec);
    notify_ready();
    wait_for_signals(&daemon, &ours);
}
