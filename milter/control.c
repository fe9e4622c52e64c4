/* SPDX-License-Identifier: MIT */
#include "milter/control.h"

#include "milter/clock.h"
#include "milter/log.h"
#include "milter/notify.h"
#include "milter/pulse.h"
#include "milter/supervisor.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    BEAT_MILLISECONDS = 1000,
    DRAIN_MILLISECONDS = 5000,   /* for mails on their way */
    BACKLOG_MILLISECONDS = 3000, /* of these, for the processor */
    FLUSH_MILLISECONDS = 2000,
    DRAIN_STEP_MILLISECONDS = 5,
    SELF_TEST_MILLISECONDS = 2000,
};

struct Control {
    ControlParts parts;
    Supervisor *supervisor;
    pthread_t thread;
    int bell;
    int stops; /* asked for; atomic, as the next two */
    int stop_code;
    bool wants_reload;
    int64_t beat_at_ms, watch_at_ms; /* ticks */
};

static void ring(const Control *control)
{
    const uint64_t once = 1;

    (void)!write(control->bell, &once, sizeof once);
}

static void listen_for(const Control *control, int milliseconds)
{
    struct pollfd wait = { .fd = control->bell, .events = POLLIN };
    uint64_t rung = 0;

    if (poll(&wait, 1, milliseconds) == 1)
        (void)!read(control->bell, &rung, sizeof rung);
}

static bool is_asked_to_stop(const Control *control)
{
    return __atomic_load_n(&control->stops, __ATOMIC_ACQUIRE) > 0;
}

/* --- heartbeat ------------------------------------------------------------ */

static void save_status(const Control *control)
{
    g_autoptr(GError) error = NULL;
    Health *health = control->parts.shared->health;

    /* A full disk does not matter here: the file has its blocks. */
    if (!health_save(health, control->parts.status_file, &error))
        health_say(health, HEALTH_LAST_ERROR, error->message, clock_now_ms());
}

static void tell_systemd(const Health *health)
{
    g_autofree char *status = g_strdup_printf(
        "%" G_GUINT64_FORMAT " mails wait to be counted; Redis is %s",
        health_rows_waiting(health),
        health_redis_name((HealthRedis)health_get(health, HEALTH_REDIS_STATE)));

    notify_status(status);
}

static void beat(Control *control)
{
    Health *health = control->parts.shared->health;

    health_set(health, HEALTH_ALIVE_MS, clock_now_ms());
    save_status(control);
    tell_systemd(health);
}

/* Only if a stranger would be answered too. */
static void feed_watchdog(Control *control, int64_t ticks_ms)
{
    const int64_t limit = notify_watchdog_ms();

    if (limit == 0 || ticks_ms < control->watch_at_ms)
        return;
    control->watch_at_ms = ticks_ms + limit / 3;
    if (endpoint_answers(control->parts.endpoint, SELF_TEST_MILLISECONDS))
        notify_alive();
    else
        log_error("nobody answers at %s", control->parts.endpoint->spec);
}

/* --- reload --------------------------------------------------------------- */

static void refuse(const Control *control, const char *why)
{
    Health *health = control->parts.shared->health;

    log_error("the configuration was refused, the old one stays: %s", why);
    health_count(health, HEALTH_RELOAD_FAULTS, 1);
    health_set(health, HEALTH_CONFIG_BAD, 1);
    health_say(health, HEALTH_CONFIG_ERROR, why, clock_now_ms());
}

/* libmilter has one socket and one table of steps as long as it runs. */
static void warn_of_restart(const Settings *old, const Settings *new)
{
    if (strcmp(old->socket, new->socket) != 0 ||
        strcmp(old->socket_group, new->socket_group) != 0 ||
        old->socket_mode != new->socket_mode)
        log_warning("a new socket needs a restart");
    if (strcmp(old->state, new->state) != 0)
        log_warning("a new state directory needs a restart");
    if (old->match_recipients != new->match_recipients)
        log_warning("match_recipients needs a restart");
    if (old->journal_sync_full != new->journal_sync_full)
        log_warning("journal_sync needs a restart");
}

