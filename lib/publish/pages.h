/* SPDX-License-Identifier: MIT */
/*
 * The pages of a list: loads what each tells, prints it, hands it to the tree,
 * and notes in the book what it was.
 */
#pragma once

#include "base/settings.h"
#include "identity/identity.h"
#include "publish/book.h"
#include "publish/tree.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

/* All lent. */
typedef struct PageWork {
    Store *store;
    const Identity *identity;
    const ListSettings *settings;
    const char *base_url; /* or "" */
    Tree *tree;
    const char *folder;
    int64_t now_ms; /* what waits is as old as it was then: the newest post's
                       time, so that the clock changes no page */
    const GArray *months, *weeks; /* Unit */
    const BookSets *sets;         /* all that have a page */
} PageWork;

/* Loads what the book notes of the patch sets of a month, and no more. Owned;
 * NULL with error. */
BookUnit *pages_find_sets(const PageWork *work, unsigned index, GError **error);
/* Writes the pages of a month, with those of its patch sets, or of a week.
 * Returns what the book notes of it; owned; NULL with error. */
BookUnit *pages_make_unit(const PageWork *work, bool by_week, unsigned index,
                          GError **error);
/* Writes the pages of those people of the book who are in keys, and fills the
 * book's person_pages; told: the same of the book before, or NULL. */
bool pages_make_people(const PageWork *work, Book *book, GHashTable *keys,
                       GHashTable *told, GError **error);
/* Writes the page of the list. */
bool pages_make_list(const PageWork *work, const Book *book, GError **error);
/* Adds the paths (char *, owned by the table) of all files of a book. */
void pages_paths(const Book *book, const char *folder, GHashTable *paths);

/* What the front page tells of a list. */
typedef struct PagesFront PagesFront;
PagesFront *pages_front_new(const ListSettings *settings, const char *folder,
                            const Book *book);
void pages_front_free(PagesFront *front);
/* fronts: PagesFront *. */
bool pages_make_front(Tree *tree, const GPtrArray *fronts, const char *base_url,
                      GError **error);
