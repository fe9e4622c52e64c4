/* SPDX-License-Identifier: MIT */
/*
 * Writes the site of some lists into a folder: render/site.h says what it
 * contains, and tree.h how it is written. A list without news costs one
 * look-up; otherwise the pages of those months, weeks, people and patch sets
 * that the new mail changes are made again. The result is always what a new
 * folder would contain.
 */
#pragma once

#include "base/settings.h"
#include "identity/identity.h"
#include "publish/tree.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

typedef struct Publishing {
    Store *store;
    const Settings *settings;
    const Identity *identity;
    const char *base_url; /* where the folder will be found, with a slash at its
                             end; or "" */
    const char *version;  /* of the program: other versions write other pages */
    bool anew;            /* check every page, whatever was published before */
    /* Reports the progress with a list; or NULL. */
    void (*tell)(void *data, const char *list, unsigned done, unsigned total);
    void *data;
} Publishing;

/* Writes the pages of one list. *changed is set to true if there was something
 * new. Fails with STORE_ERROR or G_FILE_ERROR. */
bool publish_list(const Publishing *publishing, Tree *tree, const char *list,
                  bool *changed, GError **error);
/* Writes the front page, and the pages of groups, for the lists (char *) that
 * have pages. */
bool publish_front(const Publishing *publishing, Tree *tree,
                   const GPtrArray *lists, GError **error);
/* Writes the files that all pages load. */
bool publish_look(Tree *tree, GError **error);
