/* SPDX-License-Identifier: MIT */
#include "sets/notices.h"

#include "sets/authorship.h"

#include "base/banned.h"

/* The topmost post above a record, as far as posts are there. */
static unsigned top_of(const Sets *sets, unsigned record)
{
    for (unsigned steps = sets->depths[record]; steps > 0; steps--)
        record = (unsigned)sets->parents[record];
    return record;
}

/* Some patches are no parts, since their subjects do not say so. */
static bool is_below_patch(const Sets *sets, const bool *answered_by_parts,
                           unsigned record)
{
    int above = sets->parents[record];

    for (unsigned steps = sets->depths[record]; steps > 0 && above != SETS_NONE;
         steps--) {
        if ((sets->records[above].flags & POST_OWN_DIFF) != 0 ||
            answered_by_parts[above])
            return true;
        above = sets->parents[above];
    }
    return false;
}

/* Marks posts that patches answer: a cover whose subject does not say so. */
static bool *find_answered_by_parts(const Sets *sets)
{
    bool *answered = g_new0(bool, (size_t)sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++)
        if (sets_is_part(sets, i) && sets->parents[i] != SETS_NONE)
            answered[sets->parents[i]] = true;
    return answered;
}

/* Of a post that answers no part: the mail's own evidence is all there is if
 * its thread does not begin here. */
static PostKind kind_without_part(const Sets *sets,
                                  const bool *answered_by_parts,
                                  unsigned record)
{
    if (is_below_patch(sets, answered_by_parts, record))
        return POST_NOTICE;
    return sets->records[top_of(sets, record)].parent_link == 0
               ? POST_REPLY
               : sets->kinds[record];
}

static PostKind kind_of(const Sets *sets, const bool *answered_by_parts,
                        unsigned record)
{
    const int member = sets->answers[record];

    if (member == SETS_NONE)
        return kind_without_part(sets, answered_by_parts, record);
    return sets->records[record].notice == PATCH_NOTICE_HUMAN_BARE &&
                   authorship_is_by_author(sets, record, (unsigned)member)
               ? POST_REPLY
               : POST_NOTICE;
}

void notices_judge(Sets *sets)
{
    g_autofree bool *answered_by_parts = find_answered_by_parts(sets);

    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = &sets->records[i];

        if (patch_notice_is_human((PatchNotice)record->notice) &&
            (record->parent_link != 0 || sets->answers[i] != SETS_NONE) &&
            (sets->kinds[i] == POST_NOTICE || sets->kinds[i] == POST_REPLY))
            sets->kinds[i] = kind_of(sets, answered_by_parts, i);
    }
}
