/* SPDX-License-Identifier: MIT */
/*
 * Answers of Redis, judged in one place.
 */
#pragma once

#include <glib.h>
#include <hiredis/hiredis.h>
#include <stdbool.h>

typedef redisReply Reply;
void reply_free(Reply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reply, reply_free)

/* False, with an error of the class that its first word names, or the words
 * behind it where that says too little (the tables in reply.c), if the answer
 * is an error. */
bool reply_is_good(const Reply *reply, GError **error);
/* An error answer whose first word is this. */
bool reply_is_error(const Reply *reply, const char *word);
/* Some keys of the slot are here, some are not: ask again in a moment. */
bool reply_says_slot_moves(const Reply *reply);
/* A field of the text that INFO answers; owned, or NULL. */
char *reply_info_field(const char *info, const char *field);
bool reply_is_string(const Reply *reply);
