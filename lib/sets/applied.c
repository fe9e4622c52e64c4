/* SPDX-License-Identifier: MIT */
#include "sets/applied.h"

#include "sets/authorship.h"
#include "sets/part_flags.h"
#include "sets/pulled.h"

#include <string.h>

#include "base/banned.h"

struct AppliedFinder {
    Sets *sets;
    bool **flags;   /* by set, then member: those that are */
    bool **others;  /* likewise: those that somebody other than the author
                       applied */
    GArray *pulled; /* PulledPatch */
};

/* A set is applied by a record for a cause; SETS_NONE: it is not. */
static void apply(PatchSet *set, int record, SetCause cause)
{
    set->applied = record;
    set->applied_by = record == SETS_NONE ? CAUSE_NONE : cause;
}

/* --- notices ---------------------------------------------------------- */

/* tip-bot writes once a commit, and so do programs that mail commits; a patch
 * that says that it was committed speaks of itself. */
static bool is_of_one_patch(const PostRecord *notice)
{
    return notice->notice == PATCH_NOTICE_TIP_BOT ||
           notice->notice == PATCH_NOTICE_COMMIT ||
           notice->notice == PATCH_NOTICE_SUBJECT;
}

/* All others speak of what they answer, if they do not say of which parts: the
 * head stands for the set. */
static bool is_about_all(const Sets *sets, unsigned notice, unsigned member)
{
    const PatchSet *set = sets_get(sets, sets->set_of[member]);

    if (set->seen <= 1 && set->total <= 1)
        return true;
    const PostRecord *record = &sets->records[notice];

    if (record->notice_parts == PATCH_EXTENT_THIS)
        return member == set->head && (set->has_cover || set->seen == 1);
    if (record->notice_parts != PATCH_EXTENT_ANSWERED)
        return record->notice_parts == PATCH_EXTENT_ALL;
    return member == set->head && !is_of_one_patch(record);
}

/* "Applied, I look at the rest tomorrow" says of a cover nothing for sure. */
static void flag_told(const Sets *sets, unsigned notice, unsigned member,
                      bool *flags)
{
    const PatchSet *set = sets_get(sets, sets->set_of[member]);
    const uint64_t parts = sets->records[notice].notice_parts;

    if (parts == PATCH_EXTENT_OTHERS && member != set->head)
        part_flags_add_others(set, member, flags);
    else if (parts == PATCH_EXTENT_ANSWERED || parts == PATCH_EXTENT_THIS ||
             (parts == PATCH_EXTENT_UNTOLD && member != set->head))
        part_flags_add(set, member, flags);
    else
        part_flags_add_extent(set, parts, flags);
}

/* Whoever commits a patch has looked at it. A robot does not say who did. */
static void note_by_others(const AppliedFinder *finder, unsigned notice,
                           unsigned member)
{
    const Sets *sets = finder->sets;
    const int index = sets->set_of[member];
    const PatchSet *set = sets_get(sets, index);

    if (!authorship_is_by_others(sets, notice, member))
        return;
    if (is_about_all(sets, notice, member))
        part_flags_add_all(set, finder->others[index]);
    else
        flag_told(sets, notice, member, finder->others[index]);
}

static void note_applied(const AppliedFinder *finder, unsigned notice,
                         unsigned member)
{
    const Sets *sets = finder->sets;
    bool *flags = finder->flags[sets->set_of[member]];
    PatchSet *set = sets_get(sets, sets->set_of[member]);

    if (set->notices->len == 0 ||
        g_array_index(set->notices, unsigned, set->notices->len - 1) != notice)
        g_array_append_val(set->notices, notice);
    if (set->applied != SETS_NONE)
        return;
    note_by_others(finder, notice, member);
    if (is_about_all(sets, notice, member)) {
        apply(set, (int)notice, CAUSE_NOTICE);
        return;
    }
    flag_told(sets, notice, member, flags);
    if (set->is_complete && part_flags_count(set, flags) >= set->seen)
        apply(set, (int)notice, CAUSE_NOTICE);
}

/* --- taken back ------------------------------------------------------- */

/* A maintainer's robot has the name, if not the address. */
static bool is_by_notifier(const Sets *sets, unsigned record, unsigned notice)
{
    return sets_is_same_person(sets, record, notice) ||
           people_is_same_name(sets->people, sets->records[record].sender,
                               sets->records[notice].sender);
}

