/* SPDX-License-Identifier: MIT */
#include "sets/series.h"

#include "base/chains.h"
#include "sets/draft.h"
#include "sets/series_repair.h"

#include "base/banned.h"

/* --- by thread -------------------------------------------------------- */

static int64_t distance(int64_t one, int64_t other)
{
    return one > other ? one - other : other - one;
}

/* Several authors, one sender; or one author behind several relays. A mail
 * sent along with what it directly answers needs neither. */
static bool is_of_people(const Series *series, const Draft *set,
                         unsigned record, unsigned above)
{
    const Sets *sets = series->sets;
    const PostRecord *records = sets->records;

    return sets_is_same_person(sets, draft_first(set), record) ||
           sets_is_same_person(sets, above, record) ||
           (sets->parents[record] == (int)above &&
            distance(records[record].arrival_ms, records[above].arrival_ms) <=
                DRAFT_APART_MS);
}

/* The patches of a pull request need no number of their own. */
static bool joins_pull(const Series *series, const Draft *set, unsigned record)
{
    const PatchSubject *subject = draft_subject(series, record);

    if (!set->is_pull || draft_is_pull(series, record) ||
        draft_is_cover(series, record) ||
        distance(series->sets->records[record].arrival_ms, set->last_ms) >
            DRAFT_APART_IN_THREAD_MS)
        return false;
    return !subject->has_number ||
           !draft_has_number(series, set, subject->number, subject->minor);
}

/* "[PATCH 0/1]" with "[PATCH]" below it. */
static bool joins_cover_of_one(const Draft *set, const PatchSubject *subject)
{
    return !subject->has_number && set->has_cover && set->total == 1 &&
           set->records->len == 1 && subject->version == set->version;
}

static bool joins_series(const Series *series, const Draft *set,
                         unsigned record)
{
    const PatchSubject *subject = draft_subject(series, record);

    if (set->is_pull != draft_is_pull(series, record) || !set->is_numbered ||
        !subject->has_number)
        return joins_cover_of_one(set, subject);
    /* v5.1 with a cover is a revision of its own, not a part of v5. */
    if (draft_is_cover(series, record) && subject->minor != set->minor)
        return false;
    return subject->version == set->version && subject->total == set->total &&
           !draft_has_number(series, set, subject->number, subject->minor);
}

/* The nearest set above that the record is a part of. */
static int find_set_above(const Series *series, unsigned record)
{
    const int *parents = series->sets->parents;
    int above = parents[record];

    for (unsigned step = 0; above != SETS_NONE && step < DRAFT_STEPS_MAX;
         above = parents[above], step++) {
        const int set = series->set_of[above];

        if (set == SETS_NONE)
            continue;

        const Draft *draft = draft_at(series, set);

        if ((joins_series(series, draft, record) ||
             joins_pull(series, draft, record)) &&
            is_of_people(series, draft, record, (unsigned)above))
            return set;
    }
    return SETS_NONE;
}

/* An answer with a patch attached, if it says no version, counts as that of
 * what it answers, sent again. */
static void take_answered_version(const Series *series, unsigned record)
{
    const Sets *sets = series->sets;
    int above = sets->parents[record];

    if ((sets->records[record].flags & POST_MAY_UPDATE) == 0 ||
        draft_subject(series, record)->has_version)
        return;
    for (unsigned step = 0; above != SETS_NONE && step < DRAFT_STEPS_MAX;
         above = sets->parents[above], step++) {
        if (series->set_of[above] == SETS_NONE ||
            !sets_is_same_person(sets, record, (unsigned)above))
            continue;
        draft_at(series, series->set_of[record])->version =
            draft_at(series, series->set_of[above])->version;
        return;
    }
}

/* Parts with so many posts above them begin at places[depth], those without at
 * 0. Owned. */
