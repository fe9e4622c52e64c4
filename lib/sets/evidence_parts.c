/* SPDX-License-Identifier: MIT */
#include "sets/evidence_rows.h"

#include "activity/link.h"
#include "sets/shared_lines.h"

#include "base/banned.h"

enum {
    TOGETHER_SECONDS = 60,
    NEXT_PARTS_MIN = 2, /* and at least one of so many */
    NEXT_PARTS_OF = 4,
    SWALLOWED_TIMES = 4, /* a series so much longer is another work */
};

/* Rows that hold by fewer parts than both have in common still count these. */
static unsigned weight_if(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set, bool holds)
{
    return holds ? MAX(revision_common_parts(revisions, older, set), 1) : 0;
}

/* One of two patches, sent again alone, may be all that is left of them; sent
 * as an answer to that one patch it is a new form of this alone. */
static bool may_be_rest(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set)
{
    const Sets *sets = revisions->sets;
    const int answered = sets->answers[set->head];

    return older->total == 2 &&
           (answered == SETS_NONE || answered == (int)older->head ||
            sets_get(sets, sets->set_of[answered]) != older);
}

/* The patches of a short series with a cover of its own may end in a long one
 * that is another work. */
static bool is_swallowed(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    return older->has_cover && set->total > older->total * SWALLOWED_TIMES &&
           !revision_is_titled_alike(revisions, older, set);
}

/* At least half of the patches of the shorter one, by the totals that they
 * say: a set may be there in part only. Fewer than half of its patches, sent
 * again alone, are no new form of a set. */
unsigned evidence_has_half(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set)
{
    const unsigned least = MIN(older->total, set->total);

    if (!revision_is_older_version(revisions, older, set) ||
        !revision_may_guess(revisions, older, set) ||
        is_swallowed(revisions, older, set) ||
        (set->total == 1 && older->total > 1 &&
         !may_be_rest(revisions, older, set)) ||
        !revision_is_same_author(revisions, older->head, set->head))
        return 0;

    const unsigned common = revision_common_parts(revisions, older, set);

    return common * 2 >= least ? common : 0;
}

static bool has_titled_part(const Revisions *revisions, const PatchSet *set,
                            unsigned part)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);

        if (member->number > 0 &&
            revision_has_title(revisions, member->record, part))
            return true;
    }
    return false;
}

/* Returns how many parts of one set are in the other, by name; 0 unless all
 * that came are. */
static unsigned count_titled_parts(const Revisions *revisions,
                                   const PatchSet *all, const PatchSet *some)
{
    unsigned shared = 0;

    for (unsigned i = 0; i < some->members->len; i++) {
        const SetMember *member = revision_member(some, i);

        if (member->number == 0)
            continue;
        if (!has_titled_part(revisions, all, member->record))
            return 0;
        shared++;
    }
    return shared;
}

static bool has_all_parts(const Revisions *revisions, const PatchSet *all,
                          const PatchSet *some)
{
    return count_titled_parts(revisions, all, some) > 0 &&
           some->seen >= some->total;
}

/* What was sent in one go is two series. */
static bool is_apart(const Revisions *revisions, const PatchSet *older,
                     const PatchSet *set)
{
    const PostRecord *one = revision_record(revisions, older->head);
    const PostRecord *other = revision_record(revisions, set->head);

    return !one->has_date || !other->has_date ||
           other->date - one->date > TOGETHER_SECONDS;
}

static bool may_be_repost(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set)
{
    return !set->is_pull && revision_is_same_version(older, set) &&
           is_apart(revisions, older, set) &&
           revision_is_repost(revisions, older, set) &&
           revision_is_same_author(revisions, older->head, set->head);
}

/* Of a series without cover only some parts came to this list, and all of
 * these come again in a later version. */
unsigned evidence_has_all_that_came(const Revisions *revisions,
                                    const PatchSet *older, const PatchSet *set)
{
    return weight_if(
        revisions, older, set,
        !older->is_complete && !older->has_cover && set->total > 1 &&
            revision_is_older_version(revisions, older, set) &&
            revision_is_same_author(revisions, older->head, set->head) &&
            count_titled_parts(revisions, set, older) > 0);
}

/* The first three of five, sent again under the same version without the
 * others. */
unsigned evidence_is_half(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set)
{
    return weight_if(revisions, older, set,
                     set->total >= 2 && set->total <= older->total &&
                         set->total * 2 >= older->total &&
                         may_be_repost(revisions, older, set) &&
                         has_all_parts(revisions, older, set));
}

