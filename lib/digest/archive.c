/* SPDX-License-Identifier: MIT */
#include "digest/archive.h"

#include "base/archive_url.h"
#include "identity/identity.h"

#include <string.h>

#include "base/banned.h"

static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;

/* Rows of a time at the list's end that has enough of them; or all. */
static GArray *newest_rows(Store *store, const char *list, int64_t last_ms,
                           GError **error)
{
    enum { DAYS = 7, TIMES = 8 };

    for (int64_t days = DAYS;; days *= TIMES) {
        const int64_t from_ms = MAX(last_ms - days * DAY_MS, 0);
        GArray *rows = store_rows(store, list, from_ms, INT64_MAX, error);

        if (rows == NULL || rows->len >= ARCHIVE_POSTS || from_ms == 0)
            return rows;
        g_array_unref(rows);
    }
}

/* Records of the newest posts; none if there are too few to be asked. */
static GArray *newest_posts(Store *store, const char *list, GError **error)
{
    StoreListInfo *info = store_list_info(store, list, false, error);

    if (info == NULL)
        return NULL;
    g_autoptr(GArray) rows = newest_rows(store, list, info->last_ms, error);
    uint32_t posts[ARCHIVE_POSTS];

    store_list_info_free(info);
    if (rows == NULL)
        return NULL;

    const unsigned count = rows->len < ARCHIVE_POSTS ? 0 : ARCHIVE_POSTS;

    for (unsigned i = 0; i < count; i++)
        posts[i] = g_array_index(rows, PostRow, rows->len - count + i).post;
    return store_posts(store, list, posts, count, error);
}

/* Whether the list's id and the address are of one owner. */
static bool is_of_list(const char *list, const char *pattern)
{
    g_autofree char *host = archive_url_host(pattern);
    const char *domain = strchr(list, '.');

    return host != NULL && domain != NULL &&
           identity_is_same_owner(domain + 1, host);
}

/* Returns whether enough of the posts have this pattern. */
static bool is_agreed(const GArray *posts, const char *pattern)
{
    g_autoptr(GHashTable) senders = g_hash_table_new(NULL, NULL);
    unsigned agreeing = 0;

    for (unsigned i = 0; i < posts->len; i++) {
        const PostRecord *post = &g_array_index(posts, PostRecord, i);

        if (g_strcmp0(post->fields.archive, pattern) != 0)
            continue;
        agreeing++;
        g_hash_table_add(senders, GUINT_TO_POINTER(post->sender));
    }
    return agreeing >= ARCHIVE_AGREEING &&
           g_hash_table_size(senders) >= ARCHIVE_SENDERS;
}

/* What most have stands among those that may differ and one more. */
static const char *find_agreed(const GArray *posts)
{
    const unsigned asked =
        MIN(posts->len, ARCHIVE_POSTS - ARCHIVE_AGREEING + 1);

    for (unsigned i = 0; i < asked; i++) {
        const char *pattern =
            g_array_index(posts, PostRecord, i).fields.archive;

        if (pattern != NULL && is_agreed(posts, pattern))
            return pattern;
    }
    return NULL;
}

bool archive_learn(Store *store, ListSettings *list, GError **error)
{
    if (list->archive_source != ARCHIVE_OPEN)
        return true;

    g_autoptr(GArray) posts = newest_posts(store, list->id, error);

    if (posts == NULL)
        return false;

    const char *pattern = find_agreed(posts);

    if (pattern == NULL || !is_of_list(list->id, pattern))
        return true;
    g_free(list->archive);
    list->archive = g_strdup(pattern);
    list->archive_source = ARCHIVE_LEARNT;
    return true;
}

const char *archive_source_words(ArchiveSource source)
{
    switch (source) {
    case ARCHIVE_SET:
        return "by the settings";
    case ARCHIVE_BUILT_IN:
        return "known of the list's host";
    case ARCHIVE_LEARNT:
        return "learnt from the list's mail";
    case ARCHIVE_OPEN:
        break;
    }
    return "";
}
