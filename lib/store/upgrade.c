/* SPDX-License-Identifier: MIT */
#include "store/maintain.h"

#include "activity/author.h"
#include "store/export.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/seal.h"

#include "base/banned.h"

/* meta: up to which bucket all full ones are packed as this format does. */
#define META_PACKED "packed"

static bool read_state(Store *store, const char *list, uint64_t *full,
                       uint64_t *packed, GError **error)
{
    uint32_t last_post = 0;

    if (!store_last_post(store, list, &last_post, error) ||
        !store_meta(store, list, META_PACKED, packed, error))
        return false;
    *full = ((uint64_t)last_post + 1) / LAYOUT_POSTS_IN_BUCKET;
    return true;
}

/* Neither goes back where somebody else was faster. */
static bool remember(Store *store, const char *list, uint64_t packed,
                     GError **error)
{
    g_autoptr(GPtrArray) facts = store_restore_new();
    g_autofree char *buckets =
        g_strdup_printf("%" G_GUINT64_FORMAT, (guint64)packed);
    g_autofree char *format = g_strdup_printf("%d", LAYOUT_FORMAT);

    store_restore_field(facts, META_PACKED, buckets);
    store_restore_field(facts, "format", format);
    return store_restore(store, list, facts, error);
}

/* --- first posts of those for whom a list speaks ---------------------------
 */

static void note_first(GHashTable *firsts, const PostRecord *record)
{
    gpointer author = GUINT_TO_POINTER(record->author);
    const int64_t *known = g_hash_table_lookup(firsts, author);

    if (record->post != 0 && record->author != 0 &&
        author_is_spoken_for(record->flags) &&
        (known == NULL || *known > record->arrival_ms))
        g_hash_table_insert(
            firsts, author,
            g_memdup2(&record->arrival_ms, sizeof(record->arrival_ms)));
}

/* Returns author -> int64_t * for posts from first up to until; owned; NULL on
 * failure. */
static GHashTable *find_firsts(Store *store, const char *list, uint64_t first,
                               uint64_t until, GError **error)
{
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    GHashTable *firsts = NULL;

    for (uint64_t number = MAX(first, 1); number < until; number++) {
        const uint32_t post = (uint32_t)number;

        g_array_append_val(posts, post);
    }
    g_autoptr(GArray) records = store_posts(
        store, list, (const uint32_t *)(void *)posts->data, posts->len, error);

    if (records == NULL)
        return NULL;
    firsts = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    for (unsigned i = 0; i < records->len; i++)
        note_first(firsts, &g_array_index(records, PostRecord, i));
    return firsts;
}

/* Format 4 kept no first post of an author for whom a list or relay sent it,
 * unless it was a patch. */
static bool note_firsts(Store *store, const char *list, uint64_t first,
                        uint64_t until, GError **error)
{
    g_autoptr(GHashTable) firsts =
        find_firsts(store, list, first, until, error);
    g_autoptr(GArray) authors = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GPtrArray) facts = store_restore_new();
    GHashTableIter each;
    gpointer author = NULL;

    if (firsts == NULL)
        return false;
    g_hash_table_iter_init(&each, firsts);
    while (g_hash_table_iter_next(&each, &author, NULL)) {
        const uint32_t number = GPOINTER_TO_UINT(author);

        g_array_append_val(authors, number);
    }
    g_autoptr(GArray) people =
        store_people(store, list, (const uint32_t *)(void *)authors->data,
                     authors->len, error);

    for (unsigned i = 0; people != NULL && i < people->len; i++) {
        const int64_t *arrival_ms = g_hash_table_lookup(
            firsts, GUINT_TO_POINTER(g_array_index(authors, uint32_t, i)));

        store_restore_person(facts, &g_array_index(people, MailPerson, i),
                             *arrival_ms, 0);
    }
    return people != NULL && store_restore(store, list, facts, error);
}

bool store_upgrade(Store *store, const char *list, unsigned limit,
                   bool *is_done, GError **error)
{
    uint64_t full = 0, packed = 0;
    g_autoptr(GArray) buckets = g_array_new(FALSE, FALSE, sizeof(SealBucket));

    *is_done = false;
    if (!read_state(store, list, &full, &packed, error))
        return false;
    const uint64_t until = MIN(packed + limit, full);

    for (uint64_t number = packed; number < until; number++) {
        const SealBucket bucket = { list, number };

        g_array_append_val(buckets, bucket);
    }
    *is_done = until >= full;
    if (buckets->len == 0)
        return true;
    return seal_try_pack(store, buckets, error) &&
           note_firsts(store, list, packed * LAYOUT_POSTS_IN_BUCKET,
                       (until + *is_done) * LAYOUT_POSTS_IN_BUCKET, error) &&
           remember(store, list, until, error);
}