static void forget_notices(const Sets *sets, PatchSet *set, unsigned record)
{
    for (unsigned i = set->notices->len; i-- > 0;) {
        if (is_by_notifier(sets, record,
                           g_array_index(set->notices, unsigned, i)))
            g_array_remove_index(set->notices, i);
    }
}

/* "Dropped" below 3/7 is said of this one. */
static bool is_of_part(const PatchSet *set, unsigned member)
{
    return member != set->head && set->total > 1;
}

static void take_part_back(PatchSet *set, unsigned member, bool *flags,
                           bool *others)
{
    unsigned number = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *part = &g_array_index(set->members, SetMember, i);

        flags[i] |= set->applied != SETS_NONE;
        if (part->record == member)
            number = part->number;
    }
    for (unsigned i = 0; i < set->members->len; i++) {
        const bool is_kept =
            g_array_index(set->members, SetMember, i).number != number;

        flags[i] &= is_kept;
        others[i] &= is_kept;
    }
    apply(set, SETS_NONE, CAUSE_NONE);
}

static bool has_notice_by(const Sets *sets, const PatchSet *set,
                          unsigned record)
{
    for (unsigned i = 0; i < set->notices->len; i++) {
        if (is_by_notifier(sets, record,
                           g_array_index(set->notices, unsigned, i)))
            return true;
    }
    return false;
}

static void forget_parts(const AppliedFinder *finder, int index)
{
    const size_t length = sets_get(finder->sets, index)->members->len;

    memset(finder->flags[index], 0, length * sizeof(**finder->flags));
    memset(finder->others[index], 0, length * sizeof(**finder->others));
}

static void take_back(const AppliedFinder *finder, unsigned record,
                      unsigned member)
{
    const Sets *sets = finder->sets;
    const int index = sets->set_of[member];
    PatchSet *set = sets_get(sets, index);

    if (authorship_is_by_author(sets, record, member) &&
        !is_of_part(set, member))
        set->withdrawn = (int)record;
    if (!has_notice_by(sets, set, record))
        return;
    if (is_of_part(set, member)) {
        take_part_back(set, member, finder->flags[index],
                       finder->others[index]);
        return;
    }
    forget_notices(sets, set, record);
    apply(set, SETS_NONE, CAUSE_NONE);
    forget_parts(finder, index);
}

/* --- all of it -------------------------------------------------------- */

static void take_notice(const AppliedFinder *applied, unsigned record)
{
    const Sets *sets = applied->sets;
    const PostRecord *notice = &sets->records[record];
    const int answered = sets->answers[record];

    if (answered != SETS_NONE)
        note_applied(applied, record, (unsigned)answered);
    for (unsigned i = 0; i < notice->extra_count; i++) {
        const int named = sets_find(sets, notice->extra_links[i], (int)record);
        const int set = named == SETS_NONE ? SETS_NONE : sets->set_of[named];

        if (set != SETS_NONE && named != answered)
            note_applied(applied, record, (unsigned)named);
    }
}

/* A set that already has a notice of its own keeps it; the pull request adds
 * nothing. */
static void take_pull(const AppliedFinder *applied, const PulledPatch *patch)
{
    const Sets *sets = applied->sets;
    const int index = sets->set_of[patch->member];
    PatchSet *set = sets_get(sets, index);
    const PatchSet *pull = sets_get(sets, sets->set_of[patch->pull]);

    if (set->applied_by != CAUSE_PULL && set->applied_by != CAUSE_LATER_PULL)
        set->pull = (int)patch->pull;
    if (set->applied != SETS_NONE || pull->applied == SETS_NONE)
        return;
    part_flags_add(set, patch->member, applied->flags[index]);
    if (authorship_is_by_others(sets, patch->pull, patch->member) ||
        authorship_is_by_others(sets, (unsigned)pull->applied, patch->member))
        part_flags_add(set, patch->member, applied->others[index]);
    if (!set->is_complete ||
        part_flags_count(set, applied->flags[index]) < set->seen)
        return;
    apply(set, pull->applied, CAUSE_PULL);
}

