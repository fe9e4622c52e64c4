/* SPDX-License-Identifier: MIT */
#include "sets/series_repair.h"

#include "base/banned.h"

/* --- covers of another total ------------------------------------------ */

/* "[PATCHSET v2] ring: filters" above "[PATCH 1/4]": a posting that has no diff
 * and no number, alone in its set. */
static bool is_unnumbered_cover(const Series *series, const Draft *set)
{
    const PostRecord *record = &series->sets->records[draft_first(set)];

    return !set->is_dead && set->records->len == 1 && !set->is_numbered &&
           !set->is_pull && (record->flags & POST_OWN_DIFF) == 0;
}

/* A cover whose version was forgotten when the patches got theirs: "v2 0/2"
 * with "v3 1/2" and "v3 2/2" below it, sent together. */
static bool is_of_one_sending(const Series *series, const Draft *cover,
                              const Draft *set)
{
    const int *parents = series->sets->parents;

    for (unsigned i = 0; i < set->records->len; i++) {
        if (parents[g_array_index(set->records, unsigned, i)] !=
            (int)draft_first(cover))
            return false;
    }
    return cover->total == set->total &&
           draft_time_between(cover, set) <= DRAFT_APART_MS;
}

/* "0/7" over "1/8 ... 8/8", or "v2 0/7" over "1/7 ... 7/7": the set that the
 * record, alone in a set, covers all the same. */
static bool is_adoptable(const Series *series, int cover, int set)
{
    const Draft *parent = draft_at(series, cover);
    const Draft *child = draft_at(series, set);
    const PatchSubject *above = draft_subject(series, draft_first(parent));
    const PatchSubject *below = draft_subject(series, draft_first(child));

    if (child->is_dead || child->has_cover || !child->is_numbered ||
        child->is_pull != parent->is_pull)
        return false;
    if (!parent->has_cover &&
        draft_time_between(parent, child) > DRAFT_APART_MS)
        return false;
    if (above->version != below->version && above->has_version &&
        below->has_version && !is_of_one_sending(series, parent, child))
        return false;
    return sets_is_same_person(series->sets, draft_first(parent),
                               draft_first(child)) &&
           draft_are_disjoint(series, parent, child) &&
           draft_are_near(series, parent, child);
}

/* Does any part of it say its version? */
static bool is_versioned(const Series *series, const Draft *set)
{
    for (unsigned i = 0; i < set->records->len; i++) {
        if (draft_subject(series, g_array_index(set->records, unsigned, i))
                ->has_version)
            return true;
    }
    return false;
}

/* Where only what joins a set says the version. */
static void take_version(const Series *series, int into, int from)
{
    Draft *set = draft_at(series, into);
    const Draft *joining = draft_at(series, from);

    if (is_versioned(series, set))
        return;
    set->version = joining->version;
    set->minor = joining->minor;
}

static bool is_lone_cover(const Series *series, int set)
{
    const Draft *draft = draft_at(series, set);

    return !draft->is_dead && draft->records->len == 1 && draft->has_cover;
}

static void adopt(Series *series, int cover, int set)
{
    Draft *parent = draft_at(series, cover);
    const Draft *child = draft_at(series, set);

    if (!parent->has_cover)
        parent->cover = (int)draft_first(parent);
    parent->has_cover = true;
    parent->total = child->total;
    if (is_versioned(series, child) && parent->version != child->version) {
        parent->version = child->version;
        parent->minor = child->minor;
    }
    draft_merge(series, cover, set);
}

static void find_adopted(Series *series)
{
    const Sets *sets = series->sets;

    for (unsigned i = 0; i < sets->count; i++) {
        const int set = series->set_of[i];
        const int parent = sets->parents[i];
        const int cover =
            parent == SETS_NONE ? SETS_NONE : series->set_of[parent];

        if (set == SETS_NONE || cover == SETS_NONE || set == cover ||
            !(is_lone_cover(series, cover) ||
              is_unnumbered_cover(series, draft_at(series, cover))) ||
            !is_adoptable(series, cover, set))
            continue;
        adopt(series, cover, set);
    }
}

/* --- covers that were sent twice --------------------------------------- */

/* A cover by itself, and another of the same name within minutes: something
 * broke off, and all was sent again. */
static bool is_twin(const Series *series, const Draft *cover,
                    const Draft *other)
{
    return other->has_cover && !other->is_dead &&
           other->is_pull == cover->is_pull &&
           other->version == cover->version && other->minor == cover->minor &&
           (other->total == cover->total || other->records->len > 1) &&
           draft_time_between(cover, other) <= DRAFT_APART_MS &&
           sets_is_same_person(series->sets, draft_first(cover),
                               draft_first(other));
}

static const char *cover_title(const Series *series, const Draft *set)
{
    for (unsigned i = 0; i < set->records->len; i++) {
        const unsigned record = g_array_index(set->records, unsigned, i);

        if (draft_is_cover(series, record))
            return draft_subject(series, record)->title;
    }
    return "";
}