static unsigned *places_by_depth(const Sets *sets)
{
    unsigned deepest = 0;
    unsigned *places;

    for (unsigned i = 0; i < sets->count; i++)
        deepest = MAX(deepest, sets->depths[i]);
    places = g_new0(unsigned, (size_t)deepest + 2);
    for (unsigned i = 0; i < sets->count; i++)
        places[sets->depths[i] + 1] += sets_is_part(sets, i);
    for (unsigned depth = 0; depth < deepest; depth++)
        places[depth + 1] += places[depth];
    return places;
}

/* Those above first: parts of one series arrive shuffled. */
static GArray *parts_by_depth(const Sets *sets)
{
    GArray *parts = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autofree unsigned *places = places_by_depth(sets);
    unsigned count = 0;

    for (unsigned i = 0; i < sets->count; i++)
        count += sets_is_part(sets, i);
    g_array_set_size(parts, count);
    for (unsigned i = 0; i < sets->count; i++) {
        if (sets_is_part(sets, i))
            g_array_index(parts, unsigned, places[sets->depths[i]]++) = i;
    }
    return parts;
}

static void find_by_thread(Series *series)
{
    g_autoptr(GArray) parts = parts_by_depth(series->sets);

    for (unsigned i = 0; i < parts->len; i++) {
        const unsigned record = g_array_index(parts, unsigned, i);
        const int above = find_set_above(series, record);

        if (above == SETS_NONE) {
            draft_begin(series, record);
            take_answered_version(series, record);
        } else {
            draft_add(series, above, record);
        }
    }
}

/* --- by name and time ------------------------------------------------- */

static int compare_words(gconstpointer one, gconstpointer other)
{
    return g_ascii_strcasecmp(*(const char *const *)one,
                              *(const char *const *)other);
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ hash >> 32;
}

static uint64_t hash_tag(const char *tag)
{
    uint64_t hash = 1;

    for (; *tag != '\0'; tag++)
        hash = mix(hash, (uint8_t)g_ascii_tolower(*tag));
    return hash;
}

static const GPtrArray *tags_of(const Series *series, const Draft *set)
{
    return draft_subject(series, draft_first(set))->tags;
}

/* Equal of two sets with equal signatures: version, total, and tags in any
 * order. */
static uint64_t hash_signature(const Series *series, const Draft *set)
{
    const GPtrArray *tags = tags_of(series, set);
    uint64_t sum = 0;

    for (unsigned i = 0; i < tags->len; i++)
        sum += hash_tag(tags->pdata[i]);
    return mix(mix(mix(mix(0, sum), set->is_pull), set->version), set->total);
}

static GPtrArray *sorted_tags(const Series *series, const Draft *set)
{
    const GPtrArray *tags = tags_of(series, set);
    GPtrArray *sorted = g_ptr_array_new();

    for (unsigned i = 0; i < tags->len; i++)
        g_ptr_array_add(sorted, tags->pdata[i]);
    g_ptr_array_sort(sorted, compare_words);
    return sorted;
}

static bool have_same_tags(const Series *series, const Draft *one,
                           const Draft *other)
{
    g_autoptr(GPtrArray) tags = NULL;
    g_autoptr(GPtrArray) others = NULL;

    if (tags_of(series, one)->len != tags_of(series, other)->len)
        return false;
    if (tags_of(series, one)->len == 0)
        return true;
    tags = sorted_tags(series, one);
    others = sorted_tags(series, other);
    for (unsigned i = 0; i < tags->len; i++) {
        if (g_ascii_strcasecmp(tags->pdata[i], others->pdata[i]) != 0)
            return false;
    }
    return true;
}

/* What the parts of one series have in common. */
static bool have_same_signature(const Series *series, const Draft *one,
                                const Draft *other)
{
    return one->is_pull == other->is_pull && one->version == other->version &&
           one->total == other->total && have_same_tags(series, one, other);
}

/* True if patches are missing and there is no cover letter. */
static bool is_partial(const Draft *set)
{
    return !set->has_cover && set->records->len < set->total;
}

static bool are_one_series(const Series *series, const Draft *one,
                           const Draft *other)
{
    return one->minor == other->minor && draft_are_near(series, one, other);
}

