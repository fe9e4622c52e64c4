/* SPDX-License-Identifier: MIT */
#include "sets/revision.h"

#include "activity/link.h"
#include "patch/likeness.h"
#include "sets/branch.h"
#include "sets/content.h"
#include "sets/repeated.h"
#include "sets/revision_private.h"
#include "sets/titles.h"

#include <string.h>

#include "base/banned.h"

enum {
    CANDIDATES_MAX = 64, /* sets of one title or change looked at */
    MS_PER_SECOND = 1000,
    TOGETHER_SECONDS = 60,
    CLOCK_SECONDS = 300, /* that a clock may be slow */
    SWALLOWED_TIMES = 4, /* a series so much longer is another work */
};

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

/* --- what sets are found by ------------------------------------------- */

static void add_set(Map *table, uint64_t key, int set)
{
    GArray *indexes = map_get(table, key);

    if (indexes == NULL) {
        indexes = g_array_new(FALSE, FALSE, sizeof(int));
        map_put(table, key, indexes);
    } else if (g_array_index(indexes, int, indexes->len - 1) == set) {
        return;
    }
    g_array_append_val(indexes, set);
}

static void add_link(Map *table, uint64_t link, int set)
{
    if (link != 0)
        add_set(table, link, set);
}

static void index_set(const Revisions *revisions, int index)
{
    const PatchSet *set = sets_get(revisions->sets, index);

    add_link(revisions->by_work,
             revision_record(revisions, set->head)->work_link, index);
    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned at = revision_member(set, i)->record;
        const PostRecord *record = revision_record(revisions, at);

        add_link(revisions->by_change, record->change_link, index);
        add_link(revisions->by_patch, record->patch_link, index);
        for (unsigned j = 0; j < PATCH_SKETCH_LINES; j++)
            if (record->content[j] != PATCH_SKETCH_NONE)
                add_set(revisions->by_line, record->content[j], index);
        if (set->total > 1)
            add_set(revisions->by_words, sets_title(revisions->sets, at),
                    index);
        if (revisions->titles[at] != 0)
            add_set(revisions->by_title, revisions->titles[at], index);
    }
}

static Map *table_new(void)
{
    return map_new((GDestroyNotify)g_array_unref);
}

/* --- may one be a revision of the other ------------------------------- */

bool revision_is_same_version(const PatchSet *one, const PatchSet *other)
{
    return one->version == other->version && one->minor == other->minor;
}

static bool is_resend(const Revisions *revisions, const PatchSet *set)
{
    return sets_subject(revisions->sets, set->head)->is_resend;
}

static PatchVersion version_of(const Revisions *revisions, const PatchSet *set)
{
    return (PatchVersion){ set->version, set->minor,
                           sets_subject(revisions->sets, set->head)->is_rfc };
}

bool revision_is_older_version(const Revisions *revisions,
                               const PatchSet *older, const PatchSet *set)
{
    return patch_version_is_raised(version_of(revisions, older),
                                   version_of(revisions, set));
}

/* A release that is told once only says for when the work is: what has a
 * higher version is a revision all the same. */
bool revision_is_same_branch(const Revisions *revisions, const PatchSet *older,
                             const PatchSet *set)
{
    const GPtrArray *tags = sets_subject(revisions->sets, older->head)->tags;
    const GPtrArray *others = sets_subject(revisions->sets, set->head)->tags;

    return branch_is_same(tags, others) ||
           (branch_may_differ(tags, others) &&
            revision_is_older_version(revisions, older, set));
}

/* Every part of the later set is in the older one unchanged. */
static bool is_same_content(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set)
{
    g_autoptr(GHashTable) patches =
        g_hash_table_new(g_int64_hash, g_int64_equal);

    if (older->seen != set->seen || older->total != set->total)
        return false;
    for (unsigned i = 0; i < older->members->len; i++)
        g_hash_table_add(patches,
                         (gpointer)(uintptr_t)&revision_record(
                             revisions, revision_member(older, i)->record)
                             ->patch_link);
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);
        const PostRecord *record = revision_record(revisions, member->record);

        if (member->number > 0 &&
            (record->patch_link == 0 ||
             !g_hash_table_contains(patches, &record->patch_link)))
            return false;
    }
    return set->seen > 0;
}

