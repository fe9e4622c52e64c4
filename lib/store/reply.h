/* SPDX-License-Identifier: MIT */
/*
 * Answers of Redis; what they mean is decided here.
 */
#pragma once

#include <glib.h>
#include <hiredis/hiredis.h>
#include <stdbool.h>

typedef redisReply Reply;
void reply_free(Reply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reply, reply_free)

/* Returns false if the answer is an error, and sets the StoreError for its
 * first word or, if that says too little, for the words after it (the tables in
 * reply.c). */
bool reply_is_good(const Reply *reply, GError **error);
/* Returns true for an error answer with this first word. */
bool reply_is_error(const Reply *reply, const char *word);
/* Returns true if only some keys of the slot are here: ask again in a moment.
 */
bool reply_says_slot_moves(const Reply *reply);
/* Returns a field of the text that INFO answers; owned, or NULL. */
char *reply_info_field(const char *info, const char *field);
bool reply_is_string(const Reply *reply);
