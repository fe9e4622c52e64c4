/* SPDX-License-Identifier: MIT */
/* Lines: range, since, until, last, zone; an empty one is not given. */
#include "tests/fuzz/fuzz.h"

#include "base/interval.h"

static const int64_t NOW_MS = 1761445800000; /* 2:30 twice in Berlin */
static const int64_t FIRST_MS = -62135596800000;
static const int64_t LAST_MS = 253402300800000;

static const char *const zones[] = { "UTC", "Europe/Berlin", "America/Havana",
                                     "Pacific/Apia" };

/* GLib reads a zone's file again unless somebody holds the zone. */
static void keep_zones(void)
{
    static GTimeZone *kept[G_N_ELEMENTS(zones)];

    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++)
        if (kept[i] == NULL)
            kept[i] = moment_zone(zones[i]);
}

static const char *line(char **lines, unsigned number)
{
    const unsigned count = g_strv_length(lines);

    return number < count && *lines[number] != '\0' ? lines[number] : NULL;
}

static void check_ends(const IntervalWords *words)
{
    IntervalRequest request = { .from_mark = NULL };

    if (!interval_parse(words, &request, NULL))
        return;
    g_assert(!(request.from_mark != NULL && request.has_from));
    g_assert(!(request.until_mark != NULL && request.has_until));
    if (request.has_from && request.has_until)
        g_assert(request.from_ms <= request.until_ms);
    interval_request_clear(&request);
}

static void check_time(const char *text, const char *zone)
{
    const int64_t day_ms = 24 * 60 * 60 * 1000;
    int64_t start_ms = 0, end_ms = 0;
    g_autoptr(GError) error = NULL;

    if (!interval_parse_time(text, zone, NOW_MS, &start_ms, &end_ms, &error)) {
        g_assert(g_utf8_validate(error->message, -1, NULL));
        return;
    }
    g_assert(start_ms <= end_ms);
    g_assert(start_ms >= FIRST_MS - day_ms && end_ms <= LAST_MS + day_ms);
    g_assert(end_ms - start_ms <= 367 * day_ms);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_auto(GStrv) lines = g_strsplit(text, "\n", 5);
    const IntervalWords words = { .range = line(lines, 0),
                                  .since = line(lines, 1),
                                  .until = line(lines, 2),
                                  .last = line(lines, 3),
                                  .timezone = zones[size % 4],
                                  .now_ms = NOW_MS };

    keep_zones();
    check_ends(&words);
    for (unsigned i = 0; i < g_strv_length(lines); i++)
        check_time(lines[i], zones[size % 4]);
    return 0;
}
