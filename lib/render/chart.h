/* SPDX-License-Identifier: MIT */
/*
 * Pictures of numbers as SVG that stands in an HTML page: no script, no style
 * of its own, sizes in per cent of the width, so that text keeps its size on a
 * phone. Each has a title, a description for readers that show no pictures, and
 * labels. The page's style colours the classes bar, part and axis.
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

/* Appends columns side by side with an axis: the highest value at the left,
 * the first, middle and last label below. Nothing for fewer than two bars. */
void chart_columns(GString *out, const ChartWords *words, const ChartBar *bars,
                   unsigned count);
/* Appends a line a bar: its label, its length, its value. */
void chart_rows(GString *out, const ChartWords *words, const ChartBar *bars,
                unsigned count);
/* Appends a bar without label or axis, part of whole wide, for a cell whose
 * number says the same. */
void chart_share(GString *out, uint64_t part, uint64_t whole);
