/* SPDX-License-Identifier: MIT */
/*
 * Text of format=flowed (RFC 3676) as it was typed: soft line ends taken out,
 * stuffed blanks taken off.
 */
#pragma once

#include <stdbool.h>

/*
 * text: valid UTF-8, LF line ends; owned. Lines are joined as git-mailinfo
 * joins them, within one depth of quoting. Where a diff shows that the sender
 * did not stuff, so that he only says format=flowed, no blank is taken off and
 * nothing is joined from the first diff line on. An empty context line, one
 * blank, is never joined.
 */
char *mail_flowed_unwrap(const char *text, bool deletes_space);
