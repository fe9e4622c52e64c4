/* SPDX-License-Identifier: MIT */
#include "render/html_measures.h"

#include "render/chart.h"
#include "render/phrases.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

/* Two columns of numbers: those of the interval, and of the one before. */
typedef struct Measuring {
    GString *out; /* rows */
    const DigestMeasures *now, *before;
} Measuring;

static void open_row(GString *out, const char *what)
{
    g_string_append_printf(out, "<tr><td>%s</td>", what);
}

/* words: may be ""; a bar says how the value compares with most. */
static void put_value(GString *out, const char *words, int64_t value,
                      int64_t most)
{
    g_string_append_printf(out, "<td>%s", words);
    if (*words != '\0' && value >= 0)
        chart_share(out, (uint64_t)value, (uint64_t)MAX(most, 1));
    g_string_append(out, "</td>");
}

static void put_age(GString *out, int64_t seconds, int64_t most)
{
    g_autofree char *words = seconds < 0 ? g_strdup("") : phrase_age(seconds);

    put_value(out, words, seconds, most);
}

/* Two rows of a delay: half of them, nine of ten. */
static void put_delay(const Measuring *measuring, const char *what,
                      size_t member)
{
    const DigestMedian none = { .median = -1, .most = -1 };
    const DigestMedian *now =
        (const void *)((const char *)measuring->now + member);
    const DigestMedian *before =
        measuring->before != NULL
            ? (const void *)((const char *)measuring->before + member)
            : &none;
    const int64_t most = MAX(now->most, before->most);

    if (now->count == 0)
        return;
    for (unsigned i = 0; i < (now->count > 1 ? 2U : 1U); i++) {
        g_autofree char *words =
            g_strconcat(what, i == 0 ? ", median" : ", 90&nbsp;% within", NULL);

        open_row(measuring->out, words);
        put_age(measuring->out, i == 0 ? now->median : now->most, most);
        if (measuring->before != NULL)
            put_age(measuring->out,
                    before->count == 0  ? -1
                    : i == 0            ? before->median
                    : before->count > 1 ? before->most
                                        : -1,
                    most);
        g_string_append(measuring->out, "</tr>\n");
    }
}

static void put_share_of(GString *out, const DigestMeasures *measures)
{
    g_autofree char *words =
        measures->patches == 0
            ? g_strdup("")
            : g_strdup_printf("%" PRIu64 " of %" PRIu64, measures->reviewed,
                              measures->patches);

    put_value(out, words, (int64_t)measures->reviewed,
              (int64_t)measures->patches);
}

static void put_reviewed(const Measuring *measuring)
{
    if (measuring->now->patches == 0)
        return;
    open_row(measuring->out, "Patches reviewed");
    put_share_of(measuring->out, measuring->now);
    if (measuring->before != NULL)
        put_share_of(measuring->out, measuring->before);
    g_string_append(measuring->out, "</tr>\n");
}

static void put_number(const Measuring *measuring, const char *what,
                       int64_t now, int64_t before)
{
    open_row(measuring->out, what);
    g_string_append_printf(measuring->out, "<td>%" PRId64 "</td>", now);
    if (measuring->before != NULL && before >= 0)
        g_string_append_printf(measuring->out, "<td>%" PRId64 "</td>", before);
    else if (measuring->before != NULL)
        g_string_append(measuring->out, "<td></td>");
    g_string_append(measuring->out, "</tr>\n");
}

static void put_applied(const Measuring *measuring)
{
    const DigestMeasures *now = measuring->now, *before = measuring->before;

    if (now->applied.count == 0)
        return;
    put_number(measuring, "Patch sets applied", (int64_t)now->applied.count,
               before != NULL ? (int64_t)before->applied.count : -1);
    put_number(measuring, "Version applied, median", now->versions.median,
               before != NULL && before->applied.count > 0
                   ? before->versions.median
                   : -1);
    put_delay(measuring, "Time until applied",
              offsetof(DigestMeasures, applied));
}

void html_measures(GString *out, const Digest *digest,
                   const DigestMeasures *before)
{
    g_autoptr(GString) rows = g_string_new(NULL);
    const Measuring measuring = { rows, &digest->measures, before };

    if (!digest->has_measures)
        return;
    put_reviewed(&measuring);
    put_delay(&measuring, "First reply", offsetof(DigestMeasures, reply));
    put_delay(&measuring, "First review", offsetof(DigestMeasures, review));
    if (!digest->is_young) {
        put_delay(&measuring, "First reply to newcomers",
                  offsetof(DigestMeasures, newcomer_reply));
        put_delay(&measuring, "First review of newcomers",
                  offsetof(DigestMeasures, newcomer_review));
    }
    put_applied(&measuring);
    if (rows->len == 0)
        return;
    g_string_append(out, "<table class=\"measures\">\n");
    if (before != NULL)
        g_string_append(out, "<tr><th></th><th>Now</th><th>Before</th></tr>\n");
    g_string_append(out, rows->str);
    g_string_append(out, "</table>\n");
}
