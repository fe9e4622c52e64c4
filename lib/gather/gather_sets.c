/* SPDX-License-Identifier: MIT */
#include "gather/gather_sets.h"

#include "gather/internal.h"
#include "sets/build.h"

#include "base/banned.h"

/* Marks sets with a post that has one of these labels or wishes. */
static bool *find_asked(const Gather *gather, const Sets *sets, unsigned labels,
                        unsigned wishes)
{
    bool *is_asked = g_new0(bool, (size_t)sets->all->len + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        const uint32_t post = sets->records[i].post;

        if (sets->set_of[i] != SETS_NONE &&
            ((gather_labels(gather, post) & labels) != 0 ||
             (gather_wishes(gather, post) & wishes) != 0))
            is_asked[sets->set_of[i]] = true;
    }
    return is_asked;
}

bool gather_want_revisions(Gather *gather, const Sets *sets, unsigned labels,
                           unsigned wishes)
{
    g_autofree bool *is_asked = find_asked(gather, sets, labels, wishes);
    bool has_more = false;

    sets_spread_ties(sets, is_asked);
    for (int i = 0; i < (int)sets->all->len; i++) {
        const uint32_t post = sets->records[sets_get(sets, i)->head].post;

        if (!is_asked[i] || (gather_wishes(gather, post) & GATHER_WHOLE) != 0)
            continue;
        gather_post(gather, post, 0, GATHER_WHOLE);
        has_more = true;
    }
    return has_more;
}

static SetsBuilding *begin(Gather *gather)
{
    const GArray *records = gather_records(gather);

    return sets_begin((const PostRecord *)(void *)records->data, records->len,
                      gather->people, gather->subjects);
}

Sets *gather_sets(Gather *gather, unsigned labels, unsigned wishes,
                  GError **error)
{
    for (unsigned i = 0;; i++) {
        g_autoptr(SetsBuilding) sets = begin(gather);

        if (i == GATHER_REVISION_ROUNDS ||
            !gather_want_revisions(gather, sets_so_far(sets), labels, wishes))
            return sets_finish(g_steal_pointer(&sets));
        if (!gather_run(gather, error))
            return NULL;
    }
}
