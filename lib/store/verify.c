/* SPDX-License-Identifier: MIT */
#include "store/maintain.h"

#include "activity/links.h"
#include "store/internal.h"
#include "store/keys.h"

#include <string.h>

#include "base/banned.h"

enum {
    FAULTS_MAX = 100,
    POSTS_AT_ONCE = 4096,
};

typedef struct Verifying {
    Store *store;
    const char *list, *prefix;
    StoreVerification *result;
    GHashTable *expected; /* key's rest -> (field -> count) */
    char kept_from[32];   /* months before it lost posts to retention */
} Verifying;

void store_verification_free(StoreVerification *verification)
{
    if (verification == NULL)
        return;
    g_ptr_array_unref(verification->faults);
    g_free(verification);
}

static void add_fault(Verifying *verifying, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

static void add_fault(Verifying *verifying, const char *format, ...)
{
    va_list list;

    verifying->result->fault_count++;
    if (verifying->result->faults->len == FAULTS_MAX)
        return;
    va_start(list, format);
    g_ptr_array_add(verifying->result->faults, g_strdup_vprintf(format, list));
    va_end(list);
}

static void expect(Verifying *verifying, const char *family, int64_t arrival_ms,
                   const char *field, int64_t amount)
{
    char month[32];

    if (amount == 0)
        return;
    keys_month(arrival_ms, month);
    g_autofree char *rest = g_strconcat(family, month, NULL);
    GHashTable *fields = g_hash_table_lookup(verifying->expected, rest);
    if (fields == NULL) {
        fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
        g_hash_table_insert(verifying->expected, g_strdup(rest), fields);
    }
    int64_t *count = g_hash_table_lookup(fields, field);
    if (count == NULL) {
        count = g_new0(int64_t, 1);
        g_hash_table_insert(fields, g_strdup(field), count);
    }
    *count += amount;
}

static void expect_person(Verifying *verifying, const char *family,
                          int64_t arrival_ms, uint32_t person)
{
    char field[32];

    g_snprintf(field, sizeof(field), "%u", person);
    expect(verifying, family, arrival_ms, field, 1);
}

static void expect_post(Verifying *verifying, const PostRecord *record)
{
    const int64_t at = record->arrival_ms;

    expect(verifying, "month:", at, "posts", 1);
    expect(verifying, "month:", at, post_kind_name(record->kind), 1);
    expect(verifying, "month:", at, "malformed",
           (record->flags & POST_MALFORMED) != 0 ? 1 : 0);
    expect(verifying, "month:", at, "insertions",
           record_counted_lines(record, record->insertions));
    expect(verifying, "month:", at, "deletions",
           record_counted_lines(record, record->deletions));
    expect_person(verifying, "senders:", at, record->sender);
    if (record->kind == POST_PATCH || record->kind == POST_COVER)
        expect_person(verifying, "authors:", at, record->author);
}

static void compare_row(Verifying *verifying, const PostRow *row,
                        const PostRecord *record)
{
    if (record->post != row->post)
        add_fault(verifying, "post %u has a row but no record", row->post);
    else if (record->arrival_ms != row->arrival_ms ||
             record->author != row->author || record->sender != row->sender ||
             record->kind != row->kind ||
             record->kind_of_bot != row->kind_of_bot)
        add_fault(verifying, "post %u: row and record differ", row->post);
}

/* --- links ----------------------------------------------------------- */

/* What posts should be found by. */
typedef struct Finders {
    GArray *digests; /* uint64_t */
    GArray *owners;  /* uint32_t: the post of each */
} Finders;

static void finders_init(Finders *finders)
{
    finders->digests = g_array_new(FALSE, FALSE, sizeof(uint64_t));
    finders->owners = g_array_new(FALSE, FALSE, sizeof(uint32_t));
}

static void finders_clear(Finders *finders)
{
    g_array_unref(finders->digests);
    g_array_unref(finders->owners);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Finders, finders_clear)

static void add_finder(Finders *finders, uint64_t digest, uint32_t post)
{
    g_array_append_val(finders->digests, digest);
    g_array_append_val(finders->owners, post);
}

static void add_links(Finders *finders, const Verifying *verifying,
                      const PostRecord *record, const char *address)
{
    g_autoptr(GArray) links =
        activity_links_of_record(record, verifying->prefix, address);

    for (unsigned i = 0; i < links->len; i++)
        add_finder(finders, g_array_index(links, uint64_t, i), record->post);
}

static bool verify_finders(Verifying *verifying, KeysFamily family,
                           const Finders *finders, GError **error)
{
    g_autofree bool *is_found = g_new0(bool, finders->digests->len);
    const StoreFinders all = {
        .family = family,
        .digests = (const uint64_t *)(gpointer)finders->digests->data,
        .owners = (const uint32_t *)(gpointer)finders->owners->data,
        .count = finders->digests->len,
        .is_found = is_found,
    };

    if (!store_check_finders(verifying->store, verifying->list, &all, error))
        return false;
    for (unsigned i = 0; i < all.count; i++) {
        if (!is_found[i])
            add_fault(verifying, "post %u is not found by one of its links",
                      all.owners[i]);
    }
    verifying->result->links += all.count;
    return true;
}

static bool verify_links(Verifying *verifying, const GArray *records,
                         const GArray *authors, GError **error)
{
    g_auto(Finders) links, marks;

    finders_init(&links);
    finders_init(&marks);
    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        if (record->post == 0)
            continue;
        add_links(&links, verifying, record,
                  g_array_index(authors, MailPerson, i).address);
        add_finder(&marks, keys_get_digest(record->mark), record->post);
    }
    return verify_finders(verifying, KEYS_LINKS, &links, error) &&
           verify_finders(verifying, KEYS_MARKS, &marks, error);
}

