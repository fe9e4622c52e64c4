/* SPDX-License-Identifier: MIT */
#include "store/keys.h"
#include "store/script.h"
#include "store/seal.h"
#include "store/store_private.h"

#include "base/bytes.h"

#include <string.h>

enum {
    PERSON_DIGEST_BYTES = 8,
    ARRIVAL_BYTES = 6,
    IDENTITY_BYTES = 8,
    STAT_BYTES = 3,
    STAT_MAX = 0xffffff,
    TEXT_LEVEL = 6, /* of zstd: texts are written once and small */
    IDLE_ROUNDS = 3,
    OUTCOMES = 16, /* as in count.lua */
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

static void add_kept_text(Store *store, GPtrArray *words,
                          const Activity *activity)
{
    if (activity->text == NULL || activity->text_length == 0) {
        script_add_text(words, "");
        return;
    }
    g_autoptr(GBytes) packed = packer_pack(store->packer, activity->text,
                                           activity->text_length, TEXT_LEVEL);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(packed, &length);
    script_add_bytes(words, bytes, length);
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
    add_kept_text(store, words, activity);
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

/* What the answers of one round ask for. */
typedef struct Round {
    bool needs_script;
    GArray *full;   /* SealBucket: can be packed now */
    GArray *sealed; /* SealBucket: have to be unpacked first */
    GError *refusal;
} Round;

static void round_init(Round *round)
{
    *round = (Round){ .full = g_array_new(FALSE, FALSE, sizeof(SealBucket)),
                      .sealed = g_array_new(FALSE, FALSE, sizeof(SealBucket)) };
}

static void round_clear(Round *round)
{
    g_array_unref(round->full);
    g_array_unref(round->sealed);
    g_clear_error(&round->refusal);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Round, round_clear)

static bool asks_for_help(const Round *round)
{
    return round->needs_script || round->sealed->len > 0;
}

static void add_bucket(GArray *buckets, const StoreItem *item, uint64_t number)
{
    const SealBucket bucket = { item->activity->list, number };

    g_array_append_val(buckets, bucket);
}

/* The outcome, and in the bits above it the bucket that is full now. */
static void take_outcome(Round *round, StoreItem *item, long long answer)
{
    item->outcome = (StoreOutcome)(answer % OUTCOMES);
    if (answer >= OUTCOMES)
        add_bucket(round->full, item, (uint64_t)(answer / OUTCOMES) - 1);
}

static void judge_item(Round *round, StoreItem *item, const Reply *reply)
{
    GError *failure = NULL;

    if (reply == NULL)
        return;
    if (reply->type == REDIS_REPLY_INTEGER) {
        take_outcome(round, item, reply->integer);
    } else if (reply_is_error(reply, "NOSCRIPT")) {
        round->needs_script = true;
    } else if (reply_is_error(reply, "SEALED")) {
        add_bucket(round->sealed, item,
                   g_ascii_strtoull(reply->str + strlen("SEALED "), NULL, 10));
    } else {
        if (reply_is_good(reply, &failure))
            g_set_error_literal(&failure, STORE_ERROR, STORE_ERROR_SCHEMA,
                                "the script gave an unknown answer");
        keep_first_error(&round->refusal, failure);
    }
}

static void judge_lists(Round *round, const Batch *batch, unsigned lists)
{
    for (unsigned i = 0; i < lists && round->refusal == NULL; i++)
        (void)batch_good_reply(batch, i, &round->refusal);
}

/* Sends what is pending once and judges the answers that came. */
static bool send_pending(Store *store, StoreItem *items, unsigned count,
                         Round *round, GError **error)
{
    g_autoptr(Batch) batch = batch_new();

    append_lists(batch, items, count);
    const unsigned lists = batch_length(batch);
    for (unsigned i = 0; i < count; i++) {
        if (items[i].outcome == STORE_PENDING)
            append_item(store, batch, &items[i]);
    }
    const bool is_whole = router_run(store->router, batch, error);
    if (is_whole)
        judge_lists(round, batch, lists);
    for (unsigned i = 0, at = lists; i < count; i++) {
        if (items[i].outcome == STORE_PENDING)
            judge_item(round, &items[i], batch_reply(batch, at++));
    }
    return is_whole;
}

static unsigned count_pending(const StoreItem *items, unsigned count)
{
    unsigned pending = 0;

    for (unsigned i = 0; i < count; i++)
        pending += items[i].outcome == STORE_PENDING;
    return pending;
}

/* One round. *is_over: another one would not help. */
static bool run_round(Store *store, StoreItem *items, unsigned count,
                      bool *is_over, GError **error)
{
    g_auto(Round) round;

    round_init(&round);
    const bool is_whole = send_pending(store, items, count, &round, error);
    if (is_whole)
        seal_pack(store, round.full);
    *is_over = !is_whole || !asks_for_help(&round);
    if (!is_whole)
        return false;
    if (*is_over && round.refusal != NULL) {
        g_propagate_error(error, g_steal_pointer(&round.refusal));
        return false;
    }
    if (round.needs_script && !script_load(store->router, SCRIPT_COUNT, error))
        return false;
    return seal_unpack(store, round.sealed, error);
}

static unsigned first_pending(const StoreItem *items, unsigned count)
{
    unsigned i = 0;

    while (i < count && items[i].outcome != STORE_PENDING)
        i++;
    return i;
}

/* Rounds go on as long as they help: each counts something, but a few. */
static bool run_rounds(Store *store, StoreItem *items, unsigned count,
                       GError **error)
{
    unsigned idle = 0;
    bool is_over = false;

    while (!is_over) {
        const unsigned before = count_pending(items, count);
        if (!run_round(store, items, count, &is_over, error))
            return false;
        idle = count_pending(items, count) < before ? 0 : idle + 1;
        if (!is_over && idle == IDLE_ROUNDS) {
            g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                                "Redis forgets the script, or somebody packs "
                                "what is unpacked");
            return false;
        }
    }
    return true;
}

bool store_count(Store *store, StoreItem *items, unsigned count, unsigned *done,
                 GError **error)
{
    const bool is_good = run_rounds(store, items, count, error);

    if (done != NULL)
        *done = first_pending(items, count);
    return is_good;
}
