/* SPDX-License-Identifier: MIT */
/*
 * Counts the folders that the patches of an interval change. Pure.
 */
#pragma once

#include "sets/sets.h"

#include <glib.h>
#include <stdbool.h>

/* Appends the folders that patches change (DigestCount *, named "fs/smb/"; a
 * file outside of all folders by its own name), at most limit, most patches
 * first, equal ones by name. A patch counts once in each folder that it
 * changes, with all its lines. is_inside: for each record whether it counts. */
void paths_count(const Sets *sets, const bool *is_inside, unsigned limit,
                 GPtrArray *out);
/* Returns the folder of a path, at most two names deep. Owned. */
char *paths_folder(const char *path);
