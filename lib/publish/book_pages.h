/* SPDX-License-Identifier: MIT */
/*
 * Pages that are made of the book alone: what people did over all months, and
 * the list. Nothing is loaded for them.
 */
#pragma once

#include "publish/page_files.h"

/* Writes the pages of those people of the book who are in keys, and fills the
 * book's person_pages; told: the same of the book before, or NULL. */
bool book_pages_make_people(const PageWork *work, Book *book, GHashTable *keys,
                            GHashTable *told, GError **error);
/* Writes the page of the list. */
bool book_pages_make_list(const PageWork *work, const Book *book,
                          GError **error);
