/* SPDX-License-Identifier: MIT */
/*
 * Runs the collector from start to end: rights, locks, socket, threads.
 */
#pragma once

#include "base/settings.h"
#include "milter/options.h"

/* Takes ownership of the settings. Returns an exit code of sysexits(3); once it
 * listens it ends only through control.h. */
int daemon_run(const Options *options, Settings *settings);
