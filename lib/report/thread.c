/* SPDX-License-Identifier: MIT */
#include "report/thread.h"

#include "base/banned.h"

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

static void join_by(GHashTable *named, unsigned *threads, const uint64_t *link,
                    unsigned record)
{
    if (*link == 0)
        return;

    const gpointer known = g_hash_table_lookup(named, link);

    if (known != NULL)
        join(threads, GPOINTER_TO_UINT(known) - 1, record);
    else
        g_hash_table_insert(named, (gpointer)(uintptr_t)link,
                            GUINT_TO_POINTER(record + 1));
}

static void find_threads(Assembly *assembly)
{
    g_autoptr(GHashTable) named = g_hash_table_new(g_int64_hash, g_int64_equal);
    unsigned *threads = assembly->threads;

    for (unsigned i = 0; i < assembly->count; i++)
        threads[i] = i;
    for (unsigned i = 0; i < assembly->count; i++) {
        const PostRecord *record = &assembly->records[i];

        join_by(named, threads, &record->own_link, i);
        join_by(named, threads, &record->parent_link, i);
        join_by(named, threads, &record->root_link, i);
    }
    for (unsigned i = 0; i < assembly->count; i++)
        threads[i] = root_of(threads, i);
}

enum { UNSEEN, ON_PATH, DONE };

/* Walks up from a record to where depths are known, then down again. */
static void find_depths_above(Assembly *assembly, uint8_t *states,
                              unsigned record, GArray *path)
{
    g_array_set_size(path, 0);
    while (states[record] == UNSEEN) {
        const int parent = assembly->parents[record];

        states[record] = ON_PATH;
        g_array_append_val(path, record);
        if (parent == ASSEMBLY_NONE)
            break;
        if (states[parent] == ON_PATH) {
            assembly->parents[record] = ASSEMBLY_NONE;
            break;
        }
        record = (unsigned)parent;
    }
    for (unsigned i = path->len; i-- > 0;) {
        const unsigned at = g_array_index(path, unsigned, i);
        const int parent = assembly->parents[at];

        states[at] = DONE;
        assembly->depths[at] =
            parent == ASSEMBLY_NONE ? 0 : assembly->depths[parent] + 1;
    }
}

static void find_depths(Assembly *assembly)
{
    g_autofree uint8_t *states = g_new0(uint8_t, assembly->count + 1);
    g_autoptr(GArray) path = g_array_new(FALSE, FALSE, sizeof(unsigned));

    for (unsigned i = 0; i < assembly->count; i++)
        find_depths_above(assembly, states, i, path);
}

void thread_find(Assembly *assembly)
{
    find_threads(assembly);
    for (unsigned i = 0; i < assembly->count; i++)
        assembly->parents[i] =
            assembly_find(assembly, assembly->records[i].parent_link, (int)i);
    find_depths(assembly);
}