/* Where pull requests begin -> 1 + the earliest record that does. */
static GHashTable *index_bases(const Sets *sets)
{
    GHashTable *bases = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (unsigned i = sets->count; i-- > 0;) {
        const uint64_t *base = &sets->records[i].base_link;

        if (*base != 0 && sets->kinds[i] == POST_PULL)
            g_hash_table_insert(bases, (gpointer)(uintptr_t)base,
                                GUINT_TO_POINTER(i + 1));
    }
    return bases;
}

/* Merging a pull request whose base is an earlier request's tip merges that one
 * as well, so maintainers rarely acknowledge the earlier one. */
static void take_later_pulls(const AppliedFinder *applied)
{
    const Sets *sets = applied->sets;
    g_autoptr(GHashTable) bases = index_bases(sets);

    for (unsigned i = sets->all->len; i-- > 0;) {
        PatchSet *set = sets_get(sets, (int)i);
        const uint64_t *tip = &sets->records[set->head].tip_link;
        const unsigned later =
            *tip == 0 ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(bases, tip));
        const PatchSet *next;

        if (later <= set->head + 1 || set->applied != SETS_NONE ||
            !sets_is_same_person(sets, set->head, later - 1))
            continue;
        next = sets_get(sets, sets->set_of[later - 1]);
        apply(set, next->applied, CAUSE_LATER_PULL);
        set->repeated_by = CAUSE_LATER_PULL;
    }
}

static void take_pulls(const AppliedFinder *applied)
{
    for (unsigned i = 0; i < applied->pulled->len; i++) {
        const PulledPatch *patch =
            &g_array_index(applied->pulled, PulledPatch, i);

        if (applied->sets->set_of[patch->pull] != SETS_NONE)
            take_pull(applied, patch);
        else if (applied->sets->kinds[patch->pull] == POST_NOTICE)
            note_applied(applied, patch->pull, patch->member);
    }
}

/* Whoever sends a patch again unchanged, asks for this one to be applied; the
 * answer may go to either. */
static bool is_same_posting(const PatchSet *set, const PatchSet *older)
{
    return set->is_same_as_older && older->version == set->version &&
           older->minor == set->minor && set->members->len == 1 &&
           older->members->len == 1;
}

static void take_resends(const AppliedFinder *applied)
{
    const Sets *sets = applied->sets;

    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);
        const PatchSet *older = sets_get(sets, set->older);

        if (older == NULL || set->applied != SETS_NONE ||
            older->applied <= (int)set->head || !is_same_posting(set, older))
            continue;
        apply(set, older->applied, CAUSE_SAME_PATCH);
        applied->others[i][0] = applied->others[set->older][0];
    }
}

/* Trackers keep one thread for all versions, so that whoever applied the last
 * one answers the first mail. */
static int newest_in_thread(const Sets *sets, const PatchSet *set,
                            unsigned notice)
{
    const unsigned thread = sets->threads[set->head];
    int found = SETS_NONE;

    for (int next = set->newer; next != SETS_NONE;) {
        const PatchSet *newer = sets_get(sets, next);

        if (newer->head > notice || sets->threads[newer->head] != thread ||
            newer->notices->len > 0)
            break;
        found = next;
        next = newer->newer;
    }
    return found;
}

static void take_older(const AppliedFinder *applied)
{
    const Sets *sets = applied->sets;

    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        if (set->applied == SETS_NONE || set->applied_by != CAUSE_NOTICE ||
            !patch_notice_is_human(
                (PatchNotice)sets->records[set->applied].notice))
            continue;
        const int newest = newest_in_thread(sets, set, (unsigned)set->applied);

        if (newest == SETS_NONE)
            continue;
        PatchSet *newer = sets_get(sets, newest);

        g_array_append_val(newer->notices, set->applied);
        apply(newer, set->applied, CAUSE_NOTICE);
        if (authorship_is_by_others(sets, (unsigned)set->applied, newer->head))
            part_flags_add_all(newer, applied->others[newest]);
        g_array_set_size(set->notices, 0);
        apply(set, SETS_NONE, CAUSE_NONE);
        forget_parts(applied, (int)i);
    }
}

static bool has_part(const PatchSet *set, unsigned number)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        if (g_array_index(set->members, SetMember, i).number == number)
            return true;
    }
    return false;
}

