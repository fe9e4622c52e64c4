/* SPDX-License-Identifier: MIT */
/*
 * Recognises senders that are programs: test robots, CI, trackers. Relays that
 * carry people's patches (B4 Relay, GitGitGadget) and people who work with the
 * help of scripts (AUTOSEL) are not bots.
 */
#pragma once

#include <stdbool.h>

/* Returns true if a name or an address is one of a known program. Ignores case.
 * name may be "". */
bool bot_is_known(const char *name, const char *address);
/* Returns true if a name has the word "bot": "Github bot account". Such a
 * sender may be a person, too, or pass on what people write. */
bool bot_is_called_so(const char *name);
/* Returns true if a pattern matches a text: "*" stands for any text, "?" for
 * one character; case is ignored. Both are valid UTF-8. */
bool bot_matches(const char *pattern, const char *text);
