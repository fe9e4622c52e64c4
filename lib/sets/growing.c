/* SPDX-License-Identifier: MIT */
#include "sets/growing.h"

#include "base/banned.h"

void growing_free(gpointer data)
{
    Growing *set = data;

    g_array_unref(set->records);
    g_free(set);
}

Growing *growing_of(const Series *series, int set)
{
    return series->drafts->pdata[set];
}

const PatchSubject *growing_subject(const Series *series, unsigned record)
{
    return sets_subject(series->sets, record);
}

unsigned growing_founder(const Growing *set)
{
    return g_array_index(set->records, unsigned, 0);
}

/* "[PATCH 1/1]" is numbered, "[PATCH]" is not; nor is a lone pull request. */
bool growing_is_cover(const Series *series, unsigned record)
{
    const PatchSubject *subject = growing_subject(series, record);

    return subject->has_number && subject->number == 0;
}

bool growing_is_cover_of(const Series *series, const Growing *set,
                         unsigned record)
{
    return (int)record == set->cover || growing_is_cover(series, record);
}

bool growing_is_pull(const Series *series, unsigned record)
{
    return series->sets->kinds[record] == POST_PULL;
}

/* --- growing ---------------------------------------------------------- */

static void note_times(Growing *set, const PostRecord *record)
{
    const bool is_first = set->records->len == 0;
    const bool is_believed =
        record->has_date && (record->flags & POST_DATE_DOUBTFUL) == 0;

    set->first_ms =
        is_first ? record->arrival_ms : MIN(set->first_ms, record->arrival_ms);
    set->last_ms =
        is_first ? record->arrival_ms : MAX(set->last_ms, record->arrival_ms);
    if (!is_believed)
        return;
    set->first_date =
        set->has_dates ? MIN(set->first_date, record->date) : record->date;
    set->last_date =
        set->has_dates ? MAX(set->last_date, record->date) : record->date;
    set->has_dates = true;
}

void growing_add(Series *series, int set, unsigned record)
{
    Growing *growing = growing_of(series, set);
    const PatchSubject *subject = growing_subject(series, record);

    note_times(growing, &series->sets->records[record]);
    g_array_append_val(growing->records, record);
    growing->has_cover = growing->has_cover || growing_is_cover(series, record);
    growing->is_numbered = growing->is_numbered || subject->has_number;
    series->set_of[record] = set;
}

void growing_found(Series *series, unsigned record)
{
    const PatchSubject *subject = growing_subject(series, record);
    Growing *set = g_new0(Growing, 1);

    set->records = g_array_new(FALSE, FALSE, sizeof(unsigned));
    set->cover = SETS_NONE;
    set->is_pull = growing_is_pull(series, record);
    set->version = subject->version;
    set->minor = subject->minor;
    set->total = subject->total;
    g_ptr_array_add(series->drafts, set);
    growing_add(series, (int)series->drafts->len - 1, record);
}

bool growing_has_number(const Series *series, const Growing *set,
                        unsigned number, unsigned minor)
{
    for (unsigned i = 0; i < set->records->len; i++) {
        const PatchSubject *subject =
            growing_subject(series, g_array_index(set->records, unsigned, i));

        if (subject->has_number && subject->number == number &&
            subject->minor == minor)
            return true;
    }
    return false;
}

/* --- two sets -------------------------------------------------------- */

bool growing_are_disjoint(const Series *series, const Growing *one,
                          const Growing *other)
{
    for (unsigned i = 0; i < other->records->len; i++) {
        const PatchSubject *subject =
            growing_subject(series, g_array_index(other->records, unsigned, i));

        if (growing_has_number(series, one, subject->number, subject->minor))
            return false;
    }
    return true;
}

/* How far apart two spans lie; 0 if they touch. */
static int64_t gap(int64_t first, int64_t last, int64_t other_first,
                   int64_t other_last)
{
    if (other_first > last)
        return other_first - last;
    return first > other_last ? first - other_last : 0;
}

int64_t growing_time_between(const Growing *one, const Growing *other)
{
    const int64_t by_arrival =
        gap(one->first_ms, one->last_ms, other->first_ms, other->last_ms);

    if (!one->has_dates || !other->has_dates)
        return by_arrival;
    return MIN(by_arrival, gap(one->first_date, one->last_date,
                               other->first_date, other->last_date) *
                               1000);
}

bool growing_are_near(const Series *series, const Growing *one,
                      const Growing *other)
{
    const unsigned *threads = series->sets->threads;
    const bool is_one_thread =
        threads[growing_founder(one)] == threads[growing_founder(other)];

    return growing_time_between(one, other) <=
           (is_one_thread ? GROWING_APART_IN_THREAD_MS : GROWING_APART_MS);
}

void growing_merge(Series *series, int into, int from)
{
    Growing *dead = growing_of(series, from);

    for (unsigned i = 0; i < dead->records->len; i++)
        growing_add(series, into, g_array_index(dead->records, unsigned, i));
    g_array_set_size(dead->records, 0);
    dead->is_dead = true;
}