bool revision_was_taken(const PatchSet *older, const PatchSet *set)
{
    return older->taken != SETS_NONE && older->taken < (int)set->head;
}

/* What was applied as a whole needs no revision: what comes after it under an
 * equal version, and is not the very same, is other work of the same name or on
 * the same lines. */
static bool is_done(const Revisions *revisions, const PatchSet *older,
                    const PatchSet *set)
{
    return revision_was_taken(older, set) && !is_resend(revisions, set) &&
           !revision_is_older_version(revisions, older, set) &&
           !is_same_content(revisions, older, set);
}

static bool is_elsewhere(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    return branch_is_parted(sets_subject(revisions->sets, older->head)->tags,
                            sets_subject(revisions->sets, set->head)->tags) &&
           !is_same_content(revisions, older, set);
}

bool revision_is_same_mail(const Revisions *revisions, const PatchSet *one,
                           const PatchSet *other)
{
    const uint64_t link = revision_record(revisions, one->head)->own_link;

    return link != 0 &&
           link == revision_record(revisions, other->head)->own_link;
}

bool revision_may_follow(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    return (revision_is_older_version(revisions, older, set) ||
            revision_is_same_version(older, set)) &&
           revision_is_same_branch(revisions, older, set) &&
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
static bool may_follow(const Revisions *revisions, const PatchSet *older,
                       const PatchSet *set)
{
    return may_be_pulls(revisions, older, set) &&
           revision_may_follow(revisions, older, set) &&
           (!set->is_pull || is_resend(revisions, set) ||
            revision_is_older_version(revisions, older, set));
}

/* By title alone an equal version must be a re-post, not a namesake. Archives
 * may have taken both in one go, and a clock may be wrong: both count. What was
 * written first and came last, from moderation, revises nothing. */
static bool is_repost(const Revisions *revisions, const PatchSet *older,
                      const PatchSet *set)
{
    const PostRecord *one = revision_record(revisions, older->head);
    const PostRecord *other = revision_record(revisions, set->head);

    return other->arrival_ms - one->arrival_ms <= REPOST_MS &&
           (!one->has_date || !other->has_date ||
            (other->date - one->date <= REPOST_MS / MS_PER_SECOND &&
             one->date - other->date <= CLOCK_SECONDS));
}

static bool has_title(const Revisions *revisions, unsigned one, unsigned other)
{
    return revisions->titles[one] != 0 &&
           revisions->titles[one] == revisions->titles[other];
}

/* --- how two sets are related ----------------------------------------- */

/* The change-id of a whole set: of its cover, or of a single patch. */
static bool has_change(const Revisions *revisions, const PatchSet *older,
                       const PatchSet *set)
{
    const uint64_t change = revision_record(revisions, set->head)->change_link;

    return change != 0 &&
           revision_record(revisions, older->head)->change_link == change;
}

/* What a part is known by besides its number. */
static bool is_same_part(const Revisions *revisions, unsigned one,
                         unsigned other)
{
    const PostRecord *left = revision_record(revisions, one);
    const PostRecord *right = revision_record(revisions, other);

    return has_title(revisions, one, other) ||
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

static unsigned count_common_parts(const Revisions *revisions,
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

/* Covers have one title ("Misc cleanups") again and again. */
static bool is_repeated_cover(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    return older->has_cover && set->has_cover && older->seen > 0 &&
           set->seen > 0 && count_common_parts(revisions, older, set) == 0;
}

static bool is_titled_alike(const Revisions *revisions, const PatchSet *older,
                            const PatchSet *set)
{
    return has_title(revisions, older->head, set->head) &&
           (revision_is_older_version(revisions, older, set) ||
            is_resend(revisions, set) ||
            (is_repost(revisions, older, set) &&
             !is_repeated_cover(revisions, older, set)));
}

static bool has_titled_part(const Revisions *revisions, const PatchSet *set,
                            unsigned part)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = revision_member(set, i);

        if (member->number > 0 && has_title(revisions, member->record, part))
            return true;
    }
    return false;
}

bool revision_is_same_author(const Revisions *revisions, unsigned one,
                             unsigned other)
{
    const Sets *sets = revisions->sets;

    if (((revision_record(revisions, one)->flags |
          revision_record(revisions, other)->flags) &
         POST_FROM_LIST) != 0)
        return false;
    return sets_is_same_person(sets, one, other) ||
           people_is_same_name(sets->people,
                               revision_record(revisions, one)->author,
                               revision_record(revisions, other)->author);
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
static bool shares_half(const Revisions *revisions, const PatchSet *older,
                        const PatchSet *set)
{
    const unsigned least = MIN(older->total, set->total);

    if (!revision_is_older_version(revisions, older, set) ||
        !revision_may_guess(revisions, older, set) ||
        is_swallowed(revisions, older, set) ||
        (set->total == 1 && older->total > 1 &&
         !may_be_rest(revisions, older, set)) ||
        !revision_is_same_author(revisions, older->head, set->head))
        return false;

    const unsigned common = count_common_parts(revisions, older, set);

    return common > 0 && common * 2 >= least;
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
           is_repost(revisions, older, set) &&
           revision_is_same_author(revisions, older->head, set->head);
}

/* Of a series without cover only some parts came to this list, and all of
 * these come again in a later version. */
static bool has_all_that_came(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    return !older->is_complete && !older->has_cover && set->total > 1 &&
           revision_is_older_version(revisions, older, set) &&
           revision_is_same_author(revisions, older->head, set->head) &&
           count_titled_parts(revisions, set, older) > 0;
}

/* The first three of five, sent again under the same version without the
 * others. */
static bool is_repost_of_half(const Revisions *revisions, const PatchSet *older,
                              const PatchSet *set)
{
    return set->total >= 2 && set->total <= older->total &&
           set->total * 2 >= older->total &&
           may_be_repost(revisions, older, set) &&
           has_all_parts(revisions, older, set);
}

/* One or two patches, sent again under the same version with others. */
static bool is_grown(const Revisions *revisions, const PatchSet *older,
                     const PatchSet *set)
{
    return set->total > older->total && may_be_repost(revisions, older, set) &&
           has_all_parts(revisions, set, older);
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

/* The next version of a series is sent by one of the others who work on it: all
 * patches of the shorter one have their titles, or some and the cover has. */
static bool is_handed_over(const Revisions *revisions, const PatchSet *older,
                           const PatchSet *set)
{
    const PostRecord *one = revision_record(revisions, older->head);
    const PostRecord *other = revision_record(revisions, set->head);
    const unsigned least = MIN(older->total, set->total);

    if (least < 2 || set->version != older->version + 1 ||
        !revision_is_older_version(revisions, older, set) || older->is_pull ||
        set->is_pull || revision_was_taken(older, set) ||
        other->date - one->date > LINK_WORK_SECONDS)
        return false;

    const unsigned common = count_parts_of_title(revisions, set, older);

    return common >= least ||
           (common > 0 && older->has_cover && set->has_cover &&
            is_of_title(revisions, older->head, set->head));
}

/* One patch, sent again under another title but otherwise as it was. */
static bool is_same_diff(const Revisions *revisions, const PatchSet *older,
                         const PatchSet *set)
{
    return older->total == 1 && set->total == 1 &&
           may_be_repost(revisions, older, set) &&
           !revision_was_taken(older, set) &&
           is_same_content(revisions, older, set) &&
           !revision_is_other_work(revisions, older, set);
}

bool revision_names(const Sets *sets, unsigned record, const PatchSet *older)
{
    const PostRecord *post = &sets->records[record];

    for (unsigned i = 0; i < post->supersedes_count && i < post->extra_count;
         i++) {
        const int named = sets_find(sets, post->extra_links[i], SETS_NONE);

        if (named != SETS_NONE && sets_get(sets, sets->set_of[named]) == older)
            return true;
    }
    return false;
}

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
            content_has_common_line(post, other))
            return true;
    }
    return false;
}

