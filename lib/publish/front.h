/* SPDX-License-Identifier: MIT */
/*
 * The front page of a site, with a row a list.
 */
#pragma once

#include "base/settings.h"
#include "publish/book.h"
#include "publish/tree.h"

/* What the front page tells of a list. */
typedef struct Front Front;
Front *front_new(const ListSettings *settings, const char *folder,
                 const Book *book);
void front_free(Front *front);
/* fronts: Front *. */
bool front_make(Tree *tree, const GPtrArray *fronts, const char *base_url,
                GError **error);
