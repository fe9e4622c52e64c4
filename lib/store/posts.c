/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/map.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/list.h"
#include "store/missing.h"
#include "store/seal.h"

#include <string.h>

#include "base/banned.h"

enum { MILLISECONDS = 1000 };

static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;
static const int64_t FIRST_MAIL = INT64_C(31536000); /* 1971, in seconds */

typedef GBytes *(*OpenBucket)(Store *store, const Reply *value);

/* The place of an entry in a bucket; NULL if there is none. */
typedef struct Entry {
    const void *bytes;
    size_t length;
    uint32_t post;
} Entry;

typedef struct Bucket {
    bool is_asked; /* it is among the keys */
    GBytes *bytes; /* NULL if there is none */
    Entry entries[LAYOUT_POSTS_IN_BUCKET];
} Bucket;

/* Fills in the entries of a bucket that was opened. */
typedef void (*IndexBucket)(Bucket *bucket);

/* The buckets of the posts asked for, each once. */
typedef struct Buckets {
    Store *store;
    const char *list, *name;
    OpenBucket open;
    IndexBucket index;
    Map *places;     /* bucket number -> 1 + its place in values */
    GPtrArray *keys; /* char *, of those that are asked for */
    GArray *asked;   /* unsigned: their places */
    GArray *values;  /* Bucket */
} Buckets;

static void clear_bucket(gpointer data)
{
    Bucket *bucket = data;

    g_clear_pointer(&bucket->bytes, g_bytes_unref);
}

static void buckets_init(Buckets *buckets, Store *store, const char *list,
                         const char *name, OpenBucket open, IndexBucket index)
{
    buckets->open = open;
    buckets->index = index;
    buckets->store = store;
    buckets->list = list;
    buckets->name = name;
    buckets->places = map_new(NULL);
    buckets->keys = g_ptr_array_new_with_free_func(g_free);
    buckets->asked = g_array_new(FALSE, FALSE, sizeof(unsigned));
    buckets->values = g_array_new(FALSE, TRUE, sizeof(Bucket));
    g_array_set_clear_func(buckets->values, clear_bucket);
}

static void buckets_clear(Buckets *buckets)
{
    map_free(buckets->places);
    g_ptr_array_unref(buckets->keys);
    g_array_unref(buckets->asked);
    g_array_unref(buckets->values);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Buckets, buckets_clear)

static Bucket *bucket_at(const Buckets *buckets, unsigned place)
{
    return &g_array_index(buckets->values, Bucket, place);
}

static unsigned place_of(Buckets *buckets, unsigned number)
{
    const unsigned known = GPOINTER_TO_UINT(map_get(buckets->places, number));

    if (known != 0)
        return known - 1;
    g_array_set_size(buckets->values, buckets->values->len + 1);
    map_put(buckets->places, number, GUINT_TO_POINTER(buckets->values->len));
    return buckets->values->len - 1;
}

static const Entry *entry_in(const Bucket *bucket, uint32_t post)
{
    const Entry *entry = &bucket->entries[post % LAYOUT_POSTS_IN_BUCKET];

    return entry->bytes != NULL && entry->post == post ? entry : NULL;
}

/* A bucket that was there may have grown by the post since. */
static void want_post(Buckets *buckets, uint32_t post)
{
    const unsigned number = post / LAYOUT_POSTS_IN_BUCKET;
    const unsigned place = place_of(buckets, number);
    Bucket *bucket = bucket_at(buckets, place);

    if (bucket->is_asked || entry_in(bucket, post) != NULL)
        return;
    bucket->is_asked = true;
    g_array_append_val(buckets->asked, place);
    g_ptr_array_add(buckets->keys,
                    keys_numbered(buckets->list, buckets->name, number));
}

static void take_bucket(const Reply *value, unsigned i, void *data)
{
    const Buckets *buckets = data;
    Bucket *bucket =
        bucket_at(buckets, g_array_index(buckets->asked, unsigned, i));

    clear_bucket(bucket);
    *bucket = (Bucket){ .bytes = buckets->open(buckets->store, value) };
    if (bucket->bytes != NULL)
        buckets->index(bucket);
}

static bool buckets_fetch(Buckets *buckets, const uint32_t *posts,
                          unsigned count, GError **error)
{
    for (unsigned i = 0; i < count; i++)
        want_post(buckets, posts[i]);

    const bool is_good =
        store_read_values(buckets->store, buckets->list, buckets->keys,
                          take_bucket, buckets, error);

    g_ptr_array_set_size(buckets->keys, 0);
    g_array_set_size(buckets->asked, 0);
    return is_good;
}

/* Returns NULL if there is none. */
static const Entry *entry_of(const Buckets *buckets, uint32_t post)
{
    const unsigned at = GPOINTER_TO_UINT(
        map_get(buckets->places, post / LAYOUT_POSTS_IN_BUCKET));

    return entry_in(bucket_at(buckets, at - 1), post);
}

