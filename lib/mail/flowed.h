/* SPDX-License-Identifier: MIT */
/*
 * Restores text of format=flowed (RFC 3676) as it was typed: soft line ends and
 * stuffed blanks are removed.
 */
#pragma once

#include <stdbool.h>

/*
 * Takes valid UTF-8 with LF line ends and returns the same; owned. Lines are
 * joined as git-mailinfo joins them, within one depth of quoting. If a diff
 * shows that the sender did not stuff blanks, and so only claims format=flowed,
 * no blank is removed, and no lines are joined from the first diff line on. An
 * empty context line, one blank, is never joined.
 */
char *mail_flowed_unwrap(const char *text, bool deletes_space);
