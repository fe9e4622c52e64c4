/* SPDX-License-Identifier: MIT */
/*
 * The collector's own pulse: a thread that only sleeps and looks at two
 * clocks. A hole in it means that the whole process stood still, while the MTA
 * let mails pass; a difference between the clocks, that somebody set one.
 */
#pragma once

#include "journal/health.h"
#include "milter/keeper.h"

/* From this many milliseconds on, clocks that differ have been set. */
enum { PULSE_CLOCK_JUMP_MS = 60 * 1000 };

/* Starts the thread; both are lent, as long as the process lives. */
void pulse_start(Keeper *keeper, Health *health);
