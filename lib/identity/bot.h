/* SPDX-License-Identifier: MIT */
/*
 * Senders that are programs: test robots, CI, trackers. Relays that carry
 * people's patches (B4 Relay, GitGitGadget) and people who work with the help
 * of scripts (AUTOSEL) are none.
 */
#pragma once

#include <stdbool.h>

/* Any case. name may be "". */
bool bot_is_known(const char *name, const char *address);
/* "*" stands for any text, "?" for one character; any case. Both are valid
 * UTF-8. */
bool bot_matches(const char *pattern, const char *text);
