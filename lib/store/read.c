/* SPDX-License-Identifier: MIT */
#include "store/keys.h"
#include "store/seal.h"
#include "store/store_private.h"

#include "base/bytes.h"
#include "base/hex.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

enum {
    CHUNKS_A_COMMAND = 32, /* 128 KB an answer */
    COMMANDS_A_BATCH = 32,
    PEOPLE_A_COMMAND = 512,
    FIRST_BYTES = 12,
    SAME_BYTES = 3,
    MARK_PREFIX_MIN = 4,
    TEXT_MAX = 1024 * 1024,
    LINK_DIGITS = 2 * RECORD_LINK_BYTES,
    PERSON_DIGEST_BYTES = 8,
};

/* --- rows ------------------------------------------------------------ */

typedef struct Month {
    char name[32];
    uint64_t rows;
} Month;

static int compare_months(const void *a, const void *b)
{
    return strcmp(((const Month *)a)->name, ((const Month *)b)->name);
}

/* The months that have rows and may hold arrivals of [from, until). */
static GArray *read_months(Store *store, const char *list, int64_t from_ms,
                           int64_t until_ms, GError **error)
{
    g_autofree char *key = keys_of_list(list, "rows");
    g_autoptr(Reply) reply =
        router_command(store->router, list, error, "HGETALL", key, NULL);
    char from[32], until[32];

    if (reply == NULL)
        return NULL;
    keys_month(MAX(from_ms, 0), from);
    keys_month(MAX(until_ms, 0), until);
    GArray *months = g_array_new(FALSE, TRUE, sizeof(Month));
    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        Month month = { .rows = g_ascii_strtoull(reply->element[i + 1]->str,
                                                 NULL, 10) };
        g_strlcpy(month.name, reply->element[i]->str, sizeof(month.name));
        if (strcmp(month.name, from) >= 0 && strcmp(month.name, until) <= 0)
            g_array_append_val(months, month);
    }
    g_array_sort(months, compare_months);
    return months;
}

static GPtrArray *chunk_keys(const char *list, const GArray *months)
{
    GPtrArray *keys = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < months->len; i++) {
        const Month *month = &g_array_index(months, Month, i);
        const unsigned chunks =
            (unsigned)((month->rows + KEYS_ROWS_IN_CHUNK - 1) /
                       KEYS_ROWS_IN_CHUNK);
        for (unsigned chunk = 0; chunk < chunks; chunk++)
            g_ptr_array_add(keys, keys_rows(list, month->name, chunk));
    }
    return keys;
}

/* An erased row has post number 0. */
static void take_rows(const Reply *chunk, int64_t from_ms, int64_t until_ms,
                      GArray *rows)
{
    if (!reply_is_string(chunk))
        return;
    for (size_t at = 0; at + RECORD_ROW_BYTES <= chunk->len;
         at += RECORD_ROW_BYTES) {
        PostRow row;
        record_row_get((const uint8_t *)chunk->str + at, &row);
        if (row.post != 0 && row.arrival_ms >= from_ms &&
            row.arrival_ms < until_ms)
            g_array_append_val(rows, row);
    }
}

static int compare_rows(const void *a, const void *b)
{
    const PostRow *left = a, *right = b;

    if (left->arrival_ms != right->arrival_ms)
        return left->arrival_ms < right->arrival_ms ? -1 : 1;
    return (left->post > right->post) - (left->post < right->post);
}

static bool rows_are_sorted(const GArray *rows)
{
    for (unsigned i = 1; i < rows->len; i++) {
        if (compare_rows(&g_array_index(rows, PostRow, i - 1),
                         &g_array_index(rows, PostRow, i)) > 0)
            return false;
    }
    return true;
}

/* MGET with keys[at...] as far as one command takes; how many it took. */
static unsigned add_mget(Batch *batch, const char *list, const GPtrArray *keys,
                         unsigned at)
{
    const char *words[CHUNKS_A_COMMAND + 1] = { "MGET" };
    unsigned count = 0;

    while (count < CHUNKS_A_COMMAND && at + count < keys->len) {
        words[count + 1] = g_ptr_array_index(keys, at + count);
        count++;
    }
    batch_add(batch, list, (int)count + 1, words, NULL);
    return count;
}

