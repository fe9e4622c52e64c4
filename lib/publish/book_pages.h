/* SPDX-License-Identifier: MIT */
/*
 * Makes the pages that need only the book: those of people over all months, and
 * that of the list. Loads nothing.
 */
#pragma once

#include "publish/page_files.h"

/* Writes the pages of those people of the book who are in keys, and fills the
 * book's person_pages; told: the person_pages of the previous book, or NULL. */
bool book_pages_make_people(const PageWork *work, Book *book, GHashTable *keys,
                            GHashTable *told, GError **error);
/* Writes the page of the list. */
bool book_pages_make_list(const PageWork *work, const Book *book,
                          GError **error);
