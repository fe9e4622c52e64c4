/* SPDX-License-Identifier: MIT */
#include "store/maintain.h"

#include "activity/links.h"
#include "base/bytes.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/script.h"
#include "store/seal.h"

#include <string.h>

#include "base/banned.h"

enum {
    POSTS_A_BATCH = 64,
    ARRIVAL_BYTES = 6,
    TRIES = 3, /* to load the script */
    PERSON_DIGEST_BYTES = 8,
    FIRST_BYTES = 12,
    TEXT_LEVEL = 3, /* of zstd, as write.c has it */
};

/* --- people ---------------------------------------------------------- */

static bool has_address(const Reply *value, const char *address)
{
    const char *stop = memchr(value->str, '\0', value->len);

    return stop != NULL && g_ascii_strcasecmp(stop + 1, address) == 0;
}

GArray *store_people_at(Store *store, const char *list, const char *address,
                        GError **error)
{
    g_autofree char *key = keys_of_list(list, "people");
    g_autoptr(Reply) reply =
        router_command(store->router, list, error, "HGETALL", key, NULL);

    if (reply == NULL)
        return NULL;
    GArray *people = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        const uint32_t number =
            (uint32_t)g_ascii_strtoull(reply->element[i]->str, NULL, 10);
        if (has_address(reply->element[i + 1], address))
            g_array_append_val(people, number);
    }
    store_sort_numbers(people);
    return people;
}

static void add_person_erasure(Batch *batch, const char *list,
                               const MailPerson *person, uint32_t number)
{
    g_autofree char *people = keys_of_list(list, "people");
    g_autofree char *digests = keys_of_list(list, "person");
    g_autofree char *addresses = keys_of_list(list, "address");
    g_autofree char *firsts = keys_of_list(list, "firsts");
    g_autofree char *field = g_strdup_printf("%u", number);
    g_autofree char *at = g_strdup_printf("%u", (number - 1) * FIRST_BYTES);
    static const char zeros[FIRST_BYTES];
    char digest[PERSON_DIGEST_BYTES], address[PERSON_DIGEST_BYTES];

    keys_person_digest(person->raw, digest);
    keys_person_digest(person->address, address);
    const char *const forget[] = { "HDEL", digests, digest };
    const size_t forget_lengths[] = { 4, strlen(digests), sizeof(digest) };
    const char *const forget_address[] = { "HDEL", addresses, address };
    const size_t address_lengths[] = { 4, strlen(addresses), sizeof(address) };
    const char *const reset[] = { "SETRANGE", firsts, at, zeros };
    const size_t reset_lengths[] = { 8, strlen(firsts), strlen(at),
                                     sizeof(zeros) };
    batch_add_words(batch, list, "HDEL", people, field, NULL);
    batch_add(batch, list, G_N_ELEMENTS(forget), forget, forget_lengths);
    batch_add(batch, list, G_N_ELEMENTS(forget_address), forget_address,
              address_lengths);
    batch_add(batch, list, G_N_ELEMENTS(reset), reset, reset_lengths);
}

bool store_erase_people(Store *store, const char *list, const uint32_t *people,
                        unsigned count, GError **error)
{
    g_autoptr(GArray) found = store_people(store, list, people, count, error);
    g_autoptr(Batch) batch = batch_new();

    if (found == NULL)
        return false;
    for (unsigned i = 0; i < count; i++)
        add_person_erasure(batch, list, &g_array_index(found, MailPerson, i),
                           people[i]);
    return router_run_good(store->router, batch, error);
}

/* --- posts ----------------------------------------------------------- */

static void add_finders(GPtrArray *words, const PostRecord *record,
                        const char *address, const char *prefix)
{
    g_autoptr(GArray) links = activity_links_of_record(record, prefix, address);
    GString *digests = g_string_new(NULL);

    for (unsigned i = 0; i < links->len; i++)
        keys_put_digest(digests, g_array_index(links, uint64_t, i));
    g_ptr_array_add(words, digests);
    script_add_bytes(words, record->mark, LAYOUT_DIGEST_BYTES);
}

/* A frame, as count.lua gets it; empty if no text comes. */
static GString *new_text(Store *store, const StoreErasure *erasure)
{
    if (erasure->kind != STORE_REPLACE_TEXT)
        return g_string_new(NULL);
    g_autoptr(GBytes) packed = packer_pack(store->packer, erasure->text,
                                           strlen(erasure->text), TEXT_LEVEL);
    gsize length;
    const char *bytes = g_bytes_get_data(packed, &length);

    return g_string_new_len(bytes, (gssize)length);
}

/* The order is erase.lua's. */
static void append_post(Store *store, Batch *batch, const StoreErasure *erasure,
                        const PostRecord *record, const char *address)
{
    g_autoptr(GPtrArray) words = script_words_new();
    g_autofree char *key = keys_of_list(erasure->list, "meta");
    GString *arrival = g_string_new(NULL);
    char month[32];

    keys_month(record->arrival_ms, month);
    bytes_put(arrival, (uint64_t)record->arrival_ms, ARRIVAL_BYTES);
    script_add_number(words, record->post);
    g_ptr_array_add(words, arrival);
    script_add_text(words, month);
    script_add_text(words, post_kind_name(record->kind));
    script_add_flag(words, (record->flags & POST_MALFORMED) != 0);
    script_add_number(words, record_counted_lines(record, record->insertions));
    script_add_number(words, record_counted_lines(record, record->deletions));
    script_add_number(words, record->author);
    script_add_number(words, record->sender);
    script_add_flag(words,
                    record->kind == POST_PATCH || record->kind == POST_COVER);
    script_add_number(words, erasure->kind);
    add_finders(words, record, address, erasure->prefix);
    g_ptr_array_add(words, new_text(store, erasure));
    script_add_call(batch, SCRIPT_ERASE, erasure->list, key, words);
}