typedef void (*TakeValue)(const Reply *value, unsigned i, void *data);

/* Values of all keys, in order, to a function; missing ones as nil. */
static bool read_values(Store *store, const char *list, const GPtrArray *keys,
                        TakeValue take, void *data, GError **error)
{
    unsigned at = 0, taken = 0;

    while (at < keys->len) {
        g_autoptr(Batch) batch = batch_new();
        while (at < keys->len && batch_length(batch) < COMMANDS_A_BATCH)
            at += add_mget(batch, list, keys, at);
        if (!router_run(store->router, batch, error))
            return false;
        for (unsigned i = 0; i < batch_length(batch); i++) {
            const Reply *reply = batch_good_reply(batch, i, error);
            if (reply == NULL)
                return false;
            for (size_t j = 0; j < reply->elements; j++)
                take(reply->element[j], taken++, data);
        }
    }
    return true;
}

typedef struct RowsWanted {
    int64_t from_ms, until_ms;
    GArray *rows;
} RowsWanted;

static void take_chunk(const Reply *value, unsigned i, void *data)
{
    const RowsWanted *wanted = data;

    (void)i;
    take_rows(value, wanted->from_ms, wanted->until_ms, wanted->rows);
}

GArray *store_rows(Store *store, const char *list, int64_t from_ms,
                   int64_t until_ms, GError **error)
{
    g_autoptr(GArray) months =
        read_months(store, list, from_ms, until_ms, error);

    if (months == NULL)
        return NULL;
    g_autoptr(GPtrArray) keys = chunk_keys(list, months);
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PostRow));
    RowsWanted wanted = { from_ms, until_ms, rows };
    if (!read_values(store, list, keys, take_chunk, &wanted, error))
        return NULL;
    if (!rows_are_sorted(rows))
        g_array_sort(rows, compare_rows);
    return g_steal_pointer(&rows);
}

/* --- duplicates ------------------------------------------------------ */

static uint64_t sum_seconds(const Reply *seconds, int64_t from_ms,
                            int64_t until_ms)
{
    uint64_t sum = 0;

    for (size_t i = 0; i + 1 < seconds->elements; i += 2) {
        const int64_t at_ms =
            g_ascii_strtoll(seconds->element[i]->str, NULL, 10) * 1000;
        if (at_ms + 1000 > from_ms && at_ms < until_ms)
            sum += g_ascii_strtoull(seconds->element[i + 1]->str, NULL, 10);
    }
    return sum;
}

bool store_duplicates(Store *store, const char *list, int64_t from_ms,
                      int64_t until_ms, uint64_t *count, GError **error)
{
    g_autoptr(GArray) months =
        read_months(store, list, from_ms, until_ms, error);
    g_autoptr(Batch) batch = batch_new();

    if (months == NULL)
        return false;
    for (unsigned i = 0; i < months->len; i++) {
        g_autofree char *rest =
            g_strconcat("dups:", g_array_index(months, Month, i).name, NULL);
        g_autofree char *key = keys_of_list(list, rest);
        batch_add_words(batch, list, "HGETALL", key, NULL);
    }
    if (!router_run(store->router, batch, error))
        return false;
    *count = 0;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_good_reply(batch, i, error);
        if (reply == NULL)
            return false;
        *count += sum_seconds(reply, from_ms, until_ms);
    }
    return true;
}

/* --- posts and texts ------------------------------------------------- */

/* The buckets that hold the posts, each once, in order of first need. */
typedef struct Buckets {
    GHashTable *index; /* bucket number -> its place in values */
    GPtrArray *keys;   /* char * */
    GPtrArray *values; /* GBytes *, NULL where there is none */
} Buckets;

static void free_bytes(gpointer bytes)
{
    if (bytes != NULL)
        g_bytes_unref(bytes);
}

static void buckets_init(Buckets *buckets, const char *list, const char *name,
                         const uint32_t *posts, unsigned count)
{
    buckets->index = g_hash_table_new(NULL, NULL);
    buckets->keys = g_ptr_array_new_with_free_func(g_free);
    buckets->values = g_ptr_array_new_with_free_func(free_bytes);
    for (unsigned i = 0; i < count; i++) {
        const unsigned number = posts[i] / KEYS_POSTS_IN_BUCKET;
        if (g_hash_table_contains(buckets->index, GUINT_TO_POINTER(number)))
            continue;
        g_hash_table_insert(buckets->index, GUINT_TO_POINTER(number),
                            GUINT_TO_POINTER(buckets->keys->len));
        g_ptr_array_add(buckets->keys, keys_numbered(list, name, number));
    }
}

