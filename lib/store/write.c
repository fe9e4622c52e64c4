/* SPDX-License-Identifier: MIT */
#include "store/fill.h"
#include "store/internal.h"
#include "store/keys.h"
#include "store/person.h"
#include "store/rights.h"
#include "store/script.h"
#include "store/seal.h"

#include "activity/author.h"
#include "base/bytes.h"

#include <string.h>

#include "base/banned.h"

enum {
    PEOPLE_KEPT = 4096,
    ARRIVAL_BYTES = 6,
    ROW_NUMBER_BYTES = 6,
    STAT_BYTES = 3,
    STAT_MAX = 0xffffff,
    TEXT_LEVEL = 3, /* of zstd: higher ones gain next to nothing on a text */
    IDLE_ROUNDS = 3,
    ARRIVAL_MAX_BITS = 46,
    POSTS_A_CALL = 32, /* so that a script takes a millisecond, not more */
    BYTES_A_CALL = 256 * 1024,
};

/* --- a post as the script takes it ------------------------------------ */

static void free_word(gpointer word)
{
    g_string_free(word, TRUE);
}

/* A list has few people and each writes often: what was packed is kept. */
static void append_person(Store *store, GString *word, unsigned kind,
                          const MailPerson *person)
{
    if (store->people == NULL)
        store->people =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_word);
    if (g_hash_table_size(store->people) >= PEOPLE_KEPT)
        g_hash_table_remove_all(store->people);

    GString *packed = g_hash_table_lookup(store->people, person->raw);

    if (packed == NULL) {
        packed = g_string_new(NULL);
        person_put(packed, person);
        g_hash_table_insert(store->people, g_strdup(person->raw), packed);
    }
    bytes_put(word, kind, 1);
    g_string_append_len(word, packed->str, (gssize)packed->len);
}

static bool has_sender(const Activity *activity)
{
    return strcmp(activity->author.raw, activity->sender.raw) != 0;
}

static GString *pack_people(Store *store, const Activity *activity)
{
    GString *word = g_string_new(NULL);

    append_person(store, word, 0, &activity->author);
    if (has_sender(activity))
        append_person(store, word, 0, &activity->sender);
    for (unsigned i = 0; i < activity->credits->len; i++) {
        const ActivityCredit *credit = g_ptr_array_index(activity->credits, i);
        append_person(store, word, credit->kind, &credit->person);
    }
    return word;
}

static void put_row_rear(GString *word, const Activity *activity)
{
    bytes_put(word,
              (uint64_t)activity->kinds.of_person |
                  (uint64_t)activity->kinds.of_bot << 4,
              1);
    bytes_put(word, activity->flags & 0xff, 1);
    bytes_put(word, MIN(activity->insertions, STAT_MAX), STAT_BYTES);
    bytes_put(word, MIN(activity->deletions, STAT_MAX), STAT_BYTES);
}

static bool is_authored(const Activity *activity)
{
    return activity->kinds.of_person == POST_PATCH ||
           activity->kinds.of_person == POST_COVER;
}

static unsigned flags_of(const Activity *activity)
{
    return (activity->has_mark ? LAYOUT_ITEM_HAS_MARK : 0) |
           (activity->is_replay ? LAYOUT_ITEM_IS_REPLAY : 0) |
           (is_authored(activity) ? LAYOUT_ITEM_IS_AUTHORED : 0) |
           ((activity->flags & POST_MALFORMED) != 0 ? LAYOUT_ITEM_IS_MALFORMED
                                                    : 0) |
           (has_sender(activity) ? LAYOUT_ITEM_HAS_SENDER : 0) |
           (activity->is_erased ? LAYOUT_ITEM_IS_ERASED : 0) |
           (activity->is_brought ? LAYOUT_ITEM_IS_BROUGHT : 0) |
           (author_is_spoken_for(activity->flags) ? LAYOUT_ITEM_IS_SPOKEN_FOR
                                                  : 0);
}

