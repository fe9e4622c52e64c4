/* SPDX-License-Identifier: MIT */
/*
 * The reading functions of store.h. A name stands for one list (list.h) or for
 * several that were joined (joined.h).
 */
#include "store/joined.h"
#include "store/list.h"

#include "base/banned.h"

GArray *store_rows(Store *store, const char *list, int64_t from_ms,
                   int64_t until_ms, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_rows(store, joined, from_ms, until_ms, error)
                          : list_rows(store, list, from_ms, until_ms, error);
}

bool store_duplicates(Store *store, const char *list, int64_t from_ms,
                      int64_t until_ms, uint64_t *count, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL
               ? joined_duplicates(store, joined, from_ms, until_ms, count,
                                   error)
               : list_duplicates(store, list, from_ms, until_ms, count, error);
}

/* --- records ---------------------------------------------------------- */

struct StorePosts {
    const Joined *joined; /* NULL: of one list */
    GPtrArray *lists;     /* ListPosts *, of each list */
};

static void free_list_posts(gpointer posts)
{
    list_posts_free(posts);
}

StorePosts *store_posts_new(Store *store, const char *list)
{
    StorePosts *posts = g_new0(StorePosts, 1);

    posts->joined = joined_find(store, list);
    posts->lists = g_ptr_array_new_with_free_func(free_list_posts);
    if (posts->joined == NULL)
        g_ptr_array_add(posts->lists, list_posts_new(store, list));
    for (unsigned i = 0; posts->joined != NULL && i < posts->joined->count; i++)
        g_ptr_array_add(posts->lists,
                        list_posts_new(store, posts->joined->members[i].list));
    return posts;
}

void store_posts_free(StorePosts *posts)
{
    if (posts == NULL)
        return;
    g_ptr_array_unref(posts->lists);
    g_free(posts);
}

GArray *store_posts_read(StorePosts *reading, const uint32_t *posts,
                         unsigned count, GError **error)
{
    ListPosts *const *lists = (ListPosts *const *)reading->lists->pdata;

    return reading->joined != NULL
               ? joined_posts(reading->joined, lists, posts, count, error)
               : list_posts_read(lists[0], posts, count, error);
}

GArray *store_posts(Store *store, const char *list, const uint32_t *posts,
                    unsigned count, GError **error)
{
    g_autoptr(StorePosts) reading = store_posts_new(store, list);

    return store_posts_read(reading, posts, count, error);
}

GPtrArray *store_texts(Store *store, const char *list, const uint32_t *posts,
                       unsigned count, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_texts(store, joined, posts, count, error)
                          : list_texts(store, list, posts, count, error);
}

bool store_note_text(Store *store, const char *list, const PostRecord *record,
                     const char *text, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_note_text(store, joined, record, text, error)
                          : list_note_text(store, list, record, text, error);
}

/* --- finding ---------------------------------------------------------- */

StoreFound *store_find(Store *store, const char *list, const uint64_t *keys,
                       unsigned count, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_links(store, joined, keys, count, error)
                          : list_find(store, list, keys, count, error);
}

bool store_find_mark(Store *store, const char *list, const char *prefix,
                     uint32_t *post, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_mark(store, joined, prefix, post, error)
                          : list_find_mark(store, list, prefix, post, error);
}

/* --- people ----------------------------------------------------------- */

GArray *store_people(Store *store, const char *list, const uint32_t *people,
                     unsigned count, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_people(store, joined, people, count, error)
                          : list_people(store, list, people, count, error);
}

GArray *store_people_of(Store *store, const char *list,
                        const char *const *addresses, unsigned count,
                        GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL
               ? joined_people_of(store, joined, addresses, count, error)
               : list_people_of(store, list, addresses, count, error);
}

GArray *store_people_alike(Store *store, const char *list,
                           const uint32_t *people, unsigned count, unsigned min,
                           GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL
               ? joined_people_alike(store, joined, people, count, min, error)
               : list_people_alike(store, list, people, count, min, error);
}

GArray *store_firsts(Store *store, const char *list, const uint32_t *people,
                     unsigned count, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_firsts(store, joined, people, count, error)
                          : list_firsts(store, list, people, count, error);
}

/* --- the lists -------------------------------------------------------- */

StoreListInfo *store_list_info(Store *store, const char *list, bool with_memory,
                               GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_info(store, joined, list, error)
                          : list_info(store, list, with_memory, error);
}

bool store_takes_untagged(Store *store, const char *list, const char *setting,
                          int64_t at_ms, bool *takes_untagged, GError **error)
{
    const Joined *joined = joined_find(store, list);

    return joined != NULL ? joined_takes_untagged(store, joined, setting, at_ms,
                                                  takes_untagged, error)
                          : list_takes_untagged(store, list, setting, at_ms,
                                                takes_untagged, error);
}
