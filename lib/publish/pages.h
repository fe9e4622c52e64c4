/* SPDX-License-Identifier: MIT */
/*
 * The pages of a list's months and weeks, and of the patch sets of a month:
 * loads what each tells, prints it, hands it to the tree, and returns what the
 * book notes of it.
 */
#pragma once

#include "publish/page_files.h"

/* Loads what the book notes of the patch sets of a month, and no more. Owned;
 * NULL with error. */
BookUnit *pages_find_sets(const PageWork *work, unsigned index, GError **error);
/* Writes the pages of a month, with those of its patch sets, or of a week.
 * Returns what the book notes of it; owned; NULL with error. */
BookUnit *pages_make_unit(const PageWork *work, bool by_week, unsigned index,
                          GError **error);