/* The order is count.lua's: HEAD, and the name of the kind. */
static GString *pack_head(const StoreItem *item)
{
    const Activity *activity = item->activity;
    const int64_t arrival_ms =
        CLAMP(activity->arrival_ms, 1, (int64_t)1 << ARRIVAL_MAX_BITS);
    const uint64_t identity = GUINT64_TO_BE(activity->identity);
    GString *word = g_string_new(NULL);
    char month[32];

    keys_month(arrival_ms, month);
    bytes_put(word, item->position.row, ROW_NUMBER_BYTES);
    bytes_put(word, item->position.previous, ROW_NUMBER_BYTES);
    bytes_put(word, (uint64_t)arrival_ms, ARRIVAL_BYTES);
    g_string_append_len(word, month, KEYS_MONTH_LENGTH);
    g_string_append_len(word, (const char *)&identity, sizeof(identity));
    g_string_append_len(word, (const char *)activity->mark, RECORD_MARK_BYTES);
    put_row_rear(word, activity);
    bytes_put(word, flags_of(activity), 1);
    bytes_put(word, activity->insertions, 4);
    bytes_put(word, activity->deletions, 4);
    g_string_append(word, post_kind_name(activity->kinds.of_person));
    return word;
}

static GString *pack_text(Store *store, const Activity *activity)
{
    if (activity->text == NULL || activity->text_length == 0)
        return g_string_new(NULL);
    g_autoptr(GBytes) packed = packer_pack(store->packer, activity->text,
                                           activity->text_length, TEXT_LEVEL);
    gsize length = 0;
    const void *bytes = g_bytes_get_data(packed, &length);
    return g_string_new_len(bytes, (gssize)length);
}

static GString *pack_links(const Activity *activity)
{
    GString *word = g_string_new(NULL);

    for (unsigned i = 0; i < activity->links->len; i++)
        keys_put_digest(word, g_array_index(activity->links, uint64_t, i));
    return word;
}

/* What followers of the list are told, see events.lua; empty for an import. */
static GString *pack_event(const Activity *activity)
{
    const char *const texts[] = { activity->message_id, activity->subject,
                                  activity->author.name,
                                  activity->author.address };
    GString *word = g_string_new(NULL);

    if (activity->is_replay || activity->message_id == NULL)
        return word;
    for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
        g_string_append_len(i > 0 ? g_string_append_c(word, '\0') : word,
                            texts[i], (gssize)strlen(texts[i]));
    return word;
}

/* --- calls of the script ---------------------------------------------- */

/* Some posts of one list and one source, in order. */
typedef struct Call {
    const char *list, *source;
    GPtrArray *words;
    GArray *items; /* unsigned: which of the items */
    size_t bytes;
} Call;

static void call_clear(gpointer data)
{
    Call *call = data;

    g_ptr_array_unref(call->words);
    g_array_unref(call->items);
}

static const char *source_of(const StoreItem *item)
{
    return item->position.source != NULL ? item->position.source : "";
}

static void open_call(GArray *calls, const StoreItem *item)
{
    const Call call = {
        .list = item->activity->list,
        .source = source_of(item),
        .words = script_words_new(),
        .items = g_array_new(FALSE, FALSE, sizeof(unsigned)),
    };

    script_add_text(call.words, call.source);
    g_array_append_val(calls, call);
}

static bool takes_more(const Call *call, const StoreItem *item)
{
    return call->items->len < POSTS_A_CALL && call->bytes < BYTES_A_CALL &&
           strcmp(call->source, source_of(item)) == 0;
}

/* Returns the last call of the item's list, or a new one after it. */
static Call *call_for(GArray *calls, GHashTable *last, const StoreItem *item)
{
    char *list = item->activity->list;
    const unsigned at = GPOINTER_TO_UINT(g_hash_table_lookup(last, list));

    if (at != 0 && takes_more(&g_array_index(calls, Call, at - 1), item))
        return &g_array_index(calls, Call, at - 1);
    open_call(calls, item);
    g_hash_table_insert(last, list, GUINT_TO_POINTER(calls->len));
    return &g_array_index(calls, Call, calls->len - 1);
}

static void add_word(Call *call, GString *word)
{
    call->bytes += word->len;
    g_ptr_array_add(call->words, word);
}

static void add_item(Store *store, Call *call, const StoreItem *item,
                     unsigned index)
{
    const Activity *activity = item->activity;

    add_word(call, pack_head(item));
    add_word(call, g_string_new_len(activity->record->str,
                                    (gssize)activity->record->len));
    add_word(call, pack_text(store, activity));
    add_word(call, pack_links(activity));
    add_word(call, pack_people(store, activity));
    add_word(call, pack_event(activity));
    g_array_append_val(call->items, index);
}

