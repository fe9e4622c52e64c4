/* SPDX-License-Identifier: MIT */
#include "sets/evidence_rows.h"

#include "activity/links.h"
#include "patch/likeness.h"
#include "sets/reword.h"
#include "sets/shared_lines.h"

#include "base/banned.h"

/* --- the same lines ----------------------------------------------------- */

enum {
    LINES_OF_ONE = 1, /* where shared_lines_one_tells() */
    LINES_OF_RAISED = 2,
    LINES_OF_EQUAL = 3, /* of equal versions; two of work on one file */
};

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

static bool is_same_work(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    const uint64_t work = revision_record(revisions, set->head)->work_link;

    return work != 0 &&
           work == revision_record(revisions, older->head)->work_link;
}

/* One change of many drivers has the same lines and words in each: what has no
 * higher version must be of one place, too. The same title again is too old to
 * be this one's, or it would be a tie: "firmware: update" comes each season. */
static bool lines_prove_same_author(const Revisions *revisions,
                                    const PatchSet *older, const PatchSet *set,
                                    unsigned shared)
{
    const PatchSubject *subject = sets_subject(revisions->sets, older->head);
    const PatchSubject *later = sets_subject(revisions->sets, set->head);
    const bool is_one_told =
        shared >= LINES_OF_ONE &&
        shared_lines_one_tells(subject, older->version, later, set->version);
    const bool is_same = is_same_work(revisions, older, set);

    if (revision_is_older_version(revisions, older, set))
        return shared >= LINES_OF_RAISED || is_one_told;
    if (!is_same && older->total == 1 && set->total == 1 &&
        !patch_likeness(patch_subject_words(subject),
                        patch_subject_words(later))
             .has_same_place)
        return false;
    return shared >= LINES_OF_EQUAL || (shared >= LINES_OF_RAISED && is_same) ||
           (is_one_told &&
            !revision_has_title(revisions, older->head, set->head));
}

static bool answers(const Revisions *revisions, const PatchSet *older,
                    const PatchSet *set)
{
    const Sets *sets = revisions->sets;
    const int answered = sets->answers[set->head];

    return answered != SETS_NONE &&
           sets_get(sets, sets->set_of[answered]) == older;
}

/* Work that is gone on with by others counts its versions on, and names
 * nothing of its own that it would be a revision of. */
static bool lines_prove_other_author(const Revisions *revisions,
                                     const PatchSet *older, const PatchSet *set,
                                     unsigned shared)
{
    const PostRecord *head = revision_record(revisions, set->head);

    return shared >= LINES_OF_RAISED && set->version > older->version &&
           head->date - revision_record(revisions, older->head)->date <=
               LINK_WORK_SECONDS &&
           (answers(revisions, older, set) ||
            activity_is_lone_revision(
                head, sets_subject(revisions->sets, set->head)));
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
    SharedLines lines;

    if (older->is_pull || set->is_pull || is_outgrown(older, set) ||
        (set->total * 2 < older->total && !is_merged(revisions, older, set)) ||
        !revision_may_guess(revisions, older, set) ||
        revision_is_other_work(revisions, older, set))
        return 0;
    lines = lines_of(revisions, older, set);
    if (lines_prove_same_author(revisions, older, set, lines.own))
        return lines.own;
    return lines_prove_other_author(revisions, older, set, lines.foreign)
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
