/* SPDX-License-Identifier: MIT */
#include "sets/updates.h"

#include "sets/shared_lines.h"

#include "base/banned.h"

enum { STEPS_MAX = 64 }; /* up a thread */

static bool shares_path(const PostRecord *one, const PostRecord *other)
{
    uint32_t paths[RECORD_PATHS_MAX], others[RECORD_PATHS_MAX];
    const unsigned count = record_path_digests(one, paths);
    const unsigned other_count = record_path_digests(other, others);

    for (unsigned i = 0; i < count; i++) {
        for (unsigned j = 0; j < other_count; j++) {
            if (paths[i] == others[j])
                return true;
        }
    }
    return false;
}

/* The title and a file, a line, or all of the diff. */
static bool is_form_of(const PostRecord *post, const PostRecord *other)
{
    return ((post->flags & POST_UPDATE_TITLED) != 0 &&
            shares_path(post, other)) ||
           shared_lines_any(post, other) ||
           (post->patch_link != 0 && post->patch_link == other->patch_link);
}

/* Is it a form of a patch above it by the same person? */
static bool has_form_above(const Sets *sets, unsigned record)
{
    int above = sets->parents[record];

    for (unsigned step = 0; above != SETS_NONE && step < STEPS_MAX;
         step++, above = sets->parents[above]) {
        if (sets->kinds[above] == POST_PATCH &&
            sets_is_same_person(sets, record, (unsigned)above) &&
            is_form_of(&sets->records[record], &sets->records[above]))
            return true;
    }
    return false;
}

void updates_find(Sets *sets)
{
    for (unsigned i = 0; i < sets->count; i++) {
        if (sets->kinds[i] == POST_REPLY &&
            (sets->records[i].flags & POST_MAY_UPDATE) != 0 &&
            has_form_above(sets, i))
            sets->kinds[i] = POST_PATCH;
    }
}