/* Supersedes: may name any part, and a set of other people, who count their
 * versions on their own. */
static bool names(const Revisions *revisions, const PatchSet *older,
                  const PatchSet *set)
{
    bool is_named = false, has_part = false;

    for (unsigned i = 0; i < set->members->len; i++)
        is_named =
            is_named || revision_names(revisions->sets,
                                       revision_member(set, i)->record, older);
    for (unsigned i = 0; is_named && !has_part && i < set->members->len; i++)
        has_part =
            has_part_in(revisions, older, revision_member(set, i)->record);
    return has_part;
}

/* A v2 that answers the first one's head, or all of it. "[PATCH v2]" below
 * 3/7 is a new form of one patch, not of seven. */
static bool answers(const Revisions *revisions, const PatchSet *older,
                    const PatchSet *set)
{
    const Sets *sets = revisions->sets;
    int above = sets->answers[set->head];

    if (!sets_is_same_person(sets, older->head, set->head) ||
        (!revision_is_older_version(revisions, older, set) &&
         !is_resend(revisions, set)))
        return false;
    for (unsigned step = 0; above != SETS_NONE && step < CANDIDATES_MAX;
         step++) {
        if (sets_get(sets, sets->set_of[above]) == older)
            return older->total == set->total || above == (int)older->head;
        above = sets_member_above(sets, (unsigned)above);
    }
    return false;
}

