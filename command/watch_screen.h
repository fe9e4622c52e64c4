/* SPDX-License-Identifier: MIT */
/*
 * Draws the table of `listpulse watch` on a terminal.
 */
#pragma once

#include "command/condition.h"
#include "command/watched.h"

#include <glib.h>
#include <stdint.h>

typedef struct ScreenSize {
    unsigned columns, lines;
} ScreenSize;

enum { SCREEN_COLUMNS_MIN = 40, SCREEN_LINES_MIN = 8 };

/* Appends at most size.lines lines of at most size.columns columns, each ended
 * by "\n" but the last; a size below the least is taken as that. The lists that
 * had mail last come first. condition may be NULL: not known yet. */
void watch_screen(GString *out, const Watched *watched,
                  const Condition *condition, ScreenSize size, int64_t now_ms);
