/* SPDX-License-Identifier: MIT */
/*
 * Makes the pages of a list's months and weeks, and of the patch sets of a
 * month: loads what each shows, prints it, passes it to the tree, and returns
 * what the book keeps of it.
 */
#pragma once

#include "publish/page_files.h"

/* Loads only what the book keeps of the patch sets of a month. Owned; NULL with
 * error. */
BookUnit *pages_find_sets(const PageWork *work, unsigned index, GError **error);
/* Writes the pages of a month, with those of its patch sets, or of a week.
 * Returns what the book keeps of it; owned; NULL with error. */
BookUnit *pages_make_unit(const PageWork *work, bool by_week, unsigned index,
                          GError **error);
