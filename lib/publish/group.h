/* SPDX-License-Identifier: MIT */
/*
 * The pages of groups of lists: what came to all of them in the last 30 days,
 * a mail that came to several once, with links to the lists' own pages. A list
 * that has no pages is left out, whatever the settings say: a folder tells of
 * no list that nobody published there.
 */
#pragma once

#include "publish/publish.h"
#include "render/site.h"

/* Writes the pages of all groups of the settings, and removes those that are
 * no more. fronts: Front * of the lists that have pages. Appends a SiteGroup *,
 * to be freed with site_group_free(), for each page to made. Fails with
 * STORE_ERROR or G_FILE_ERROR. */
bool groups_make(const Publishing *publishing, Tree *tree,
                 const GPtrArray *fronts, GPtrArray *made, GError **error);
