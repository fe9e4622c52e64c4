/* SPDX-License-Identifier: MIT */
#include "sets/revision_pair.h"

#include "base/map.h"
#include "patch/likeness.h"
#include "sets/branch_tags.h"

#include "base/banned.h"

enum {
    MS_PER_SECOND = 1000,
    CLOCK_SECONDS = 300, /* that a clock may be slow */
};

enum { SURE_WORDS = 2, SURE_PERCENT = 60 }; /* of the titles of applied work */

/* The same words without a version are sent again within a season; later it
 * is another patch of the same name ("MAINTAINERS: update"). */
static const int64_t REPOST_MS = INT64_C(120) * 24 * 3600 * 1000;

const SetMember *revision_member(const PatchSet *set, unsigned index)
{
    return &g_array_index(set->members, SetMember, index);
}

const PostRecord *revision_record(const Revisions *revisions, unsigned record)
{
    return &revisions->sets->records[record];
}

/* --- versions and branches -------------------------------------------- */

bool revision_is_same_version(const PatchSet *one, const PatchSet *other)
{
    return one->version == other->version && one->minor == other->minor;
}

bool revision_is_resend(const Revisions *revisions, const PatchSet *set)
{
    return sets_subject(revisions->sets, set->head)->is_resend;
}

static PatchVersion version_of(const Revisions *revisions, const PatchSet *set)
{
    return (PatchVersion){ set->version, set->minor,
                           sets_subject(revisions->sets, set->head)->is_rfc };
}

Heads revision_heads(const Revisions *revisions, const PatchSet *older,
                     const PatchSet *set)
{
    return (Heads){
        .older = revision_record(revisions, older->head),
        .newer = revision_record(revisions, set->head),
        .older_subject = sets_subject(revisions->sets, older->head),
        .newer_subject = sets_subject(revisions->sets, set->head),
        .older_version = version_of(revisions, older),
        .newer_version = version_of(revisions, set),
    };
}

bool revision_is_older_version(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set)
{
    return patch_version_is_raised(version_of(revisions, older),
                                   version_of(revisions, set));
}

static bool is_elsewhere(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    return branch_tags_are_parted(
               sets_subject(revisions->sets, older->head)->tags,
               sets_subject(revisions->sets, set->head)->tags) &&
           !revision_is_same_content(revisions, older, set);
}

/* --- contents and titles ---------------------------------------------- */

bool revision_is_same_content(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    g_autoptr(Map) patches = NULL;

    if (older->seen != set->seen || older->total != set->total)
        return false;
    patches = map_new(NULL);
    for (unsigned i = 0; i < older->members->len; i++)
        (void)map_add(patches, revision_record(
                                   revisions, revision_member(older, i)->record)
                                   ->patch_link);
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);
        const PostRecord *record = revision_record(revisions, member->record);

        if (member->number > 0 &&
            (record->patch_link == 0 ||
             map_get(patches, record->patch_link) == NULL))
            return false;
    }
    return set->seen > 0;
}

bool revision_has_title(const Revisions *revisions, unsigned one,
                        unsigned other)
{
    return revisions->titles[one] != 0 &&
           revisions->titles[one] == revisions->titles[other];
}

/* What a part is known by besides its number. */
static bool is_same_part(const Revisions *revisions, unsigned one,
                         unsigned other)
{
    const PostRecord *left = revision_record(revisions, one);
    const PostRecord *right = revision_record(revisions, other);

    return revision_has_title(revisions, one, other) ||
           (left->patch_link != 0 && left->patch_link == right->patch_link) ||
           (left->change_link != 0 && left->change_link == right->change_link);
}

static bool has_part(const Revisions *revisions, const PatchSet *set,
                     unsigned part)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);

        if (member->number > 0 && is_same_part(revisions, member->record, part))
            return true;
    }
    return false;
}

unsigned revision_common_parts(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set)
{
    unsigned common = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);

        common +=
            member->number > 0 && has_part(revisions, older, member->record);
    }
    return common;
}

