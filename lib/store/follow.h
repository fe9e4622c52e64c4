/* SPDX-License-Identifier: MIT */
/*
 * Learns on which lists posts are counted, without polling: each call of the
 * counting script sends a message, which comes on a connection of its own. If
 * that connection breaks, messages are lost, and the follower has to look at
 * all lists.
 */
#pragma once

#include "store/store.h"

#include <glib.h>

typedef struct StoreFollower StoreFollower;

/* Owned. STORE_ERROR_DENIED where an ACL lacks subscribe or the channel. */
StoreFollower *store_follow(Store *store, GError **error);
void store_follower_free(StoreFollower *follower);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreFollower, store_follower_free)
/* The file descriptor to poll for input; lent. */
int store_follower_file(const StoreFollower *follower);
/* Returns the lists of the messages that have come, as list_id_encode writes
 * them, each once; call it when there is input. An owned array of char *; NULL
 * with error when the connection broke: the follower must then be freed. */
GPtrArray *store_follower_take(StoreFollower *follower, GError **error);
