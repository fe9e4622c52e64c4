/* SPDX-License-Identifier: MIT */
#include "sets/build.h"

#include "sets/answers.h"
#include "sets/applied.h"
#include "sets/notices.h"
#include "sets/reviews.h"
#include "sets/revision.h"
#include "sets/selection.h"
#include "sets/series.h"
#include "sets/state.h"
#include "sets/threads.h"
#include "sets/updates.h"

#include "base/banned.h"

static void find_kinds_and_speakers(Sets *sets)
{
    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = &sets->records[i];

        sets->kinds[i] = people_kind_of_record(sets->people, record);
        sets->speakers[i] =
            people_speaker(sets->people, record->sender, record->author);
    }
}

/* A mail that its list wrapped has two ids; a copy that came by itself goes
 * before it. */
static void index_inner_links(Sets *sets)
{
    for (unsigned i = 0; i < sets->count; i++) {
        const uint64_t link = sets->records[i].fields.inner_link;

        if (link != 0 && map_get(sets->by_link, link) == NULL)
            map_put(sets->by_link, link, GINT_TO_POINTER((int)i + 1));
    }
}

/* Last first, so that chains of one Message-ID run from early to late. */
static void index_links(Sets *sets)
{
    for (unsigned i = sets->count; i-- > 0;) {
        const uint64_t link = sets->records[i].own_link;

        if (link == 0)
            continue;

        gpointer known = map_get(sets->by_link, link);

        if (known != NULL)
            sets->next_of_link[i] = GPOINTER_TO_INT(known) - 1;
        map_put(sets->by_link, link, GINT_TO_POINTER((int)i + 1));
    }
    index_inner_links(sets);
}

Sets *sets_build_members_only(const PostRecord *records, unsigned count,
                              const People *people, SubjectCache *subjects)
{
    Sets *sets = sets_new_empty(records, count, people, subjects);

    find_kinds_and_speakers(sets);
    index_links(sets);
    threads_find(sets);
    updates_find(sets);
    series_find(sets);
    return sets;
}

struct SetsBuilding {
    Sets *sets;
    AppliedFinder *applied;
    RevisionFinder *revisions;
};

SetsBuilding *sets_begin(const PostRecord *records, unsigned count,
                         const People *people, SubjectCache *subjects)
{
    Sets *sets = sets_build_members_only(records, count, people, subjects);
    SetsBuilding *building = g_new0(SetsBuilding, 1);

    building->sets = sets;
    answers_find(sets);
    notices_judge(sets);
    building->applied = applied_find_notices(sets);
    building->revisions = revision_find_ties(sets);
    return building;
}

const Sets *sets_so_far(const SetsBuilding *building)
{
    return building->sets;
}

Sets *sets_finish(SetsBuilding *building)
{
    Sets *sets = building->sets;

    revision_find(building->revisions);
    selection_find(sets);
    reviews_find(sets);
    applied_find(building->applied);
    state_find(sets);
    applied_finder_free(building->applied);
    revision_finder_free(building->revisions);
    g_free(building);
    return sets;
}

void sets_building_free(SetsBuilding *building)
{
    if (building == NULL)
        return;
    applied_finder_free(building->applied);
    revision_finder_free(building->revisions);
    sets_free(building->sets);
    g_free(building);
}

Sets *sets_build(const PostRecord *records, unsigned count,
                 const People *people, SubjectCache *subjects)
{
    return sets_finish(sets_begin(records, count, people, subjects));
}
