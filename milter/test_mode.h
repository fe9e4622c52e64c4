/* SPDX-License-Identifier: MIT */
/*
 * -t: prints what would be counted from mails in files, without journal and
 * Redis.
 */
#pragma once

#include "base/settings.h"

/* files: NULL-terminated, "-" is standard input. Returns the exit code. */
int test_mode_run(const Settings *settings, char *const *files);