/* --- posts ----------------------------------------------------------- */

static bool verify_posts(Verifying *verifying, const PostRow *rows,
                         unsigned count, GError **error)
{
    g_autofree uint32_t *posts = g_new(uint32_t, count);
    g_autofree uint32_t *authors = g_new(uint32_t, count);

    for (unsigned i = 0; i < count; i++) {
        posts[i] = rows[i].post;
        authors[i] = rows[i].author;
    }
    g_autoptr(GArray) records =
        store_posts(verifying->store, verifying->list, posts, count, error);
    if (records == NULL)
        return false;
    g_autoptr(GArray) people =
        store_people(verifying->store, verifying->list, authors, count, error);
    if (people == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        compare_row(verifying, &rows[i], record);
        if (record->post == 0)
            continue;
        expect_post(verifying, record);
        verifying->result->records++;
    }
    return verify_links(verifying, records, people, error);
}

/* --- counters -------------------------------------------------------- */

static int64_t number_of(const Reply *reply)
{
    return reply_is_string(reply) ? g_ascii_strtoll(reply->str, NULL, 10) : 0;
}

/* Fields that are counters of posts, not of copies. */
static bool is_recomputed(const char *field)
{
    return strcmp(field, "duplicates") != 0;
}

static void compare_fields(Verifying *verifying, const char *rest,
                           const Reply *actual, GHashTable *expected)
{
    for (size_t i = 0; i + 1 < actual->elements; i += 2) {
        const char *field = actual->element[i]->str;
        const int64_t count = number_of(actual->element[i + 1]);
        const int64_t *wanted =
            expected != NULL ? g_hash_table_lookup(expected, field) : NULL;
        if (is_recomputed(field) && count != (wanted != NULL ? *wanted : 0))
            add_fault(verifying,
                      "%s %s is %" G_GINT64_FORMAT ", should be "
                      "%" G_GINT64_FORMAT,
                      rest, field, (gint64)count,
                      (gint64)(wanted != NULL ? *wanted : 0));
        if (wanted != NULL)
            g_hash_table_remove(expected, field);
    }
    GHashTableIter iterator;
    gpointer field = NULL, count = NULL;
    if (expected == NULL)
        return;
    g_hash_table_iter_init(&iterator, expected);
    while (g_hash_table_iter_next(&iterator, &field, &count))
        add_fault(verifying, "%s %s is missing, should be %" G_GINT64_FORMAT,
                  rest, (const char *)field, *(gint64 *)count);
}