/* One or two patches, sent again under the same version with others. */
unsigned evidence_is_grown(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set)
{
    return weight_if(revisions, older, set,
                     set->total > older->total &&
                         may_be_repost(revisions, older, set) &&
                         has_all_parts(revisions, set, older));
}

static bool is_rfc(const Revisions *revisions, const PatchSet *set)
{
    return sets_subject(revisions->sets, set->head)->is_rfc;
}

/* Between two versions of a series the larger part of its patches was taken or
 * written anew, and the cover has another title: what is left are a few. More
 * than these are for evidence_has_half() to judge. */
unsigned evidence_is_next(const Revisions *revisions, const PatchSet *older,
                          const PatchSet *set)
{
    const PostRecord *one = revision_record(revisions, older->head);
    const PostRecord *other = revision_record(revisions, set->head);
    const unsigned least = MIN(older->total, set->total);

    if (!older->has_cover || !set->has_cover || older->is_pull ||
        set->is_pull || set->version != older->version + 1 ||
        !revision_is_older_version(revisions, older, set) ||
        (is_rfc(revisions, set) && !is_rfc(revisions, older)) ||
        revision_was_taken(older, set) ||
        other->date - one->date > LINK_WORK_SECONDS ||
        !revision_is_same_author(revisions, older->head, set->head))
        return 0;

    const unsigned common = revision_common_parts(revisions, older, set);

    return common >= NEXT_PARTS_MIN && common * NEXT_PARTS_OF >= least &&
                   common * 2 < least
               ? common
               : 0;
}

/* One patch, sent again under another title but otherwise as it was. */
unsigned evidence_is_same_diff(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set)
{
    return weight_if(revisions, older, set,
                     older->total == 1 && set->total == 1 &&
                         may_be_repost(revisions, older, set) &&
                         !revision_was_taken(older, set) &&
                         revision_is_same_content(revisions, older, set) &&
                         !revision_is_other_work(revisions, older, set));
}

/* By its words alone, whoever wrote it. */
static bool is_of_title(const Revisions *revisions, unsigned one,
                        unsigned other)
{
    Sets *sets = revisions->sets;

    return sets_title(sets, one) == sets_title(sets, other) &&
           *patch_subject_title_key(sets_subject(sets, one)) != '\0';
}

/* Parts of one set whose titles another has, too. */
static unsigned count_parts_of_title(const Revisions *revisions,
                                     const PatchSet *set, const PatchSet *other)
{
    unsigned common = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);
        bool is_found = false;

        for (unsigned j = 0; j < other->members->len && !is_found; j++) {
            const SetMember *part = revision_member(other, j);

            is_found = member->number > 0 && part->number > 0 &&
                       is_of_title(revisions, member->record, part->record);
        }
        common += is_found;
    }
    return common;
}

static bool is_of_cover(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set)
{
    return older->has_cover && set->has_cover &&
           is_of_title(revisions, older->head, set->head);
}

/* A single patch has its title and a line. */
static bool is_single_handed_over(const Revisions *revisions,
                                  const PatchSet *older, const PatchSet *set)
{
    return older->total == 1 && set->total == 1 &&
           is_of_title(revisions, older->head, set->head) &&
           shared_lines_any(revision_record(revisions, older->head),
                            revision_record(revisions, set->head));
}

/* The next version of a series is sent by one of the others who work on it: all
 * patches of the shorter one have their titles, or some and the cover has.
 * After years it is so if both hold. */
unsigned evidence_is_handed_over(const Revisions *revisions,
                                 const PatchSet *older, const PatchSet *set)
{
    const PostRecord *one = revision_record(revisions, older->head);
    const PostRecord *other = revision_record(revisions, set->head);
    const unsigned least = MIN(older->total, set->total);
    const bool is_late = other->date - one->date > LINK_WORK_SECONDS;

    if (set->version != older->version + 1 ||
        !revision_is_older_version(revisions, older, set) || older->is_pull ||
        set->is_pull || revision_was_taken(older, set))
        return 0;
    if (least < 2)
        return !is_late && is_single_handed_over(revisions, older, set);

    const unsigned common = count_parts_of_title(revisions, set, older);

    return weight_if(
        revisions, older, set,
        is_late ? common * 2 >= least && is_of_cover(revisions, older, set)
                : common >= least ||
                      (common > 0 && is_of_cover(revisions, older, set)));
}
