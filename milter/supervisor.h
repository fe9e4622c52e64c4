/* SPDX-License-Identifier: MIT */
/*
 * Keeps a processor running: starts it, starts it again when it died, and
 * notes at which row that was. All calls from one thread, which must live as
 * long as the process: the kernel ends the processor when that thread ends.
 */
#pragma once

#include "milter/options.h"
#include "milter/shared.h"

#include <stdbool.h>

/* From here on a row is set aside: two crashes, or four ends by SIGKILL
 * (which may be the kernel's, for want of memory, or anybody's); at once if it
 * took all the processor time that it may. */
enum { SUPERVISOR_FATAL_POINTS = 4 };
/* How a processor ends that wants to be started afresh. */
enum { SUPERVISOR_EXIT_RENEW = 75 };

typedef struct Supervisor Supervisor;

/* settings: state directory as it is in force. */
Supervisor *supervisor_new(const Options *options, const char *state,
                           const Shared *shared);
/* Looks after it; gives the milliseconds until it wants to be called again,
 * if no child's end comes before. */
int supervisor_tend(Supervisor *supervisor);
void supervisor_signal(Supervisor *supervisor, int signal_number);
/* Asks it to finish; it is not started again. */
void supervisor_stop(Supervisor *supervisor);
bool supervisor_has_ended(Supervisor *supervisor);
/* Ends it now. */
void supervisor_kill(Supervisor *supervisor);
