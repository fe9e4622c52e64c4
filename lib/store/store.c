/* SPDX-License-Identifier: MIT */
#include "store/store.h"

#include "store/internal.h"
#include "store/keys.h"
#include "store/private_redis.h"
#include "store/rights.h"

#include "base/hex.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

Store *store_open(const StoreOptions *options, GError **error)
{
    g_autoptr(Store) store = g_new0(Store, 1);

    store->packer = packer_new();
    store->allows_eviction = options->allow_eviction;
    store->router = router_new(options, error);
    if (store->router == NULL)
        return NULL;
    return g_steal_pointer(&store);
}

void store_free(Store *store)
{
    if (store == NULL)
        return;
    router_free(store->router);
    packer_free(store->packer);
    g_clear_pointer(&store->people, g_hash_table_unref);
    g_clear_pointer(&store->held, g_hash_table_unref);
    g_clear_pointer(&store->joined, g_hash_table_unref);
    g_clear_pointer(&store->dated, g_hash_table_unref);
    g_free(store->known_list);
    g_free(store->missing_words);
    g_free(store);
}

bool store_private_stop(const char *state, bool *was_running, GError **error)
{
    return private_redis_stop(state, was_running, error);
}

bool store_ping(Store *store, GError **error)
{
    g_autoptr(GPtrArray) replies =
        router_everywhere(store->router, error, "PING", NULL);

    if (replies == NULL)
        return false;
    for (unsigned i = 0; i < replies->len; i++) {
        if (!reply_is_good(g_ptr_array_index(replies, i), error))
            return false;
    }
    return true;
}

bool store_limit_private(Store *store, GError **error)
{
    return router_limit_private(store->router, error);
}

bool store_check_kept(Store *store, GError **error)
{
    return store->allows_eviction || rights_is_kept(store->router, error);
}

bool store_check_writing(Store *store, GError **error)
{
    return store_ping(store, error) && store_check_kept(store, error) &&
           rights_may_write(store->router, error);
}

char *store_info(Store *store, const char *field, GError **error)
{
    g_autoptr(Reply) reply =
        router_command(store->router, "lp:lists", error, "INFO", NULL);

    if (reply == NULL || reply->str == NULL)
        return NULL;
    return reply_info_field(reply->str, field);
}

char *store_lost_key(const char *list, const char *key)
{
    return g_strdup_printf("lp:{%s}:%s is gone: Redis lost keys of the list; "
                           "`listpulse forget %s --all`, then import it again",
                           list, key, list);
}

bool store_meta(Store *store, const char *list, const char *field,
                uint64_t *value, GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autoptr(Reply) reply =
        router_command(store->router, list, error, "HGET", key, field, NULL);

    if (reply == NULL)
        return false;
    *value =
        reply_is_string(reply) ? g_ascii_strtoull(reply->str, NULL, 10) : 0;
    return true;
}

void store_add_last_post(Batch *batch, const char *list)
{
    g_autofree char *key = keys_of_list(list, "meta");

    batch_add_words(batch, list, "HMGET", key, "post", "format", NULL);
}

static bool format_is_read(const char *list, const Reply *reply, GError **error)
{
    const uint64_t format =
        reply_is_string(reply) ? g_ascii_strtoull(reply->str, NULL, 10) : 0;

    if (format >= LAYOUT_FORMAT_OLDEST && format <= LAYOUT_FORMAT)
        return true;
    if (format > LAYOUT_FORMAT)
        g_set_error(error, STORE_ERROR, STORE_ERROR_SCHEMA,
                    "%s was counted by a newer listpulse (format %" PRIu64
                    ", this one reads %d to %d): update this one",
                    list, format, LAYOUT_FORMAT_OLDEST, LAYOUT_FORMAT);
    else
        g_set_error(error, STORE_ERROR, STORE_ERROR_SCHEMA,
                    "%s was counted by a listpulse from before the first "
                    "release (format %" PRIu64 "): delete its keys (lp:{%s}:*) "
                    "and import it again",
                    list, format, list);
    return false;
}

bool store_take_last_post(Store *store, const char *list, const Reply *reply,
                          uint32_t *last_post, GError **error)
{
    const Reply *post = reply->element[0], *format = reply->element[1];

    *last_post = reply_is_string(post)
                     ? (uint32_t)g_ascii_strtoull(post->str, NULL, 10)
                     : 0;
    if (*last_post != 0 && !format_is_read(list, format, error))
        return false;
    if (g_strcmp0(store->known_list, list) != 0) {
        g_free(store->known_list);
        store->known_list = g_strdup(list);
    }
    store->known_post = *last_post;
    return true;
}

bool store_last_post(Store *store, const char *list, uint32_t *last_post,
                     GError **error)
{
    g_autoptr(Batch) batch = batch_new();

    store_add_last_post(batch, list);
    return router_run_good(store->router, batch, error) &&
           store_take_last_post(store, list, batch_reply(batch, 0), last_post,
                                error);
}

