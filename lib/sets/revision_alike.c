/* SPDX-License-Identifier: MIT */
#include "sets/revision_private.h"

#include "activity/links.h"
#include "patch/likeness.h"
#include "sets/content.h"
#include "sets/reword.h"

#include "base/banned.h"

enum { WORKS_MAX = 256 }; /* sets of one work looked at */

/* A tie is more than a guess, even if it led to no neighbour. */
static bool has_newer(const Revisions *revisions, const Neighbour *neighbours,
                      int set)
{
    return neighbours[set].newer != NULL ||
           sets_get(revisions->sets, set)->newer != SETS_NONE;
}

static bool has_older(const Revisions *revisions, const Neighbour *neighbours,
                      int set)
{
    return neighbours[set].older != NULL ||
           sets_get(revisions->sets, set)->older != SETS_NONE;
}

/* --- the same lines ---------------------------------------------------- */

enum {
    LINES_OF_ONE = 1, /* with titles alike, or the next version */
    LINES_OF_RAISED = 2,
    LINES_OF_EQUAL = 3, /* of equal versions; two of work on one file */
};

enum { SURE_WORDS = 2, SURE_PERCENT = 60 }; /* of the titles of applied work */

/* Later, the same lines are changed for another purpose. */
static const int64_t NAMELESS_SECONDS = INT64_C(60) * 24 * 3600;

/* Different lines that both change, in parts of the same author and others. */
typedef struct SharedLines {
    unsigned own, foreign;
} SharedLines;

static void share_lines(const Revisions *revisions, const PatchSet *older,
                        unsigned newer, GHashTable *own, GHashTable *foreign)
{
    Sets *sets = revisions->sets;
    const PostRecord *record = revision_record(revisions, newer);

    for (unsigned i = 0; i < older->members->len; i++) {
        const unsigned part = revision_member(older, i)->record;
        const unsigned shared = content_shared(revision_record(revisions, part),
                                               sets_subject(sets, part), record,
                                               sets_subject(sets, newer));
        GHashTable *lines =
            shared != 0 && revision_is_same_author(revisions, part, newer)
                ? own
                : foreign;

        for (unsigned j = 0; j < PATCH_SKETCH_LINES; j++) {
            if ((shared >> j & 1) != 0)
                g_hash_table_add(lines, GUINT_TO_POINTER(record->content[j]));
        }
    }
}

static SharedLines shared_lines(const Revisions *revisions,
                                const PatchSet *older, const PatchSet *set)
{
    g_autoptr(GHashTable) own = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) foreign = g_hash_table_new(NULL, NULL);

    for (unsigned i = 0; i < set->members->len; i++)
        share_lines(revisions, older, revision_member(set, i)->record, own,
                    foreign);
    return (SharedLines){ g_hash_table_size(own), g_hash_table_size(foreign) };
}

static PatchLikeness likeness_of_heads(const Revisions *revisions,
                                       const PatchSet *older,
                                       const PatchSet *set)
{
    return patch_likeness(
        patch_subject_words(sets_subject(revisions->sets, older->head)),
        patch_subject_words(sets_subject(revisions->sets, set->head)));
}

static bool is_same_work(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    const uint64_t work = revision_record(revisions, set->head)->work_link;

    return work != 0 &&
           work == revision_record(revisions, older->head)->work_link;
}

bool revision_is_titled_alike(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    return content_is_titled_alike(sets_subject(revisions->sets, older->head),
                                   sets_subject(revisions->sets, set->head));
}

bool revision_may_guess(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set)
{
    const PatchLikeness likeness = likeness_of_heads(revisions, older, set);

    return !revision_was_taken(older, set) ||
           (revision_is_older_version(revisions, older, set) &&
            patch_likeness_reaches(&likeness, SURE_WORDS, SURE_PERCENT));
}

/* The same change of another model, release or file is no revision; nor is what
 * comes long after it under other words. */
