/* SPDX-License-Identifier: MIT */
#include "publish/units.h"

#include <string.h>

#include "base/banned.h"

/* For so long after it was sent a set may be told to be waiting. */
static const int64_t WAITING_MS = INT64_C(93) * 24 * 3600 * 1000;

static void unit_clear(gpointer data)
{
    Unit *unit = data;

    g_free(unit->name);
    g_free(unit->title);
}

/* FNV-1a, for what nobody has a reason to forge: two different months of one
 * list under one name. */
static uint64_t print_number(uint64_t print, uint64_t number)
{
    static const uint64_t PRIME = UINT64_C(0x100000001b3);

    for (unsigned i = 0; i < sizeof(number); i++) {
        print = (print ^ (number & 0xff)) * PRIME;
        number >>= 8;
    }
    return print;
}

static uint64_t print_row(uint64_t print, const PostRow *row)
{
    print = print_number(print, (uint64_t)row->arrival_ms);
    print = print_number(print, (uint64_t)row->post << 32 | row->author);
    print = print_number(print, (uint64_t)row->sender << 32 | row->insertions);
    return print_number(print, (uint64_t)row->kind << 48 |
                                   (uint64_t)row->kind_of_bot << 40 |
                                   (uint64_t)row->flags << 32 | row->deletions);
}

/* In English whatever the locale. */
static char *title_of(GDateTime *time, bool by_week)
{
    static const char *const months[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December",
    };

    if (by_week)
        return g_strdup_printf("Week %d of %d",
                               g_date_time_get_week_of_year(time),
                               g_date_time_get_week_numbering_year(time));
    return g_strdup_printf("%s %d", months[g_date_time_get_month(time) - 1],
                           g_date_time_get_year(time));
}

static bool unit_at(int64_t arrival_ms, GTimeZone *zone, bool by_week,
                    Unit *unit)
{
    static const uint64_t BASIS = UINT64_C(0xcbf29ce484222325);
    const MomentClock clock = { .zone = zone, .now_ms = arrival_ms };
    g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(arrival_ms / 1000);
    g_autoptr(GDateTime) time =
        utc != NULL ? g_date_time_to_timezone(utc, zone) : NULL;

    if (time == NULL)
        return false;
    *unit = (Unit){ .print = BASIS, .print_known = BASIS };
    unit->name =
        by_week ? g_strdup_printf("%04d-W%02d",
                                  g_date_time_get_week_numbering_year(time),
                                  g_date_time_get_week_of_year(time))
                : g_strdup_printf("%04d-%02d", g_date_time_get_year(time),
                                  g_date_time_get_month(time));
    unit->title = title_of(time, by_week);

    const Moment moment = moment_parse(unit->name, &clock);
    unit->start_ms = moment.start_ms;
    unit->end_ms = moment.end_ms;
    if (moment.is_readable && arrival_ms >= unit->start_ms &&
        arrival_ms < unit->end_ms)
        return true;
    unit_clear(unit);
    return false;
}

GArray *units_of(const GArray *rows, const char *zone_name, bool by_week,
                 uint32_t known)
{
    g_autoptr(GTimeZone) zone = moment_zone(zone_name);
    GArray *units = g_array_new(FALSE, FALSE, sizeof(Unit));
    Unit *last = NULL;

    g_array_set_clear_func(units, unit_clear);
    if (zone == NULL)
        zone = g_time_zone_new_utc();
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);
        Unit unit;

        if (last == NULL || row->arrival_ms >= last->end_ms) {
            if (!unit_at(row->arrival_ms, zone, by_week, &unit))
                continue;
            g_array_append_val(units, unit);
            last = &g_array_index(units, Unit, units->len - 1);
        }
        last->print = print_row(last->print, row);
        if (row->post <= known)
            last->print_known = print_row(last->print_known, row);
    }
    return units;
}

bool units_are_as_told(const GArray *units, const GPtrArray *told)
{
    unsigned found = 0;

    for (unsigned i = 0; i < units->len; i++) {
        const Unit *unit = &g_array_index(units, Unit, i);
        const BookUnit *then = book_unit(told, unit->name);

        if (then == NULL)
            continue;
        found++;
        if (then->print != unit->print_known)
            return false;
    }
    return found == told->len;
}

void units_touch(GArray *units, int64_t arrival_ms)
{
    for (unsigned i = 0; i < units->len; i++) {
        Unit *unit = &g_array_index(units, Unit, i);

        if (unit->end_ms > arrival_ms &&
            unit->start_ms <= arrival_ms + WAITING_MS)
            unit->is_dirty = true;
    }
}

void units_touch_from(GArray *units, int64_t from_ms)
{
    for (unsigned i = 0; i < units->len; i++) {
        Unit *unit = &g_array_index(units, Unit, i);

        if (unit->end_ms > from_ms)
            unit->is_dirty = true;
    }
}

void units_touch_new(GArray *units, const GPtrArray *told)
{
    for (unsigned i = 0; i < units->len; i++) {
        if (book_unit(told, g_array_index(units, Unit, i).name) != NULL)
            continue;
        for (unsigned j = i > 0 ? i - 1 : 0; j <= i + 1 && j < units->len; j++)
            g_array_index(units, Unit, j).is_dirty = true;
    }
}