/* The set that a lone cover came for; of two lone ones the second goes. */
static int find_twin(const Series *series, const GArray *namesakes, int set)
{
    for (unsigned i = 0; i < namesakes->len && i < DRAFT_CANDIDATES_MAX; i++) {
        const int other = g_array_index(namesakes, int, i);

        if (other != set && (other < set || !is_lone_cover(series, other)) &&
            is_twin(series, draft_at(series, set), draft_at(series, other)))
            return other;
    }
    return SETS_NONE;
}

static GHashTable *index_covers(const Series *series)
{
    GHashTable *covers = g_hash_table_new_full(g_str_hash, g_str_equal, NULL,
                                               (GDestroyNotify)g_array_unref);

    for (int i = 0; i < (int)series->drafts->len; i++) {
        const Draft *set = draft_at(series, i);
        const char *title;
        GArray *indexes;

        if (set->is_dead || !set->has_cover)
            continue;
        title = cover_title(series, set);
        indexes = g_hash_table_lookup(covers, title);
        if (indexes == NULL) {
            indexes = g_array_new(FALSE, FALSE, sizeof(int));
            g_hash_table_insert(covers, (gpointer)(uintptr_t)title, indexes);
        }
        g_array_append_val(indexes, i);
    }
    return covers;
}

static void find_twins(Series *series)
{
    g_autoptr(GHashTable) covers = index_covers(series);

    for (int i = 0; i < (int)series->drafts->len; i++) {
        int twin;

        if (!is_lone_cover(series, i))
            continue;
        twin = find_twin(series,
                         g_hash_table_lookup(
                             covers, cover_title(series, draft_at(series, i))),
                         i);
        if (twin != SETS_NONE)
            draft_merge(series, twin, i);
    }
}

/* --- covers without a tag ---------------------------------------------- */

/* The version of what only its place shows to be a cover: "own pages v2" above
 * "[PATCH 1/4]" of the same person; 0 if there is none. */
static unsigned untagged_version(const Series *series, unsigned part)
{
    const Sets *sets = series->sets;
    const int above = sets->parents[part];
    const PatchSubject *subject;

    if (above == SETS_NONE || sets->kinds[above] != POST_OTHER ||
        !sets_is_same_person(sets, part, (unsigned)above) ||
        !sets->records[above].has_date ||
        ABS(sets->records[part].date - sets->records[above].date) >
            DRAFT_APART_MS / 1000)
        return 0;
    subject = draft_subject(series, (unsigned)above);
    return subject->is_reply ? 0 : patch_subject_closing_version(subject);
}

static void find_untagged(Series *series)
{
    for (unsigned i = 0; i < series->drafts->len; i++) {
        Draft *set = draft_at(series, (int)i);
        unsigned version = 0;

        if (set->is_dead || set->is_pull || set->has_cover ||
            !set->is_numbered || set->total < 2 || is_versioned(series, set))
            continue;
        for (unsigned j = 0; j < set->records->len && version == 0; j++)
            version = untagged_version(
                series, g_array_index(set->records, unsigned, j));
        if (version > 0)
            set->version = version;
    }
}

/* --- parts that came on top ------------------------------------------- */

/* The set above all records of a set, if it is one. */
static int find_above(const Series *series, int set)
{
    const Draft *draft = draft_at(series, set);
    const int *parents = series->sets->parents;
    int found = SETS_NONE;

    for (unsigned i = 0; i < draft->records->len; i++) {
        int above = parents[g_array_index(draft->records, unsigned, i)];

        for (unsigned step = 0; above != SETS_NONE && step < DRAFT_STEPS_MAX &&
                                (series->set_of[above] == SETS_NONE ||
                                 series->set_of[above] == set);
             step++)
            above = parents[above];
        if (above == SETS_NONE || series->set_of[above] == SETS_NONE ||
            (found != SETS_NONE && series->set_of[above] != found))
            return SETS_NONE;
        found = series->set_of[above];
    }
    return found;
}

/* "[PATCH 2/3]" between "v2 1/3" and "v2 3/3": sent along, the version was
 * forgotten. */
static bool lacks_version(const Series *series, int set, int above)
{
    const Draft *below = draft_at(series, set);
    const Draft *whole = draft_at(series, above);

    return below->is_numbered && whole->is_numbered &&
           below->is_pull == whole->is_pull && below->total == whole->total &&
           below->version != whole->version &&
           is_versioned(series, below) != is_versioned(series, whole) &&
           draft_time_between(below, whole) <= DRAFT_APART_MS &&
           draft_are_disjoint(series, whole, below) &&
           sets_is_same_person(series->sets, draft_first(below),
                               draft_first(whole));
}