bool revision_is_other_work(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set)
{
    const PostRecord *one = revision_record(revisions, older->head);
    const PostRecord *other = revision_record(revisions, set->head);

    const PatchSubject *subject = sets_subject(revisions->sets, older->head);
    const PatchSubject *later = sets_subject(revisions->sets, set->head);
    const bool is_late = other->date - one->date > NAMELESS_SECONDS;
    const bool is_raised = revision_is_older_version(revisions, older, set);

    if (is_late && !revision_is_titled_alike(revisions, older, set))
        return true;
    return !is_raised &&
           (patch_titles_name_others(subject->title, later->title) ||
            (is_late &&
             (likeness_of_heads(revisions, older, set).has_other_place ||
              patch_titles_number_others(subject->title, later->title))));
}

/* The same title again was looked at before, and is too old to be this one's:
 * "firmware: update" comes each season. */
static bool is_same_title(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set)
{
    return revisions->titles[older->head] != 0 &&
           revisions->titles[older->head] == revisions->titles[set->head];
}

/* One change of many drivers has the same lines and words in each: what has no
 * higher version must be of one place, too. */
static bool tells_own(const Revisions *revisions, const PatchSet *older,
                      const PatchSet *set, unsigned shared)
{
    const PatchLikeness likeness = likeness_of_heads(revisions, older, set);
    const bool is_alike = revision_is_titled_alike(revisions, older, set);
    const bool is_same = is_same_work(revisions, older, set);

    if (revision_is_older_version(revisions, older, set))
        return shared >= LINES_OF_RAISED ||
               (shared >= LINES_OF_ONE &&
                (is_alike || set->version == older->version + 1));
    if (!is_same && !likeness.has_same_place && older->total == 1 &&
        set->total == 1)
        return false;
    return shared >= LINES_OF_EQUAL || (shared >= LINES_OF_RAISED && is_same) ||
           (shared >= LINES_OF_ONE && is_alike &&
            !is_same_title(revisions, older, set));
}

/* Work that is gone on with by others counts its versions on, and names
 * nothing of its own that it would be a revision of. */
static bool tells_foreign(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set, unsigned shared)
{
    const PostRecord *head = revision_record(revisions, set->head);

    return shared >= LINES_OF_RAISED && set->version > older->version &&
           head->date - revision_record(revisions, older->head)->date <=
               LINK_WORK_SECONDS &&
           activity_is_lone_revision(head,
                                     sets_subject(revisions->sets, set->head));
}

/* How many lines tell that a set revises another; 0: they do not. Some of
 * seven patches, sent again alone, are no new form of the seven. */
static unsigned telling_lines(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    SharedLines lines;

    if (older->is_pull || set->is_pull || set->total * 2 < older->total ||
        !revision_may_follow(revisions, older, set) ||
        !revision_may_guess(revisions, older, set) ||
        revision_is_other_work(revisions, older, set))
        return 0;
    lines = shared_lines(revisions, older, set);
    if (tells_own(revisions, older, set, lines.own))
        return lines.own;
    return tells_foreign(revisions, older, set, lines.foreign) ? lines.foreign
                                                               : 0;
}

static void add_of_lines(const Revisions *revisions, int index,
                         GHashTable *candidates)
{
    const PatchSet *set = sets_get(revisions->sets, index);

    for (unsigned i = 0; i < set->members->len; i++) {
        const PostRecord *record =
            revision_record(revisions, revision_member(set, i)->record);

        for (unsigned j = 0; j < PATCH_SKETCH_LINES && record->has_content; j++)
            revision_add_candidates(
                map_get(revisions->by_line, record->content[j]), index,
                candidates);
    }
}

/* Among sets before this one that nothing else is a revision of: the highest
 * version, then most lines, then the latest. */
