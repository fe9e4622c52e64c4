/* SPDX-License-Identifier: MIT */
/*
 * Writes the site of some lists into a folder: see render/site.h for what is
 * there, and tree.h for how it is written. A list of which nothing is new costs
 * one look; else what was told of months, weeks, people and patch sets that
 * the new mail changes is made anew. Whatever was published before, the result
 * is what a new folder would hold.
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
    bool anew;            /* look at every page, whatever was told before */
    /* Says how far a list is; or NULL. */
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
/* Writes what all pages load. */
bool publish_look(Tree *tree, GError **error);
