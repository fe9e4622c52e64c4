/* SPDX-License-Identifier: MIT */
/*
 * A folder of files that are written whole or not at all, and only where they
 * differ from what is there, so that a web server, a backup or rsync sees what
 * changed and nothing else. Removes only what it is told to, and only files.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Tree Tree;

/* Makes the folder if it is not there. Fails with G_FILE_ERROR, also where
 * another process works in it. */
Tree *tree_open(const char *folder, GError **error);
void tree_close(Tree *tree);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Tree, tree_close)

/* Paths are relative and of ours; folders on the way are made. */
bool tree_write(Tree *tree, const char *path, const GString *content,
                GError **error);
/* Not there is as good as removed. */
bool tree_remove(Tree *tree, const char *path, GError **error);
/* Returns the content of a file; NULL without error if it is not there. */
char *tree_read(const Tree *tree, const char *path, gsize *length,
                GError **error);
/* Waits until all that was written would outlast a power cut. */
bool tree_sync(const Tree *tree, GError **error);
/* How many files were written because they were new or other, and removed. */
uint64_t tree_written(const Tree *tree);
uint64_t tree_removed(const Tree *tree);
