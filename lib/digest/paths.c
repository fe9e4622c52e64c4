/* SPDX-License-Identifier: MIT */
#include "digest/paths.h"

#include "digest/digest.h"
#include "digest/top_lists.h"

#include <string.h>

#include "base/banned.h"

char *paths_folder(const char *path)
{
    enum { DEPTH = 2 };
    size_t length = 0;

    for (unsigned i = 0; i < DEPTH; i++) {
        const char *slash = strchr(path + length, '/');

        if (slash == NULL)
            break;
        length = (size_t)(slash - path) + 1;
    }
    return length > 0 ? g_strndup(path, length) : g_strdup(path);
}

static DigestCount *count_of(GHashTable *folders, const char *folder)
{
    DigestCount *count = g_hash_table_lookup(folders, folder);

    if (count == NULL) {
        count = digest_count_new();
        count->who.name = g_strdup(folder);
        g_hash_table_insert(folders, count->who.name, count);
    }
    return count;
}

static void add_patch(GHashTable *folders, const PostRecord *record)
{
    g_autoptr(GHashTable) own =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (char **path = record->fields.paths; path != NULL && *path != NULL;
         path++)
        g_hash_table_add(own, paths_folder(*path));

    GHashTableIter iterator;
    gpointer folder;

    g_hash_table_iter_init(&iterator, own);
    while (g_hash_table_iter_next(&iterator, &folder, NULL)) {
        DigestCount *count = count_of(folders, folder);

        count->count++;
        count->insertions += record->insertions;
        count->deletions += record->deletions;
    }
}

void paths_count(const Sets *sets, const bool *is_inside, unsigned limit,
                 GPtrArray *out)
{
    g_autoptr(GHashTable) folders = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iterator;
    gpointer count;

    for (unsigned i = 0; i < sets->count; i++) {
        if (is_inside[i] && sets->kinds[i] == POST_PATCH)
            add_patch(folders, &sets->records[i]);
    }
    g_hash_table_iter_init(&iterator, folders);
    while (g_hash_table_iter_next(&iterator, NULL, &count))
        g_ptr_array_add(out, count);
    top_lists_sort_and_cut(out, top_lists_compare_counts, limit);
}