static bool verify_hash(Verifying *verifying, const char *rest,
                        GHashTable *fields, GError **error)
{
    g_autofree char *key = keys_of_list(verifying->list, rest);
    g_autoptr(Reply) reply =
        g_str_has_prefix(rest, "month:")
            ? router_command(verifying->store->router, verifying->list, error,
                             "HGETALL", key, NULL)
            : router_command(verifying->store->router, verifying->list, error,
                             "ZRANGE", key, "0", "-1", "WITHSCORES", NULL);

    if (reply == NULL)
        return false;
    compare_fields(verifying, rest, reply, fields);
    verifying->result->months++;
    return true;
}

static bool verify_counters(Verifying *verifying, GError **error)
{
    GHashTableIter iterator;
    gpointer rest = NULL, fields = NULL;

    g_hash_table_iter_init(&iterator, verifying->expected);
    while (g_hash_table_iter_next(&iterator, &rest, &fields)) {
        if (strcmp(strchr(rest, ':') + 1, verifying->kept_from) > 0 &&
            !verify_hash(verifying, rest, fields, error))
            return false;
    }
    return true;
}

static void add_length(const Reply *value, unsigned i, void *data)
{
    (void)i;
    if (reply_is_string(value))
        *(uint64_t *)data += value->len / keys_entry_bytes(KEYS_SEEN);
}

/* Every identity that was ever counted is known, even those of erased posts. */
static bool count_seen(Verifying *verifying, uint32_t last_post, uint64_t *seen,
                       GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);

    *seen = 0;
    for (unsigned i = 0; i < keys_bucket_count(KEYS_SEEN, last_post); i++)
        g_ptr_array_add(keys,
                        keys_bucket(verifying->list, KEYS_SEEN, last_post, i));
    return store_read_values(verifying->store, verifying->list, keys,
                             add_length, seen, error);
}

static bool verify_totals(Verifying *verifying, GError **error)
{
    uint64_t posts = 0, erased = 0, seen = 0;
    uint32_t last = 0;

    if (!store_last_post(verifying->store, verifying->list, &last, error) ||
        !store_meta(verifying->store, verifying->list, "posts", &posts,
                    error) ||
        !store_meta(verifying->store, verifying->list, "erased", &erased,
                    error) ||
        !count_seen(verifying, last, &seen, error))
        return false;
    if (posts != verifying->result->rows)
        add_fault(verifying,
                  "meta says %" G_GUINT64_FORMAT
                  " posts, there are %" G_GUINT64_FORMAT " rows",
                  (guint64)posts, (guint64)verifying->result->rows);
    if (seen != posts + erased)
        add_fault(verifying,
                  "%" G_GUINT64_FORMAT " identities are known, of "
                  "%" G_GUINT64_FORMAT " posts",
                  (guint64)seen, (guint64)(posts + erased));
    return true;
}

/* The counters of a month that lost posts to retention say more than is left.
 */
static bool read_kept_from(Verifying *verifying, GError **error)
{
    uint64_t kept_from = 0;

    if (!store_meta(verifying->store, verifying->list, META_POSTS_FROM,
                    &kept_from, error))
        return false;
    if (kept_from != 0)
        keys_month((int64_t)kept_from, verifying->kept_from);
    return true;
}

static bool verify_list(Verifying *verifying, GError **error)
{
    if (!read_kept_from(verifying, error))
        return false;
    g_autoptr(GArray) rows =
        store_rows(verifying->store, verifying->list, 0, INT64_MAX, error);

    if (rows == NULL)
        return false;
    verifying->result->rows = rows->len;
    for (unsigned at = 0; at < rows->len; at += POSTS_AT_ONCE) {
        if (!verify_posts(verifying, &g_array_index(rows, PostRow, at),
                          MIN(rows->len - at, (unsigned)POSTS_AT_ONCE), error))
            return false;
    }
    return verify_counters(verifying, error) && verify_totals(verifying, error);
}

StoreVerification *store_verify(Store *store, const char *list,
                                const char *prefix, GError **error)
{
    g_autoptr(StoreVerification) result = g_new0(StoreVerification, 1);
    g_autoptr(GHashTable) expected = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
    Verifying verifying = { .store = store,
                            .list = list,
                            .prefix = prefix,
                            .result = result,
                            .expected = expected };

    result->faults = g_ptr_array_new_with_free_func(g_free);
    if (!verify_list(&verifying, error))
        return NULL;
    return g_steal_pointer(&result);
}
