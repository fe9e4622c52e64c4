/* SPDX-License-Identifier: MIT */
#include "command/progress.h"

#include "base/text.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    BAR_MAX = 30,
    BAR_MIN = 5,
    LABEL_MAX = 24,
    COLUMNS_DEFAULT = 80,
    DRAW_MICROSECONDS = 100 * 1000,
    SECONDS_A_MINUTE = 60,
    SECONDS_AN_HOUR = 3600,
};

/* More than that is never, and would not fit an integer. */
static const double SECONDS_MAX = 1e12;

static void append_time(GString *out, double seconds)
{
    const uint64_t whole = (uint64_t)(MIN(seconds, SECONDS_MAX) + 0.5);

    if (whole >= SECONDS_AN_HOUR)
        g_string_append_printf(out, "%" G_GUINT64_FORMAT ":",
                               whole / SECONDS_AN_HOUR);
    g_string_append_printf(
        out, whole >= SECONDS_AN_HOUR ? "%02u:%02u" : "%u:%02u",
        (unsigned)(whole / SECONDS_A_MINUTE % SECONDS_A_MINUTE),
        (unsigned)(whole % SECONDS_A_MINUTE));
}

static void append_bar(GString *out, double share, unsigned width)
{
    const unsigned full = (unsigned)(share * width);

    g_string_append_c(out, '[');
    for (unsigned i = 0; i < width; i++)
        g_string_append_c(out, i < full ? '=' : i == full ? '>' : ' ');
    g_string_append(out, "] ");
}

static char *short_label(const char *label)
{
    g_autofree char *visible = text_visible(label);

    return text_columns(visible) <= LABEL_MAX ? g_steal_pointer(&visible)
                                              : text_cut(visible, LABEL_MAX);
}

char *progress_line(const ProgressState *state, unsigned columns)
{
    g_autofree char *label = short_label(state->label);
    g_autoptr(GString) figures = g_string_new(NULL);
    const double rate =
        state->seconds > 0 ? (double)state->mails / state->seconds : 0;
    const uint64_t done = MIN(state->done, state->total);
    const double share =
        state->total > 0 ? (double)done / (double)state->total : 0;

    if (state->total > 0)
        g_string_append_printf(figures, "%3.0f %% ", share * 100);
    g_string_append_printf(figures, "%" G_GUINT64_FORMAT " mails, %.0f/s",
                           state->mails, rate);
    if (done > state->before && state->seconds > 0) {
        g_string_append(figures, ", ");
        append_time(figures, state->seconds * (double)(state->total - done) /
                                 (double)(done - state->before));
        g_string_append(figures, " left");
    }

    g_autoptr(GString) line = g_string_new(label);
    const size_t used = text_columns(label) + figures->len + 5;
    g_string_append_c(line, ' ');
    if (state->total > 0 && used + BAR_MIN <= columns)
        append_bar(line, share, (unsigned)MIN(columns - used, BAR_MAX));
    g_string_append(line, figures->str);
    if (text_columns(line->str) >= columns)
        return text_cut(line->str, columns - 1);
    return g_strdup(line->str);
}

static unsigned terminal_columns(void)
{
    struct winsize size = { .ws_col = 0 };

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
        return COLUMNS_DEFAULT;
    return size.ws_col;
}

void progress_init(Progress *progress)
{
    *progress = (Progress){ .is_shown = isatty(STDERR_FILENO) == 1 };
}

void progress_draw(Progress *progress, const ProgressState *state)
{
    const int64_t now = g_get_monotonic_time();

    if (!progress->is_shown || now < progress->next)
        return;

    g_autofree char *line = progress_line(state, terminal_columns());
    fprintf(stderr, "\r%s\033[K", line);
    fflush(stderr);
    progress->next = now + DRAW_MICROSECONDS;
}

void progress_clear(Progress *progress)
{
    if (progress->is_shown && progress->next != 0)
        fputs("\r\033[K", stderr);
    progress->next = 0;
}
