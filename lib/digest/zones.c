/* SPDX-License-Identifier: MIT */
#include "digest/zones.h"

#include "digest/digest.h"

#include <stdlib.h>

#include "base/banned.h"

/* Zones lie a multiple of a quarter of an hour off UTC, 14 hours at most: any
 * other is a mistake, and none of its own. */
enum {
    STEP_MINUTES = 15,
    MINUTES_MAX = 14 * 60,
    STEPS = MINUTES_MAX / STEP_MINUTES,
    UNKNOWN = 2 * STEPS + 1,
    ZONES,
    WHOLE = 100,
};

static unsigned zone_of(const PostRecord *record)
{
    const int minutes = record->date_offset;

    if (!record->has_date || abs(minutes) > MINUTES_MAX ||
        minutes % STEP_MINUTES != 0)
        return UNKNOWN;
    return (unsigned)(minutes / STEP_MINUTES + STEPS);
}

static void find_shares(GPtrArray *zones)
{
    uint64_t most = 1;

    for (unsigned i = 0; i < zones->len; i++)
        most = MAX(most, ((DigestZone *)zones->pdata[i])->posts);
    for (unsigned i = 0; i < zones->len; i++) {
        DigestZone *zone = zones->pdata[i];

        zone->share = (unsigned)((zone->posts * WHOLE + most - 1) / most);
    }
}

/* Who writes from two zones counts in both. */
static gpointer met_in(unsigned zone, uint32_t person)
{
    return GSIZE_TO_POINTER((gsize)person * ZONES + zone);
}

void zones_count(const Sets *sets, const bool *is_inside, GPtrArray *out)
{
    g_autoptr(GHashTable) met = g_hash_table_new(NULL, NULL);
    DigestZone zones[ZONES] = { { .is_known = false } };

    for (unsigned i = 0; i < sets->count; i++) {
        const unsigned zone = zone_of(&sets->records[i]);

        if (!is_inside[i])
            continue;
        zones[zone].posts++;
        zones[zone].people +=
            !people_person_is_bot(sets->people, sets->speakers[i]) &&
            g_hash_table_add(met, met_in(zone, sets->speakers[i]));
    }
    for (int i = 0; i < ZONES; i++) {
        zones[i].is_known = i != UNKNOWN;
        zones[i].minutes = i != UNKNOWN ? (i - STEPS) * STEP_MINUTES : 0;
        if (zones[i].posts > 0)
            g_ptr_array_add(out, g_memdup2(&zones[i], sizeof(zones[i])));
    }
    find_shares(out);
}
