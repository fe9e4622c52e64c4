/* SPDX-License-Identifier: MIT */
#include "command/watched.h"

#include "base/hex.h"
#include "base/list_id.h"

#include <string.h>

#include "base/banned.h"

enum { POSTS_AT_ONCE = 512, POSTS_AT_FIRST = 20 };

static const int64_t HOUR_MS = INT64_C(60) * 60 * 1000;
static const int64_t DAY_MS = INT64_C(24) * 60 * 60 * 1000;

static void list_free(void *data)
{
    WatchedList *list = data;

    g_free(list->id);
    g_free(list->plain);
    g_free(list);
}

static void post_free(void *data)
{
    WatchedPost *post = data;

    g_free(post->list);
    g_free(post->subject);
    g_free(post->message_id);
    g_free(post->name);
    g_free(post->address);
    g_free(post);
}

static void author_free(void *data)
{
    WatchedAuthor *author = data;

    g_free(author->name);
    g_free(author->address);
    g_free(author);
}

void watched_init(Watched *watched, Store *store, const char *only)
{
    *watched = (Watched){
        .store = store,
        .only = g_strdup(only),
        .lists = g_ptr_array_new_with_free_func(list_free),
        .authors =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, author_free),
        .day = -1,
    };
    g_queue_init(&watched->posts);
}

void watched_clear(Watched *watched)
{
    g_free(watched->only);
    g_ptr_array_unref(watched->lists);
    g_queue_clear_full(&watched->posts, post_free);
    g_hash_table_unref(watched->authors);
}

/* --- lists ------------------------------------------------------------- */

static WatchedList *find_plain(const Watched *watched, const char *plain)
{
    for (unsigned i = 0; i < watched->lists->len; i++) {
        WatchedList *list = watched->lists->pdata[i];

        if (strcmp(list->plain, plain) == 0)
            return list;
    }
    return NULL;
}

static int compare_lists(const void *a, const void *b)
{
    const WatchedList *one = *(const WatchedList *const *)a;
    const WatchedList *other = *(const WatchedList *const *)b;

    return strcmp(one->id, other->id);
}

static void add_list(Watched *watched, const char *id)
{
    g_autofree char *plain = list_id_encode(id);
    WatchedList *list = find_plain(watched, plain);

    if (list == NULL) {
        list = g_new0(WatchedList, 1);
        list->id = g_strdup(id);
        list->plain = g_steal_pointer(&plain);
        list->day = watched->is_begun ? watched->day : -1;
        g_ptr_array_add(watched->lists, list);
        g_ptr_array_sort(watched->lists, compare_lists);
    }
    list->is_stale = true;
}

static bool find_lists(Watched *watched, GError **error)
{
    g_autoptr(GPtrArray) ids = NULL;

    if (watched->only != NULL) {
        add_list(watched, watched->only);
        return true;
    }
    ids = store_lists(watched->store, error);
    if (ids == NULL)
        return false;
    for (unsigned i = 0; i < ids->len; i++)
        add_list(watched, ids->pdata[i]);
    return true;
}

void watched_note(Watched *watched, const char *plain)
{
    WatchedList *list = find_plain(watched, plain);

    if (list != NULL)
        list->is_stale = true;
    else if (watched->only == NULL)
        watched->is_partial = true;
}

void watched_note_all(Watched *watched)
{
    watched->is_partial = true;
}

/* --- posts ------------------------------------------------------------- */

static void count_kind(WatchedList *list, int64_t arrival_ms, unsigned read)
{
    const PostKind kind = post_kind_decided(read, false);

    if (kind < POST_KINDS && arrival_ms / DAY_MS == list->day)
        list->hours[arrival_ms / HOUR_MS % WATCHED_HOURS][kind]++;
}

static void count_author(Watched *watched, const MailPerson *person,
                         uint64_t posts)
{
    WatchedAuthor *author =
        g_hash_table_lookup(watched->authors, person->address);

    if (author == NULL) {
        author = g_new0(WatchedAuthor, 1);
        author->name = g_strdup(person->name);
        author->address = g_strdup(person->address);
        g_hash_table_insert(watched->authors, g_strdup(person->address),
                            author);
    }
    author->posts += posts;
}

static WatchedPost *post_new(const WatchedList *list, const PostRecord *record,
                             const MailPerson *author)
{
    WatchedPost *post = g_new0(WatchedPost, 1);

    post->list = g_strdup(list->id);
    post->post = record->post;
    post->arrival_ms = record->arrival_ms;
    post->kind = post_kind_decided(record->kind, false);
    post->subject = g_strdup(record->subject);
    post->message_id = g_strdup(record->message_id);
    post->name = g_strdup(author->name);
    post->address = g_strdup(author->address);
    hex_encode(record->mark, RECORD_MARK_BYTES, post->mark);
    post->insertions = record->insertions;
    post->deletions = record->deletions;
    return post;
}