/* A part of a later minor version belongs to its series however late. */
static bool is_late_part(const Series *series, const Draft *one,
                         const Draft *other)
{
    (void)series;
    return other->minor > one->minor && is_partial(other);
}

typedef bool (*Belongs)(const Series *series, const Draft *one,
                        const Draft *other);

static bool belong_together(const Series *series, const Draft *one,
                            const Draft *other, Belongs belongs)
{
    return belongs(series, one, other) && /* few do, and it is known at once */
           sets_is_same_person(series->sets, draft_first(one),
                               draft_first(other)) &&
           have_same_signature(series, one, other) &&
           draft_are_disjoint(series, one, other);
}

static int compare_founders(gconstpointer one, gconstpointer other,
                            gpointer data)
{
    const Series *series = data;
    const Draft *left = draft_at(series, *(const int *)one);
    const Draft *right = draft_at(series, *(const int *)other);
    const unsigned left_first = draft_first(left);
    const unsigned right_first = draft_first(right);

    if (left->minor != right->minor)
        return left->minor < right->minor ? -1 : 1;
    return (left_first > right_first) - (left_first < right_first);
}

static GArray *numbered_sets(Series *series)
{
    GArray *numbered = g_array_new(FALSE, FALSE, sizeof(int));

    for (int i = 0; i < (int)series->drafts->len; i++) {
        const Draft *set = draft_at(series, i);

        if (!set->is_dead && set->is_numbered)
            g_array_append_val(numbered, i);
    }
    g_array_sort_with_data(numbered, compare_founders, series);
    return numbered;
}

/* The latest fitting one of the sets before. */
static int find_sibling(const Series *series, const Chains *earlier,
                        uint64_t signature, int set, Belongs belongs)
{
    unsigned at = chains_last(earlier, signature);

    for (unsigned step = 0; at != 0 && step < DRAFT_CANDIDATES_MAX;
         step++, at = chains_before(earlier, at)) {
        const int other = (int)chains_number(earlier, at);

        if (belong_together(series, draft_at(series, other),
                            draft_at(series, set), belongs))
            return other;
    }
    return SETS_NONE;
}

static void find_by_name(Series *series, Belongs belongs)
{
    g_autoptr(GArray) numbered = numbered_sets(series);
    g_autoptr(Chains) earlier = chains_new();

    for (unsigned i = 0; i < numbered->len; i++) {
        const int set = g_array_index(numbered, int, i);
        const uint64_t signature =
            hash_signature(series, draft_at(series, set));
        const int sibling =
            find_sibling(series, earlier, signature, set, belongs);

        if (sibling != SETS_NONE)
            draft_merge(series, sibling, set);
        else
            chains_add(earlier, signature, (unsigned)set);
    }
}

/* "v5.1" is rare enough to look for it first. */
static bool has_minors(const Series *series)
{
    for (unsigned i = 0; i < series->drafts->len; i++) {
        const Draft *set = series->drafts->pdata[i];

        if (!set->is_dead && set->minor > 0)
            return true;
    }
    return false;
}

/* --- into the sets ------------------------------------------------ */

/* A number may come again: by a re-roll with a later minor version. */
static int compare_members(gconstpointer one, gconstpointer other)
{
    const SetMember *left = one, *right = other;

    if (left->number != right->number)
        return left->number < right->number ? -1 : 1;
    if (left->minor != right->minor)
        return left->minor < right->minor ? -1 : 1;
    return (left->record > right->record) - (left->record < right->record);
}

/* Unnumbered patches of a pull request are numbered as they came. */
static unsigned number_of(const Series *series, const Draft *set,
                          unsigned record, unsigned *next)
{
    const PatchSubject *subject = draft_subject(series, record);

    if (subject->has_number)
        return subject->number;
    if ((int)record == set->cover)
        return 0;
    if (!set->is_pull)
        return 1;
    return draft_is_pull(series, record) ? 0 : (*next)++;
}

