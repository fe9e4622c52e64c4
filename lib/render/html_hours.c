/* SPDX-License-Identifier: MIT */
#include "render/html_hours.h"

#include "base/moment.h"
#include "render/chart.h"
#include "render/html_text.h"
#include "render/phrases.h"

#include "base/banned.h"

static void put_by_hour(GString *out, const Digest *digest)
{
    enum { HOURS = G_N_ELEMENTS(digest->hours) };
    const ChartWords words = { .title = "By hour of the day",
                               .whole = "posts" };
    ChartBar bars[HOURS];
    char labels[HOURS][sizeof "23:00"];

    for (unsigned i = 0; i < HOURS; i++) {
        g_snprintf(labels[i], sizeof(labels[i]), "%02u:00", i % HOURS);
        bars[i] = (ChartBar){ .label = labels[i], .whole = digest->hours[i] };
    }
    chart_columns(out, &words, bars, HOURS);
}

static void put_by_weekday(GString *out, const Digest *digest)
{
    static const char *const names[] = { "Monday",   "Tuesday", "Wednesday",
                                         "Thursday", "Friday",  "Saturday",
                                         "Sunday" };
    const ChartWords words = { .title = "By weekday", .whole = "posts" };
    ChartBar bars[G_N_ELEMENTS(names)];

    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++)
        bars[i] = (ChartBar){ .label = names[i], .whole = digest->weekdays[i] };
    chart_rows(out, &words, bars, G_N_ELEMENTS(names));
}

static void put_by_zone(GString *out, const Digest *digest)
{
    const ChartWords words = { .title = "By time zone of the sender",
                               .whole = "posts" };
    const unsigned count = digest->zones->len;
    g_autofree ChartBar *bars = g_new(ChartBar, count);
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < count; i++) {
        const DigestZone *zone = digest->zones->pdata[i];

        g_ptr_array_add(labels, phrase_zone(zone));
        bars[i] = (ChartBar){ .label = labels->pdata[i], .whole = zone->posts };
    }
    chart_rows(out, &words, bars, count);
}

void html_hours(GString *out, const Digest *digest)
{
    g_autofree char *zone =
        moment_format(digest->last_ms, digest->timezone, "%Z");
    uint64_t posts = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(digest->weekdays); i++)
        posts += digest->weekdays[i];
    if (posts == 0)
        return;
    g_string_append(out, "<details>\n<summary>Weekdays and hours, ");
    html_mail(out, zone);
    g_string_append(out, "</summary>\n");
    put_by_weekday(out, digest);
    put_by_hour(out, digest);
    put_by_zone(out, digest);
    g_string_append(out, "</details>\n");
}
