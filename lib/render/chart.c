/* SPDX-License-Identifier: MIT */
#include "render/chart.h"

#include <inttypes.h>

#include "base/banned.h"

enum {
    PLOT_HEIGHT = 110, /* pixels; the axis' labels come below and above */
    PLOT_TOP = 16,
    LABEL_BASE = PLOT_TOP + PLOT_HEIGHT + 16,
    CHART_HEIGHT = LABEL_BASE + 6,
    ROW_HEIGHT = 24,
    PER_MILLE = 1000,
    ROW_LABEL = 220, /* of a row's width, in thousandths */
    ROW_PLOT = 620,
};

static void put_text(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);

    g_string_append(out, escaped);
}

/* "12.5%": locales that write a comma must not be asked. */
static void put_share(GString *out, uint64_t thousandths)
{
    g_string_append_printf(out, "%" PRIu64 ".%" PRIu64 "%%", thousandths / 10,
                           thousandths % 10);
}

static uint64_t highest(const ChartBar *bars, unsigned count)
{
    uint64_t most = 1;

    for (unsigned i = 0; i < count; i++)
        most = MAX(most, bars[i].whole);
    return most;
}

/* Says in words what the picture shows. */
static void put_description(GString *out, const ChartWords *words,
                            const ChartBar *bars, unsigned count)
{
    uint64_t sum = 0;
    unsigned top = 0;

    for (unsigned i = 0; i < count; i++) {
        sum += bars[i].whole;
        if (bars[i].whole > bars[top].whole)
            top = i;
    }
    g_string_append(out, "<title>");
    put_text(out, words->title);
    g_string_append(out, "</title><desc>");
    put_text(out, bars[0].label);
    g_string_append(out, " to ");
    put_text(out, bars[count - 1].label);
    g_string_append_printf(out, ": %" PRIu64 " %s, most for ", sum,
                           words->whole);
    put_text(out, bars[top].label);
    g_string_append_printf(out, " (%" PRIu64 ")</desc>\n", bars[top].whole);
}

static void open_chart(GString *out, const ChartWords *words,
                       const ChartBar *bars, unsigned count, unsigned height)
{
    g_string_append(out, "<figure>\n<figcaption>");
    put_text(out, words->title);
    if (words->part != NULL)
        g_string_append_printf(out,
                               " <small><i class=\"key\"></i> %s "
                               "<i class=\"key part\"></i> %s</small>",
                               words->whole, words->part);
    g_string_append_printf(
        out,
        "</figcaption>\n<svg class=\"chart\" role=\"img\" width=\"100%%\" "
        "height=\"%u\">",
        height);
    put_description(out, words, bars, count);
}

static void close_chart(GString *out)
{
    g_string_append(out, "</svg>\n</figure>\n");
}

/* --- columns ------------------------------------------------------------ */

static void put_column(GString *out, const char *style, uint64_t value,
                       uint64_t most, unsigned index, unsigned count)
{
    const uint64_t height = (value * PLOT_HEIGHT + most - 1) / most;
    const uint64_t gap = count > 90 ? 0 : PER_MILLE / count / 6;

    if (value == 0)
        return;
    g_string_append(out, "<rect");
    g_string_append_printf(out, " class=\"%s\" x=\"", style);
    put_share(out, (uint64_t)index * PER_MILLE / count);
    g_string_append(out, "\" width=\"");
    put_share(out, MAX(PER_MILLE / count - gap, 1));
    g_string_append_printf(out, "\" y=\"%" PRIu64 "\" height=\"%" PRIu64 "\"/>",
                           PLOT_TOP + PLOT_HEIGHT - height, height);
}

static void put_axis(GString *out, uint64_t most)
{
    const unsigned base = PLOT_TOP + PLOT_HEIGHT;

    g_string_append_printf(
        out,
        "<g class=\"axis\"><line x1=\"0\" x2=\"100%%\" y1=\"%u\" y2=\"%u\"/>"
        "<line x1=\"0\" x2=\"100%%\" y1=\"%u\" y2=\"%u\"/>"
        "<text x=\"0\" y=\"%u\">%" PRIu64 "</text></g>\n",
        base, base, PLOT_TOP, PLOT_TOP, PLOT_TOP - 4, most);
}

static void put_label(GString *out, const char *anchor, unsigned thousandths,
                      const char *label)
{
    g_string_append(out, "<text x=\"");
    put_share(out, thousandths);
    g_string_append_printf(out, "\" y=\"%d\" text-anchor=\"%s\">", LABEL_BASE,
                           anchor);
    put_text(out, label);
    g_string_append(out, "</text>");
}

void chart_columns(GString *out, const ChartWords *words, const ChartBar *bars,
                   unsigned count)
{
    const uint64_t most = highest(bars, count);

    if (count < 2)
        return;
    open_chart(out, words, bars, count, CHART_HEIGHT);
    put_axis(out, most);
    for (unsigned i = 0; i < count; i++) {
        g_string_append(out, "<g><title>");
        put_text(out, bars[i].label);
        g_string_append_printf(out, ": %" PRIu64 " %s", bars[i].whole,
                               words->whole);
        if (words->part != NULL)
            g_string_append_printf(out, ", %" PRIu64 " %s", bars[i].part,
                                   words->part);
        g_string_append(out, "</title>");
        put_column(out, "bar", bars[i].whole, most, i, count);
        put_column(out, "bar part", bars[i].part, most, i, count);
        g_string_append(out, "</g>\n");
    }
    put_label(out, "start", 0, bars[0].label);
    if (count > 2)
        put_label(out, "middle", PER_MILLE / 2, bars[count / 2].label);
    put_label(out, "end", PER_MILLE, bars[count - 1].label);
    close_chart(out);
}

/* --- rows --------------------------------------------------------------- */

static void put_row(GString *out, const ChartBar *bar, uint64_t most,
                    unsigned top)
{
    const uint64_t length = bar->whole * ROW_PLOT / most;

    g_string_append_printf(out, "<text x=\"0\" y=\"%u\">", top + 16);
    put_text(out, bar->label);
    g_string_append(out, "</text><rect class=\"bar\" x=\"");
    put_share(out, ROW_LABEL);
    g_string_append_printf(out, "\" y=\"%u\" height=\"14\" width=\"", top + 4);
    put_share(out, bar->whole > 0 ? MAX(length, 2) : 0);
    g_string_append(out, "\"/><text x=\"");
    put_share(out, ROW_LABEL + length + 15);
    g_string_append_printf(out, "\" y=\"%u\">%" PRIu64 "</text>\n", top + 16,
                           bar->whole);
}

void chart_rows(GString *out, const ChartWords *words, const ChartBar *bars,
                unsigned count)
{
    const uint64_t most = highest(bars, count);

    if (count == 0)
        return;
    open_chart(out, words, bars, count, count * ROW_HEIGHT);
    for (unsigned i = 0; i < count; i++)
        put_row(out, &bars[i], most, i * ROW_HEIGHT);
    close_chart(out);
}

void chart_share(GString *out, uint64_t part, uint64_t whole)
{
    g_string_append(out, "<svg class=\"share\" aria-hidden=\"true\" "
                         "width=\"100%\" height=\"6\"><rect class=\"bar\" "
                         "height=\"6\" width=\"");
    put_share(out, part * PER_MILLE / MAX(whole, 1));
    g_string_append(out, "\"/></svg>");
}