static GArray *members_of(const Series *series, const Draft *set)
{
    GArray *members = g_array_new(FALSE, FALSE, sizeof(SetMember));
    unsigned next = 1;

    for (unsigned i = 0; i < set->records->len; i++) {
        const unsigned record = g_array_index(set->records, unsigned, i);
        const PatchSubject *subject = draft_subject(series, record);
        SetMember member = { .record = record };

        member.number = number_of(series, set, record, &next);
        /* v3 2/7 in v2 comes after v2's own. */
        member.minor = subject->version > set->version ? subject->minor + 1
                                                       : subject->minor;
        g_array_append_val(members, member);
    }
    g_array_sort(members, compare_members);
    return members;
}

/* Patches of a pull request say their total, it does not. */
static unsigned total_of(const Series *series, const Draft *set,
                         const GArray *members)
{
    const SetMember *last =
        &g_array_index(members, SetMember, members->len - 1);
    const PatchSubject *subject = draft_subject(series, last->record);

    if (!set->is_pull || draft_subject(series, draft_first(set))->has_number)
        return set->total;
    return subject->has_number && !draft_is_pull(series, last->record)
               ? subject->total
               : last->number;
}

/* Several patches came attached to one mail. */
static bool is_bundle(const Series *series, const Draft *set)
{
    return set->records->len == 1 && !set->is_pull && !set->has_cover &&
           !set->is_numbered &&
           series->sets->records[draft_first(set)].fields.attached > 1;
}

static void spread_bundle(const Series *series, PatchSet *set)
{
    SetMember member = g_array_index(set->members, SetMember, 0);

    set->is_bundle = true;
    set->total = series->sets->records[member.record].fields.attached;
    while (set->members->len < set->total) {
        member.number++;
        g_array_append_val(set->members, member);
    }
}

static void count_parts(PatchSet *set)
{
    unsigned within = 0, before = 0;

    set->seen = 0;
    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned number =
            g_array_index(set->members, SetMember, i).number;

        if (number == before)
            continue;
        before = number;
        set->seen++;
        within += number <= set->total;
    }
    set->is_complete = within == set->total;
}

static PatchSet *set_of_draft(const Series *series, const Draft *set)
{
    PatchSet *out = g_new0(PatchSet, 1);
    const SetMember *head;

    out->members = members_of(series, set);
    head = &g_array_index(out->members, SetMember, 0);
    /* Of covers that came twice, the one with the patches. */
    out->head =
        head->number == 0 && draft_is_cover_of(series, set, draft_first(set))
            ? draft_first(set)
            : head->record;
    out->is_pull = set->is_pull;
    out->has_cover = head->number == 0;
    out->version = set->version;
    out->minor = set->minor;
    out->total = total_of(series, set, out->members);
    out->notices = g_array_new(FALSE, FALSE, sizeof(unsigned));
    out->older = out->newer = out->rerolled = SETS_NONE;
    out->first_answer = out->first_review = SETS_NONE;
    out->applied = out->taken = out->pull = out->withdrawn = SETS_NONE;
    if (is_bundle(series, set))
        spread_bundle(series, out);
    count_parts(out);
    return out;
}

static int compare_heads(gconstpointer one, gconstpointer other)
{
    const unsigned left = (*(const PatchSet *const *)one)->head;
    const unsigned right = (*(const PatchSet *const *)other)->head;

    return (left > right) - (left < right);
}

static void hand_over(Series *series)
{
    Sets *sets = series->sets;

    for (unsigned i = 0; i < series->drafts->len; i++) {
        const Draft *set = series->drafts->pdata[i];

        if (!set->is_dead)
            g_ptr_array_add(sets->all, set_of_draft(series, set));
    }
    g_ptr_array_sort(sets->all, compare_heads);
    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets->all->pdata[i];

        for (unsigned j = 0; j < set->members->len; j++)
            sets->set_of[g_array_index(set->members, SetMember, j).record] =
                (int)i;
    }
}

void series_find(Sets *sets)
{
    g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_free);
    Series series = { sets, drafts, sets->set_of };

    find_by_thread(&series);
    find_by_name(&series, are_one_series);
    if (has_minors(&series))
        find_by_name(&series, is_late_part);
    series_repair(&series);
    hand_over(&series);
}
