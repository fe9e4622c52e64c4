/* SPDX-License-Identifier: MIT */
#include "store/rights.h"

#include "store/error.h"
#include "store/script.h"

#include <string.h>

#include "base/banned.h"

enum { TRIES = 3 }; /* to load the script */

/* The commands for counting and erasing that are sent outside of scripts. */
static const char client_commands[] = "GET HDEL HGET HGETALL HMGET HSET INFO "
                                      "MGET PING SADD SCAN SETRANGE SMEMBERS "
                                      "SREM UNLINK";

static const char keeps_all[] = "noeviction";

/* Any script answers, called without a key: see rights.lua. */
static GPtrArray *ask_rights(Router *router, GError **error)
{
    return router_everywhere(
        router, error, "EVALSHA", script_digest(SCRIPT_SWAP), "0",
        store_count_commands, store_erase_commands, client_commands, NULL);
}

static bool is_missing(const GPtrArray *replies)
{
    for (unsigned i = 0; i < replies->len; i++) {
        if (reply_is_error(g_ptr_array_index(replies, i), "NOSCRIPT"))
            return true;
    }
    return false;
}

static bool are_good(const GPtrArray *replies, GError **error)
{
    for (unsigned i = 0; i < replies->len; i++) {
        if (!reply_is_good(g_ptr_array_index(replies, i), error))
            return false;
    }
    return true;
}

bool rights_may_write(Router *router, GError **error)
{
    for (int tries = 0; tries < TRIES; tries++) {
        g_autoptr(GPtrArray) replies = ask_rights(router, error);

        if (replies == NULL)
            return false;
        if (!is_missing(replies))
            return are_good(replies, error);
        if (!script_load(router, SCRIPT_SWAP, error))
            return false;
    }
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_WAIT,
                        "Redis forgets the script");
    return false;
}

/* A policy for keys with a time to live would drop none of ours, but whoever
 * set it wants a cache. */
static bool keeps(const Reply *info, GError **error)
{
    g_autofree char *policy =
        info->str != NULL ? reply_info_field(info->str, "maxmemory_policy")
                          : NULL;

    if (policy == NULL || strcmp(policy, keeps_all) == 0)
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_EVICTS,
                "Redis drops keys when its memory is full (maxmemory-policy "
                "%s): set it to %s, or allow_eviction in listpulse.conf",
                policy, keeps_all);
    return false;
}

bool rights_is_kept(Router *router, GError **error)
{
    g_autoptr(GPtrArray) replies =
        router_everywhere(router, error, "INFO", "memory", NULL);

    if (replies == NULL || !are_good(replies, error))
        return false;
    for (unsigned i = 0; i < replies->len; i++) {
        if (!keeps(g_ptr_array_index(replies, i), error))
            return false;
    }
    return true;
}
