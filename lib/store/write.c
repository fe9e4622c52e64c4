/* SPDX-License-Identifier: MIT */
#include "store/keys.h"
#include "store/script.h"
#include "store/store_private.h"

#include "base/bytes.h"

#include <string.h>
#include <zstd.h>

enum {
    PERSON_DIGEST_BYTES = 8,
    ARRIVAL_BYTES = 6,
    IDENTITY_BYTES = 8,
    STAT_BYTES = 3,
    STAT_MAX = 0xffffff,
    TEXT_LEVEL = 6, /* of zstd: texts are written once and small */
    TRIES = 3,      /* to load the script */
    ARRIVAL_MAX_BITS = 46,
};

/* Most raw strings say what can be made again: " Name <address>". */
static bool is_plain(const MailPerson *person)
{
    g_autofree char *plain =
        g_strdup_printf(" %s <%s>", person->name, person->address);

    return strcmp(plain, person->raw) == 0;
}

/* Digests of the raw string and of the address, then what people: holds (see
 * read.c). */
static void add_person(GPtrArray *words, const MailPerson *person)
{
    char digest[PERSON_DIGEST_BYTES];
    GString *word = g_string_new(NULL);

    keys_person_digest(person->raw, digest);
    g_string_append_len(word, digest, sizeof(digest));
    keys_person_digest(person->address, digest);
    g_string_append_len(word, digest, sizeof(digest));
    g_string_append(word, person->name);
    g_string_append_c(word, '\0');
    g_string_append(word, person->address);
    if (!is_plain(person)) {
        g_string_append_c(word, '\0');
        g_string_append(word, person->raw);
    }
    g_ptr_array_add(words, word);
}

static void add_big_endian(GPtrArray *words, uint64_t value)
{
    const uint64_t swapped = GUINT64_TO_BE(value);

    script_add_bytes(words, &swapped, sizeof(swapped));
}

static void add_arrival(GPtrArray *words, int64_t arrival_ms)
{
    char month[32];
    GString *packed = g_string_new(NULL);

    script_add_number(words, (uint64_t)arrival_ms);
    bytes_put(packed, (uint64_t)arrival_ms, ARRIVAL_BYTES);
    g_ptr_array_add(words, packed);
    keys_month(arrival_ms, month);
    script_add_text(words, month);
}

static void add_row_rear(GPtrArray *words, const Activity *activity)
{
    GString *rear = g_string_new(NULL);

    bytes_put(rear,
              (uint64_t)activity->kinds.of_person |
                  (uint64_t)activity->kinds.of_bot << 4,
              1);
    bytes_put(rear, activity->flags & 0xff, 1);
    bytes_put(rear, MIN(activity->insertions, STAT_MAX), STAT_BYTES);
    bytes_put(rear, MIN(activity->deletions, STAT_MAX), STAT_BYTES);
    g_ptr_array_add(words, rear);
}

/* Length before compression, then zstd. */
static void add_kept_text(GPtrArray *words, const Activity *activity)
{
    if (activity->text == NULL || activity->text_length == 0) {
        script_add_text(words, "");
        return;
    }
    const size_t bound = ZSTD_compressBound(activity->text_length);
    GString *packed = g_string_sized_new(bound);
    const size_t length = ZSTD_compress(packed->str, bound, activity->text,
                                        activity->text_length, TEXT_LEVEL);

    g_assert(!ZSTD_isError(length));
    g_string_set_size(packed, length);
    g_ptr_array_add(words, packed);
}

static void add_links(GPtrArray *words, const Activity *activity)
{
    GString *packed = g_string_new(NULL);

    for (unsigned i = 0; i < activity->links->len; i++) {
        const uint64_t link =
            GUINT64_TO_BE(g_array_index(activity->links, uint64_t, i) << 16);
        g_string_append_len(packed, (const char *)&link, RECORD_LINK_BYTES);
    }
    g_ptr_array_add(words, packed);
}

static bool is_authored(const Activity *activity)
{
    return activity->kinds.of_person == POST_PATCH ||
           activity->kinds.of_person == POST_COVER;
}

static void add_people(GPtrArray *words, const Activity *activity)
{
    add_person(words, &activity->author);
    if (strcmp(activity->author.raw, activity->sender.raw) == 0)
        script_add_text(words, "");
    else
        add_person(words, &activity->sender);
    for (unsigned i = 0; i < activity->credits->len; i++) {
        const ActivityCredit *credit = g_ptr_array_index(activity->credits, i);
        script_add_number(words, credit->kind);
        add_person(words, &credit->person);
    }
}

static void add_position(GPtrArray *words, const StorePosition *position)
{
    script_add_text(words, position->source != NULL ? position->source : "");
    script_add_number(words, position->row);
    script_add_number(words, position->previous);
}

