/* SPDX-License-Identifier: MIT */
#include "sets/evidence_rows.h"

#include "sets/reword.h"
#include "sets/shared_lines.h"

#include "base/banned.h"

/* --- the same lines ----------------------------------------------------- */

enum { GROWN_TIMES = 8 }; /* a series so much longer is another work */

static bool is_outgrown(const PatchSet *older, const PatchSet *set)
{
    return set->total > older->total * GROWN_TIMES;
}

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
        const unsigned shared = shared_lines_flags(
            revision_record(revisions, part), sets_subject(sets, part), record,
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

static SharedLines lines_of(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set)
{
    g_autoptr(GHashTable) own = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) foreign = g_hash_table_new(NULL, NULL);

    for (unsigned i = 0; i < set->members->len; i++)
        share_lines(revisions, older, revision_member(set, i)->record, own,
                    foreign);
    return (SharedLines){ g_hash_table_size(own), g_hash_table_size(foreign) };
}

static bool answers(const Revisions *revisions, const PatchSet *older,
                    const PatchSet *set)
{
    const Sets *sets = revisions->sets;
    const int answered = sets->answers[set->head];

    return answered != SETS_NONE &&
           sets_get(sets, sets->set_of[answered]) == older;
}

/* The next version of a series may be one patch: of its cover's title, or of
 * lines that two of its parts had. One part's title is that part's alone. */
static bool is_merged(const Revisions *revisions, const PatchSet *older,
                      const PatchSet *set)
{
    unsigned parts = 0;

    if (set->total > 1 || set->version != older->version + 1)
        return false;
    for (unsigned i = 0; i < older->members->len; i++) {
        const unsigned part = revision_member(older, i)->record;

        if (revision_has_title(revisions, part, set->head))
            return false;
        parts += shared_lines_any(revision_record(revisions, part),
                                  revision_record(revisions, set->head));
    }
    return parts > 1 || (older->has_cover &&
                         revision_is_titled_alike(revisions, older, set));
}

/* Some of seven patches, sent again alone, are no new form of the seven. */
unsigned evidence_has_lines(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set)
{
    const Heads heads = revision_heads(revisions, older, set);
    SharedLines lines;

    if (older->is_pull || set->is_pull || is_outgrown(older, set) ||
        (set->total * 2 < older->total && !is_merged(revisions, older, set)) ||
        !revision_may_guess(revisions, older, set) ||
        heads_is_other_work(&heads))
        return 0;
    lines = lines_of(revisions, older, set);
    if (heads_prove_own(&heads, lines.own, older->total == 1 && set->total == 1,
                        revision_has_title(revisions, older->head, set->head)))
        return lines.own;
    return heads_prove_foreign(&heads, lines.foreign,
                               answers(revisions, older, set))
               ? lines.foreign
               : 0;
}

/* --- worded anew -------------------------------------------------------- */

/* Patches of one work are often sent below each other: what answers a set of
 * the same author and of no lower version is no new form of that set. Else who
 * answers a patch means that patch. */
static bool may_be_reworded(const Revisions *revisions, const PatchSet *set)
{
    Sets *sets = revisions->sets;
    const int above = sets->answers[set->head];

    return above == SETS_NONE ||
           (revision_is_same_author(revisions, (unsigned)above, set->head) &&
            !revision_is_older_version(
                revisions, sets_get(sets, sets->set_of[above]), set));
}

unsigned evidence_is_reworded(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    Sets *sets = revisions->sets;

    if (older->is_pull || set->is_pull || is_outgrown(older, set) ||
        !may_be_reworded(revisions, set) ||
        !revision_may_guess(revisions, older, set))
        return 0;
    return reword_likeness(revision_record(revisions, older->head),
                           sets_subject(sets, older->head),
                           revision_record(revisions, set->head),
                           sets_subject(sets, set->head));
}

unsigned evidence_is_retitled(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    Sets *sets = revisions->sets;

    if (older->is_pull || set->is_pull || is_outgrown(older, set) ||
        revision_was_taken(older, set) || !may_be_reworded(revisions, set) ||
        revision_has_title(revisions, older->head, set->head))
        return 0;
    return reword_retitled(revision_record(revisions, older->head),
                           sets_subject(sets, older->head),
                           revision_record(revisions, set->head),
                           sets_subject(sets, set->head));
}