static int compare_posts(const void *a, const void *b, void *data)
{
    const WatchedPost *one = a, *other = b;

    (void)data;
    return (one->arrival_ms < other->arrival_ms) -
           (one->arrival_ms > other->arrival_ms);
}

static void keep_post(Watched *watched, WatchedPost *post)
{
    g_queue_insert_sorted(&watched->posts, post, compare_posts, NULL);
    if (watched->posts.length > WATCHED_POSTS_MAX)
        post_free(g_queue_pop_tail(&watched->posts));
}

/* What is done with posts that are read. */
typedef enum Use {
    USE_SHOW = 1 << 0,  /* keep them as the last ones */
    USE_COUNT = 1 << 1, /* add them to the numbers, and tell of them */
} Use;

static void take_post(Watched *watched, WatchedList *list,
                      const PostRecord *record, const MailPerson *author,
                      Use use)
{
    WatchedPost *post = post_new(list, record, author);

    if ((use & USE_COUNT) != 0) {
        count_kind(list, record->arrival_ms, record->kind);
        if (record->arrival_ms / DAY_MS == watched->day)
            count_author(watched, author, 1);
        if (watched->tell != NULL)
            watched->tell(post, watched->data);
    }
    keep_post(watched, post);
}

/* Posts from..until-1 by their numbers; those that were erased are left out.
 */
static bool read_posts(Watched *watched, WatchedList *list, uint32_t from,
                       uint32_t until, Use use, GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) authors = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t number = from; number < until; number++)
        g_array_append_val(numbers, number);
    g_autoptr(GArray) records = store_posts(
        watched->store, list->id, (const uint32_t *)(void *)numbers->data,
        numbers->len, error);
    if (records == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        g_array_append_val(authors, record->author);
    }
    g_autoptr(GArray) people = store_people(
        watched->store, list->id, (const uint32_t *)(void *)authors->data,
        authors->len, error);
    if (people == NULL)
        return false;
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);

        if (record->post != 0)
            take_post(watched, list, record,
                      &g_array_index(people, MailPerson, i), use);
    }
    return true;
}

static bool read_new_posts(Watched *watched, WatchedList *list, uint32_t last,
                           GError **error)
{
    while (list->last_post < last) {
        const uint32_t until = MIN(last, list->last_post + POSTS_AT_ONCE);

        if (!read_posts(watched, list, list->last_post + 1, until + 1,
                        USE_SHOW | USE_COUNT, error))
            return false;
        list->last_post = until;
    }
    return true;
}

/* --- a day from its rows ------------------------------------------------ */

static void count_number(GHashTable *posts, uint32_t author)
{
    gpointer key = GUINT_TO_POINTER(author);

    g_hash_table_insert(
        posts, key,
        GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(posts, key)) +
                         1));
}

static bool count_authors(Watched *watched, const WatchedList *list,
                          GHashTable *posts, GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    GHashTableIter iterator;
    void *key = NULL;

    g_hash_table_iter_init(&iterator, posts);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        const uint32_t number = GPOINTER_TO_UINT(key);

        g_array_append_val(numbers, number);
    }
    g_autoptr(GArray) people = store_people(
        watched->store, list->id, (const uint32_t *)(void *)numbers->data,
        numbers->len, error);
    if (people == NULL)
        return false;
    for (unsigned i = 0; i < people->len; i++) {
        const uint32_t number = g_array_index(numbers, uint32_t, i);

        count_author(watched, &g_array_index(people, MailPerson, i),
                     GPOINTER_TO_UINT(
                         g_hash_table_lookup(posts, GUINT_TO_POINTER(number))));
    }
    return true;
}

/* The posts of today that were counted up to list->last_post. */
static bool count_day(Watched *watched, WatchedList *list, GError **error)
{
    const int64_t from_ms = list->day * DAY_MS;
    g_autoptr(GHashTable) authors = g_hash_table_new(NULL, NULL);
    g_autoptr(GArray) rows =
        store_rows(watched->store, list->id, from_ms, from_ms + DAY_MS, error);

    if (rows == NULL)
        return false;
    memset(list->hours, 0, sizeof list->hours);
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);

        if (row->post > list->last_post)
            continue;
        count_kind(list, row->arrival_ms, row->kind);
        count_number(authors, row->author);
    }
    return count_authors(watched, list, authors, error);
}

