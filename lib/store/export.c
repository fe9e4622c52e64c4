/* SPDX-License-Identifier: MIT */
#include "store/export.h"

#include "base/bytes.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/person.h"
#include "store/script.h"

#include <string.h>

#include "base/banned.h"

enum {
    BUCKETS_AT_ONCE = 256,
    MOVES_MAX = 100, /* how often they may be split while they are read */
    FACTS_AT_ONCE = 256,
    TRIES = 3, /* to load the script */
    IDENTITY_BYTES = 8,
};

/* --- state ------------------------------------------------------------- */

static void set_number(const StoreState *state, const char *name,
                       uint64_t *number)
{
    const char *value = g_hash_table_lookup(state->fields, name);

    *number = value != NULL ? g_ascii_strtoull(value, NULL, 10) : 0;
}

static gboolean is_no_fact(gpointer name, gpointer value, gpointer data)
{
    (void)value;
    (void)data;
    return !(g_str_has_prefix(name, "at ") ||
             strcmp(name, META_TEXTS_FROM) == 0 ||
             strcmp(name, META_POSTS_FROM) == 0);
}

StoreState *store_state(Store *store, const char *list, GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    uint32_t last_post = 0;
    uint64_t last_person = 0;

    if (!store_last_post(store, list, &last_post, error))
        return NULL;
    GHashTable *fields = store_facts_of(store, list, key, error);
    if (fields == NULL)
        return NULL;
    StoreState *state = g_new0(StoreState, 1);

    state->fields = fields;
    state->last_post = last_post;
    set_number(state, "person", &last_person);
    set_number(state, "posts", &state->posts);
    state->last_person = (uint32_t)last_person;
    g_hash_table_foreach_remove(fields, is_no_fact, NULL);
    return state;
}

void store_state_free(StoreState *state)
{
    if (state == NULL)
        return;
    g_hash_table_unref(state->fields);
    g_free(state);
}

/* --- all buckets of a family -------------------------------------------- */

typedef struct Walk {
    Store *store;
    const char *list;
    KeysFamily family;
    uint32_t first, until; /* posts */
    GPtrArray *values;     /* GBytes * or NULL, of the buckets that were read */
    GArray *found;
    void (*take)(struct Walk *walk, const char *entry);
} Walk;

static void free_bytes(gpointer bytes)
{
    if (bytes != NULL)
        g_bytes_unref(bytes);
}

static void keep_value(const Reply *value, unsigned i, void *data)
{
    const Walk *walk = data;

    (void)i;
    g_ptr_array_add(walk->values, reply_is_string(value)
                                      ? g_bytes_new(value->str, value->len)
                                      : NULL);
}

static void take_values(Walk *walk)
{
    const size_t entry = keys_entry_bytes(walk->family);

    for (unsigned i = 0; i < walk->values->len; i++) {
        gsize length = 0;
        GBytes *value = walk->values->pdata[i];
        const char *bytes =
            value != NULL ? g_bytes_get_data(value, &length) : NULL;

        for (size_t at = 0; at + entry <= length; at += entry)
            walk->take(walk, bytes + at);
    }
}

/* The buckets from that of the digest on; behind them *next is the first digest
 * of the next ones, 0 at the end. *is_same: none was split meanwhile, so that
 * they hold all. */
static bool read_buckets(Walk *walk, uint64_t digest, uint32_t *last_post,
                         uint64_t *next, bool *is_same, GError **error)
{
    const uint32_t before = *last_post;
    const unsigned count = keys_bucket_count(walk->family, before);
    const unsigned first = keys_bucket_of(walk->family, before, digest);
    const unsigned end = MIN(first + BUCKETS_AT_ONCE, count);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = first; i < end; i++)
        g_ptr_array_add(keys, keys_bucket(walk->list, walk->family, before, i));
    g_ptr_array_set_size(walk->values, 0);
    if (!store_read_values_then(walk->store, walk->list, keys, keep_value, walk,
                                last_post, error))
        return false;
    *next = end < count ? keys_bucket_start(walk->family, before, end) : 0;
    *is_same = true;
    for (unsigned i = first; i < end && *is_same; i++) {
        const uint64_t start = keys_bucket_start(walk->family, before, i);
        g_autofree char *now =
            keys_bucket(walk->list, walk->family, *last_post,
                        keys_bucket_of(walk->family, *last_post, start));

        *is_same = strcmp(now, keys->pdata[i - first]) == 0;
    }
    return true;
}