static void find_forgetful(Series *series)
{
    for (int i = 0; i < (int)series->drafts->len; i++) {
        if (draft_at(series, i)->is_dead)
            continue;

        const int above = find_above(series, i);

        if (above == SETS_NONE || !lacks_version(series, i, above))
            continue;
        take_version(series, above, i);
        draft_merge(series, above, i);
    }
}

/* Some name the repository, or ask for tests, in the tag of a few parts: both
 * together are a whole series that one person sent at once, in one thread. */
static bool are_halves(const Series *series, const Draft *one,
                       const Draft *other)
{
    const unsigned covers = (unsigned)one->has_cover + other->has_cover;

    return one->is_numbered && other->is_numbered && one->total > 1 &&
           one->total == other->total && one->version == other->version &&
           one->minor == other->minor && one->is_pull == other->is_pull &&
           one->records->len + other->records->len == one->total + covers &&
           draft_time_between(one, other) <= DRAFT_APART_MS &&
           draft_are_disjoint(series, one, other) &&
           sets_is_same_person(series->sets, draft_first(one),
                               draft_first(other));
}

static bool lacks_parts(const Draft *set)
{
    return !set->is_dead && set->is_numbered &&
           set->records->len < (size_t)set->total + set->has_cover;
}

static void find_halves(Series *series)
{
    const unsigned *threads = series->sets->threads;
    /* thread -> 1 + the last set so far that lacks parts */
    g_autoptr(GHashTable) partial = g_hash_table_new(NULL, NULL);

    for (int i = 0; i < (int)series->drafts->len; i++) {
        const Draft *set = draft_at(series, i);

        if (!lacks_parts(set))
            continue;

        gpointer thread = GUINT_TO_POINTER(threads[draft_first(set)]);
        const int other =
            GPOINTER_TO_INT(g_hash_table_lookup(partial, thread)) - 1;

        if (other != SETS_NONE &&
            are_halves(series, draft_at(series, other), set))
            draft_merge(series, other, i);
        else
            g_hash_table_insert(partial, thread, GINT_TO_POINTER(i + 1));
    }
}

/* "8/8" below a series of seven that has its seven. */
static bool is_extra(const Series *series, int set, int whole)
{
    const Draft *draft = draft_at(series, set);
    const Draft *above = draft_at(series, whole);
    const PatchSubject *subject = draft_subject(series, draft_first(draft));

    return draft->records->len == 1 && draft->is_numbered &&
           above->is_numbered && !draft->is_pull && !above->is_pull &&
           draft->version == above->version && subject->number > above->total &&
           subject->number >= subject->total &&
           above->records->len >= above->total + above->has_cover &&
           sets_is_same_person(series->sets, draft_first(draft),
                               draft_first(above));
}

static void find_extras(Series *series)
{
    for (int i = 0; i < (int)series->drafts->len; i++) {
        if (draft_at(series, i)->is_dead)
            continue;

        const int above = find_above(series, i);

        if (above != SETS_NONE && is_extra(series, i, above))
            draft_merge(series, above, i);
    }
}

/* --- partial re-rolls ------------------------------------------------- */

/* Less than all of a later version, without a cover, of the same length. */
static bool is_reroll(const Series *series, int set, int older)
{
    const Draft *draft = draft_at(series, set);
    const Draft *replaced = draft_at(series, older);

    return !draft->has_cover && draft->is_numbered && draft->total > 1 &&
           draft->records->len < draft->total &&
           draft->total == replaced->total &&
           draft->is_pull == replaced->is_pull &&
           draft->version > replaced->version &&
           replaced->records->len > draft->records->len &&
           sets_is_same_person(series->sets, draft_first(draft),
                               draft_first(replaced));
}

/* Another set of the same version, total and people: the parts are its. */
static int find_rest(const Series *series, int set)
{
    const Draft *draft = draft_at(series, set);

    for (int i = 0; i < (int)series->drafts->len; i++) {
        const Draft *other = draft_at(series, i);

        if (i == set || other->is_dead || other->version != draft->version ||
            other->total != draft->total || !other->is_numbered ||
            !sets_is_same_person(series->sets, draft_first(other),
                                 draft_first(draft)))
            continue;
        if (series->sets->threads[draft_first(other)] ==
                series->sets->threads[draft_first(draft)] &&
            draft_are_disjoint(series, other, draft))
            return i;
    }
    return SETS_NONE;
}

static void find_rerolls(Series *series)
{
    for (int i = 0; i < (int)series->drafts->len; i++) {
        if (draft_at(series, i)->is_dead)
            continue;

        const int older = find_above(series, i);

        if (older == SETS_NONE || !is_reroll(series, i, older))
            continue;

        const int rest = find_rest(series, i);

        draft_merge(series, rest == SETS_NONE ? older : rest, i);
    }
}

void series_repair(Series *series)
{
    find_adopted(series);
    find_twins(series);
    find_untagged(series);
    find_forgetful(series);
    find_halves(series);
    find_extras(series);
    find_rerolls(series);
}