static bool begin(Watched *watched, WatchedList *list, uint32_t last,
                  int64_t day, GError **error)
{
    const uint32_t shown = MIN(last, POSTS_AT_FIRST);

    list->day = day;
    list->last_post = last;
    if (!count_day(watched, list, error)) {
        list->day = -1;
        return false;
    }
    return read_posts(watched, list, last - shown + 1, last + 1, USE_SHOW,
                      error);
}

/* A list whose numbers went back was emptied: what it had is in the numbers of
 * the authors, so that all lists are counted anew, at the next look. */
static void start_over(Watched *watched)
{
    g_hash_table_remove_all(watched->authors);
    for (unsigned i = 0; i < watched->lists->len; i++) {
        WatchedList *list = watched->lists->pdata[i];

        list->day = -1;
    }
    watched->is_begun = false;
    watched_note_all(watched);
}

static void turn_day(Watched *watched, int64_t day)
{
    if (watched->day == day)
        return;
    g_hash_table_remove_all(watched->authors);
    watched->day = day;
    for (unsigned i = 0; i < watched->lists->len; i++) {
        WatchedList *list = watched->lists->pdata[i];

        memset(list->hours, 0, sizeof list->hours);
        list->day = list->day >= 0 ? day : -1;
    }
}

static bool look_at(Watched *watched, WatchedList *list, int64_t now_ms,
                    GError **error)
{
    StoreListInfo *info =
        store_list_info(watched->store, list->id, false, error);

    if (info == NULL)
        return false;
    const uint32_t last = info->last_post;

    list->has_moved = list->day < 0 || last != list->last_post ||
                      info->duplicates != list->duplicates;
    list->posts = info->posts;
    list->duplicates = info->duplicates;
    list->last_ms = info->last_ms;
    store_list_info_free(info);
    if (list->day < 0)
        return begin(watched, list, last, now_ms / DAY_MS, error);
    if (last < list->last_post)
        start_over(watched);
    return read_new_posts(watched, list, last, error);
}

bool watched_look(Watched *watched, int64_t now_ms, GError **error)
{
    turn_day(watched, now_ms / DAY_MS);
    if (watched->is_partial && !find_lists(watched, error))
        return false;
    watched->is_partial = false;
    watched->is_begun = true;
    for (unsigned i = 0; i < watched->lists->len; i++) {
        WatchedList *list = watched->lists->pdata[i];

        list->has_moved = false;
        if (list->is_stale && !look_at(watched, list, now_ms, error))
            return false;
        list->is_stale = false;
    }
    return true;
}

/* --- numbers ------------------------------------------------------------ */

static uint64_t of_hour(const WatchedList *list, int64_t hour, unsigned kind)
{
    const uint64_t *kinds = list->hours[hour];
    uint64_t sum = 0;

    if (kind < POST_KINDS)
        return kinds[kind];
    for (unsigned i = 0; i < POST_KINDS; i++)
        sum += kinds[i];
    return sum;
}

uint64_t watched_in_hour(const WatchedList *list, int64_t now_ms, unsigned kind)
{
    return list->day == now_ms / DAY_MS
               ? of_hour(list, now_ms / HOUR_MS % WATCHED_HOURS, kind)
               : 0;
}

uint64_t watched_today(const WatchedList *list, int64_t now_ms, unsigned kind)
{
    uint64_t sum = 0;

    for (int64_t hour = 0; list->day == now_ms / DAY_MS && hour < WATCHED_HOURS;
         hour++)
        sum += of_hour(list, hour, kind);
    return sum;
}

static int compare_authors(const void *a, const void *b)
{
    const WatchedAuthor *one = *(const WatchedAuthor *const *)a;
    const WatchedAuthor *other = *(const WatchedAuthor *const *)b;

    if (one->posts != other->posts)
        return one->posts < other->posts ? 1 : -1;
    return strcmp(one->address, other->address);
}

GPtrArray *watched_top_authors(const Watched *watched, unsigned limit)
{
    GPtrArray *authors = g_ptr_array_new();
    GHashTableIter iterator;
    void *author = NULL;

    g_hash_table_iter_init(&iterator, watched->authors);
    while (g_hash_table_iter_next(&iterator, NULL, &author))
        g_ptr_array_add(authors, author);
    g_ptr_array_sort(authors, compare_authors);
    if (authors->len > limit)
        g_ptr_array_set_size(authors, (int)limit);
    return authors;
}