static int find_of_lines(const Revisions *revisions,
                         const Neighbour *neighbours, int index)
{
    const PatchSet *set = sets_get(revisions->sets, index);
    g_autoptr(GHashTable) candidates = g_hash_table_new(NULL, NULL);
    GHashTableIter iterator;
    gpointer key;
    int best = SETS_NONE;
    unsigned best_version = 0, best_lines = 0;

    add_of_lines(revisions, index, candidates);
    g_hash_table_iter_init(&iterator, candidates);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        const int candidate = GPOINTER_TO_INT(key);
        const PatchSet *older = sets_get(revisions->sets, candidate);
        const unsigned lines = has_newer(revisions, neighbours, candidate)
                                   ? 0
                                   : telling_lines(revisions, older, set);

        if (lines == 0 || older->version < best_version ||
            (older->version == best_version &&
             (lines < best_lines || (lines == best_lines && candidate < best))))
            continue;
        best = candidate;
        best_version = older->version;
        best_lines = lines;
    }
    return best;
}

static void link_to_older(const Sets *sets, int index, int older,
                          RevisionReason reason)
{
    PatchSet *set = sets_get(sets, index);

    if (older == SETS_NONE)
        return;
    set->older = older;
    set->reason = reason;
    sets_get(sets, older)->newer = index;
    sets_get(sets, older)->is_continued = true;
}

void revision_take_of_lines(const Revisions *revisions,
                            const Neighbour *neighbours)
{
    const Sets *sets = revisions->sets;

    for (int i = 0; i < (int)sets->all->len; i++) {
        if (!has_older(revisions, neighbours, i))
            link_to_older(sets, i, find_of_lines(revisions, neighbours, i),
                          REVISION_LINES);
    }
}

/* --- worded anew ------------------------------------------------------- */

static unsigned likeness_of(const Revisions *revisions, int older, int newer)
{
    Sets *sets = revisions->sets;
    const PatchSet *one = sets_get(sets, older);
    const PatchSet *other = sets_get(sets, newer);

    if (one->is_pull || other->is_pull ||
        !revision_may_follow(revisions, one, other) ||
        !revision_may_guess(revisions, one, other))
        return 0;
    return reword_likeness(revision_record(revisions, one->head),
                           sets_subject(sets, one->head),
                           revision_record(revisions, other->head),
                           sets_subject(sets, other->head));
}

/* Among sets before this one that nothing else is a revision of. */
static int find_reworded(const Revisions *revisions,
                         const Neighbour *neighbours, int index)
{
    const Sets *sets = revisions->sets;
    const PatchSet *set = sets_get(sets, index);
    const GArray *indexes = map_get(
        revisions->by_work, revision_record(revisions, set->head)->work_link);
    int best = SETS_NONE;
    unsigned best_version = 0, best_likeness = 0, seen = 0;

    for (unsigned i = indexes == NULL ? 0 : indexes->len;
         i-- > 0 && seen < WORKS_MAX;) {
        const int candidate = g_array_index(indexes, int, i);
        const unsigned version = sets_get(sets, candidate)->version;

        if (candidate >= index || has_newer(revisions, neighbours, candidate))
            continue;
        seen++;

        const unsigned likeness = likeness_of(revisions, candidate, index);

        if (likeness == 0 || version < best_version ||
            (version == best_version && likeness <= best_likeness))
            continue;
        best = candidate;
        best_version = version;
        best_likeness = likeness;
    }
    return best;
}

/* Patches of one work are often sent below each other: what answers a set of
 * the same author and of no lower version is no new form of that set. Else who
 * answers a patch means that patch. */
static bool may_be_reworded(const Revisions *revisions, const PatchSet *set)
{
    Sets *sets = revisions->sets;
    const int above = sets->answers[set->head];

    if (!activity_may_be_reworded(revision_record(revisions, set->head),
                                  sets_subject(sets, set->head)))
        return false;
    return above == SETS_NONE ||
           (revision_is_same_author(revisions, (unsigned)above, set->head) &&
            !revision_is_older_version(
                revisions, sets_get(sets, sets->set_of[above]), set));
}

void revision_take_reworded(const Revisions *revisions,
                            const Neighbour *neighbours)
{
    Sets *sets = revisions->sets;

    for (int i = 0; i < (int)sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, i);

        if (has_older(revisions, neighbours, i) ||
            !may_be_reworded(revisions, set))
            continue;
        link_to_older(sets, i, find_reworded(revisions, neighbours, i),
                      REVISION_REWORDED);
    }
}
