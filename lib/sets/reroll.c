/* SPDX-License-Identifier: MIT */
#include "sets/reroll.h"

#include "sets/branch_tags.h"

#include "base/banned.h"

static bool may_be_rerolled(const PatchSet *set)
{
    return set->older == SETS_NONE && set->total == 1 && !set->is_pull;
}

static bool is_cover_of(const PatchSet *set, unsigned record)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);

        if (member->record == record)
            return member->number == 0;
    }
    return false;
}

/* May the patch be a new form of some part of the older set? */
static bool may_be_of(const Revisions *revisions, const PatchSet *older,
                      const PatchSet *set)
{
    return older != set && older->total > 1 && !older->is_pull &&
           older->head < set->head &&
           revision_may_follow(revisions, older, set);
}

/* "[PATCH]" alone after "[PATCH v2 1/4]": the version was left out. */
static bool has_dropped_version(const Revisions *revisions,
                                const PatchSet *older, const PatchSet *set)
{
    Sets *sets = revisions->sets;

    return !sets_subject(sets, set->head)->has_version && older->version > 1 &&
           older->total > 1 && !older->is_pull && older->head < set->head &&
           !revision_was_taken(older, set) &&
           branch_tags_are_same(sets_subject(sets, older->head)->tags,
                                sets_subject(sets, set->head)->tags);
}

/* The patch says that it came before. */
static bool is_told(const Revisions *revisions, const PatchSet *older,
                    const PatchSet *set)
{
    return revision_is_older_version(revisions, older, set) ||
           revision_is_resend(revisions, set);
}

/* The latest part with the patch's title. parts: title -> records, in order. */
static int part_of_title(const Revisions *revisions, const Chains *parts,
                         const PatchSet *set)
{
    const Sets *sets = revisions->sets;
    const uint32_t title = revisions->titles[set->head];

    if (title == 0)
        return SETS_NONE;
    for (unsigned at = chains_last(parts, title); at != 0;
         at = chains_before(parts, at)) {
        const unsigned part = chains_number(parts, at);
        const PatchSet *older = sets_get(sets, sets->set_of[part]);

        if ((may_be_of(revisions, older, set) &&
             is_told(revisions, older, set)) ||
            ((may_be_of(revisions, older, set) ||
              has_dropped_version(revisions, older, set)) &&
             revision_is_repost(revisions, older, set)))
            return (int)part;
    }
    return SETS_NONE;
}

/* The part that the patch answers, under whatever title. */
static int part_answered(const Revisions *revisions, const PatchSet *set)
{
    const Sets *sets = revisions->sets;
    const int answered = sets->answers[set->head];
    const PatchSet *older;

    if (answered == SETS_NONE ||
        !revision_is_same_author(revisions, (unsigned)answered, set->head))
        return SETS_NONE;
    older = sets_get(sets, sets->set_of[answered]);
    return may_be_of(revisions, older, set) && is_told(revisions, older, set) &&
                   !is_cover_of(older, (unsigned)answered)
               ? answered
               : SETS_NONE;
}

static void note_parts(const Revisions *revisions, Chains *parts,
                       const PatchSet *set)
{
    for (unsigned i = 0;
         set->total > 1 && !set->is_bundle && i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);
        const uint32_t title = revisions->titles[member->record];

        if (member->number > 0 && title != 0)
            chains_add(parts, title, member->record);
    }
}

void reroll_find(const Revisions *revisions)
{
    const Sets *sets = revisions->sets;
    g_autoptr(Chains) parts = chains_new();

    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        if (may_be_rerolled(set)) {
            set->rerolled = part_of_title(revisions, parts, set);
            if (set->rerolled == SETS_NONE)
                set->rerolled = part_answered(revisions, set);
        }
        note_parts(revisions, parts, set);
    }
}
