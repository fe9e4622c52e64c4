/* SPDX-License-Identifier: MIT */
/*
 * Runs the second process, which parses and counts what the collector kept. A
 * mail that kills it kills nothing else.
 */
#pragma once

#include "milter/options.h"

/* Returns the exit code. */
int processor_run(const Options *options);
