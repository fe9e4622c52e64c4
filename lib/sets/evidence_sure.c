/* SPDX-License-Identifier: MIT */
#include "sets/evidence_rows.h"

#include "sets/branch_tags.h"
#include "sets/revision.h"
#include "sets/shared_lines.h"

#include "base/banned.h"

enum {
    STEPS_MAX = 64,  /* up a thread */
    PARTS_GO_ON = 3, /* a series of so many goes on without one of them */
};

/* Anybody may say that his patch replaces another: it does if he wrote that,
 * too, or took something of it over. */
static bool has_part_in(const Revisions *revisions, const PatchSet *older,
                        unsigned record)
{
    const PostRecord *post = revision_record(revisions, record);

    for (unsigned i = 0; i < older->members->len; i++) {
        const unsigned member = revision_member(older, i)->record;
        const PostRecord *other = revision_record(revisions, member);

        if (revision_is_same_author(revisions, member, record) ||
            (post->patch_link != 0 && post->patch_link == other->patch_link) ||
            (post->change_link != 0 &&
             post->change_link == other->change_link) ||
            shared_lines_any(post, other))
            return true;
    }
    return false;
}

/* Supersedes: may name any part, and a set of other people, who count their
 * versions on their own. */
unsigned evidence_is_named(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set)
{
    bool is_named = false, has_part = false;

    if (older->is_pull != set->is_pull)
        return 0;
    for (unsigned i = 0; i < set->members->len; i++)
        is_named =
            is_named || revision_names(revisions->sets,
                                       revision_member(set, i)->record, older);
    for (unsigned i = 0; is_named && !has_part && i < set->members->len; i++)
        has_part =
            has_part_in(revisions, older, revision_member(set, i)->record);
    return has_part;
}

unsigned evidence_has_change(const Revisions *revisions, const PatchSet *older,
                             const PatchSet *set)
{
    const uint64_t change = revision_record(revisions, set->head)->change_link;

    return change != 0 &&
           revision_record(revisions, older->head)->change_link == change;
}

/* Covers have one title ("Misc cleanups") again and again. */
static bool is_repeated_cover(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    return older->has_cover && set->has_cover && older->seen > 0 &&
           set->seen > 0 && revision_common_parts(revisions, older, set) == 0;
}

/* Only some parts came to this list. */
static bool is_headless(const Revisions *revisions, const PatchSet *set)
{
    const PatchSubject *subject = sets_subject(revisions->sets, set->head);

    return !set->has_cover && subject->has_number && subject->number > 1;
}

/* One patch of three or more, sent again alone, is that part: see reroll.h. Of
 * two it may be all that is left. */
static bool is_part_alone(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set)
{
    bool is_titled = false;

    if (set->total > 1 || set->has_cover || older->total < PARTS_GO_ON ||
        older->is_pull || older->is_bundle || is_headless(revisions, older) ||
        (older->has_cover &&
         revision_has_title(revisions, older->head, set->head)))
        return false;
    for (unsigned i = 0; i < older->members->len; i++)
        is_titled |= revision_has_title(
            revisions, revision_member(older, i)->record, set->head);
    return is_titled;
}

unsigned evidence_has_title(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set)
{
    return revision_has_title(revisions, older->head, set->head) &&
           !is_part_alone(revisions, older, set) &&
           (revision_is_older_version(revisions, older, set) ||
            revision_is_resend(revisions, set) ||
            (revision_is_repost(revisions, older, set) &&
             !is_repeated_cover(revisions, older, set)));
}

/* v2 after v14: the author began to count anew. */
unsigned evidence_falls_back(const Revisions *revisions, const PatchSet *older,
                             const PatchSet *set)
{
    Sets *sets = revisions->sets;
    const unsigned least = MIN(older->total, set->total);

    return !older->is_pull && !set->is_pull && set->version > 1 &&
           set->version < older->version &&
           revision_has_title(revisions, older->head, set->head) &&
           branch_tags_are_same(sets_subject(sets, older->head)->tags,
                                sets_subject(sets, set->head)->tags) &&
           !revision_was_taken(older, set) &&
           revision_is_repost(revisions, older, set) &&
           revision_common_parts(revisions, older, set) * 2 >= least;
}

/* What comes below a request for comments as no such request may be what goes
 * with it, for another repository. */
static bool is_next_of_series(const PatchSet *older, const PatchSet *set)
{
    return set->version > older->version || set->total == older->total;
}

/* A v2 that answers the first one's head, or all of it. "[PATCH v2]" below
 * 3/7 is a new form of one patch, not of seven. */
unsigned evidence_answers(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set)
{
    const Sets *sets = revisions->sets;
    int above = sets->answers[set->head];

    if (!sets_is_same_person(sets, older->head, set->head) ||
        is_part_alone(revisions, older, set) ||
        ((!revision_is_older_version(revisions, older, set) ||
          !is_next_of_series(older, set)) &&
         !revision_is_resend(revisions, set)))
        return 0;
    for (unsigned step = 0; above != SETS_NONE && step < STEPS_MAX; step++) {
        if (sets_get(sets, sets->set_of[above]) == older)
            return older->total == set->total || above == (int)older->head;
        above = sets_member_above(sets, (unsigned)above);
    }
    return 0;
}

static bool is_head(const PatchSubject *subject)
{
    return subject->number == 0 || subject->total == 1;
}

bool evidence_heads_show_title(const People *people, const PostRecord *older,
                               const PatchSubject *older_subject,
                               const PostRecord *newer,
                               const PatchSubject *newer_subject)
{
    return ((older->flags | newer->flags) & POST_MAY_UPDATE) == 0 &&
           is_head(older_subject) && is_head(newer_subject) &&
           older_subject->tags->len == 0 && newer_subject->tags->len == 0 &&
           older_subject->version < newer_subject->version &&
           people_is_same_name(people, older->author, newer->author) &&
           record_compare(older, newer) < 0;
}
