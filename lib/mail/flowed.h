/* SPDX-License-Identifier: MIT */
/*
 * Text of format=flowed (RFC 3676) as it was typed: soft line ends taken out,
 * stuffed blanks taken off.
 */
#pragma once

#include <stdbool.h>

/*
 * text: valid UTF-8, LF line ends; owned. Lines are joined as git-mailinfo
 * joins them, within one depth of quoting. In a patch nothing is joined from
 * the first diff line on, since a context line may end in a blank; and where
 * the diff shows that the sender did not stuff, no blank is taken off.
 */
char *mail_flowed_unwrap(const char *text, bool deletes_space);
