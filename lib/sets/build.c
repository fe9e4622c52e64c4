/* SPDX-License-Identifier: MIT */
#include "sets/build.h"

#include "sets/applied.h"
#include "sets/outcome.h"
#include "sets/revision.h"
#include "sets/series.h"
#include "sets/thread.h"

#include "base/banned.h"

static void find_kinds_and_speakers(Assembly *assembly)
{
    for (unsigned i = 0; i < assembly->count; i++) {
        const PostRecord *record = &assembly->records[i];

        assembly->kinds[i] =
            crowd_kind(assembly->crowd, record->sender, record->author,
                       record->kind, record->kind_of_bot);
        assembly->speakers[i] =
            crowd_speaker(assembly->crowd, record->sender, record->author);
    }
}

/* Last first, so that chains of one Message-ID run from early to late. */
static void index_links(Assembly *assembly)
{
    for (unsigned i = assembly->count; i-- > 0;) {
        const uint64_t *link = &assembly->records[i].own_link;

        if (*link == 0)
            continue;

        const gpointer known = g_hash_table_lookup(assembly->by_link, link);

        if (known != NULL)
            assembly->next_of_link[i] = GPOINTER_TO_INT(known) - 1;
        g_hash_table_replace(assembly->by_link, (gpointer)(uintptr_t)link,
                             GINT_TO_POINTER((int)i + 1));
    }
}

Assembly *sets_build_members_only(const PostRecord *records, unsigned count,
                                  const Crowd *crowd, Subjects *subjects)
{
    Assembly *assembly = assembly_new_empty(records, count, crowd, subjects);

    find_kinds_and_speakers(assembly);
    index_links(assembly);
    thread_find(assembly);
    series_find(assembly);
    return assembly;
}

Assembly *sets_build(const PostRecord *records, unsigned count,
                     const Crowd *crowd, Subjects *subjects)
{
    Assembly *assembly =
        sets_build_members_only(records, count, crowd, subjects);

    outcome_find_answers(assembly);
    bool **flags = applied_find_notices(assembly);
    revision_find(assembly);
    outcome_find(assembly);
    applied_find(assembly, flags);
    return assembly;
}