static void buckets_clear(Buckets *buckets)
{
    g_hash_table_unref(buckets->index);
    g_ptr_array_unref(buckets->keys);
    g_ptr_array_unref(buckets->values);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Buckets, buckets_clear)

static void take_bucket(const Reply *value, unsigned i, void *data)
{
    Buckets *buckets = data;

    (void)i;
    g_ptr_array_add(buckets->values, seal_open_value(value));
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

GArray *store_posts(Store *store, const char *list, const uint32_t *posts,
                    unsigned count, GError **error)
{
    g_auto(Buckets) buckets;

    buckets_init(&buckets, list, "posts", posts, count);
    if (!read_values(store, list, buckets.keys, take_bucket, &buckets, error))
        return NULL;
    GArray *records = g_array_sized_new(FALSE, TRUE, sizeof(PostRecord), count);
    g_array_set_clear_func(records, clear_record);
    for (unsigned i = 0; i < count; i++) {
        PostRecord record = { 0 };
        if (!find_record(&buckets, posts[i], &record))
            record = (PostRecord){ 0 };
        g_array_append_val(records, record);
    }
    return records;
}

static char *unpack_text(const void *bytes, size_t length)
{
    const unsigned long long size = ZSTD_getFrameContentSize(bytes, length);

    if (size > TEXT_MAX)
        return NULL;
    g_autofree char *text = g_malloc(size + 1);
    const size_t got = ZSTD_decompress(text, size, bytes, length);
    if (ZSTD_isError(got) || got != size)
        return NULL;
    text[size] = '\0';
    return g_steal_pointer(&text);
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
            return unpack_text(bytes, length);
    }
    return NULL;
}

GPtrArray *store_texts(Store *store, const char *list, const uint32_t *posts,
                       unsigned count, GError **error)
{
    g_auto(Buckets) buckets;

    buckets_init(&buckets, list, "texts", posts, count);
    if (!read_values(store, list, buckets.keys, take_bucket, &buckets, error))
        return NULL;
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(texts, find_text(&buckets, posts[i]));
    return texts;
}

/* --- links and marks ------------------------------------------------- */

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
    if (!router_run(store->router, batch, error))
        return NULL;
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    for (unsigned i = 0; i < count * generations; i++) {
        const Reply *reply = batch_good_reply(batch, i, error);
        if (reply == NULL)
            return NULL;
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
    if (!router_run(store->router, batch, error))
        return NULL;
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (unsigned g = 0; g < generations; g++) {
        const Reply *reply = batch_good_reply(batch, g, error);
        if (reply == NULL)
            return NULL;
        take_members(reply, posts);
    }
    return g_steal_pointer(&posts);
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

/* A post may be found twice, by its own mark and by a later copy's. */
static void make_unique(GArray *posts)
{
    unsigned kept = 0;

    g_array_sort(posts, compare_numbers);
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

/* --- people ---------------------------------------------------------- */

static void clear_person(gpointer person)
{
    mail_person_clear(person);
}

static const char *next_string(const char **at, const char *end)
{
    const char *start = *at;
    const char *stop = memchr(start, '\0', (size_t)(end - start));

    *at = stop != NULL ? stop + 1 : end;
    return start;
}

/* name, NUL, address, and NUL, raw if raw is not " name <address>". */
static void take_person(const Reply *value, MailPerson *person)
{
    if (!reply_is_string(value)) {
        *person = (MailPerson){ g_strdup(""), g_strdup(""), g_strdup("") };
        return;
    }
    const char *at = value->str, *end = value->str + value->len;
    person->name = g_strdup(next_string(&at, end));
    const char *address = at;
    const char *stop = memchr(at, '\0', (size_t)(end - at));
    person->address = g_strdup(address);
    person->raw = stop != NULL ? g_strndup(stop + 1, (size_t)(end - stop) - 1)
                               : g_strdup_printf(" %s <%s>", person->name,
                                                 person->address);
}

static void add_people_command(Batch *batch, const char *list, const char *key,
                               const uint32_t *people, unsigned count)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(words, g_strdup("HMGET"));
    g_ptr_array_add(words, g_strdup(key));
    for (unsigned i = 0; i < count; i++)
        g_ptr_array_add(words, g_strdup_printf("%u", people[i]));
    batch_add(batch, list, (int)words->len, (const char *const *)words->pdata,
              NULL);
}

GArray *store_people(Store *store, const char *list, const uint32_t *people,
                     unsigned count, GError **error)
{
    g_autofree char *key = keys_of_list(list, "people");
    g_autoptr(Batch) batch = batch_new();
    g_autoptr(GArray) found =
        g_array_sized_new(FALSE, TRUE, sizeof(MailPerson), count);

    g_array_set_clear_func(found, clear_person);
    for (unsigned at = 0; at < count; at += PEOPLE_A_COMMAND)
        add_people_command(batch, list, key, people + at,
                           MIN(count - at, (unsigned)PEOPLE_A_COMMAND));
    if (!router_run(store->router, batch, error))
        return NULL;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_good_reply(batch, i, error);
        if (reply == NULL)
            return NULL;
        for (size_t j = 0; j < reply->elements; j++) {
            MailPerson person;
            take_person(reply->element[j], &person);
            g_array_append_val(found, person);
        }
    }
    return g_steal_pointer(&found);
}

