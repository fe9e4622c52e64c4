/* SPDX-License-Identifier: MIT */
/*
 * Chooses the connection for a list's keys: the only one, the master that
 * Sentinel names, or the cluster node of the list's slot. Commands are sent in
 * batches, pipelined to each node; moved slots are followed here.
 */
#pragma once

#include "store/batch.h"
#include "store/connection.h"
#include "store/options.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Router Router;

/* Reads the spec and the password file, but does not connect yet. */
Router *router_new(const StoreOptions *options, GError **error);
void router_free(Router *router);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Router, router_free)
bool router_is_cluster(const Router *router);
/* Sets the memory limit of a private Redis as the options say; returns true for
 * any other Redis. */
bool router_limit_private(Router *router, GError **error);

/* Sends all commands and reads all answers. Returns false if at least one
 * answer did not come. */
bool router_run(Router *router, Batch *batch, GError **error);
/* The same; returns false also if an answer is an error. */
bool router_run_good(Router *router, Batch *batch, GError **error);
/* The same, but passes each answer to take as it comes, in order, and then
 * frees it: answers are processed while Redis makes the next ones. */
typedef void (*BatchTake)(const Reply *reply, void *data);
bool router_run_each(Router *router, Batch *batch, BatchTake take, void *data,
                     GError **error);
/* Runs one command of words and returns its answer; owned. An error answer
 * becomes error. */
Reply *router_command(Router *router, const char *tag, GError **error,
                      const char *word, ...) G_GNUC_NULL_TERMINATED;
/* Opens another connection, to any node, for waiting for messages; owned. */
Connection *router_open_another(Router *router, GError **error);
/* Runs the words on every master; returns an owned array of Reply *, which may
 * be error answers. NULL with STORE_ERROR_DENIED if one may not run them. */
GPtrArray *router_everywhere(Router *router, GError **error, const char *word,
                             ...) G_GNUC_NULL_TERMINATED;
