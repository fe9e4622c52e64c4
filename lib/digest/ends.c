/* SPDX-License-Identifier: MIT */
#include "digest/ends.h"

#include "base/hex.h"
#include "base/moment.h"

#include "base/banned.h"

enum { SHOWN_DIGITS = 9, MARK_DIGITS = 2 * RECORD_MARK_BYTES };

static char *hex_of(const PostRecord *record)
{
    char *mark = g_malloc(MARK_DIGITS + 1);

    hex_encode(record->mark, RECORD_MARK_BYTES, mark);
    return mark;
}

/* As many digits as no other post of the list begins with. */
static char *shorten(Store *store, const char *list, const char *mark,
                     GError **error)
{
    for (unsigned digits = SHOWN_DIGITS; digits < MARK_DIGITS; digits++) {
        g_autofree char *prefix = g_strndup(mark, digits);
        g_autoptr(GError) failure = NULL;
        uint32_t post;

        if (store_find_mark(store, list, prefix, &post, &failure))
            return g_steal_pointer(&prefix);
        if (g_error_matches(failure, STORE_ERROR, STORE_ERROR_AMBIGUOUS))
            continue;
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    return g_strdup(mark);
}

static bool name_mark(Store *store, const char *list, const PostRecord *record,
                      DigestEnd *end, GError **error)
{
    end->mark = hex_of(record);
    end->time_ms = record->arrival_ms;
    end->shown = shorten(store, list, end->mark, error);
    return end->shown != NULL;
}

static void name_time(int64_t time_ms, const char *zone_name, DigestEnd *end)
{
    end->time_ms = time_ms;
    end->shown = moment_show(time_ms, zone_name);
}

static void name_open(const char *words, DigestEnd *end)
{
    end->time_ms = -1;
    end->shown = g_strdup(words);
}

bool digest_name_ends(Store *store, const char *list, const IntervalRows *span,
                      const char *zone_name, Digest *digest, GError **error)
{
    if (span->last.post != 0)
        digest->last_mark = hex_of(&span->last);
    if (span->from.post != 0) {
        if (!name_mark(store, list, &span->from, &digest->from, error))
            return false;
    } else if (span->is_open_from) {
        name_open("the start", &digest->from);
    } else {
        name_time(span->from_ms, zone_name, &digest->from);
    }
    if (span->to.post != 0)
        return name_mark(store, list, &span->to, &digest->to, error);
    if (!span->is_open_to)
        name_time(span->until_ms, zone_name, &digest->to);
    else if (span->last.post != 0)
        return name_mark(store, list, &span->last, &digest->to, error);
    else
        name_open("the end", &digest->to);
    return true;
}
