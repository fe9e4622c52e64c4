/* SPDX-License-Identifier: MIT */
/*
 * The collector's reins: heartbeat, status file, processor, reload, stop. A
 * thread of its own; others only ask it for something.
 */
#pragma once

#include "milter/endpoint.h"
#include "milter/keeper.h"
#include "milter/options.h"
#include "milter/pulse.h"
#include "milter/rules.h"
#include "milter/shared.h"

typedef struct Control Control;

/* All lent, as long as the process lives. */
typedef struct ControlParts {
    const Options *options;
    RulesInForce *rules;
    Keeper *keeper;
    Pulse *pulse;
    const Shared *shared;
    const Endpoint *endpoint;
    int status_file;
} ControlParts;

/* Starts the thread. */
Control *control_new(const ControlParts *parts);
/* From any thread; the first stop drains, a second one ends at once. code:
 * of the process's exit. */
void control_stop(Control *control, int code);
void control_reload(Control *control);
/* Something changed: a child ended. */
void control_wake(Control *control);
