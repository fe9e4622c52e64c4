/* SPDX-License-Identifier: MIT */
#include "store/follow.h"

#include "store/internal.h"

#include <string.h>

#include "base/banned.h"

enum { MESSAGE_WORDS = 3 }; /* "message", the channel, what it says */

struct StoreFollower {
    Connection *connection;
};

StoreFollower *store_follow(Store *store, GError **error)
{
    g_autoptr(StoreFollower) follower = g_new0(StoreFollower, 1);

    follower->connection = router_open_another(store->router, error);
    if (follower->connection == NULL)
        return NULL;
    g_autoptr(Reply) reply = connection_command(follower->connection, error,
                                                "SUBSCRIBE", "lp:events", NULL);
    return reply != NULL ? g_steal_pointer(&follower) : NULL;
}

void store_follower_free(StoreFollower *follower)
{
    if (follower == NULL)
        return;
    connection_free(follower->connection);
    g_free(follower);
}

int store_follower_file(const StoreFollower *follower)
{
    return connection_file(follower->connection);
}

static const char *list_of(const Reply *message)
{
    return message->type == REDIS_REPLY_ARRAY &&
                   message->elements == MESSAGE_WORDS &&
                   strcmp(message->element[0]->str, "message") == 0
               ? message->element[2]->str
               : NULL;
}

GPtrArray *store_follower_take(StoreFollower *follower, GError **error)
{
    g_autoptr(GPtrArray) replies =
        g_ptr_array_new_with_free_func((GDestroyNotify)reply_free);
    g_autoptr(GHashTable) named = g_hash_table_new(g_str_hash, g_str_equal);

    if (!connection_receive(follower->connection, replies, error))
        return NULL;
    GPtrArray *lists = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < replies->len; i++) {
        char *list = (char *)(gintptr)list_of(replies->pdata[i]);

        if (list != NULL && g_hash_table_add(named, list))
            g_ptr_array_add(lists, g_strdup(list));
    }
    return lists;
}