static GArray *make_calls(Store *store, const StoreItem *items, unsigned count)
{
    GArray *calls = g_array_new(FALSE, FALSE, sizeof(Call));
    g_autoptr(GHashTable) last = g_hash_table_new(g_str_hash, g_str_equal);

    g_array_set_clear_func(calls, call_clear);
    for (unsigned i = 0; i < count; i++) {
        if (items[i].outcome == STORE_PENDING)
            add_item(store, call_for(calls, last, &items[i]), &items[i], i);
    }
    return calls;
}

static void append_calls(Batch *batch, const GArray *calls)
{
    for (unsigned i = 0; i < calls->len; i++) {
        const Call *call = &g_array_index(calls, Call, i);
        g_autofree char *key = keys_of_list(call->list, "meta");

        script_add_call(batch, SCRIPT_COUNT, call->list, key, call->words);
    }
}

/* Adds the lists of the items to the known lists, with one command for each. */
static void append_lists(Batch *batch, const StoreItem *items, unsigned count)
{
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = 0; i < count; i++) {
        char *list = items[i].activity->list;
        if (items[i].outcome == STORE_PENDING && g_hash_table_add(named, list))
            batch_add_words(batch, "lp:lists", "SADD", "lp:lists", list, NULL);
    }
}

/* A gap after a failure only says that the row before it is missing. */
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
    bool has_held;   /* a list was held for the first time */
    GArray *full;    /* SealBucket: can be packed now */
    GArray *sealed;  /* SealBucket: have to be unpacked first */
    GArray *lacking; /* FillPost: known, and older than this reading of it */
    GError *refusal;
} Round;

static void round_init(Round *round)
{
    *round = (Round){ .full = g_array_new(FALSE, FALSE, sizeof(SealBucket)),
                      .sealed = g_array_new(FALSE, FALSE, sizeof(SealBucket)),
                      .lacking = g_array_new(FALSE, FALSE, sizeof(FillPost)) };
}

