/* SPDX-License-Identifier: MIT */
/*
 * The second process: parses and counts what the collector kept. A mail that
 * kills it kills nothing else.
 */
#pragma once

#include "milter/options.h"

/* Gives the exit code. */
int processor_run(const Options *options);
