/* SPDX-License-Identifier: MIT */
/*
 * The collector's own pulse: a thread that only sleeps and looks at two
 * clocks. A hole in it means that the whole process stood still, while the MTA
 * let mails pass; a difference between the clocks, that somebody set one. Where
 * there is none, HEALTH_WHOLE_MS moves on as far as the keeper lets it.
 */
#pragma once

#include "journal/health.h"
#include "milter/keeper.h"

/* From this many milliseconds on, clocks that differ have been set. */
enum { PULSE_CLOCK_JUMP_MS = 60 * 1000 };

typedef struct Pulse Pulse;

/* Starts the thread; both are lent, and it lives, as long as the process. */
Pulse *pulse_start(Keeper *keeper, Health *health);
/* Another beat at once, before the process ends. Any thread. */
void pulse_beat(Pulse *pulse);
