/* SPDX-License-Identifier: MIT */
/*
 * The files that a page is written to, NAME.html, NAME.json and NAME.atom, and
 * the links between pages. For pages.h and book_pages.h, which fill them.
 */
#pragma once

#include "base/settings.h"
#include "identity/identity.h"
#include "publish/book.h"
#include "publish/tree.h"
#include "render/site.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

enum {
    PAGE_ROWS_MAX = 60,  /* of a table on one page, which keeps it below 150
                            KB */
    PAGE_FEED_MAX = 100, /* entries */
    /* Tables that may be longer than a page. */
    PAGE_LONG_SECTIONS = SECTION_PATCHES | SECTION_SUPERSEDED |
                         SECTION_APPLIED | SECTION_WAITING,
};

/* All lent. */
typedef struct PageWork {
    Store *store;
    const Identity *identity;
    const ListSettings *settings;
    const char *base_url; /* or "" */
    Tree *tree;
    const char *folder;
    int64_t now_ms; /* ages are measured up to it: the newest post's time, so
                       that the clock changes no page */
    const GArray *months, *weeks; /* Unit */
    const BookSets *sets;         /* all that have a page */
    const GPtrArray *groups;      /* GroupSettings * of the list's groups; NULL:
                                     none */
} PageWork;

/* Returns an array of SiteLink; owned. */
GPtrArray *page_links_new(void);
void page_links_add(GPtrArray *links, const char *words, const char *href);
/* Adds links to the front page and the list's; up: from the page to the list's
 * folder. */
void page_links_add_up(GPtrArray *links, const PageWork *work, const char *up);
/* Returns the name of a page's part, "2025-10", "2025-10-2"; owned. */
char *page_part_name(const char *name, unsigned part);
/* Returns links to the parts of a page, with no link from part self to itself;
 * owned; NULL if there is only one part. */
GPtrArray *page_part_links(const char *name, unsigned parts, unsigned self);

/* Returns how many pages its tables need. */
unsigned page_parts_of(const Digest *digest);
/* Returns a digest of these sets; everything else is lent by the other digest.
 */
Digest page_digest_of_sets(const Digest *digest, GPtrArray *sets);
/* Returns the first items of an array, which still owns them. Owned. */
GPtrArray *page_first_of(const GPtrArray *items, unsigned most);

/* Returns the path of the book of the list in a folder; owned. */
char *page_book_path(const char *folder);
/* Returns the book; owned; NULL without error if there is none that can be
 * read. */
Book *page_read_book(const Tree *tree, const char *folder, GError **error);

/* Write a file of a page; its name is path and ending. Fail as the functions of
 * tree.h do. */
bool page_put(const PageWork *work, const char *path, const char *ending,
              const GString *content, GError **error);
bool page_put_json(const PageWork *work, const char *path, const Digest *digest,
                   unsigned sections, GError **error);
bool page_put_atom(const PageWork *work, const RenderSite *site,
                   const Digest *digest, unsigned sections, GError **error);

/* Adds the paths (char *, owned by the table) of all files of a book. */
void page_files_of(const Book *book, const char *folder, GHashTable *paths);
