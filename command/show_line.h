/* SPDX-License-Identifier: MIT */
/*
 * Lines of `listpulse show`.
 */
#pragma once

#include "activity/record.h"

#include <glib.h>
#include <stdint.h>

/* Appends a line "what text", with control characters made visible. */
void show_line(GString *out, const char *what, const char *format, ...)
    G_GNUC_PRINTF(3, 4);
/* Appends a line about another post: what, mark, time, word and subject. */
void show_post_line(GString *out, const char *what, const PostRecord *post,
                    const char *word);
/* Returns "2025-03-11 06:45:22 +0000"; owned. */
char *show_time(int64_t seconds, int offset_minutes);
