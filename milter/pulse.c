/* SPDX-License-Identifier: MIT */
#include "milter/pulse.h"

#include "milter/clock.h"
#include "milter/log.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/banned.h"

enum {
    BEAT_MS = 250,
    /* An MTA with our lines waits two seconds for a connection, and longer for
     * all else. */
    HOLE_MS = 2000,
};

struct Pulse {
    Keeper *keeper;
    Health *health;
    int64_t now_ms, ticks_ms; /* at the last beat */
    pthread_mutex_t mutex;
};

static void on_hole(const Pulse *pulse, int64_t now_ms, int64_t hole_ms)
{
    log_error("stood still for %" G_GINT64_FORMAT " ms: mail may have passed",
              hole_ms);
    keeper_add_gap(pulse->keeper, MIN(pulse->now_ms, now_ms), now_ms,
                   "the milter stood still");
}

static void on_jump(const Pulse *pulse, int64_t ticks_ms, int64_t jump_ms)
{
    log_warning("the clock was set by %" G_GINT64_FORMAT " s; no old post goes "
                "until it has been steady for a day",
                jump_ms / 1000);
    health_set(pulse->health, HEALTH_CLOCK_SET_TICKS, MAX(ticks_ms, 1));
}

static void beat(Pulse *pulse)
{
    const int64_t now_ms = clock_now_ms(), ticks_ms = clock_ticks_ms();
    const int64_t passed = ticks_ms - pulse->ticks_ms;
    const int64_t jump = now_ms - pulse->now_ms - passed;

    if (passed - BEAT_MS >= HOLE_MS)
        on_hole(pulse, now_ms, passed);
    if (llabs(jump) >= PULSE_CLOCK_JUMP_MS)
        on_jump(pulse, ticks_ms, jump);
    pulse->now_ms = now_ms;
    pulse->ticks_ms = ticks_ms;
    /* A hole is among what waits in memory now. */
    health_set(pulse->health, HEALTH_WHOLE_MS,
               keeper_whole(pulse->keeper, now_ms));
}

void pulse_beat(Pulse *pulse)
{
    pthread_mutex_lock(&pulse->mutex);
    beat(pulse);
    pthread_mutex_unlock(&pulse->mutex);
}

static void *run(void *data)
{
    for (;;) {
        g_usleep(BEAT_MS * 1000);
        pulse_beat(data);
    }
    return NULL;
}

Pulse *pulse_start(Keeper *keeper, Health *health)
{
    Pulse *pulse = g_new(Pulse, 1);
    pthread_t thread;

    *pulse = (Pulse){ .keeper = keeper,
                      .health = health,
                      .now_ms = clock_now_ms(),
                      .ticks_ms = clock_ticks_ms() };
    pthread_mutex_init(&pulse->mutex, NULL);
    pthread_create(&thread, NULL, run, pulse);
    pthread_detach(thread);
    return pulse;
}
