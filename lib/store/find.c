/* SPDX-License-Identifier: MIT */
#include "base/hex.h"
#include "store/keys.h"
#include "store/store_private.h"

#include <stdlib.h>
#include <string.h>

enum {
    MARK_PREFIX_MIN = 4,
    LINK_DIGITS = 2 * RECORD_LINK_BYTES,
};

static void put_digest(char *bytes, uint64_t digest)
{
    const uint64_t swapped = GUINT64_TO_BE(digest << 16);

    memcpy(bytes, &swapped, RECORD_LINK_BYTES);
}

/* Members are six bytes of digest and four of post number. */
static void add_range(Batch *batch, const char *list, const char *key,
                      uint64_t from, uint64_t until)
{
    char low[RECORD_LINK_BYTES + 1] = "[";
    char high[RECORD_LINK_BYTES + 5] = "[";
    const char *words[] = { "ZRANGEBYLEX", key, low, high };
    const size_t lengths[] = { strlen("ZRANGEBYLEX"), strlen(key), sizeof(low),
                               sizeof(high) };

    put_digest(low + 1, from);
    put_digest(high + 1, until);
    memset(high + 1 + RECORD_LINK_BYTES, 0xff, 4);
    batch_add(batch, list, G_N_ELEMENTS(words), words, lengths);
}

static void take_members(const Reply *members, GArray *posts)
{
    for (size_t i = 0; i < members->elements; i++) {
        const Reply *member = members->element[i];
        if (!reply_is_string(member) || member->len != RECORD_LINK_BYTES + 4)
            continue;
        uint32_t number = 0;
        memcpy(&number, member->str + RECORD_LINK_BYTES, sizeof(number));
        number = GUINT32_FROM_BE(number);
        g_array_append_val(posts, number);
    }
}

static bool read_generations(Store *store, const char *list,
                             unsigned *generations, GError **error)
{
    uint64_t last = 0;

    if (!store_meta(store, list, "post", &last, error))
        return false;
    *generations = keys_generations((uint32_t)last);
    return true;
}

GPtrArray *store_find(Store *store, const char *list, const uint64_t *keys,
                      unsigned count, GError **error)
{
    unsigned generations = 0;

    if (!read_generations(store, list, &generations, error))
        return NULL;
    g_autoptr(Batch) batch = batch_new();
    for (unsigned i = 0; i < count; i++) {
        for (unsigned g = 0; g < generations; g++) {
            g_autofree char *key =
                keys_bucket(list, "link", g, KEYS_LINK_BITS, keys[i]);
            add_range(batch, list, key, keys[i], keys[i]);
        }
    }
    if (!router_run_good(store->router, batch, error))
        return NULL;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (unsigned i = 0; i < count * generations; i++) {
        const Reply *reply = batch_reply(batch, i);
        if (i % generations == 0)
            g_ptr_array_add(found, g_array_new(FALSE, FALSE, sizeof(uint32_t)));
        take_members(reply, g_ptr_array_index(found, found->len - 1));
    }
    return g_steal_pointer(&found);
}

/* All posts with a mark that starts so, by the first 48 bits. */
static GArray *find_mark_posts(Store *store, const char *list,
                               const char *prefix, GError **error)
{
    char low[LINK_DIGITS + 1], high[LINK_DIGITS + 1];
    const size_t length = MIN(strlen(prefix), (size_t)LINK_DIGITS);
    unsigned generations = 0;

    if (!read_generations(store, list, &generations, error))
        return NULL;
    memset(low, '0', LINK_DIGITS);
    memset(high, 'f', LINK_DIGITS);
    memcpy(low, prefix, length);
    memcpy(high, prefix, length);
    low[LINK_DIGITS] = high[LINK_DIGITS] = '\0';
    const uint64_t from = strtoull(low, NULL, 16);
    const uint64_t until = strtoull(high, NULL, 16);
    g_autoptr(Batch) batch = batch_new();
    for (unsigned g = 0; g < generations; g++) {
        g_autofree char *key =
            keys_bucket(list, "mark", g, KEYS_MARK_BITS, from);
        add_range(batch, list, key, from, until);
    }
    if (!router_run_good(store->router, batch, error))
        return NULL;
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (unsigned g = 0; g < generations; g++) {
        const Reply *reply = batch_reply(batch, g);
        take_members(reply, posts);
    }
    return g_steal_pointer(&posts);
}

/* A post may be found twice, by its own mark and by a later copy's. */
static void make_unique(GArray *posts)
{
    unsigned kept = 0;

    store_sort_numbers(posts);
    for (unsigned i = 0; i < posts->len; i++) {
        const uint32_t post = g_array_index(posts, uint32_t, i);
        if (kept == 0 || g_array_index(posts, uint32_t, kept - 1) != post)
            g_array_index(posts, uint32_t, kept++) = post;
    }
    g_array_set_size(posts, kept);
}

/* More than 48 bits were given: those that say otherwise beyond them leave,
 * but not a copy's mark, of which only 48 bits are kept. */
static void drop_other_marks(GArray *posts, const GArray *records,
                             const char *prefix)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        char mark[2 * RECORD_MARK_BYTES + 1];
        hex_encode(record->mark, RECORD_MARK_BYTES, mark);
        if (record->post == 0 || (strncmp(mark, prefix, LINK_DIGITS) == 0 &&
                                  !g_str_has_prefix(mark, prefix)))
            continue;
        g_array_index(posts, uint32_t, kept++) = record->post;
    }
    g_array_set_size(posts, kept);
}

static void set_ambiguous(const GArray *records, const char *prefix,
                          GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);

    for (unsigned i = 0; i < records->len && i < 8; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        char mark[2 * RECORD_MARK_BYTES + 1];
        hex_encode(record->mark, RECORD_MARK_BYTES, mark);
        g_string_append_printf(names, "%s%.12s", i == 0 ? "" : ", ", mark);
    }
    g_set_error(error, STORE_ERROR, STORE_ERROR_AMBIGUOUS,
                "%s: ambiguous mark: %u posts, among them %s", prefix,
                records->len, names->str);
}

bool store_find_mark(Store *store, const char *list, const char *prefix,
                     uint32_t *post, GError **error)
{
    const size_t length = strlen(prefix);

    if (length < MARK_PREFIX_MIN || length > 2 * RECORD_MARK_BYTES ||
        !hex_is_digits(prefix, length)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: no mark: give 4 to 40 hex digits", prefix);
        return false;
    }
    g_autofree char *lower = g_ascii_strdown(prefix, -1);
    g_autoptr(GArray) posts = find_mark_posts(store, list, lower, error);
    if (posts == NULL)
        return false;
    make_unique(posts);
    g_autoptr(GArray) records =
        store_posts(store, list, (const uint32_t *)(gpointer)posts->data,
                    posts->len, error);
    if (records == NULL)
        return false;
    drop_other_marks(posts, records, lower);
    if (posts->len == 1) {
        *post = g_array_index(posts, uint32_t, 0);
        return true;
    }
    if (posts->len == 0)
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: unknown mark: no post of %s has it", prefix, list);
    else
        set_ambiguous(records, lower, error);
    return false;
}