static BytesReader reader_of(const Bucket *bucket)
{
    gsize length = 0;
    const void *start = g_bytes_get_data(bucket->bytes, &length);

    return bytes_reader(start, length);
}

/* Of two entries of one post, the first counts. */
static void set_entry(Bucket *bucket, uint32_t post, const void *bytes,
                      size_t length)
{
    Entry *entry = &bucket->entries[post % LAYOUT_POSTS_IN_BUCKET];

    if (entry->bytes == NULL)
        *entry = (Entry){ bytes, length, post };
}

/* What follows a damaged length cannot be read. */
static void index_records(Bucket *bucket)
{
    BytesReader reader = reader_of(bucket);

    while (reader.at < reader.end) {
        const size_t length = bytes_get(&reader, 2);
        const void *bytes = bytes_get_raw(&reader, length);
        if (bytes == NULL)
            return;
        BytesReader front = bytes_reader(bytes, length);
        set_entry(bucket, (uint32_t)bytes_get(&front, 4), bytes, length);
    }
}

static void index_texts(Bucket *bucket)
{
    BytesReader reader = reader_of(bucket);

    while (reader.at < reader.end) {
        const uint32_t post = (uint32_t)bytes_get(&reader, 4);
        const size_t length = bytes_get(&reader, 4);
        const void *bytes = bytes_get_raw(&reader, length);
        if (bytes == NULL)
            return;
        set_entry(bucket, post, bytes, length);
    }
}

static bool find_record(const Buckets *buckets, uint32_t post,
                        PostRecord *record)
{
    const Entry *entry = entry_of(buckets, post);

    return entry != NULL &&
           record_post_get(entry->bytes, entry->length, record);
}

static void clear_record(gpointer record)
{
    record_post_clear(record);
}

/* If the store reads by Date, makes the Date of a post its arrival, unless it
 * has none, or one that is older than mail or more than a day later than its
 * arrival. */
static void move_to_date(const Store *store, PostRecord *record)
{
    const int64_t arrival_ms = record->arrival_ms;

    if (store->dated != NULL && record->has_date &&
        record->date >= FIRST_MAIL &&
        record->date <= (arrival_ms + DAY_MS) / MILLISECONDS)
        record->arrival_ms = record->date * MILLISECONDS;
}

struct ListPosts {
    Buckets buckets;
};

ListPosts *list_posts_new(Store *store, const char *list)
{
    ListPosts *posts = g_new0(ListPosts, 1);

    buckets_init(&posts->buckets, store, list, "posts", seal_open_posts,
                 index_records);
    return posts;
}

void list_posts_free(ListPosts *posts)
{
    if (posts == NULL)
        return;
    buckets_clear(&posts->buckets);
    g_free(posts);
}

GArray *list_posts_read(ListPosts *reading, const uint32_t *posts,
                        unsigned count, GError **error)
{
    const Buckets *buckets = &reading->buckets;

    if (!buckets_fetch(&reading->buckets, posts, count, error))
        return NULL;
    g_autoptr(GArray) gone = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) records =
        g_array_sized_new(FALSE, TRUE, sizeof(PostRecord), count);
    g_array_set_clear_func(records, clear_record);
    for (unsigned i = 0; i < count; i++) {
        PostRecord record = { 0 };
        if (find_record(buckets, posts[i], &record)) {
            move_to_date(buckets->store, &record);
        } else {
            record = (PostRecord){ 0 };
            g_array_append_val(gone, posts[i]);
        }
        g_array_append_val(records, record);
    }
    return missing_note_posts(buckets->store, buckets->list, gone, error)
               ? g_steal_pointer(&records)
               : NULL;
}

static char *find_text(const Buckets *buckets, uint32_t post)
{
    const Entry *entry = entry_of(buckets, post);

    return entry == NULL ? NULL : g_strndup(entry->bytes, entry->length);
}

GPtrArray *list_texts(Store *store, const char *list, const uint32_t *posts,
                      unsigned count, GError **error)
{
    g_auto(Buckets) buckets;

    buckets_init(&buckets, store, list, "texts", seal_open_texts, index_texts);
    if (!buckets_fetch(&buckets, posts, count, error))
        return NULL;
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(texts, find_text(&buckets, posts[i]));
    return texts;
}

bool store_differs(Store *store, const char *list, uint32_t post, bool *differs,
                   GError **error)
{
    g_autofree char *key = keys_of_list(list, "differs");
    g_autofree char *number = g_strdup_printf("%u", post);
    g_autoptr(Batch) batch = batch_new();

    batch_add_words(batch, list, "GETBIT", key, number, NULL);
    if (!router_run_good(store->router, batch, error))
        return false;
    *differs = batch_reply(batch, 0)->integer != 0;
    return true;
}
