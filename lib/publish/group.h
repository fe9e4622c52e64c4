/* SPDX-License-Identifier: MIT */
/*
 * Makes the pages of groups of lists: what came to all of them in the last 30
 * days, with a mail that came to several shown once, and links to the lists'
 * own pages. A list without pages is left out, whatever the settings say: a
 * folder never shows a list that was not published there.
 */
#pragma once

#include "publish/publish.h"
#include "render/site.h"

/* Writes the pages of all groups of the settings, and removes those of groups
 * that are gone. fronts: Front * of the lists that have pages. For each page
 * appends a SiteGroup * to made, to be freed with site_group_free(). Fails with
 * STORE_ERROR or G_FILE_ERROR. */
bool groups_make(const Publishing *publishing, Tree *tree,
                 const GPtrArray *fronts, GPtrArray *made, GError **error);