static RevisionReason reason_of(const Revisions *revisions,
                                const PatchSet *older, const PatchSet *set)
{
    if (older->is_pull == set->is_pull && names(revisions, older, set))
        return REVISION_NAMED;
    if (!may_follow(revisions, older, set))
        return REVISION_NONE;
    if (has_change(revisions, older, set))
        return REVISION_CHANGE;
    if (is_titled_alike(revisions, older, set))
        return REVISION_TITLE;
    if (answers(revisions, older, set))
        return REVISION_ANSWER;
    return shares_half(revisions, older, set) ||
                   has_all_that_came(revisions, older, set) ||
                   is_repost_of_half(revisions, older, set) ||
                   is_grown(revisions, older, set) ||
                   is_same_diff(revisions, older, set) ||
                   is_handed_over(revisions, older, set)
               ? REVISION_PARTS
               : REVISION_NONE;
}

/* --- candidates ------------------------------------------------------- */

void revision_add_candidates(const GArray *indexes, int set,
                             GHashTable *candidates)
{
    unsigned added = 0;

    for (unsigned i = indexes == NULL ? 0 : indexes->len;
         i-- > 0 && added < CANDIDATES_MAX;) {
        const int candidate = g_array_index(indexes, int, i);

        if (candidate >= set)
            continue;
        g_hash_table_add(candidates, GINT_TO_POINTER(candidate));
        added++;
    }
}

static void add_known_alike(const Revisions *revisions, int index,
                            unsigned record, GHashTable *candidates)
{
    const PostRecord *post = revision_record(revisions, record);
    const uint32_t title = revisions->titles[record];

    revision_add_candidates(map_get(revisions->by_change, post->change_link),
                            index, candidates);
    revision_add_candidates(map_get(revisions->by_patch, post->patch_link),
                            index, candidates);
    if (title != 0)
        revision_add_candidates(map_get(revisions->by_title, title), index,
                                candidates);
    if (sets_get(revisions->sets, index)->version > 1)
        revision_add_candidates(
            map_get(revisions->by_words, sets_title(revisions->sets, record)),
            index, candidates);
}

static void add_record(const Revisions *revisions, int index, int record,
                       GHashTable *candidates)
{
    const int set =
        record == SETS_NONE ? SETS_NONE : revisions->sets->set_of[record];

    if (set != SETS_NONE && set < index)
        g_hash_table_add(candidates, GINT_TO_POINTER(set));
}

static void add_named(const Revisions *revisions, int index, unsigned record,
                      GHashTable *candidates)
{
    const PostRecord *post = revision_record(revisions, record);

    for (unsigned i = 0; i < post->supersedes_count && i < post->extra_count;
         i++)
        add_record(revisions, index,
                   sets_find(revisions->sets, post->extra_links[i], SETS_NONE),
                   candidates);
}

static void add_answered(const Revisions *revisions, int index,
                         GHashTable *candidates)
{
    const Sets *sets = revisions->sets;
    int above = sets->answers[sets_get(sets, index)->head];

    for (unsigned step = 0; above != SETS_NONE && step < CANDIDATES_MAX;
         step++) {
        add_record(revisions, index, above, candidates);
        above = sets_member_above(sets, (unsigned)above);
    }
}

