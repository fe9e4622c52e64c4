/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/supervisor.h"

#include "milter/clock.h"
#include "milter/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    PAUSE_FIRST_MILLISECONDS = 100,
    PAUSE_MAX_MILLISECONDS = 30 * 1000,
    STEADY_MILLISECONDS = 10 * 1000, /* who lived that long starts at once */
    CALM_MILLISECONDS = 1000,
    DESCRIPTORS_MAX = 4096, /* closed one by one on an old kernel */
    TIME_POINTS = SUPERVISOR_FATAL_POINTS,
    CRASH_POINTS = 2,
    KILL_POINTS = 1,
};

struct Supervisor {
    const Shared *shared;
    char **arguments;                /* of the processor */
    pid_t child;                     /* 0: none */
    int64_t started_ms, start_at_ms; /* ticks */
    int pause_ms;                    /* after the next quick death */
    bool is_stopping;
};

static char **make_arguments(const Options *options, const char *state,
                             const Shared *shared)
{
    GPtrArray *list = g_ptr_array_new();

    g_ptr_array_add(list, g_strdup("listpulse-milter"));
    g_ptr_array_add(list,
                    g_strdup_printf("--processor=%d,%d,%ld", shared->memory,
                                    shared->bell, (long)getpid()));
    g_ptr_array_add(list, g_strdup_printf("--state=%s", state));
    if (options->config != NULL)
        g_ptr_array_add(list, g_strdup_printf("--config=%s", options->config));
    if (options->redis != NULL)
        g_ptr_array_add(list, g_strdup_printf("--redis=%s", options->redis));
    if (options->is_foreground)
        g_ptr_array_add(list, g_strdup("--foreground"));
    for (int i = 0; i < options->verbosity; i++)
        g_ptr_array_add(list, g_strdup("--verbose"));
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

Supervisor *supervisor_new(const Options *options, const char *state,
                           const Shared *shared)
{
    Supervisor *supervisor = g_new0(Supervisor, 1);

    supervisor->shared = shared;
    supervisor->arguments = make_arguments(options, state, shared);
    return supervisor;
}

/* --- in the child, between fork and exec: only what a signal handler may -- */

static void close_others(void)
{
    if (close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) == 0)
        return;
    for (int file = 3; file < DESCRIPTORS_MAX; file++)
        (void)fcntl(file, F_SETFD, FD_CLOEXEC);
}

/* A fresh image: threads of ours may hold any lock at this moment, and
 * nothing that a mail did to the old processor is left. */
static void become_processor(const Supervisor *supervisor, pid_t parent)
{
    sigset_t later;

    /* A reload may come before it is ready for one, and must not end it. */
    sigemptyset(&later);
    sigaddset(&later, SIGUSR1);
    sigprocmask(SIG_SETMASK, &later, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EX_OK);
    close_others();
    (void)fcntl(supervisor->shared->memory, F_SETFD, 0);
    (void)fcntl(supervisor->shared->bell, F_SETFD, 0);
    execv("/proc/self/exe", supervisor->arguments);
    _exit(EX_OSERR);
}

/* --- in the collector ----------------------------------------------------- */

static void start(Supervisor *supervisor)
{
    Health *health = supervisor->shared->health;
    const pid_t parent = getpid();
    const pid_t child = fork();

    if (child == 0)
        become_processor(supervisor, parent);
    supervisor->started_ms = clock_ticks_ms();
    if (child < 0) {
        log_error("cannot start the processor: %s", g_strerror(errno));
        supervisor->start_at_ms =
            supervisor->started_ms + PAUSE_MAX_MILLISECONDS;
        return;
    }
    supervisor->child = child;
    health_count(health, HEALTH_PROCESSOR_STARTS, 1);
    health_set(health, HEALTH_PROCESSOR_PID, child);
    health_set(health, HEALTH_PROCESSOR_ALIVE_MS, clock_now_ms());
}

/* The row was too slow: see reading.c. */
static bool is_out_of_time(int status)
{
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGVTALRM;
}

static int points_of(int status)
{
    if (is_out_of_time(status))
        return TIME_POINTS;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? KILL_POINTS
                                                              : CRASH_POINTS;
}

/* The row that was being parsed is suspected, the more the surer it was the
 * parser that failed. */
static void suspect(Health *health, int status)
{
    const int64_t row = health_get(health, HEALTH_PARSING_ROW);

    health_set(health, HEALTH_PARSING_ROW, 0);
    if (row == 0)
        return;
    if (row != health_get(health, HEALTH_FATAL_ROW)) {
        health_set(health, HEALTH_FATAL_ROW, row);
        health_set(health, HEALTH_FATAL_POINTS, 0);
    }
    health_add(health, HEALTH_FATAL_POINTS, points_of(status));
    log_error("the processor died at row %" G_GINT64_FORMAT, row);
}

static void report(int status)
{
    if (WIFSIGNALED(status))
        log_error("the processor was ended by signal %d (%s)", WTERMSIG(status),
                  g_strsignal(WTERMSIG(status)));
    else
        log_error("the processor ended with code %d", WEXITSTATUS(status));
}

static void plan_start(Supervisor *supervisor)
{
    const int64_t now = clock_ticks_ms();

    if (now - supervisor->started_ms >= STEADY_MILLISECONDS)
        supervisor->pause_ms = 0;
    supervisor->start_at_ms = now + supervisor->pause_ms;
    supervisor->pause_ms =
        CLAMP(supervisor->pause_ms * 2, PAUSE_FIRST_MILLISECONDS,
              PAUSE_MAX_MILLISECONDS);
}

static void on_end(Supervisor *supervisor, int status)
{
    Health *health = supervisor->shared->health;
    const bool is_wanted =
        supervisor->is_stopping ||
        (WIFEXITED(status) && WEXITSTATUS(status) == SUPERVISOR_EXIT_RENEW);

    supervisor->child = 0;
    health_set(health, HEALTH_PROCESSOR_PID, 0);
    if (is_wanted) {
        health_set(health, HEALTH_PARSING_ROW, 0);
        supervisor->start_at_ms = clock_ticks_ms();
        return;
    }
    health_count(health, HEALTH_PROCESSOR_DEATHS, 1);
    report(status);
    suspect(health, status);
    /* A slow row will not come again: the others need not wait. */
    if (is_out_of_time(status))
        supervisor->start_at_ms = clock_ticks_ms();
    else
        plan_start(supervisor);
}

static void reap(Supervisor *supervisor)
{
    int status = 0;

    if (supervisor->child != 0 &&
        waitpid(supervisor->child, &status, WNOHANG) == supervisor->child)
        on_end(supervisor, status);
}

int supervisor_tend(Supervisor *supervisor)
{
    reap(supervisor);
    if (supervisor->child != 0 || supervisor->is_stopping)
        return CALM_MILLISECONDS;

    const int64_t left = supervisor->start_at_ms - clock_ticks_ms();
    if (left > 0)
        return (int)MIN(left, CALM_MILLISECONDS);
    start(supervisor);
    return CALM_MILLISECONDS;
}

void supervisor_signal(Supervisor *supervisor, int signal_number)
{
    if (supervisor->child != 0)
        kill(supervisor->child, signal_number);
}

void supervisor_stop(Supervisor *supervisor)
{
    supervisor->is_stopping = true;
    supervisor_signal(supervisor, SIGTERM);
}

bool supervisor_has_ended(Supervisor *supervisor)
{
    reap(supervisor);
    return supervisor->child == 0;
}

void supervisor_kill(Supervisor *supervisor)
{
    supervisor->is_stopping = true;
    supervisor_signal(supervisor, SIGKILL);
}
