/* SPDX-License-Identifier: MIT */
/*
 * Hears on which lists posts are counted, without asking again and again: one
 * message a call of the counting script, on a connection of its own. A message
 * is lost while that connection is; whoever follows looks at all lists then.
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
/* The lists of the messages that have come, as list_id_encode writes them, each
 * once; call it when there is input. Owned array of char *; NULL with error
 * when the connection broke: free the follower. */
GPtrArray *store_follower_take(StoreFollower *follower, GError **error);