/* Sets that come before this one and may be older revisions of it. */
static GHashTable *candidates_of(const Revisions *revisions, int index)
{
    const PatchSet *set = sets_get(revisions->sets, index);
    GHashTable *candidates = g_hash_table_new(NULL, NULL);

    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned record = revision_member(set, i)->record;

        add_known_alike(revisions, index, record, candidates);
        add_named(revisions, index, record, candidates);
    }
    add_answered(revisions, index, candidates);
    return candidates;
}

/* --- the ties --------------------------------------------------------- */

static void note_tie(GArray **ties, unsigned tie)
{
    if (*ties == NULL)
        *ties = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_array_append_val(*ties, tie);
}

static void tie(const Revisions *revisions, Neighbour *neighbours, int older,
                int newer)
{
    Sets *sets = revisions->sets;
    PatchSet *before = sets_get(sets, older);
    const PatchSet *after = sets_get(sets, newer);
    const RevisionReason reason = reason_of(revisions, before, after);
    SetTie tie = { older, newer, 0 };

    if (reason == REVISION_NONE ||
        revision_is_same_mail(revisions, before, after))
        return;
    if (reason == REVISION_PARTS)
        tie.parts = MAX(count_common_parts(revisions, before, after), 1);
    note_tie(&neighbours[older].newer, sets->ties->len);
    note_tie(&neighbours[newer].older, sets->ties->len);
    g_array_append_val(sets->ties, tie);
    before->is_continued = true;
}

static int compare_sets(gconstpointer one, gconstpointer other)
{
    return GPOINTER_TO_INT(one) - GPOINTER_TO_INT(other);
}

static void tie_all(const Revisions *revisions, Neighbour *neighbours,
                    int index)
{
    g_autoptr(GHashTable) candidates = candidates_of(revisions, index);
    g_autoptr(GList) sorted =
        g_list_sort(g_hash_table_get_keys(candidates), compare_sets);

    for (const GList *at = sorted; at != NULL; at = at->next)
        tie(revisions, neighbours, GPOINTER_TO_INT(at->data), index);
}

static Neighbour *find_ties(const Revisions *revisions)
{
    const int count = (int)revisions->sets->all->len;
    Neighbour *neighbours = g_new0(Neighbour, (size_t)count + 1);

    for (int i = 0; i < count; i++)
        tie_all(revisions, neighbours, i);
    return neighbours;
}

static void free_ties(Neighbour *neighbours, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        g_clear_pointer(&neighbours[i].older, g_array_unref);
        g_clear_pointer(&neighbours[i].newer, g_array_unref);
    }
    g_free(neighbours);
}

static void note_reasons(const Revisions *revisions)
{
    for (unsigned i = 0; i < revisions->sets->all->len; i++) {
        PatchSet *set = sets_get(revisions->sets, (int)i);
        const PatchSet *older = sets_get(revisions->sets, set->older);

        if (older == NULL)
            continue;
        set->reason = reason_of(revisions, older, set);
        if (set->reason == REVISION_NONE)
            set->reason = REVISION_CHAIN;
        set->is_same_as_older =
            is_same_content(revisions, older, set) &&
            (set->total > 1 || !revision_is_same_version(older, set) ||
             has_title(revisions, older->head, set->head));
    }
}

void revision_find(Sets *sets)
{
    g_autoptr(Map) changes = table_new();
    g_autoptr(Map) patches = table_new();
    g_autoptr(Map) works = table_new();
    g_autoptr(Map) lines = table_new();
    g_autoptr(Map) titled = table_new();
    g_autoptr(Map) words = table_new();
    g_autofree uint32_t *titles = titles_number(sets);
    const Revisions revisions = { sets,    titles, changes, titled,
                                  patches, works,  lines,   words };
    Neighbour *neighbours;

    for (unsigned i = 0; i < sets->all->len; i++)
        index_set(&revisions, (int)i);
    neighbours = find_ties(&revisions);
    revision_choose(&revisions, neighbours);
    note_reasons(&revisions);
    revision_take_of_lines(&revisions, neighbours);
    revision_take_reworded(&revisions, neighbours);
    free_ties(neighbours, sets->all->len);
    repeated_find(sets, titles);
}
