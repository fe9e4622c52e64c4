/* SPDX-License-Identifier: MIT */
/*
 * Which connection a list's keys are reached by: the only one, the master
 * that Sentinel names, or the cluster node of the list's slot. Commands go
 * in batches, pipelined to each node; moved slots are followed here.
 */
#pragma once

#include "store/connection.h"
#include "store/options.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Router Router;

/* Nothing is connected yet, but the spec and the password file are read. */
Router *router_new(const StoreOptions *options, GError **error);
void router_free(Router *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Router, router_free)
bool router_is_cluster(const Router *router);
/* Gives a private Redis the limit of the options; true for any other. */
bool router_limit_private(Router *router, GError **error);

typedef struct Batch Batch;

Batch *batch_new(void);
void batch_free(Batch *batch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Batch, batch_free)
/* tag: what decides the slot, a list id or a whole key without braces. */
void batch_add(Batch *batch, const char *tag, int count,
               const char *const *arguments, const size_t *lengths);
/* The same of words, ended by NULL. */
void batch_add_words(Batch *batch, const char *tag, const char *word,
                     ...) G_GNUC_NULL_TERMINATED;
unsigned batch_length(const Batch *batch);
/* The answer to command i, an error answer too, or NULL if none came. */
const Reply *batch_reply(const Batch *batch, unsigned i);
/* The same, but false with error if it is none or an error answer. */
const Reply *batch_good_reply(const Batch *batch, unsigned i, GError **error);

/* As if it had not been run, to run it again. */
void batch_forget_replies(Batch *batch);

/* Sends all, reads all. False: at least one answer did not come. */
bool router_run(Router *router, Batch *batch, GError **error);
/* The same; false too if an answer is an error. */
bool router_run_good(Router *router, Batch *batch, GError **error);
/* The same, but each answer is handed to take as it comes, in order, and then
 * freed: while the next ones are made, those that came are worked on. */
typedef void (*BatchTake)(const Reply *reply, void *data);
bool router_run_each(Router *router, Batch *batch, BatchTake take, void *data,
                     GError **error);
/* One command of words. An error answer becomes error. */
Reply *router_command(Router *router, const char *tag, GError **error,
                      const char *word, ...) G_GNUC_NULL_TERMINATED;
/* A connection of its own, to any node, for whoever waits for messages; owned.
 */
Connection *router_open_another(Router *router, GError **error);
/* Runs the words on every master there is; owned array of Reply *, error
 * answers too. False with STORE_ERROR_DENIED if one may not run them. */
GPtrArray *router_everywhere(Router *router, GError **error, const char *word,
                             ...) G_GNUC_NULL_TERMINATED;