static PatchLikeness likeness_of_heads(const Revisions *revisions,
                                       const PatchSet *older,
                                       const PatchSet *set)
{
    return patch_likeness(
        patch_subject_words(sets_subject(revisions->sets, older->head)),
        patch_subject_words(sets_subject(revisions->sets, set->head)));
}

bool revision_is_titled_alike(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    const Heads heads = revision_heads(revisions, older, set);

    return heads_is_titled_alike(&heads);
}

bool revision_is_other_work(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set)
{
    const Heads heads = revision_heads(revisions, older, set);

    return heads_is_other_work(&heads);
}

bool revision_is_same_author(const Revisions *revisions, unsigned one,
                             unsigned other)
{
    return people_is_same_author(revisions->sets->people,
                                 revision_record(revisions, one),
                                 revision_record(revisions, other));
}

/* --- time ------------------------------------------------------------- */

bool revision_was_taken(const PatchSet *older, const PatchSet *set)
{
    return older->taken != SETS_NONE && older->taken < (int)set->head;
}

/* By title alone an equal version must be a re-post, not a namesake. Archives
 * may have taken both in one go, and a clock may be wrong: both count. What was
 * written first and came last, from moderation, revises nothing. */
bool revision_is_repost(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set)
{
    const PostRecord *one = revision_record(revisions, older->head);
    const PostRecord *other = revision_record(revisions, set->head);

    return other->arrival_ms - one->arrival_ms <= REPOST_MS &&
           (!one->has_date || !other->has_date ||
            (other->date - one->date <= REPOST_MS / MS_PER_SECOND &&
             one->date - other->date <= CLOCK_SECONDS));
}

bool revision_may_guess(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set)
{
    if (!revision_was_taken(older, set))
        return true;
    const PatchLikeness likeness = likeness_of_heads(revisions, older, set);

    return revision_is_older_version(revisions, older, set) &&
           patch_likeness_reaches(&likeness, SURE_WORDS, SURE_PERCENT);
}

/* --- may one be a revision of the other ------------------------------- */

/* What was applied as a whole needs no revision: what comes after it under an
 * equal version, and is not the very same, is other work of the same name or on
 * the same lines. */
static bool is_done(const Revisions *revisions, const PatchSet *older,
                    const PatchSet *set)
{
    return revision_was_taken(older, set) &&
           !revision_is_resend(revisions, set) &&
           !revision_is_older_version(revisions, older, set) &&
           !revision_is_same_content(revisions, older, set);
}

bool revision_is_same_mail(const Revisions *revisions, const PatchSet *one,
                           const PatchSet *other)
{
    const PostRecord *head = revision_record(revisions, one->head);
    const PostRecord *again = revision_record(revisions, other->head);

    return head->own_link != 0 && head->own_link == again->own_link &&
           head->date == again->date;
}

static bool may_come_after(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set)
{
    const Heads heads = revision_heads(revisions, older, set);

    return (heads_is_raised(&heads) || revision_is_same_version(older, set)) &&
           heads_is_same_branch(&heads) &&
           !is_elsewhere(revisions, older, set) &&
           !revision_is_same_mail(revisions, older, set) &&
           !is_done(revisions, older, set);
}

/* "[PATCH v6 0/8][pull request]" with its patches is a series that may be
 * pulled: the next version may come without the request. */
static bool is_posted_series(const PatchSet *set)
{
    return !set->is_pull || (set->has_cover && set->total > 1 &&
                             set->is_complete && set->seen == set->total);
}

static bool may_be_pulls(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    return older->is_pull == set->is_pull ||
           (is_posted_series(older) && is_posted_series(set) &&
            revision_is_older_version(revisions, older, set));
}

/* A pull request's title comes again each season: only a version that is
 * written makes it a revision. */
bool revision_may_follow(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    return may_be_pulls(revisions, older, set) &&
           may_come_after(revisions, older, set) &&
           (!set->is_pull || revision_is_resend(revisions, set) ||
            revision_is_older_version(revisions, older, set));
}