static void round_clear(Round *round)
{
    g_array_unref(round->full);
    g_array_unref(round->sealed);
    g_array_unref(round->lacking);
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

/* The outcome, and in the bits above it the bucket that is full now, or the
 * post that lacks fields. */
static void take_outcome(Round *round, StoreItem *item, long long answer)
{
    if (answer % LAYOUT_OUTCOMES == LAYOUT_OUTCOME_LACKING) {
        const FillPost post = { (uint32_t)(answer / LAYOUT_OUTCOMES),
                                item->activity };

        g_array_append_val(round->lacking, post);
        item->outcome = STORE_KNOWN;
        return;
    }
    item->outcome = (StoreOutcome)(answer % LAYOUT_OUTCOMES);
    if (answer >= LAYOUT_OUTCOMES)
        add_bucket(round->full, item, (uint64_t)(answer / LAYOUT_OUTCOMES) - 1);
}

const char *store_held(const Store *store, const char *list)
{
    return store->held != NULL ? g_hash_table_lookup(store->held, list) : NULL;
}

/* The items of the list are no longer sent. The outcomes of those after the
 * failed one mean nothing, since they depend on it. */
static void hold(Store *store, Round *round, const char *list, const char *why)
{
    if (store_held(store, list) != NULL)
        return;
    g_hash_table_insert(store->held, g_strdup(list), g_strdup(why));
    round->has_held = true;
}

static void hold_for_lost_key(Store *store, Round *round, const char *list,
                              const char *key)
{
    g_autofree char *why = store_lost_key(list, key);

    hold(store, round, list, why);
}

/* Returns why the item could not be counted. */
static void take_refusal(Store *store, Round *round, const StoreItem *item,
                         const char *why)
{
    if (store_held(store, item->activity->list) != NULL)
        return;
    if (g_str_has_prefix(why, "LOST ")) {
        hold_for_lost_key(store, round, item->activity->list,
                          why + strlen("LOST "));
        return;
    }
    if (g_str_has_prefix(why, "SEALED ")) {
        add_bucket(round->sealed, item,
                   g_ascii_strtoull(why + strlen("SEALED "), NULL, 10));
        return;
    }

    const bool is_gap = g_str_has_prefix(why, "GAP ");

    keep_first_error(
        &round->refusal,
        is_gap ? g_error_new(STORE_ERROR, STORE_ERROR_GAP,
                             "another row than %s was counted last",
                             why + strlen("GAP "))
               : g_error_new(STORE_ERROR, STORE_ERROR_SCHEMA,
                             "the script gave an unknown answer: %s", why));
}

static void judge_items(Store *store, Round *round, const Call *call,
                        StoreItem *items, const Reply *reply)
{
    for (size_t i = 0; i < reply->elements && i < call->items->len; i++) {
        StoreItem *item =
            &items[g_array_index(call->items, unsigned, (unsigned)i)];
        const Reply *answer = reply->element[i];

        if (answer->type == REDIS_REPLY_INTEGER)
            take_outcome(round, item, answer->integer);
        else
            take_refusal(store, round, item,
                         answer->str != NULL ? answer->str : "");
    }
}

/* Handles a call that failed as a whole. */
static void judge_failure(Store *store, Round *round, const char *list,
                          const Reply *reply, GError *failure)
{
    if (failure->code != STORE_ERROR_SCHEMA) {
        keep_first_error(&round->refusal, failure);
        return;
    }
    if (reply_is_error(reply, "LOST"))
        hold_for_lost_key(store, round, list, reply->str + strlen("LOST "));
    else
        hold(store, round, list, failure->message);
    g_error_free(failure);
}

static void judge_call(Store *store, Round *round, const Call *call,
                       StoreItem *items, const Batch *batch, unsigned at)
{
    const Reply *reply = batch_reply(batch, at);
    GError *failure = NULL;

    if (reply == NULL)
        return;
    if (reply_is_error(reply, "NOSCRIPT"))
        round->needs_script = true;
    else if (batch_good_reply(batch, at, &failure) != NULL)
        judge_items(store, round, call, items, reply);
    else
        judge_failure(store, round, call->list, reply, failure);
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

    g_autoptr(GArray) calls = make_calls(store, items, count);

    append_lists(batch, items, count);
    const unsigned lists = batch_length(batch);
    append_calls(batch, calls);
    const bool is_whole = router_run(store->router, batch, error);
    if (is_whole)
        judge_lists(round, batch, lists);
    for (unsigned i = 0; i < calls->len; i++)
        judge_call(store, round, &g_array_index(calls, Call, i), items, batch,
                   lists + i);
    return is_whole;
}

static unsigned count_pending(const StoreItem *items, unsigned count)
{
    unsigned pending = 0;

    for (unsigned i = 0; i < count; i++)
        pending += items[i].outcome == STORE_PENDING;
    return pending;
}

/* In a script a refusal of the ACL looks like any error, and is worded
 * differently in each version. So before a list is blamed, asks what is
 * allowed. */
static bool settle_held(Store *store, const Round *round, StoreItem *items,
                        unsigned count, GError **error)
{
    if (!round->has_held)
        return true;
    if (!rights_may_write(store->router, error))
        return false;
    for (unsigned i = 0; i < count; i++) {
        if (items[i].outcome == STORE_PENDING &&
            store_held(store, items[i].activity->list) != NULL)
            items[i].outcome = STORE_HELD;
    }
    return true;
}

/* Does one round. Sets *is_over if another one would not help. */
static bool run_round(Store *store, StoreItem *items, unsigned count,
                      bool *is_over, GError **error)
{
    g_auto(Round) round;

    round_init(&round);
    const bool is_whole = send_pending(store, items, count, &round, error);
    if (is_whole) {
        seal_pack(store, round.full);
        /* what fails stays as it is, for the next time */
        (void)fill_posts(store, round.lacking, NULL);
    }
    *is_over = !is_whole || !asks_for_help(&round);
    if (!is_whole || !settle_held(store, &round, items, count, error))
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

/* Rounds continue as long as they help: all but a few count something. */
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
    g_clear_pointer(&store->held, g_hash_table_unref);
    store->held =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const bool is_good = run_rounds(store, items, count, error);

    if (done != NULL)
        *done = first_pending(items, count);
    return is_good;
}
