/* SPDX-License-Identifier: MIT */
/*
 * Makes the front page of a site, with a row for each list.
 */
#pragma once

#include "base/settings.h"
#include "publish/book.h"
#include "publish/tree.h"
#include "render/site.h"

/* What the front page shows about a list. */
typedef struct Front Front;
Front *front_new(const ListSettings *settings, const char *folder,
                 const Book *book);
void front_free(Front *front);
/* Lent. */
const char *front_id(const Front *front);
const char *front_folder(const Front *front);
/* Arrival of the list's newest post, in milliseconds since 1970. */
int64_t front_last(const Front *front);
/* Returns a SiteList for each, by title, whose strings are lent; owned. latest
 * has as many elements, is filled, and must live as long. */
GArray *front_lists(const GPtrArray *fronts, SiteUnit *latest);
/* Writes the front page. fronts: Front *; groups: SiteGroup * of those that
 * have a page. */
bool front_make(Tree *tree, const GPtrArray *fronts, const GPtrArray *groups,
                const char *base_url, GError **error);
