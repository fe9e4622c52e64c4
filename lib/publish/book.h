/* SPDX-License-Identifier: MIT */
/*
 * Records what was published for a list: the pages and what they were made
 * from, so that the next run knows which are out of date. Each list has one
 * such file beside its pages. If it cannot be read, all pages are made again.
 */
#pragma once

#include "digest/digest.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* A person in a month. */
typedef struct BookPerson {
    char *key;
    DigestPerson who;
    uint64_t posts, patches, tags, replies;
} BookPerson;

/* A month or a week: one page, or several where it was split. */
typedef struct BookUnit {
    char *name;     /* "2025-10", "2025-W40" */
    uint64_t print; /* a hash of the rows that it was made from */
    uint64_t duplicates;
    unsigned pages;
    uint64_t posts, patches, replies, people, sets;
    GPtrArray *persons;    /* BookPerson *; of months only */
    GPtrArray *patch_sets; /* DigestSet *, newest first; of months only, and
                              only with what a row of a table needs */
} BookUnit;

typedef struct Book {
    char *made_from; /* a hash of settings and program */
    uint64_t posts, duplicates, people;
    int64_t first_ms, last_ms;
    uint32_t last_post;        /* the highest number */
    GPtrArray *months, *weeks; /* BookUnit *, oldest first */
    GHashTable *person_pages;  /* key -> GUINT_TO_POINTER(pages) */
} Book;

Book *book_new(void);
void book_free(Book *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Book, book_free)
BookUnit *book_unit_new(const char *name);
void book_unit_free(BookUnit *unit);
/* Returns a unit that has only copies of another's sets; owned. */
BookUnit *book_unit_copy_sets(const BookUnit *unit);
BookPerson *book_person_new(const char *key, const DigestPerson *who);
void book_person_free(BookPerson *person);

/* Returns the unit of that name; NULL if there is none. Lent. */
BookUnit *book_unit(const GPtrArray *units, const char *name);
/* Returns a copy of a set with only what a row needs; owned. */
DigestSet *book_set(const DigestSet *set);

/* Look-ups of a book's sets by mark and by Message-ID. Sets are lent by the
 * book's months. */
typedef struct BookSets {
    GHashTable *by_mark; /* char * -> DigestSet * */
    GHashTable *by_id;   /* if two sets have a Message-ID, the later one */
} BookSets;
void book_sets_find(const Book *book, BookSets *sets);
void book_sets_clear(BookSets *sets);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BookSets, book_sets_clear)
/* Returns all revisions of a set (DigestSet *, lent), oldest first, itself
 * included. Owned. */
GPtrArray *book_chain(const BookSets *sets, DigestSet *set);
/* Returns a hash of everything that a set's page shows about its revisions. */
unsigned book_chain_hash(const BookSets *sets, DigestSet *set);

void book_write(const Book *book, GString *out);
/* Returns NULL if the text is not a complete book of this version. Owned. */
Book *book_read(const char *text, gsize length);
