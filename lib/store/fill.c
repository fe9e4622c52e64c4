/* SPDX-License-Identifier: MIT */
#include "store/fill.h"

#include "base/bytes.h"
#include "store/keys.h"
#include "store/seal.h"

#include <string.h>

#include "base/banned.h"

enum { POST_BYTES = 4 };

/* The posts of one bucket. */
typedef struct Filling {
    const char *list;
    uint64_t bucket;
    const FillPost *posts;
    unsigned count;
} Filling;

/* The new form of a bucket. */
typedef struct Making {
    GString *raw, *links;
    unsigned known;
    bool is_changed;
} Making;

static const Activity *activity_for(const Filling *filling, uint32_t post)
{
    for (unsigned i = 0; i < filling->count; i++)
        if (filling->posts[i].post == post)
            return filling->posts[i].activity;
    return NULL;
}

/* What is known now may add links that lead to the post. */
static void add_links(GString *links, uint32_t post, const GArray *keys)
{
    for (unsigned i = 0; i < keys->len; i++) {
        keys_put_digest(links, g_array_index(keys, uint64_t, i));
        for (unsigned j = 0; j < POST_BYTES; j++)
            g_string_append_c(links, (char)(post >> 8 * (POST_BYTES - 1 - j)));
    }
}

static void put_record(GString *raw, const void *bytes, size_t length)
{
    bytes_put(raw, length, 2);
    g_string_append_len(raw, bytes, (gssize)length);
}

/* Returns false if the bytes are not ours; they are then left alone. */
static bool make_record(Making *making, const Filling *filling,
                        const void *bytes, size_t length)
{
    PostRecord record, newer;

    if (!record_post_get(bytes, length, &record))
        return false;
    const Activity *activity = activity_for(filling, record.post);

    if (activity != NULL && record_rear_get(activity->record, &newer)) {
        if (record_fill(&record, &newer)) {
            making->is_changed = true;
            add_links(making->links, record.post, activity->links);
        }
        record_post_clear(&newer);
    }
    g_autoptr(GString) made = g_string_new(NULL);

    record_front_put(made, &record);
    record_rear_put(made, &record);
    const bool fits = made->len <= UINT16_MAX;

    making->known = MIN(making->known, fits ? record.known : 0);
    record_post_clear(&record);
    if (fits)
        put_record(making->raw, made->str, made->len);
    return fits;
}

static void make_bucket(Making *making, const Filling *filling, GBytes *old)
{
    gsize size = 0;
    const void *start = g_bytes_get_data(old, &size);
    BytesReader reader = bytes_reader(start, size);

    while (reader.at < reader.end) {
        const size_t length = bytes_get(&reader, 2);
        const void *bytes = bytes_get_raw(&reader, length);

        if (bytes == NULL) {
            making->is_changed = false; /* damaged: it stays as it is */
            return;
        }
        if (!make_record(making, filling, bytes, length)) {
            making->known = 0;
            put_record(making->raw, bytes, length);
        }
    }
}

static void add_filling(Store *store, Batch *swaps, const Filling *filling,
                        const Reply *value)
{
    g_autoptr(GBytes) old =
        value != NULL ? seal_open_posts(store, value) : NULL;
    g_autoptr(GString) links = g_string_new(NULL);
    Making making = { .raw = g_string_new(NULL),
                      .links = links,
                      .known = RECORD_FIELD_MAX };

    if (old != NULL)
        make_bucket(&making, filling, old);
    g_autoptr(GBytes) raw = g_string_free_to_bytes(making.raw);
    const SealChange change = {
        .bucket = { filling->list, filling->bucket },
        .old = value,
        .raw = raw,
        .known = making.known,
        .links = links,
    };

    if (making.is_changed)
        seal_add_change(store, swaps, &change);
}

static int compare_posts(gconstpointer one, gconstpointer other)
{
    const FillPost *a = one, *b = other;
    const int lists = strcmp(a->activity->list, b->activity->list);

    return lists != 0 ? lists : (a->post > b->post) - (a->post < b->post);
}

static bool is_of(const Filling *filling, const FillPost *post)
{
    return post->post / LAYOUT_POSTS_IN_BUCKET == filling->bucket &&
           strcmp(post->activity->list, filling->list) == 0;
}

static GArray *group(const GArray *posts)
{
    GArray *fillings = g_array_new(FALSE, FALSE, sizeof(Filling));

    for (unsigned i = 0; i < posts->len; i++) {
        const FillPost *post = &g_array_index(posts, FillPost, i);
        Filling *last = fillings->len > 0 ? &g_array_index(fillings, Filling,
                                                           fillings->len - 1)
                                          : NULL;
        const Filling one = { post->activity->list,
                              post->post / LAYOUT_POSTS_IN_BUCKET, post, 1 };

        if (last != NULL && is_of(last, post))
            last->count++;
        else
            g_array_append_val(fillings, one);
    }
    return fillings;
}

bool fill_posts(Store *store, const GArray *posts, GError **error)
{
    g_autoptr(GArray) sorted =
        g_array_sized_new(FALSE, FALSE, sizeof(FillPost), posts->len);
    g_autoptr(Batch) reads = batch_new();
    g_autoptr(Batch) swaps = batch_new();

    if (posts->len == 0)
        return true;
    g_array_append_vals(sorted, posts->data, posts->len);
    g_array_sort(sorted, compare_posts);
    g_autoptr(GArray) fillings = group(sorted);

    for (unsigned i = 0; i < fillings->len; i++) {
        const Filling *filling = &g_array_index(fillings, Filling, i);
        g_autofree char *key =
            keys_numbered(filling->list, "posts", filling->bucket);

        batch_add_words(reads, filling->list, "GET", key, NULL);
    }
    if (!router_run(store->router, reads, error))
        return false;
    for (unsigned i = 0; i < fillings->len; i++)
        add_filling(store, swaps, &g_array_index(fillings, Filling, i),
                    batch_reply(reads, i));
    return seal_run_swaps(store, swaps, error);
}