static bool walk_all(Walk *walk, GError **error)
{
    uint32_t last_post = 0;
    uint64_t digest = 0;
    unsigned moves = 0;

    if (!store_last_post(walk->store, walk->list, &last_post, error))
        return false;
    do {
        uint64_t next = 0;
        bool is_same = false;

        if (!read_buckets(walk, digest, &last_post, &next, &is_same, error))
            return false;
        if (is_same) {
            take_values(walk);
            digest = next;
            moves = 0;
        } else if (++moves > MOVES_MAX) {
            g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                                "the list grows faster than it can be read");
            return false;
        }
        if (is_same && next == 0)
            return true;
    } while (true);
}

/* Returns what the walk takes, each of size bytes, in order. */
static GArray *walk_in_order(Walk *walk, unsigned size, GCompareFunc compare,
                             GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, size);
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(free_bytes);

    walk->values = values;
    walk->found = found;
    if (!walk_all(walk, error))
        return NULL;
    g_array_sort(found, compare);
    return g_steal_pointer(&found);
}

static void take_known(Walk *walk, const char *entry)
{
    BytesReader reader =
        bytes_reader(entry, (size_t)keys_entry_bytes(KEYS_SEEN));
    uint64_t identity = 0;

    memcpy(&identity, bytes_get_raw(&reader, IDENTITY_BYTES), IDENTITY_BYTES);
    const uint32_t post = (uint32_t)bytes_get(&reader, 4);
    const StoreKnown known = {
        .post = post,
        .identity = GUINT64_FROM_BE(identity),
        .arrival_ms = (int64_t)bytes_get(&reader, 6),
    };

    if (post >= walk->first && post < walk->until)
        g_array_append_val(walk->found, known);
}

static void take_mark(Walk *walk, const char *entry)
{
    uint32_t post = 0;

    memcpy(&post, entry + LAYOUT_DIGEST_BYTES, sizeof(post));
    const StoreMark mark = { GUINT32_FROM_BE(post), keys_get_digest(entry) };

    if (mark.post >= walk->first && mark.post < walk->until)
        g_array_append_val(walk->found, mark);
}

static int compare_known(gconstpointer one, gconstpointer other)
{
    const StoreKnown *a = one, *b = other;

    return (a->post > b->post) - (a->post < b->post);
}

static int compare_marks(gconstpointer one, gconstpointer other)
{
    const StoreMark *a = one, *b = other;

    if (a->post != b->post)
        return a->post < b->post ? -1 : 1;
    return (a->digest > b->digest) - (a->digest < b->digest);
}

GArray *store_known(Store *store, const char *list, uint32_t first,
                    uint32_t until, GError **error)
{
    Walk walk = { .store = store,
                  .list = list,
                  .family = KEYS_SEEN,
                  .first = first,
                  .until = until,
                  .take = take_known };

    return walk_in_order(&walk, sizeof(StoreKnown), compare_known, error);
}

GArray *store_marks(Store *store, const char *list, uint32_t first,
                    uint32_t until, GError **error)
{
    Walk walk = { .store = store,
                  .list = list,
                  .family = KEYS_MARKS,
                  .first = first,
                  .until = until,
                  .take = take_mark };

    return walk_in_order(&walk, sizeof(StoreMark), compare_marks, error);
}

/* --- copies -------------------------------------------------------------- */

static int compare_copies(gconstpointer one, gconstpointer other)
{
    const StoreCopies *a = one, *b = other;

    return (a->second > b->second) - (a->second < b->second);
}

