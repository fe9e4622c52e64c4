/* SPDX-License-Identifier: MIT */
#include "store/maintain.h"

#include "store/internal.h"
#include "store/keys.h"

#include "base/banned.h"

/* Chooses the oldest rows, at most limit, and all that arrived with the last of
 * them; *before_ms: everything that arrived earlier is then done. */
static GArray *old_posts(const GArray *rows, unsigned needed_flags,
                         unsigned limit, int64_t *before_ms)
{
    GArray *posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    int64_t last_ms = INT64_MAX;

    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);
        if (posts->len >= limit && row->arrival_ms > last_ms) {
            *before_ms = last_ms + 1;
            break;
        }
        if ((row->flags & needed_flags) != needed_flags)
            continue;
        g_array_append_val(posts, row->post);
        last_ms = row->arrival_ms;
    }
    return posts;
}

static bool remember(Store *store, const char *list, const char *field,
                     int64_t before_ms, GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autofree char *value =
        g_strdup_printf("%" G_GINT64_FORMAT, (gint64)before_ms);
    g_autoptr(Reply) reply = router_command(store->router, list, error, "HSET",
                                            key, field, value, NULL);

    return reply != NULL;
}

/* A field says up to where this was done before: a row does not say that its
 * text was dropped, and the counters of a month that lost posts say more than
 * is left. */
static bool retain_kind(Store *store, const StoreRetention *retention,
                        StoreErasureKind kind, uint64_t *dropped,
                        GError **error)
{
    const bool is_text = kind == STORE_DROP_TEXT;
    const char *field = is_text ? META_TEXTS_FROM : META_POSTS_FROM;
    int64_t before_ms =
        is_text ? retention->text_before_ms : retention->posts_before_ms;
    const StoreErasure erasure = { retention->list, retention->prefix, kind,
                                   NULL };
    uint64_t from_ms = 0, erased = 0;

    *dropped = 0;
    if (before_ms <= 0)
        return true;
    if (is_text && !store_meta(store, retention->list, field, &from_ms, error))
        return false;
    g_autoptr(GArray) rows =
        store_rows(store, retention->list, (int64_t)from_ms, before_ms, error);
    if (rows == NULL)
        return false;
    g_autoptr(GArray) posts = old_posts(rows, is_text ? POST_HAS_TEXT : 0,
                                        retention->limit, &before_ms);
    if (!store_erase_posts(store, &erasure,
                           (const uint32_t *)(gpointer)posts->data, posts->len,
                           &erased, error))
        return false;
    *dropped = MIN(posts->len, retention->limit);
    return remember(store, retention->list, field, before_ms, error);
}

bool store_retain(Store *store, const StoreRetention *retention,
                  uint64_t *dropped, GError **error)
{
    uint64_t texts = 0, posts = 0;

    if (!retain_kind(store, retention, STORE_EXPIRE, &posts, error) ||
        !retain_kind(store, retention, STORE_DROP_TEXT, &texts, error))
        return false;
    *dropped = MAX(texts, posts);
    return true;
}
