/* SPDX-License-Identifier: MIT */
#include "sets/selection.h"

#include "sets/branch_tags.h"

#include "base/banned.h"

/* Whose words a mail is, is not who wrote the patch in it. */
static bool is_by_another(const Sets *sets, unsigned record)
{
    const uint32_t author =
        people_person(sets->people, sets->records[record].author);

    return author != 0 && author != sets->speakers[record];
}

static bool are_by_others(const Sets *sets, const PatchSet *set)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if (member->number > 0 && !is_by_another(sets, member->record))
            return false;
    }
    return set->seen > 0;
}

/* One patch of another's for a release ("[PATCH 19.07]") asks to be taken;
 * several are what was taken. */
static bool is_selection(Sets *sets, const PatchSet *set)
{
    const GPtrArray *tags = sets_subject(sets, set->head)->tags;

    if (set->is_pull)
        return false;
    if (branch_tags_are_automatic(tags))
        return true;
    return (branch_tags_name_port(tags) ||
            (branch_tags_name_release(tags) && set->total > 1)) &&
           are_by_others(sets, set);
}

void selection_find(Sets *sets)
{
    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        set->is_selection = is_selection(sets, set);
    }
}