static bool add_copies(Store *store, const char *list, const char *key,
                       GArray *copies, GError **error)
{
    g_autoptr(GHashTable) seconds = store_facts_of(store, list, key, error);
    GHashTableIter iterator;
    gpointer second = NULL, count = NULL;

    if (seconds == NULL)
        return false;
    g_hash_table_iter_init(&iterator, seconds);
    while (g_hash_table_iter_next(&iterator, &second, &count)) {
        const StoreCopies one = { g_ascii_strtoll(second, NULL, 10),
                                  g_ascii_strtoull(count, NULL, 10) };

        g_array_append_val(copies, one);
    }
    return true;
}

GArray *store_copies(Store *store, const char *list, GError **error)
{
    g_autoptr(GPtrArray) keys = store_scan(store, list, "dups:*", error);
    g_autoptr(GArray) copies = g_array_new(FALSE, FALSE, sizeof(StoreCopies));

    if (keys == NULL)
        return NULL;
    for (unsigned i = 0; i < keys->len; i++)
        if (!add_copies(store, list, keys->pdata[i], copies, error))
            return NULL;
    g_array_sort(copies, compare_copies);
    return g_steal_pointer(&copies);
}

/* --- putting back --------------------------------------------------------- */

static void free_word(gpointer word)
{
    g_string_free(word, TRUE);
}

GPtrArray *store_restore_new(void)
{
    return g_ptr_array_new_with_free_func(free_word);
}

/* The order is restore.lua's. */
void store_restore_person(GPtrArray *facts, const MailPerson *person,
                          int64_t first_post_ms, int64_t first_patch_ms)
{
    GString *word = g_string_new("p");

    bytes_put(word, (uint64_t)first_post_ms, 6);
    bytes_put(word, (uint64_t)first_patch_ms, 6);
    bytes_put(word, 0, 1);
    person_put(word, person);
    g_ptr_array_add(facts, word);
}

void store_restore_mark(GPtrArray *facts, uint64_t identity, uint64_t digest)
{
    const uint64_t swapped = GUINT64_TO_BE(identity);
    GString *word = g_string_new("m");

    g_string_append_len(word, (const char *)&swapped, sizeof(swapped));
    keys_put_digest(word, digest);
    g_ptr_array_add(facts, word);
}

void store_restore_copies(GPtrArray *facts, const StoreCopies *copies)
{
    GString *word = g_string_new("d");
    char month[32];

    keys_month(copies->second * 1000, month);
    g_string_append_len(word, month, KEYS_MONTH_LENGTH);
    bytes_put(word, (uint64_t)copies->second, 6);
    bytes_put(word, copies->count, 4);
    g_ptr_array_add(facts, word);
}

void store_restore_field(GPtrArray *facts, const char *name, const char *value)
{
    GString *word = g_string_new("f");

    g_string_append_len(word, name, (gssize)strlen(name) + 1);
    g_string_append(word, value);
    g_ptr_array_add(facts, word);
}

void store_restore_end(GPtrArray *facts)
{
    g_ptr_array_add(facts, g_string_new("e"));
}

static bool restore_some(Store *store, const char *list, const GPtrArray *words,
                         GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");

    for (int tries = 0; tries < TRIES; tries++) {
        g_autoptr(Batch) batch = batch_new();

        script_add_call(batch, SCRIPT_RESTORE, list, key, words);
        if (!router_run(store->router, batch, error))
            return false;
        if (!reply_is_error(batch_reply(batch, 0), "NOSCRIPT"))
            return batch_good_reply(batch, 0, error) != NULL;
        if (!script_load(store->router, SCRIPT_RESTORE, error))
            return false;
    }
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                        "Redis forgets the script");
    return false;
}

bool store_restore(Store *store, const char *list, const GPtrArray *facts,
                   GError **error)
{
    for (unsigned at = 0; at < facts->len; at += FACTS_AT_ONCE) {
        g_autoptr(GPtrArray) words = g_ptr_array_new();

        for (unsigned i = at; i < MIN(at + FACTS_AT_ONCE, facts->len); i++)
            g_ptr_array_add(words, facts->pdata[i]);
        if (!restore_some(store, list, words, error))
            return false;
    }
    return true;
}
