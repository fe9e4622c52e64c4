/* SPDX-License-Identifier: MIT */
/*
 * -t: what would be counted of mails in files. No journal, no Redis.
 */
#pragma once

#include "base/settings.h"

/* files: NULL-terminated, "-" is standard input. Gives the exit code. */
int test_mode_run(const Settings *settings, char *const *files);