bool store_check_list(Store *store, const char *list, GError **error)
{
    g_autofree char *key = keys_of_list(list, "rows");
    uint32_t last_post = 0;

    if (!store_last_post(store, list, &last_post, error))
        return false;
    g_autoptr(Reply) months =
        router_command(store->router, list, error, "HLEN", key, NULL);
    if (months == NULL)
        return false;
    if ((last_post > 0) == (months->integer > 0))
        return true;
    g_autofree char *why =
        store_lost_key(list, last_post > 0 ? "rows" : "meta");
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_SCHEMA, why);
    return false;
}

bool store_recent_post(Store *store, const char *list, uint32_t *last_post,
                       GError **error)
{
    if (g_strcmp0(store->known_list, list) != 0)
        return store_last_post(store, list, last_post, error);
    *last_post = store->known_post;
    return true;
}

bool store_position(Store *store, const char *list, const char *source,
                    uint64_t *row, int64_t *arrival_ms, GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autofree char *field = g_strconcat("at ", source, NULL);
    g_autoptr(Reply) reply =
        router_command(store->router, list, error, "HGET", key, field, NULL);

    if (reply == NULL)
        return false;
    char *end = NULL;
    *row = reply_is_string(reply) ? g_ascii_strtoull(reply->str, &end, 10) : 0;
    if (arrival_ms != NULL)
        *arrival_ms = end != NULL ? g_ascii_strtoll(end, NULL, 10) : 0;
    return true;
}

bool store_set_place(Store *store, const char *list, const char *source,
                     uint64_t row, int64_t arrival_ms, GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autofree char *field = g_strconcat("at ", source, NULL);
    g_autofree char *value = g_strdup_printf(
        "%" G_GUINT64_FORMAT " %" G_GINT64_FORMAT, row, arrival_ms);
    g_autoptr(Reply) reply = router_command(store->router, list, error, "HSET",
                                            key, field, value, NULL);

    return reply != NULL;
}

bool store_is_cluster(const Store *store)
{
    return router_is_cluster(store->router);
}

static void place_clear(void *place)
{
    g_free(((StorePlace *)place)->source);
}

/* "ROW ARRIVAL", and where the source has commit ids " MARK". */
static StorePlace read_place(const char *source, const char *value)
{
    StorePlace place = { .source = g_strdup(source) };
    char *end = NULL;

    place.row = g_ascii_strtoull(value, &end, 10);
    place.arrival_ms = g_ascii_strtoll(end, &end, 10);
    place.has_mark = *end == ' ' && hex_decode(end + 1, strlen(end + 1),
                                               place.mark, sizeof(place.mark));
    return place;
}

GArray *store_places(Store *store, const char *list, GError **error)
{
    g_autofree char *key = keys_of_list(list, "meta");
    g_autoptr(Reply) reply =
        router_command(store->router, list, error, "HGETALL", key, NULL);

    if (reply == NULL)
        return NULL;
    GArray *places = g_array_new(FALSE, FALSE, sizeof(StorePlace));
    g_array_set_clear_func(places, place_clear);
    for (size_t i = 0; i + 1 < reply->elements; i += 2) {
        if (!g_str_has_prefix(reply->element[i]->str, "at "))
            continue;
        const StorePlace place = read_place(
            reply->element[i]->str + strlen("at "), reply->element[i + 1]->str);
        g_array_append_val(places, place);
    }
    return places;
}

/* --- facts ----------------------------------------------------------- */

bool store_fact_set(Store *store, const char *hash, const char *field,
                    const char *value, GError **error)
{
    g_autoptr(Reply) reply = router_command(store->router, hash, error, "HSET",
                                            hash, field, value, NULL);

    return reply != NULL;
}

char *store_fact_get(Store *store, const char *hash, const char *field,
                     GError **error)
{
    g_autoptr(Reply) reply =
        router_command(store->router, hash, error, "HGET", hash, field, NULL);

    if (reply == NULL || !reply_is_string(reply))
        return NULL;
    return g_strndup(reply->str, reply->len);
}

bool store_fact_remove(Store *store, const char *hash, const char *field,
                       bool *was_there, GError **error)
{
    g_autoptr(Reply) reply =
        router_command(store->router, hash, error, "HDEL", hash, field, NULL);

    if (reply == NULL)
        return false;
    *was_there = reply->integer > 0;
    return true;
}

GHashTable *store_facts(Store *store, const char *hash, GError **error)
{
    return store_facts_of(store, hash, hash, error);
}

GHashTable *store_facts_of(Store *store, const char *list, const char *key,
                           GError **error)
{
    g_autoptr(Reply) reply =
        router_command(store->router, list, error, "HGETALL", key, NULL);

    if (reply == NULL)
        return NULL;
    GHashTable *facts =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (size_t i = 0; i + 1 < reply->elements; i += 2)
        g_hash_table_insert(facts, g_strdup(reply->element[i]->str),
                            g_strdup(reply->element[i + 1]->str));
    return facts;
}
