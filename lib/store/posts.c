/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "store/joined.h"
#include "store/keys.h"
#include "store/missing.h"
#include "store/seal.h"
#include "store/store_private.h"

#include <string.h>

#include "base/banned.h"

typedef GBytes *(*OpenBucket)(Store *store, const Reply *value);

/* The buckets that hold the posts asked for, each once. */
typedef struct Buckets {
    Store *store;
    const char *list, *name;
    OpenBucket open;
    GHashTable *index; /* bucket number -> its place in values */
    GPtrArray *keys;   /* char *, of those that are not there yet */
    GPtrArray *values; /* GBytes *, NULL where there is none */
} Buckets;

static void free_bytes(gpointer bytes)
{
    if (bytes != NULL)
        g_bytes_unref(bytes);
}

static void buckets_init(Buckets *buckets, Store *store, const char *list,
                         const char *name, OpenBucket open)
{
    buckets->open = open;
    buckets->store = store;
    buckets->list = list;
    buckets->name = name;
    buckets->index = g_hash_table_new(NULL, NULL);
    buckets->keys = g_ptr_array_new_with_free_func(g_free);
    buckets->values = g_ptr_array_new_with_free_func(free_bytes);
}

static void buckets_clear(Buckets *buckets)
{
    g_hash_table_unref(buckets->index);
    g_ptr_array_unref(buckets->keys);
    g_ptr_array_unref(buckets->values);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Buckets, buckets_clear)

static void want_bucket(Buckets *buckets, unsigned number)
{
    const unsigned place = buckets->values->len + buckets->keys->len;

    if (g_hash_table_contains(buckets->index, GUINT_TO_POINTER(number)))
        return;
    g_hash_table_insert(buckets->index, GUINT_TO_POINTER(number),
                        GUINT_TO_POINTER(place));
    g_ptr_array_add(buckets->keys,
                    keys_numbered(buckets->list, buckets->name, number));
}

static void take_bucket(const Reply *value, unsigned i, void *data)
{
    const Buckets *buckets = data;

    (void)i;
    g_ptr_array_add(buckets->values, buckets->open(buckets->store, value));
}

static bool buckets_fetch(Buckets *buckets, const uint32_t *posts,
                          unsigned count, GError **error)
{
    for (unsigned i = 0; i < count; i++)
        want_bucket(buckets, posts[i] / KEYS_POSTS_IN_BUCKET);

    const bool is_good =
        store_read_values(buckets->store, buckets->list, buckets->keys,
                          take_bucket, buckets, error);

    g_ptr_array_set_size(buckets->keys, 0);
    return is_good;
}

static BytesReader bucket_of(const Buckets *buckets, uint32_t post)
{
    const unsigned at = GPOINTER_TO_UINT(g_hash_table_lookup(
        buckets->index, GUINT_TO_POINTER(post / KEYS_POSTS_IN_BUCKET)));
    GBytes *bytes = g_ptr_array_index(buckets->values, at);
    gsize length = 0;
    const void *start = bytes != NULL ? g_bytes_get_data(bytes, &length) : NULL;

    return bytes_reader(start, length);
}

static bool find_record(const Buckets *buckets, uint32_t post,
                        PostRecord *record)
{
    BytesReader reader = bucket_of(buckets, post);

    while (reader.at < reader.end) {
        const size_t length = bytes_get(&reader, 2);
        const void *bytes = bytes_get_raw(&reader, length);
        if (bytes == NULL)
            return false;
        BytesReader front = bytes_reader(bytes, length);
        if (bytes_get(&front, 4) == post)
            return record_post_get(bytes, length, record);
    }
    return false;
}

static void clear_record(gpointer record)
{
    record_post_clear(record);
}

struct StorePosts {
    Buckets buckets;
    const Joined *joined; /* several lists: then only readings are there */
    GPtrArray *readings;  /* StorePosts *, one for each */
};

static void free_reading(gpointer posts)
{
    store_posts_free(posts);
}

static StorePosts *read_joined(Store *store, const Joined *joined)
{
    StorePosts *posts = g_new0(StorePosts, 1);

    posts->joined = joined;
    posts->readings = g_ptr_array_new_with_free_func(free_reading);
    for (unsigned i = 0; i < joined->count; i++)
        g_ptr_array_add(posts->readings,
                        store_posts_new(store, joined->members[i].list));
    return posts;
}

StorePosts *store_posts_new(Store *store, const char *list)
{
    const Joined *joined = joined_find(store, list);

    if (joined != NULL)
        return read_joined(store, joined);

    StorePosts *posts = g_new0(StorePosts, 1);

    buckets_init(&posts->buckets, store, list, "posts", seal_open_posts);
    return posts;
}

void store_posts_free(StorePosts *posts)
{
    if (posts == NULL)
        return;
    if (posts->joined != NULL)
        g_ptr_array_unref(posts->readings);
    else
        buckets_clear(&posts->buckets);
    g_free(posts);
}

GArray *store_posts_read(StorePosts *reading, const uint32_t *posts,
                         unsigned count, GError **error)
{
    if (reading->joined != NULL)
        return joined_posts(reading->joined,
                            (StorePosts *const *)reading->readings->pdata,
                            posts, count, error);
    if (!buckets_fetch(&reading->buckets, posts, count, error))
        return NULL;
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) records =
        g_array_sized_new(FALSE, TRUE, sizeof(PostRecord), count);
    g_array_set_clear_func(records, clear_record);
    for (unsigned i = 0; i < count; i++) {
        PostRecord record = { 0 };
        if (!find_record(&reading->buckets, posts[i], &record)) {
            record = (PostRecord){ 0 };
            g_array_append_val(gone, posts[i]);
        }
        g_array_append_val(records, record);
    }
    const Buckets *buckets = &reading->buckets;
    return missing_note_posts(buckets->store, buckets->list, gone, error)
               ? g_steal_pointer(&records)
               : NULL;
}

GArray *store_posts(Store *store, const char *list, const uint32_t *posts,
                    unsigned count, GError **error)
{
    g_autoptr(StorePosts) reading = store_posts_new(store, list);

    return store_posts_read(reading, posts, count, error);
}

static char *find_text(const Buckets *buckets, uint32_t post)
{
    BytesReader reader = bucket_of(buckets, post);

    while (reader.at < reader.end) {
        const uint32_t number = (uint32_t)bytes_get(&reader, 4);
        const size_t length = bytes_get(&reader, 4);
        const void *bytes = bytes_get_raw(&reader, length);
        if (bytes == NULL)
            return NULL;
        if (number == post)
            return g_strndup(bytes, length);
    }
    return NULL;
}

GPtrArray *store_texts(Store *store, const char *list, const uint32_t *posts,
                       unsigned count, GError **error)
{
    const Joined *joined = joined_find(store, list);

    if (joined != NULL)
        return joined_texts(store, joined, posts, count, error);

    g_auto(Buckets) buckets;

    buckets_init(&buckets, store, list, "texts", seal_open_texts);
    if (!buckets_fetch(&buckets, posts, count, error))
        return NULL;
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(texts, find_text(&buckets, posts[i]));
    return texts;
}
