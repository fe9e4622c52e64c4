/* SPDX-License-Identifier: MIT */
#include "command/taken.h"

#include "activity/link.h"
#include "store/maintain.h"

#include <string.h>

#include "base/banned.h"

/* text: of STORE_REPLACE_TEXT. */
static bool erase(Taken *taken, const char *list, const GArray *posts,
                  StoreErasureKind kind, const char *text, GError **error)
{
    const ListSettings *settings = settings_list(taken->rules->settings, list);
    const StoreErasure erasure = {
        .list = list,
        .prefix = settings != NULL ? settings->prefix : "",
        .kind = kind,
        .text = text,
    };
    uint64_t erased = 0;

    if (posts->len == 0)
        return true;
    if (!store_erase_posts(taken->store, &erasure,
                           (const uint32_t *)(void *)posts->data, posts->len,
                           &erased, error))
        return false;
    taken->erased += erased;
    return true;
}

/* The posts that are this mail, by its Message-ID and subject; uint32_t. */
static GArray *posts_of(Taken *taken, const Activity *activity, GError **error)
{
    const uint64_t key = link_key(LINK_SELF, link_digest(activity->message_id));
    g_autoptr(StoreFound) found =
        store_find(taken->store, activity->list, &key, 1, error);
    unsigned count = 0;

    if (found == NULL)
        return NULL;
    const uint32_t *numbers = store_found(found, 0, &count);
    g_autoptr(GArray) records =
        store_posts(taken->store, activity->list, numbers, count, error);
    if (records == NULL)
        return NULL;
    GArray *posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        if (record->post != 0 &&
            strcmp(record->message_id, activity->message_id) == 0 &&
            strcmp(record->subject, activity->subject) == 0)
            g_array_append_val(posts, record->post);
    }
    return posts;
}

static bool has_id(const Activity *activity)
{
    return activity->message_id != NULL && *activity->message_id != '\0' &&
           activity->subject != NULL;
}

static bool forget_mail(Taken *taken, const Activity *activity, GError **error)
{
    if (!has_id(activity) ||
        !g_hash_table_contains(taken->lists, activity->list))
        return true;
    g_autoptr(GArray) posts = posts_of(taken, activity, error);

    return posts != NULL &&
           erase(taken, activity->list, posts, STORE_FORGET, NULL, error);
}

/* --- an archive that was written anew ------------------------------------- */

/* Commits of an archive arrive at times that no two of them share. */
static bool forget_arrival(Taken *taken, const char *list, int64_t arrival_ms,
                           GError **error)
{
    g_autoptr(GArray) rows =
        store_rows(taken->store, list, arrival_ms, arrival_ms + 1, error);
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    if (rows == NULL)
        return false;
    for (unsigned i = 0; i < rows->len; i++)
        g_array_append_val(posts, g_array_index(rows, PostRow, i).post);
    return erase(taken, list, posts, STORE_FORGET, NULL, error);
}

static bool forget_purged(Taken *taken, int64_t arrival_ms, GError **error)
{
    GHashTableIter iterator;
    void *list = NULL;

    if (taken->rules->list != NULL)
        return forget_arrival(taken, taken->rules->list, arrival_ms, error);
    g_hash_table_iter_init(&iterator, taken->lists);
    while (g_hash_table_iter_next(&iterator, &list, NULL))
        if (!forget_arrival(taken, list, arrival_ms, error))
            return false;
    return true;
}

/* Of a mail that was counted before: its text, if it has another one now. */
static bool replace_edited(Taken *taken, const Activity *activity,
                           GError **error)
{
    g_autoptr(GArray) posts = posts_of(taken, activity, error);
    g_autoptr(GArray) edited = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    if (posts == NULL)
        return false;
    g_autoptr(GPtrArray) texts =
        store_texts(taken->store, activity->list,
                    (const uint32_t *)(void *)posts->data, posts->len, error);
    if (texts == NULL)
        return false;
    for (unsigned i = 0; i < posts->len; i++)
        if (texts->pdata[i] != NULL &&
            g_strcmp0(texts->pdata[i], activity->text) != 0)
            g_array_append_val(edited, g_array_index(posts, uint32_t, i));
    return erase(taken, activity->list, edited, STORE_REPLACE_TEXT,
                 activity->text, error);
}

static bool is_copy(const StoreItem *item)
{
    return item->outcome == STORE_DUPLICATE || item->outcome == STORE_DIFFERING;
}

static bool replace_all_edited(Taken *taken, const Bundle *bundle,
                               GError **error)
{
    for (unsigned i = 0; i < bundle->items->len; i++) {
        const StoreItem *item = &g_array_index(bundle->items, StoreItem, i);

        if (is_copy(item) && has_id(item->activity) &&
            item->activity->text != NULL &&
            !replace_edited(taken, item->activity, error))
            return false;
    }
    return true;
}

bool taken_back(Taken *taken, const Bundle *bundle, GError **error)
{
    for (unsigned i = 0; i < bundle->taken_back->len; i++)
        if (!forget_mail(taken, bundle->taken_back->pdata[i], error))
            return false;
    if (!taken->is_changed)
        return true;
    return replace_all_edited(taken, bundle, error) &&
           (bundle->purged_ms == 0 ||
            forget_purged(taken, bundle->purged_ms, error));
}
