/* SPDX-License-Identifier: MIT */
#include "store/cluster.h"

#include <string.h>

#include "base/banned.h"

enum { SLOTS = 16384 };

struct Cluster {
    GPtrArray *seeds;         /* char * */
    const char *owner[SLOTS]; /* interned in places */
    GHashTable *places;       /* char *, a set */
    bool knows_slots;
};

static char *make_place(const char *host, long long port)
{
    return g_strdup_printf("%s:%lld", host, port);
}

Cluster *cluster_new(const RedisSpec *spec)
{
    Cluster *cluster = g_new0(Cluster, 1);

    cluster->seeds = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < spec->hosts->len; i++) {
        const RedisHost *host = g_ptr_array_index(spec->hosts, i);
        g_ptr_array_add(cluster->seeds, make_place(host->host, host->port));
    }
    cluster->places =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return cluster;
}

void cluster_free(Cluster *cluster)
{
    if (cluster == NULL)
        return;
    g_ptr_array_unref(cluster->seeds);
    g_hash_table_unref(cluster->places);
    g_free(cluster);
}

/* CRC-16/XMODEM: polynomial 0x1021, not reflected. */
static unsigned crc16(const char *bytes, size_t length)
{
    unsigned crc = 0;

    for (size_t i = 0; i < length; i++) {
        crc ^= (unsigned)(unsigned char)bytes[i] << 8;
        for (int bit = 0; bit < 8; bit++)
            crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xffff
                                      : crc << 1 & 0xffff;
    }
    return crc;
}

unsigned cluster_slot(const char *tag)
{
    const char *open = strchr(tag, '{');
    const char *close = open != NULL ? strchr(open, '}') : NULL;

    if (close != NULL && close > open + 1)
        return crc16(open + 1, (size_t)(close - open) - 1) % SLOTS;
    return crc16(tag, strlen(tag)) % SLOTS;
}

bool cluster_knows_slots(const Cluster *cluster)
{
    return cluster->knows_slots;
}

void cluster_forget_slots(Cluster *cluster)
{
    cluster->knows_slots = false;
}

/* Returns the place, lent by the set; adds it if it is new. */
static const char *intern(Cluster *cluster, char *place)
{
    gpointer known = NULL;

    if (g_hash_table_lookup_extended(cluster->places, place, &known, NULL)) {
        g_free(place);
        return known;
    }
    g_hash_table_add(cluster->places, place);
    return place;
}

/* An empty host means the one that was asked. */
static const char *node_place(Cluster *cluster, const Reply *node,
                              const char *asked_place)
{
    if (node->type != REDIS_REPLY_ARRAY || node->elements < 2 ||
        node->element[1]->type != REDIS_REPLY_INTEGER)
        return NULL;
    const Reply *host = node->element[0];
    if (reply_is_string(host) && host->len > 0 && strcmp(host->str, "?") != 0)
        return intern(cluster,
                      make_place(host->str, node->element[1]->integer));
    g_autoptr(RedisHost) asked = cluster_parse_place(asked_place);
    return intern(cluster, make_place(asked->host, node->element[1]->integer));
}

static bool learn_range(Cluster *cluster, const Reply *range,
                        const char *asked_place)
{
    if (range->type != REDIS_REPLY_ARRAY || range->elements < 3 ||
        range->element[0]->type != REDIS_REPLY_INTEGER ||
        range->element[1]->type != REDIS_REPLY_INTEGER)
        return false;
    const long long first = range->element[0]->integer;
    const long long last = range->element[1]->integer;
    const char *place = node_place(cluster, range->element[2], asked_place);
    if (place == NULL || first < 0 || last >= SLOTS)
        return false;
    for (long long slot = first; slot <= last; slot++)
        cluster->owner[slot] = place;
    for (size_t i = 3; i < range->elements; i++)
        node_place(cluster, range->element[i], asked_place);
    return true;
}

bool cluster_learn(Cluster *cluster, const Reply *slots, const char *place)
{
    g_autofree char *asked = g_strdup(place);
    bool found = false;

    if (slots->type != REDIS_REPLY_ARRAY)
        return false;
    memset(cluster->owner, 0, sizeof(cluster->owner));
    for (size_t i = 0; i < slots->elements; i++)
        found = learn_range(cluster, slots->element[i], asked) || found;
    cluster->knows_slots = found;
    return found;
}

const char *cluster_place_of(const Cluster *cluster, const char *tag)
{
    return cluster->owner[cluster_slot(tag)];
}

GPtrArray *cluster_places(const Cluster *cluster)
{
    GPtrArray *places = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iterator;
    gpointer place = NULL;

    g_hash_table_iter_init(&iterator, cluster->places);
    while (g_hash_table_iter_next(&iterator, &place, NULL))
        g_ptr_array_add(places, g_strdup(place));
    for (unsigned i = 0; i < cluster->seeds->len; i++)
        g_ptr_array_add(places, g_strdup(g_ptr_array_index(cluster->seeds, i)));
    return places;
}

GPtrArray *cluster_masters(const Cluster *cluster)
{
    GPtrArray *masters = g_ptr_array_new_with_free_func(g_free);

    for (unsigned slot = 0; slot < SLOTS; slot++) {
        const char *place = cluster->owner[slot];
        if (place != NULL && !g_ptr_array_find_with_equal_func(
                                 masters, place, g_str_equal, NULL))
            g_ptr_array_add(masters, g_strdup(place));
    }
    return masters;
}

RedisHost *cluster_parse_place(const char *place)
{
    const char *colon = strrchr(place, ':');

    g_assert(colon != NULL);
    g_autofree char *host = g_strndup(place, (size_t)(colon - place));
    return redis_host_new(host, (int)g_ascii_strtoll(colon + 1, NULL, 10));
}

/* "MOVED 3999 127.0.0.1:6381", "ASK 3999 127.0.0.1:6381". */
static char *redirect_place(const Reply *reply, unsigned *slot)
{
    g_auto(GStrv) words = g_strsplit(reply->str, " ", 3);

    if (g_strv_length(words) < 3 || strchr(words[2], ':') == NULL)
        return NULL;
    *slot = (unsigned)g_ascii_strtoull(words[1], NULL, 10) % SLOTS;
    return g_strdup(words[2]);
}

bool cluster_is_redirect(Cluster *cluster, const Reply *reply, char **asked)
{
    unsigned slot = 0;

    if (reply_is_error(reply, "MOVED")) {
        char *place = redirect_place(reply, &slot);
        if (place != NULL && place[0] != ':')
            cluster->owner[slot] = intern(cluster, place);
        else
            g_free(place);
        return true;
    }
    if (reply_is_error(reply, "ASK")) {
        *asked = redirect_place(reply, &slot);
        return true;
    }
    if (reply_is_error(reply, "CLUSTERDOWN")) {
        cluster_forget_slots(cluster);
        return true;
    }
    return reply_says_slot_moves(reply);
}
