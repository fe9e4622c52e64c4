/* SPDX-License-Identifier: MIT */
#include "sets/draft.h"

#include "base/banned.h"

void draft_free(gpointer data)
{
    Draft *set = data;

    g_array_unref(set->records);
    g_free(set);
}

Draft *draft_at(const Series *series, int set)
{
    return series->drafts->pdata[set];
}

const PatchSubject *draft_subject(const Series *series, unsigned record)
{
    return sets_subject(series->sets, record);
}

unsigned draft_first(const Draft *set)
{
    return g_array_index(set->records, unsigned, 0);
}

/* "[PATCH 1/1]" is numbered, "[PATCH]" is not; nor is a lone pull request. */
bool draft_is_cover(const Series *series, unsigned record)
{
    const PatchSubject *subject = draft_subject(series, record);

    return subject->has_number && subject->number == 0;
}

bool draft_is_cover_of(const Series *series, const Draft *set, unsigned record)
{
    return (int)record == set->cover || draft_is_cover(series, record);
}

bool draft_is_pull(const Series *series, unsigned record)
{
    return series->sets->kinds[record] == POST_PULL;
}

/* --- growing ---------------------------------------------------------- */

static void note_times(Draft *set, const PostRecord *record)
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

void draft_add(Series *series, int set, unsigned record)
{
    Draft *draft = draft_at(series, set);
    const PatchSubject *subject = draft_subject(series, record);

    note_times(draft, &series->sets->records[record]);
    g_array_append_val(draft->records, record);
    draft->has_cover = draft->has_cover || draft_is_cover(series, record);
    draft->is_numbered = draft->is_numbered || subject->has_number;
    series->set_of[record] = set;
}

void draft_begin(Series *series, unsigned record)
{
    const PatchSubject *subject = draft_subject(series, record);
    Draft *set = g_new0(Draft, 1);

    set->records = g_array_new(FALSE, FALSE, sizeof(unsigned));
    set->cover = SETS_NONE;
    set->is_pull = draft_is_pull(series, record);
    set->version = subject->version;
    set->minor = subject->minor;
    set->total = subject->total;
    g_ptr_array_add(series->drafts, set);
    draft_add(series, (int)series->drafts->len - 1, record);
}

bool draft_has_number(const Series *series, const Draft *set, unsigned number,
                      unsigned minor)
{
    for (unsigned i = 0; i < set->records->len; i++) {
        const PatchSubject *subject =
            draft_subject(series, g_array_index(set->records, unsigned, i));

        if (subject->has_number && subject->number == number &&
            subject->minor == minor)
            return true;
    }
    return false;
}

/* --- two sets -------------------------------------------------------- */

bool draft_are_disjoint(const Series *series, const Draft *one,
                        const Draft *other)
{
    for (unsigned i = 0; i < other->records->len; i++) {
        const PatchSubject *subject =
            draft_subject(series, g_array_index(other->records, unsigned, i));

        if (draft_has_number(series, one, subject->number, subject->minor))
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

int64_t draft_time_between(const Draft *one, const Draft *other)
{
    const int64_t by_arrival =
        gap(one->first_ms, one->last_ms, other->first_ms, other->last_ms);

    if (!one->has_dates || !other->has_dates)
        return by_arrival;
    return MIN(by_arrival, gap(one->first_date, one->last_date,
                               other->first_date, other->last_date) *
                               1000);
}

bool draft_are_near(const Series *series, const Draft *one, const Draft *other)
{
    const unsigned *threads = series->sets->threads;
    const bool is_one_thread =
        threads[draft_first(one)] == threads[draft_first(other)];

    return draft_time_between(one, other) <=
           (is_one_thread ? DRAFT_APART_IN_THREAD_MS : DRAFT_APART_MS);
}

void draft_merge(Series *series, int into, int from)
{
    Draft *dead = draft_at(series, from);

    for (unsigned i = 0; i < dead->records->len; i++)
        draft_add(series, into, g_array_index(dead->records, unsigned, i));
    g_array_set_size(dead->records, 0);
    dead->is_dead = true;
}
