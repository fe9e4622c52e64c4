/* SPDX-License-Identifier: MIT */
/*
 * A folder of files that are written whole or not at all, and only if they
 * differ from what is there, so that a web server, a backup or rsync sees only
 * what changed. Removes only files, and only those that it is asked to remove.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Tree Tree;

/* Makes the folder if it does not exist. Fails with G_FILE_ERROR, also if
 * another process works in it. */
Tree *tree_open(const char *folder, GError **error);
void tree_close(Tree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_close)

/* Writes a file. Paths are relative and our own; missing folders are made. */
bool tree_write(Tree *tree, const char *path, const GString *content,
                GError **error);
/* Removes a file; succeeds if there is none. */
bool tree_remove(Tree *tree, const char *path, GError **error);
/* Returns the content of a file; NULL without error if it is not there. */
char *tree_read(const Tree *tree, const char *path, gsize *length,
                GError **error);
/* Waits until everything that was written would survive a power cut. */
bool tree_sync(const Tree *tree, GError **error);
/* Return how many files were written because they were new or changed, and how
 * many were removed. */
uint64_t tree_written(const Tree *tree);
uint64_t tree_removed(const Tree *tree);