static void accept_settings(const Control *control, Settings *settings)
{
    Health *health = control->parts.shared->health;
    Rules *old = rules_take(control->parts.rules);

    warn_of_restart(rules_settings(old), settings);
    rules_release(old);
    const KeeperLimits limits = keeper_limits_of(settings);
    rules_replace(control->parts.rules, settings);
    keeper_limit(control->parts.keeper, &limits);
    health_count(health, HEALTH_RELOADS, 1);
    health_set(health, HEALTH_CONFIG_BAD, 0);
    health_say(health, HEALTH_CONFIG_ERROR, "", clock_now_ms());
    supervisor_signal(control->supervisor, SIGUSR1);
    log_notice("the configuration was read anew");
}

static void reload(Control *control)
{
    g_autoptr(GError) error = NULL;

    if (!__atomic_exchange_n(&control->wants_reload, false, __ATOMIC_ACQ_REL))
        return;
    notify_reloading();
    Settings *settings = options_settings(control->parts.options, &error);
    if (settings != NULL)
        accept_settings(control, settings);
    else
        refuse(control, error->message);
    notify_ready();
    save_status(control);
}

/* --- stop ----------------------------------------------------------------- */

static bool is_quiet(const Control *control)
{
    return health_get(control->parts.shared->health, HEALTH_OPEN_MAILS) == 0;
}

/* First the processor finishes, while mail is still taken; then there is,
 * soon, a moment in which no mail is on its way. */
static void drain(Control *control)
{
    const int64_t start_ms = clock_ticks_ms();
    int64_t spent = 0;

    supervisor_stop(control->supervisor);
    while (spent < DRAIN_MILLISECONDS &&
           __atomic_load_n(&control->stops, __ATOMIC_ACQUIRE) == 1) {
        const bool is_late = spent >= BACKLOG_MILLISECONDS;

        if ((is_late || supervisor_has_ended(control->supervisor)) &&
            is_quiet(control))
            break;
        listen_for(control, DRAIN_STEP_MILLISECONDS);
        spent = clock_ticks_ms() - start_ms;
    }
}

/* libmilter's own way out would take five seconds, in which the MTA waits,
 * and would remove whatever socket is at the path then. */
G_GNUC_NORETURN static void leave(Control *control)
{
    Health *health = control->parts.shared->health;

    endpoint_remove(control->parts.endpoint);
    keeper_flush(control->parts.keeper, FLUSH_MILLISECONDS);
    supervisor_kill(control->supervisor);
    if (control->parts.options->pid_file != NULL)
        unlink(control->parts.options->pid_file);
    health_set(health, HEALTH_PROCESSOR_PID, 0);
    health_set(health, HEALTH_ALIVE_MS, clock_now_ms());
    health_set(health, HEALTH_STOPPED_MS, clock_now_ms());
    pulse_beat(control->parts.pulse);
    save_status(control);
    keeper_sync(control->parts.keeper);
    (void)fsync(control->parts.status_file);
    log_notice("stopped");
    _exit(__atomic_load_n(&control->stop_code, __ATOMIC_ACQUIRE));
}

static void stop(Control *control)
{
    notify_stopping();
    log_notice("stopping");
    drain(control);
    leave(control);
}

/* --- the thread ----------------------------------------------------------- */

static void *control_run(void *data)
{
    Control *control = data;

    while (!is_asked_to_stop(control)) {
        const int wait_ms = supervisor_tend(control->supervisor);
        const int64_t now = clock_ticks_ms();

        if (now >= control->beat_at_ms) {
            beat(control);
            control->beat_at_ms = now + BEAT_MILLISECONDS;
        }
        feed_watchdog(control, now);
        reload(control);
        listen_for(control, MIN(wait_ms, (int)(control->beat_at_ms - now)));
    }
    stop(control);
    return NULL;
}

Control *control_new(const ControlParts *parts)
{
    Control *control = g_new0(Control, 1);
    Rules *rules = rules_take(parts->rules);

    control->parts = *parts;
    control->supervisor = supervisor_new(
        parts->options, rules_settings(rules)->state, parts->shared);
    rules_release(rules);
    control->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    pthread_create(&control->thread, NULL, control_run, control);
    return control;
}

void control_stop(Control *control, int code)
{
    int none = 0;

    /* The first word counts, unless a later one tells of a failure. */
    __atomic_compare_exchange_n(&control->stop_code, &none, code, false,
                                __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
    __atomic_fetch_add(&control->stops, 1, __ATOMIC_ACQ_REL);
    ring(control);
}

void control_reload(Control *control)
{
    __atomic_store_n(&control->wants_reload, true, __ATOMIC_RELEASE);
    ring(control);
}

void control_wake(Control *control)
{
    ring(control);
}
