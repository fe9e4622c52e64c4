/* SPDX-License-Identifier: MIT */
/*
 * Controls the collector: heartbeat, status file, processor, reload, stop. It
 * has a thread of its own; other threads only send it requests.
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
/* May be called from any thread; the first stop drains, a second one ends at
 * once. code: the exit code. */
void control_stop(Control *control, int code);
void control_reload(Control *control);
/* Wakes it, since a child ended. */
void control_wake(Control *control);