/* HMGET with the digests of addresses, which are bytes. */
static void add_addresses_command(Batch *batch, const char *list,
                                  const char *key, const char *const *addresses,
                                  unsigned count)
{
    g_autofree char *digests = g_malloc((size_t)count * PERSON_DIGEST_BYTES);
    g_autofree const char **words = g_new(const char *, (size_t)count + 2);
    g_autofree size_t *lengths = g_new(size_t, (size_t)count + 2);

    words[0] = "HMGET";
    words[1] = key;
    lengths[0] = strlen(words[0]);
    lengths[1] = strlen(key);
    for (unsigned i = 0; i < count; i++) {
        char *digest = digests + (size_t)i * PERSON_DIGEST_BYTES;

        keys_person_digest(addresses[i], digest);
        words[i + 2] = digest;
        lengths[i + 2] = PERSON_DIGEST_BYTES;
    }
    batch_add(batch, list, (int)count + 2, words, lengths);
}

GArray *store_people_of(Store *store, const char *list,
                        const char *const *addresses, unsigned count,
                        GError **error)
{
    g_autofree char *key = keys_of_list(list, "address");
    g_autoptr(Batch) batch = batch_new();
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned at = 0; at < count; at += PEOPLE_A_COMMAND)
        add_addresses_command(batch, list, key, addresses + at,
                              MIN(count - at, (unsigned)PEOPLE_A_COMMAND));
    if (!router_run(store->router, batch, error))
        return NULL;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        const Reply *reply = batch_good_reply(batch, i, error);
        if (reply == NULL)
            return NULL;
        for (size_t j = 0; j < reply->elements; j++) {
            const Reply *element = reply->element[j];
            const uint32_t number =
                reply_is_string(element)
                    ? (uint32_t)g_ascii_strtoull(element->str, NULL, 10)
                    : 0;
            g_array_append_val(found, number);
        }
    }
    return g_steal_pointer(&found);
}

static int64_t get_first(BytesReader *reader)
{
    const uint64_t value = bytes_get(reader, FIRST_BYTES / 2);

    return value != 0 ? (int64_t)value : INT64_MAX;
}

/* The number that stands for all people with this one's address. */
static uint32_t same_as(const Reply *same, uint32_t person)
{
    const size_t at = (size_t)(person - 1) * SAME_BYTES;

    if (!reply_is_string(same) || at + SAME_BYTES > same->len)
        return person;
    BytesReader reader = bytes_reader(same->str + at, SAME_BYTES);
    return (uint32_t)bytes_get(&reader, SAME_BYTES);
}

