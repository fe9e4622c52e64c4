/* SPDX-License-Identifier: MIT */
/*
 * The front page of a site, with a row a list.
 */
#pragma once

#include "base/settings.h"
#include "publish/book.h"
#include "publish/tree.h"
#include "render/site.h"

/* What the front page tells of a list. */
typedef struct Front Front;
Front *front_new(const ListSettings *settings, const char *folder,
                 const Book *book);
void front_free(Front *front);
/* Lent. */
const char *front_id(const Front *front);
const char *front_folder(const Front *front);
/* Arrival of the list's newest post, in milliseconds since 1970. */
int64_t front_last(const Front *front);
/* Returns a SiteList for each, whose words are lent; latest: as many, to be
 * filled and kept as long. Owned. */
GArray *front_lists(const GPtrArray *fronts, SiteUnit *latest);
/* fronts: Front *; groups: SiteGroup *, those that have a page. */
bool front_make(Tree *tree, const GPtrArray *fronts, const GPtrArray *groups,
                const char *base_url, GError **error);
