/* SPDX-License-Identifier: MIT */
/*
 * measure [-n RUNS] COMMAND...: runs a command again and again, its
 * output thrown away, and prints medians in milliseconds: wall time, 95th
 * percentile of it, CPU time of the command and its children.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/stopwatch.h"

#include "base/banned.h"

extern char **environ;

enum { RUNS_MAX = 10000 };

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double children_cpu_ms(void)
{
    struct rusage usage;

    getrusage(RUSAGE_CHILDREN, &usage);
    return 1e3 * (seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
}

static void run(char **command)
{
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 1;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&child, command[0], &actions, NULL, command, environ) !=
            0 ||
        waitpid(child, &status, 0) < 0 || status != 0)
        g_error("%s failed", command[0]);
    posix_spawn_file_actions_destroy(&actions);
}

int main(int argc, char **argv)
{
    static double wall[RUNS_MAX], cpu[RUNS_MAX];
    unsigned runs = 1;
    int option;

    while ((option = getopt(argc, argv, "+n:")) == 'n')
        runs = CLAMP((unsigned)g_ascii_strtoull(optarg, NULL, 10), 1, RUNS_MAX);
    if (option != -1 || optind == argc)
        return 2;
    for (unsigned i = 0; i < runs; i++) {
        const double start = stopwatch_us(CLOCK_MONOTONIC);
        const double cpu_start = children_cpu_ms();

        run(argv + optind);
        wall[i] = (stopwatch_us(CLOCK_MONOTONIC) - start) / 1e3;
        cpu[i] = children_cpu_ms() - cpu_start;
    }
    printf("wall %.1f p95 %.1f cpu %.1f\n", stopwatch_quantile(wall, runs, 0.5),
           stopwatch_quantile(wall, runs, 0.95),
           stopwatch_quantile(cpu, runs, 0.5));
    return 0;
}
