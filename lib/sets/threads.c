/* SPDX-License-Identifier: MIT */
#include "sets/threads.h"

#include "activity/links.h"

#include "base/banned.h"

/* A reply that names nothing comes while the patch is talked of. */
static const int64_t STRAY_MS = INT64_C(60) * 24 * 3600 * 1000;

static unsigned root_of(unsigned *threads, unsigned record)
{
    while (threads[record] != record) {
        threads[record] = threads[threads[record]];
        record = threads[record];
    }
    return record;
}

/* The earlier of two roots stays, so a thread is named by its first post. */
static void join(unsigned *threads, unsigned one, unsigned other)
{
    const unsigned left = root_of(threads, one);
    const unsigned right = root_of(threads, other);

    threads[MAX(left, right)] = MIN(left, right);
}

static void join_by(Map *named, unsigned *threads, uint64_t link,
                    unsigned record)
{
    if (link == 0)
        return;

    gpointer known = map_get(named, link);

    if (known != NULL)
        join(threads, GPOINTER_TO_UINT(known) - 1, record);
    else
        map_put(named, link, GUINT_TO_POINTER(record + 1));
}

static void find_threads(Sets *sets)
{
    g_autoptr(Map) named = map_new(NULL);
    unsigned *threads = sets->threads;

    map_reserve(named, sets->count);
    for (unsigned i = 0; i < sets->count; i++)
        threads[i] = i;
    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = &sets->records[i];

        join_by(named, threads, record->own_link, i);
        join_by(named, threads, record->parent_link, i);
        join_by(named, threads, record->root_link, i);
        if (sets->parents[i] != SETS_NONE)
            join(threads, (unsigned)sets->parents[i], i);
    }
    for (unsigned i = 0; i < sets->count; i++)
        threads[i] = root_of(threads, i);
}

enum { UNSEEN, ON_PATH, DONE };

/* Walks up from a record to where depths are known, then down again. */
static void find_depths_above(Sets *sets, uint8_t *states, unsigned record,
                              GArray *path)
{
    g_array_set_size(path, 0);
    while (states[record] == UNSEEN) {
        const int parent = sets->parents[record];

        states[record] = ON_PATH;
        g_array_append_val(path, record);
        if (parent == SETS_NONE)
            break;
        if (states[parent] == ON_PATH) {
            sets->parents[record] = SETS_NONE;
            break;
        }
        record = (unsigned)parent;
    }
    for (unsigned i = path->len; i-- > 0;) {
        const unsigned at = g_array_index(path, unsigned, i);
        const int parent = sets->parents[at];

        states[at] = DONE;
        sets->depths[at] = parent == SETS_NONE ? 0 : sets->depths[parent] + 1;
    }
}

static void find_depths(Sets *sets)
{
    g_autofree uint8_t *states = g_new0(uint8_t, sets->count + 1);
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(unsigned));

    for (unsigned i = 0; i < sets->count; i++)
        find_depths_above(sets, states, i, path);
}

/* --- replies that name nothing ------------------------------------------- */

/* The same title, and the same part of the same version where it says so. */
static bool is_same_subject(const PatchSubject *reply, const PatchSubject *part)
{
    if (!reply->is_patch && !reply->has_number)
        return true;
    return reply->version == part->version && reply->minor == part->minor &&
           reply->number == part->number && reply->total == part->total;
}

static int find_by_subject(Sets *sets, const GArray *parts, unsigned reply)
{
    const int64_t arrival_ms = sets->records[reply].arrival_ms;

    for (unsigned i = parts->len; i-- > 0;) {
        const unsigned part = g_array_index(parts, unsigned, i);

        if (arrival_ms - sets->records[part].arrival_ms > STRAY_MS)
            break;
        if (is_same_subject(sets_subject(sets, reply),
                            sets_subject(sets, part)))
            return (int)part;
    }
    return SETS_NONE;
}

static bool is_stray(Sets *sets, unsigned record)
{
    const PostRecord *post = &sets->records[record];

    return activity_may_be_stray(post) &&
           activity_is_stray(post, sets_subject(sets, record));
}

/* The titles that strays have -> parts of that title so far; NULL if there are
 * no strays. */
static Map *index_strays(Sets *sets)
{
    Map *titles = NULL;

    for (unsigned i = 0; i < sets->count; i++) {
        uint64_t title;

        if (!is_stray(sets, i))
            continue;
        title = sets_title(sets, i);
        if (titles == NULL)
            titles = map_new((GDestroyNotify)g_array_unref);
        if (map_get(titles, title) == NULL)
            map_put(titles, title, g_array_new(FALSE, FALSE, sizeof(unsigned)));
    }
    return titles;
}

static void find_strays(Sets *sets)
{
    g_autoptr(Map) titles = index_strays(sets);

    if (titles == NULL)
        return;
    for (unsigned i = 0; i < sets->count; i++) {
        const bool is_part = sets_is_part(sets, i);
        uint64_t title;
        GArray *parts;

        if (!is_part && !is_stray(sets, i))
            continue;
        title = sets_title(sets, i);
        parts = map_get(titles, title);
        if (parts != NULL && is_part)
            g_array_append_val(parts, i);
        else if (parts != NULL)
            sets->parents[i] = find_by_subject(sets, parts, i);
    }
}

/* What a record answers, or where that is not on the list, the nearest of its
 * ancestors that is. */
static int find_nearest(const Sets *sets, unsigned index)
{
    const PostRecord *record = &sets->records[index];
    int found = sets_find(sets, record->parent_link, (int)index);

    for (unsigned i = 0;
         found == SETS_NONE && i < record->fields.ancestor_count; i++)
        found = sets_find(sets, record->fields.ancestors[i], (int)index);
    return found;
}

void threads_find(Sets *sets)
{
    for (unsigned i = 0; i < sets->count; i++)
        sets->parents[i] = find_nearest(sets, i);
    find_strays(sets);
    find_threads(sets);
    find_depths(sets);
}
