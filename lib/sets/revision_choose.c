/* SPDX-License-Identifier: MIT */
#include "sets/revision_choose.h"

#include "sets/branch_tags.h"

#include "base/banned.h"

static const SetTie *tie_at(const Revisions *revisions, const GArray *ties,
                            unsigned at)
{
    return &g_array_index(revisions->sets->ties, SetTie,
                          g_array_index(ties, unsigned, at));
}

static unsigned count_of(const GArray *ties)
{
    return ties == NULL ? 0 : ties->len;
}

static const PatchSet *set_at(const Revisions *revisions, int set)
{
    return sets_get(revisions->sets, set);
}

static bool are_tied(const Revisions *revisions, const Neighbour *neighbours,
                     int older, int newer)
{
    const GArray *ties = neighbours[newer].older;

    for (unsigned i = 0; i < count_of(ties); i++) {
        if (tie_at(revisions, ties, i)->older == older)
            return true;
    }
    return false;
}

/* Half of a series that goes on may be sent alone, as other work: the parts
 * that two sets share show nothing if the older one surely goes on later in a
 * set that the newer one has nothing to do with, and is no version between. */
static bool is_void(const Revisions *revisions, const Neighbour *neighbours,
                    const SetTie *tie)
{
    const GArray *newer = neighbours[tie->older].newer;
    const unsigned version = set_at(revisions, tie->newer)->version;

    for (unsigned i = 0; tie->parts != 0 && i < newer->len; i++) {
        const SetTie *sure = tie_at(revisions, newer, i);

        if (sure->parts == 0 && sure->newer > tie->newer &&
            !are_tied(revisions, neighbours, tie->newer, sure->newer) &&
            (version <= set_at(revisions, tie->older)->version ||
             version >= set_at(revisions, sure->newer)->version))
            return true;
    }
    return false;
}

/* What is sure before what only parts show, many parts before few. */
static bool is_better(const SetTie *tie, const SetTie *best)
{
    if (best == NULL || (tie->parts == 0) != (best->parts == 0))
        return best == NULL || tie->parts == 0;
    return tie->parts > best->parts;
}

/* The latest of those equally good. */
static const SetTie *best_tie(const Revisions *revisions,
                              const Neighbour *neighbours, int set)
{
    const GArray *ties = neighbours[set].older;
    const SetTie *best = NULL;

    for (unsigned i = count_of(ties); i-- > 0;) {
        const SetTie *tie = tie_at(revisions, ties, i);

        if (is_better(tie, best) && !is_void(revisions, neighbours, tie))
            best = tie;
    }
    return best;
}

/* May a set follow one that it is tied to by nothing, because it is tied to
 * what that one follows? "[PATCH]" again after "[PATCH v2]", where both have
 * the title of the first; v3 after v2. Of two that answer one request for
 * comments none follows the other. */
static bool may_go_on(const Revisions *revisions, const SetTie *tie, int after)
{
    const PatchSet *set = set_at(revisions, tie->newer);
    const PatchSet *last = set_at(revisions, after);

    return !revision_is_same_mail(revisions, last, set) &&
           branch_tags_are_same(
               sets_subject(revisions->sets, last->head)->tags,
               sets_subject(revisions->sets, set->head)->tags) &&
           (set->version > last->version ||
            (tie->parts == 0 &&
             (revision_is_resend(revisions, set) ||
              revision_has_title(revisions, set_at(revisions, tie->older)->head,
                                 set->head))));
}

/* Follows the chain from the older end of a tie to its last set, as far as the
 * newer one goes on from there. */
static int end_of_chain(const Revisions *revisions, const Neighbour *neighbours,
                        const SetTie *tie)
{
    int last = tie->older;

    for (;;) {
        const int next = set_at(revisions, last)->newer;

        if (next == SETS_NONE)
            return last;
        if (!are_tied(revisions, neighbours, next, tie->newer) &&
            !may_go_on(revisions, tie, next))
            return SETS_NONE;
        last = next;
    }
}

void revision_choose(const Revisions *revisions, const Neighbour *neighbours)
{
    for (int i = 0; i < (int)revisions->sets->all->len; i++) {
        const SetTie *tie = best_tie(revisions, neighbours, i);
        const int older =
            tie == NULL ? SETS_NONE : end_of_chain(revisions, neighbours, tie);

        if (older == SETS_NONE)
            continue;
        sets_get(revisions->sets, i)->older = older;
        sets_get(revisions->sets, older)->newer = i;
    }
}
