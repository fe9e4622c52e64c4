/* SPDX-License-Identifier: MIT */
#include "sets/repeated.h"

#include "sets/branch_tags.h"

#include "base/banned.h"

/* The same title does not mean the same patch after years. */
static const int64_t REPEATED_MS = INT64_C(400) * 24 * 3600 * 1000;

/* Of one title, from the last record on: the nearest so far, and the nearest
 * of another set than that one's. */
typedef struct Repetition {
    bool is_there;
    int set, other_set;
    int64_t arrival_ms, other_arrival_ms;
} Repetition;

/* One title may be of two repositories. */
static bool is_of_same(Sets *sets, int one, int other)
{
    return one != SETS_NONE && other != SETS_NONE &&
           !branch_tags_are_parted(
               sets_subject(sets, sets_get(sets, one)->head)->tags,
               sets_subject(sets, sets_get(sets, other)->head)->tags);
}

static bool is_repeated_by(Sets *sets, const Repetition *later, int set,
                           int64_t arrival_ms)
{
    if (later->set != set)
        return later->arrival_ms - arrival_ms <= REPEATED_MS &&
               is_of_same(sets, later->set, set);
    return later->other_arrival_ms - arrival_ms <= REPEATED_MS &&
           is_of_same(sets, later->other_set, set);
}

static void note_repetition(Repetition *later, int set, int64_t arrival_ms)
{
    if (later->set != set) {
        later->other_set = later->set;
        later->other_arrival_ms = later->arrival_ms;
    }
    later->set = set;
    later->arrival_ms = arrival_ms;
}

/* Titles are numbered from 1. */
static uint32_t greatest_of(const uint32_t *titles, unsigned count)
{
    uint32_t greatest = 0;

    for (unsigned i = 0; i < count; i++)
        greatest = MAX(greatest, titles[i]);
    return greatest;
}

/* By record: came its patch again, in another set? */
static bool *find_repeated(Sets *sets, const uint32_t *titles)
{
    bool *is_repeated = g_new0(bool, (size_t)sets->count + 1);
    g_autofree Repetition *later_ones =
        g_new0(Repetition, (size_t)greatest_of(titles, sets->count) + 1);

    for (unsigned i = sets->count; i-- > 0;) {
        const int set = sets->set_of[i];
        const int64_t arrival_ms = sets->records[i].arrival_ms;
        Repetition *later = &later_ones[titles[i]];

        if (titles[i] == 0)
            continue;
        if (!later->is_there) {
            *later = (Repetition){ true, set, SETS_NONE, arrival_ms, 0 };
            continue;
        }
        is_repeated[i] = is_repeated_by(sets, later, set, arrival_ms);
        note_repetition(later, set, arrival_ms);
    }
    return is_repeated;
}

/* What came again, be it in somebody else's series or for a stable branch, is
 * not the newest of its kind; what is for a branch itself waits for itself. */
void repeated_find(Sets *sets, const uint32_t *titles)
{
    g_autofree bool *is_repeated = find_repeated(sets, titles);

    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);
        bool is_whole =
            set->seen > 0 &&
            !branch_tags_name_any(sets_subject(sets, set->head)->tags);

        for (unsigned j = 0; j < set->members->len; j++)
            is_whole &=
                g_array_index(set->members, SetMember, j).number == 0 ||
                is_repeated[g_array_index(set->members, SetMember, j).record];
        set->repeated_by = is_whole ? CAUSE_OTHER_SETS : CAUSE_NONE;
    }
}