static bool is_told(const Sets *sets, const PatchSet *set, unsigned number)
{
    for (unsigned i = 0; i < set->notices->len; i++) {
        const unsigned notice = g_array_index(set->notices, unsigned, i);

        if (patch_extent_has(sets->records[notice].notice_parts, number))
            return true;
    }
    return false;
}

/* Parts that did not come by this list: a notice may tell of them. */
static unsigned count_absent(const Sets *sets, const PatchSet *set)
{
    unsigned count = 0;

    if (set->is_complete || set->notices->len == 0)
        return 0;
    for (unsigned number = 1; number <= MIN(set->total, PATCH_EXTENT_PARTS_MAX);
         number++)
        count += !has_part(set, number) && is_told(sets, set, number);
    return count;
}

/* By tags, or by whoever applied it. */
static void finish_reviewed(PatchSet *set, const bool *others)
{
    g_autofree bool *reviewed = g_new0(bool, (size_t)set->members->len + 1);

    for (unsigned i = 0; i < set->members->len; i++) {
        SetMember *member = &g_array_index(set->members, SetMember, i);

        member->is_reviewed |= others[i] && !set->is_pull;
        reviewed[i] = member->is_reviewed;
    }
    set->reviewed = part_flags_count(set, reviewed);
}

static void finish_sets(const AppliedFinder *applied)
{
    const Sets *sets = applied->sets;

    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        set->applied_parts = set->applied != SETS_NONE
                                 ? set->seen
                                 : part_flags_count(set, applied->flags[i]) +
                                       count_absent(sets, set);
        finish_reviewed(set, applied->others[i]);
    }
}

/* --- taken before a later set came ---------------------------------------- */

static bool was_pulled(const Sets *sets, unsigned pull)
{
    const PatchSet *set = sets_get(sets, sets->set_of[pull]);

    return set != NULL ? set->applied != SETS_NONE
                       : sets->kinds[pull] == POST_NOTICE;
}

static void take_pulled(const AppliedFinder *finder, const PulledPatch *patch,
                        bool **flags)
{
    const Sets *sets = finder->sets;
    const int index = sets->set_of[patch->member];
    PatchSet *set = sets_get(sets, index);

    if (set->taken != SETS_NONE || !was_pulled(sets, patch->pull))
        return;
    part_flags_add(set, patch->member, flags[index]);
    if (set->is_complete && part_flags_count(set, flags[index]) >= set->seen)
        set->taken = (int)patch->pull;
}

/* What the pull requests say of sets is told only once revisions are known;
 * that all of a set was pulled before a later set came decides on these. */
static void find_taken(const AppliedFinder *finder)
{
    const Sets *sets = finder->sets;
    bool **flags = part_flags_new(sets);

    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        set->taken = set->applied;
        memcpy(flags[i], finder->flags[i],
               set->members->len * sizeof(*flags[i]));
    }
    for (unsigned i = 0; i < finder->pulled->len; i++)
        take_pulled(finder, &g_array_index(finder->pulled, PulledPatch, i),
                    flags);
    part_flags_free(flags);
}

AppliedFinder *applied_find_notices(Sets *sets)
{
    AppliedFinder *finder = g_new0(AppliedFinder, 1);

    finder->sets = sets;
    finder->flags = part_flags_new(sets);
    finder->others = part_flags_new(sets);
    finder->pulled = pulled_find(sets);
    for (unsigned i = 0; i < sets->count; i++) {
        const int answered = sets->answers[i];

        if (sets->kinds[i] == POST_NOTICE)
            take_notice(finder, i);
        else if (sets->records[i].notice == PATCH_NOTICE_SUBJECT &&
                 sets->set_of[i] != SETS_NONE)
            note_applied(finder, i, i);
        else if (answered != SETS_NONE &&
                 sets->records[i].notice == PATCH_NOTICE_WITHDRAWN)
            take_back(finder, i, (unsigned)answered);
    }
    find_taken(finder);
    return finder;
}

void applied_find(const AppliedFinder *finder)
{
    take_older(finder);
    take_later_pulls(finder);
    take_pulls(finder);
    take_resends(finder);
    finish_sets(finder);
}

void applied_finder_free(AppliedFinder *finder)
{
    part_flags_free(finder->flags);
    part_flags_free(finder->others);
    g_array_unref(finder->pulled);
    g_free(finder);
}