/* The order is count.lua's. */
static void append_item(Store *store, Batch *batch, const StoreItem *item)
{
    const Activity *activity = item->activity;
    g_autoptr(GPtrArray) words = script_words_new();
    g_autofree char *key = keys_of_list(activity->list, "meta");
    const int64_t arrival_ms =
        CLAMP(activity->arrival_ms, 1, (int64_t)1 << ARRIVAL_MAX_BITS);

    add_position(words, &item->position);
    add_arrival(words, arrival_ms);
    add_big_endian(words, activity->identity);
    script_add_bytes(words, activity->mark, RECORD_MARK_BYTES);
    script_add_flag(words, activity->has_mark);
    script_add_flag(words, activity->is_replay);
    script_add_text(words, post_kind_name(activity->kinds.of_person));
    script_add_number(words, activity->insertions);
    script_add_number(words, activity->deletions);
    add_row_rear(words, activity);
    script_add_bytes(words, activity->record->str, activity->record->len);
    add_kept_text(words, activity);
    add_links(words, activity);
    script_add_flag(words, is_authored(activity));
    script_add_flag(words, (activity->flags & POST_MALFORMED) != 0);
    script_add_flag(words, router_is_cluster(store->router));
    add_people(words, activity);

    script_add_call(batch, SCRIPT_COUNT, activity->list, key, words);
}

/* Makes the lists of the items known; one command a list. */
static void append_lists(Batch *batch, const StoreItem *items, unsigned count)
{
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = 0; i < count; i++) {
        char *list = items[i].activity->list;
        if (items[i].outcome == STORE_PENDING && g_hash_table_add(named, list))
            batch_add_words(batch, "lp:lists", "SADD", "lp:lists", list, NULL);
    }
}

/* A gap behind a failure only says that the row before it is missing. */
static void keep_first_error(GError **kept, GError *failure)
{
    if (*kept == NULL)
        *kept = failure;
    else
        g_error_free(failure);
}

static void judge_item(StoreItem *item, const Reply *reply, bool *is_missing,
                       GError **kept)
{
    GError *failure = NULL;

    if (reply == NULL)
        return;
    if (reply->type == REDIS_REPLY_INTEGER) {
        item->outcome = (StoreOutcome)reply->integer;
        return;
    }
    if (reply_is_error(reply, "NOSCRIPT")) {
        *is_missing = true;
        return;
    }
    if (reply_is_good(reply, &failure))
        g_set_error_literal(&failure, STORE_ERROR, STORE_ERROR_SCHEMA,
                            "the script gave an unknown answer");
    keep_first_error(kept, failure);
}

static void judge_lists(const Batch *batch, unsigned lists, GError **kept)
{
    for (unsigned i = 0; i < lists && *kept == NULL; i++)
        (void)batch_good_reply(batch, i, kept);
}

/* Sends what is pending once. */
static bool send_pending(Store *store, StoreItem *items, unsigned count,
                         bool *is_missing, GError **error)
{
    g_autoptr(Batch) batch = batch_new();
    g_autoptr(GError) failure = NULL;
    g_autoptr(GError) refusal = NULL;

    append_lists(batch, items, count);
    const unsigned lists = batch_length(batch);
    for (unsigned i = 0; i < count; i++) {
        if (items[i].outcome == STORE_PENDING)
            append_item(store, batch, &items[i]);
    }
    const bool is_whole = router_run(store->router, batch, &failure);
    if (is_whole)
        judge_lists(batch, lists, &refusal);
    for (unsigned i = 0, at = lists; i < count; i++) {
        if (items[i].outcome == STORE_PENDING)
            judge_item(&items[i], batch_reply(batch, at++), is_missing,
                       &refusal);
    }
    if (!is_whole)
        g_propagate_error(error, g_steal_pointer(&failure));
    else if (refusal != NULL && !*is_missing)
        g_propagate_error(error, g_steal_pointer(&refusal));
    else
        return true;
    return false;
}

static unsigned first_pending(const StoreItem *items, unsigned count)
{
    unsigned i = 0;

    while (i < count && items[i].outcome != STORE_PENDING)
        i++;
    return i;
}

bool store_count(Store *store, StoreItem *items, unsigned count, unsigned *done,
                 GError **error)
{
    bool is_good = true;

    for (int tries = 0; tries < TRIES; tries++) {
        bool is_missing = false;
        is_good = send_pending(store, items, count, &is_missing, error);
        if (!is_good || !is_missing)
            break;
        is_good = script_load(store->router, SCRIPT_COUNT, error);
        if (!is_good)
            break;
    }
    const unsigned pending = first_pending(items, count);
    if (done != NULL)
        *done = pending;
    if (is_good && pending < count)
        g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                            "Redis forgets the script");
    return is_good && pending == count;
}
