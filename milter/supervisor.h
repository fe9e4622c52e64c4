/* SPDX-License-Identifier: MIT */
/*
 * Keeps a processor running: starts it, restarts it when it died, and notes at
 * which row that was. All calls must come from one thread that lives as long as
 * the process: the kernel ends the processor when that thread ends.
 */
#pragma once

#include "milter/options.h"
#include "milter/shared.h"

#include <stdbool.h>

/* At this many points a row is set aside: after two crashes, or four ends by
 * SIGKILL (which may be the kernel's, for lack of memory, or anybody's); at
 * once if it used up its processor time. */
enum { SUPERVISOR_FATAL_POINTS = 4 };
/* The exit code of a processor that wants to be restarted. */
enum { SUPERVISOR_EXIT_RENEW = 75 };

typedef struct Supervisor Supervisor;

/* state: the state directory in force. */
Supervisor *supervisor_new(const Options *options, const char *state,
                           const Shared *shared);
/* Starts the processor or handles its end. Returns the milliseconds after which
 * it has to be called again, unless a child ends before. */
int supervisor_tend(Supervisor *supervisor);
void supervisor_signal(Supervisor *supervisor, int signal_number);
/* Asks the processor to finish; it is not restarted. */
void supervisor_stop(Supervisor *supervisor);
bool supervisor_has_ended(Supervisor *supervisor);
/* Kills the processor. */
void supervisor_kill(Supervisor *supervisor);