static void take_firsts(const Reply *firsts, uint32_t person, GArray *found)
{
    const size_t at = (size_t)(person - 1) * FIRST_BYTES;
    const size_t left =
        reply_is_string(firsts) && at < firsts->len ? firsts->len - at : 0;
    BytesReader reader = bytes_reader(left > 0 ? firsts->str + at : NULL, left);
    const int64_t sent = get_first(&reader);
    const int64_t wrote = get_first(&reader);

    g_array_append_val(found, sent);
    g_array_append_val(found, wrote);
}

GArray *store_firsts(Store *store, const char *list, const uint32_t *people,
                     unsigned count, GError **error)
{
    g_autofree char *firsts_key = keys_of_list(list, "firsts");
    g_autofree char *same_key = keys_of_list(list, "same");
    g_autoptr(Batch) batch = batch_new();

    batch_add_words(batch, list, "GET", firsts_key, NULL);
    batch_add_words(batch, list, "GET", same_key, NULL);
    if (!router_run(store->router, batch, error))
        return NULL;
    const Reply *firsts = batch_good_reply(batch, 0, error);
    const Reply *same =
        firsts != NULL ? batch_good_reply(batch, 1, error) : NULL;
    if (same == NULL)
        return NULL;
    GArray *found = g_array_sized_new(FALSE, TRUE, sizeof(int64_t), 2 * count);
    for (unsigned i = 0; i < count; i++)
        take_firsts(firsts, same_as(same, people[i]), found);
    return found;
}

/* --- lists ----------------------------------------------------------- */

static int compare_strings(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

GPtrArray *store_lists(Store *store, GError **error)
{
    g_autoptr(Reply) reply = router_command(store->router, "lp:lists", error,
                                            "SMEMBERS", "lp:lists", NULL);

    if (reply == NULL)
        return NULL;
    GPtrArray *lists = g_ptr_array_new_with_free_func(g_free);
    for (size_t i = 0; i < reply->elements; i++)
        g_ptr_array_add(lists, g_strdup(reply->element[i]->str));
    g_ptr_array_sort(lists, compare_strings);
    return lists;
}

void store_list_info_free(StoreListInfo *info)
{
    if (info == NULL)
        return;
    g_free(info->id);
    g_free(info);
}

static bool read_month_ends(Store *store, StoreListInfo *info,
                            const Month *month, GError **error)
{
    g_autoptr(GArray) one = g_array_new(FALSE, FALSE, sizeof(Month));
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PostRow));
    RowsWanted wanted = { 0, INT64_MAX, rows };

    g_array_append_vals(one, month, 1);
    g_autoptr(GPtrArray) keys = chunk_keys(info->id, one);
    if (!read_values(store, info->id, keys, take_chunk, &wanted, error))
        return false;
    for (unsigned i = 0; i < rows->len; i++) {
        const int64_t at = g_array_index(rows, PostRow, i).arrival_ms;
        if (info->first_ms == 0 || at < info->first_ms)
            info->first_ms = at;
        info->last_ms = MAX(info->last_ms, at);
    }
    return true;
}

static bool read_ends(Store *store, StoreListInfo *info, GError **error)
{
    g_autoptr(GArray) months =
        read_months(store, info->id, 0, (int64_t)1 << 46, error);

    if (months == NULL)
        return false;
    if (months->len == 0)
        return true;
    return read_month_ends(store, info, &g_array_index(months, Month, 0),
                           error) &&
           read_month_ends(store, info,
                           &g_array_index(months, Month, months->len - 1),
                           error);
}

StoreListInfo *store_list_info(Store *store, const char *list, bool with_memory,
                               GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autoptr(Reply) meta =
        router_command(store->router, list, error, "HMGET", key, "posts",
                       "duplicates", "person", NULL);

    if (meta == NULL)
        return NULL;
    StoreListInfo *info = g_new0(StoreListInfo, 1);
    uint64_t *const values[] = { &info->posts, &info->duplicates,
                                 &info->people };
    info->id = g_strdup(list);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        if (reply_is_string(meta->element[i]))
            *values[i] = g_ascii_strtoull(meta->element[i]->str, NULL, 10);
    }
    if (!read_ends(store, info, error) ||
        (with_memory && !store_list_memory(store, list, &info->bytes, error))) {
        store_list_info_free(info);
        return NULL;
    }
    return info;
}
