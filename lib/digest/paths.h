/* SPDX-License-Identifier: MIT */
/*
 * Which folders the patches of an interval change. Pure.
 */
#pragma once

#include "sets/sets.h"

#include <glib.h>
#include <stdbool.h>

/* Appends the folders that patches change (DigestCount *, named "fs/smb/", of a
 * file beside all folders by the file), at most limit, most patches first,
 * equal ones by name. A patch counts once in each folder that it changes, with
 * all its lines. is_inside: by record, whether it is told of. */
void paths_count(const Sets *sets, const bool *is_inside, unsigned limit,
                 GPtrArray *out);
/* Returns the folder in which a path lies, at most two names deep. Owned. */
char *paths_folder(const char *path);
