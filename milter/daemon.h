/* SPDX-License-Identifier: MIT */
/*
 * The collector from start to end: rights, locks, socket, threads.
 */
#pragma once

#include "base/settings.h"
#include "milter/options.h"

/* Takes the settings over. Gives an exit code of sysexits(3); once it
 * listens it only ends through control.h. */
int daemon_run(const Options *options, Settings *settings);
