/* SPDX-License-Identifier: MIT */
/*
 * Draws charts as SVG within an HTML page: no script, no style of its own,
 * sizes in percent of the width, so that text keeps its size on a phone. Each
 * has a title, labels, and a description for browsers that show no pictures.
 * The page's style colours the classes bar, part and axis.
 */
#pragma once

#include <glib.h>
#include <stdint.h>

typedef struct ChartBar {
    const char *label; /* what the bar stands for; escaped here */
    uint64_t whole;    /* its height */
    uint64_t part;     /* how much of it is drawn darker */
} ChartBar;

typedef struct ChartWords {
    const char *title; /* "Posts by day" */
    const char *whole; /* "posts": what whole counts */
    const char *part;  /* "patches", or NULL if no part is drawn */
} ChartWords;

/* Appends columns side by side with an axis: the highest value at the left, the
 * first, middle and last label below. Appends nothing for fewer than two bars.
 */
void chart_columns(GString *out, const ChartWords *words, const ChartBar *bars,
                   unsigned count);
/* Appends a line for each bar: its label, its length, its value. */
void chart_rows(GString *out, const ChartWords *words, const ChartBar *bars,
                unsigned count);
/* Appends a bar without label or axis, whose width is part / whole, for a cell
 * that shows the same number. */
void chart_share(GString *out, uint64_t part, uint64_t whole);
