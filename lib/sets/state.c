/* SPDX-License-Identifier: MIT */
#include "sets/state.h"

#include "base/banned.h"

/* Of what is still open, only what is whole and heard nothing waits. */
static SetState open_state_of(const PatchSet *set)
{
    if (set->is_continued)
        return SET_CONTINUED;
    if (set->is_selection)
        return SET_SELECTION;
    if (set->notices->len > 0)
        return SET_NOTICED;
    if (set->first_answer != SETS_NONE)
        return SET_ANSWERED;
    return set->is_complete ? SET_WAITING : SET_INCOMPLETE;
}

static SetState state_of(const PatchSet *set)
{
    if (set->applied != SETS_NONE)
        return SET_APPLIED;
    if (set->newer != SETS_NONE)
        return SET_SUPERSEDED;
    if (set->withdrawn != SETS_NONE)
        return SET_WITHDRAWN;
    if (set->repeated_by != CAUSE_NONE)
        return SET_REPEATED;
    return set->pull != SETS_NONE ? SET_REQUESTED : open_state_of(set);
}

void state_find(Sets *sets)
{
    for (unsigned i = 0; i < sets->all->len; i++) {
        PatchSet *set = sets_get(sets, (int)i);

        set->state = state_of(set);
        set->cause = set->state == SET_APPLIED    ? set->applied_by
                     : set->state == SET_REPEATED ? set->repeated_by
                                                  : CAUSE_NONE;
    }
}

bool state_is_open(SetState state)
{
    return state >= SET_CONTINUED;
}
