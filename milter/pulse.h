/* SPDX-License-Identifier: MIT */
/*
 * The collector's own pulse: a thread that only sleeps and reads two clocks. A
 * pause means that the whole process stood still while the MTA let mails pass;
 * a difference between the clocks means that somebody set one. If there is
 * neither, HEALTH_WHOLE_MS moves on as far as the keeper allows.
 */
#pragma once

#include "journal/health.h"
#include "milter/keeper.h"

/* From this many milliseconds on, clocks that differ have been set. */
enum { PULSE_CLOCK_JUMP_MS = 60 * 1000 };

typedef struct Pulse Pulse;

/* Starts the thread; both are lent, and it lives, as long as the process. */
Pulse *pulse_start(Keeper *keeper, Health *health);
/* Makes another beat at once, before the process ends. Any thread. */
void pulse_beat(Pulse *pulse);