/* Reads the addresses of the authors of records, in their order. */
static GArray *read_authors(Store *store, const char *list,
                            const GArray *records, GError **error)
{
    g_autoptr(GArray) authors = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < records->len; i++)
        g_array_append_val(authors,
                           g_array_index(records, PostRecord, i).author);
    return store_people(store, list, (const uint32_t *)(gpointer)authors->data,
                        authors->len, error);
}

static Batch *make_batch(Store *store, const StoreErasure *erasure,
                         const GArray *records, const GArray *authors)
{
    Batch *batch = batch_new();

    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = &g_array_index(records, PostRecord, i);
        if (record->post != 0)
            append_post(store, batch, erasure, record,
                        g_array_index(authors, MailPerson, i).address);
    }
    return batch;
}

/* Sets *is_missing if the script has to be loaded first, and *is_packed if
 * somebody packed what was unpacked. */
static bool run_erasure(Store *store, Batch *batch, uint64_t *erased,
                        bool *is_missing, bool *is_packed, GError **error)
{
    *is_missing = false;
    if (!router_run(store->router, batch, error))
        return false;
    for (unsigned i = 0; i < batch_length(batch); i++) {
        if (reply_is_error(batch_reply(batch, i), "NOSCRIPT")) {
            *is_missing = true;
            continue;
        }
        const Reply *reply = batch_good_reply(batch, i, error);
        if (reply == NULL)
            return false;
        if (reply->integer < 0)
            *is_packed = true;
        else
            *erased += (uint64_t)reply->integer;
    }
    return true;
}

/* Returns the buckets of the posts, each once. */
static GArray *touched_buckets(const char *list, const uint32_t *posts,
                               unsigned count)
{
    GArray *buckets = g_array_new(FALSE, FALSE, sizeof(SealBucket));

    for (unsigned i = 0; i < count; i++) {
        const SealBucket bucket = { list, posts[i] / LAYOUT_POSTS_IN_BUCKET };
        bool is_known = false;
        for (unsigned j = 0; j < buckets->len && !is_known; j++)
            is_known =
                g_array_index(buckets, SealBucket, j).number == bucket.number;
        if (!is_known)
            g_array_append_val(buckets, bucket);
    }
    return buckets;
}

static bool erase_raw(Store *store, const StoreErasure *erasure,
                      const uint32_t *posts, unsigned count, uint64_t *erased,
                      bool *is_packed, GError **error)
{
    *is_packed = false;
    for (int tries = 0; tries < TRIES; tries++) {
        bool is_missing = false;
        g_autoptr(GArray) records =
            store_posts(store, erasure->list, posts, count, error);
        if (records == NULL)
            return false;
        g_autoptr(GArray) authors =
            read_authors(store, erasure->list, records, error);
        if (authors == NULL)
            return false;
        g_autoptr(Batch) batch = make_batch(store, erasure, records, authors);
        if (!run_erasure(store, batch, erased, &is_missing, is_packed, error))
            return false;
        if (!is_missing)
            return true;
        if (!script_load(store->router, SCRIPT_ERASE, error))
            return false;
    }
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                        "Redis forgets the script");
    return false;
}

static bool erase_some(Store *store, const StoreErasure *erasure,
                       const uint32_t *posts, unsigned count, uint64_t *erased,
                       GError **error)
{
    const bool is_text =
        erasure->kind == STORE_DROP_TEXT || erasure->kind == STORE_REPLACE_TEXT;
    uint64_t last = 0;
    bool is_packed = true;

    g_autoptr(GArray) buckets = touched_buckets(erasure->list, posts, count);
    for (int tries = 0; is_packed && tries < TRIES; tries++) {
        if (!(is_text || seal_unpack(store, buckets, error)) ||
            !seal_unpack_texts(store, buckets, error) ||
            !erase_raw(store, erasure, posts, count, erased, &is_packed, error))
            return false;
    }
    if (is_packed) {
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                            "somebody packs what is unpacked");
        return false;
    }
    if (!store_meta(store, erasure->list, "post", &last, error))
        return false;
    /* the bucket that still grows stays raw */
    for (unsigned i = 0; i < buckets->len; i++) {
        if (g_array_index(buckets, SealBucket, i).number >=
            (last + 1) / LAYOUT_POSTS_IN_BUCKET)
            g_array_remove_index_fast(buckets, i--);
    }
    seal_pack(store, buckets);
    return true;
}

bool store_erase_posts(Store *store, const StoreErasure *erasure,
                       const uint32_t *posts, unsigned count, uint64_t *erased,
                       GError **error)
{
    *erased = 0;
    for (unsigned at = 0; at < count; at += POSTS_A_BATCH) {
        if (!erase_some(store, erasure, posts + at,
                        MIN(count - at, (unsigned)POSTS_A_BATCH), erased,
                        error))
            return false;
    }
    return true;
}
