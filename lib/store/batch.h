/* SPDX-License-Identifier: MIT */
/*
 * Commands that are sent together, and their answers. Pure: router.h runs them.
 */
#pragma once

#include "store/reply.h"

#include <glib.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Batch Batch;

Batch *batch_new(void);
void batch_free(Batch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)
/* Adds a command. tag: a list id or a whole key without braces, which decides
 * the slot. */
void batch_add(Batch *batch, const char *tag, int count,
               const char *const *arguments, const size_t *lengths);
/* Adds a command of words, ended by NULL. */
void batch_add_words(Batch *batch, const char *tag, const char *word,
                     ...) G_GNUC_NULL_TERMINATED;
unsigned batch_length(const Batch *batch);
/* Returns the answer to command i, which may be an error answer; lent; NULL if
 * none came. */
const Reply *batch_reply(const Batch *batch, unsigned i);
/* The same, but NULL with error if there is none or it is an error answer. */
const Reply *batch_good_reply(const Batch *batch, unsigned i, GError **error);

/* Drops all answers, so that the batch can be run again. */
void batch_forget_replies(Batch *batch);

/* --- for router.c ----------------------------------------------------- */

typedef struct BatchCommand {
    char *tag;
    char *bytes; /* in the form of the protocol, by hiredis */
    size_t length;
    Reply *reply;
    char *asked; /* the node that ASK named, for one round */
} BatchCommand;

struct Batch {
    GArray *commands; /* BatchCommand */
};

static inline BatchCommand *batch_command(const Batch *batch, unsigned i)
{
    return &g_array_index(batch->commands, BatchCommand, i);
}
/* Returns false, with error, for an error answer to a command; if Redis refused
 * it, the error names it. */
bool batch_judge(const char *name, const Reply *reply, GError **error);
bool batch_judge_command(const BatchCommand *command, const Reply *reply,
                         GError **error);
/* Returns the words up to NULL, lent; the array is owned. */
GPtrArray *batch_collect_words(const char *word, va_list list);
/* The same as batch_add_words. */
void batch_add_list(Batch *batch, const char *tag, const char *word,
                    va_list list);
