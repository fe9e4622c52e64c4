/* SPDX-License-Identifier: MIT */
/*
 * What was published of a list: which pages there are and from what they were
 * made, so that the next run knows what is no longer true. One file a list
 * beside the pages. A file that cannot be read is as good as none: then all is
 * made anew.
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
    uint64_t print; /* of the rows that it was made from */
    uint64_t duplicates;
    unsigned pages;
    uint64_t posts, patches, replies, people, sets;
    GPtrArray *persons;    /* BookPerson *; of months only */
    GPtrArray *patch_sets; /* DigestSet *, newest first; of months only: what a
                              row of a table needs, no more */
} BookUnit;

typedef struct Book {
    char *made_from; /* settings and program: a hash */
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
/* Returns a unit that has nothing but copies of another's sets; owned. */
BookUnit *book_unit_copy_sets(const BookUnit *unit);
BookPerson *book_person_new(const char *key, const DigestPerson *who);
void book_person_free(BookPerson *person);

/* Returns the unit of that name; NULL if there is none. Lent. */
BookUnit *book_unit(const GPtrArray *units, const char *name);
/* Returns a set with what a row needs of another; owned. */
DigestSet *book_set(const DigestSet *set);

/* What a book tells of sets: look-ups by mark and by Message-ID. Lent from the
 * book's months. */
typedef struct BookSets {
    GHashTable *by_mark; /* char * -> DigestSet * */
    GHashTable *by_id;   /* of a Message-ID of two sets, the later */
} BookSets;
void book_sets_find(const Book *book, BookSets *sets);
void book_sets_clear(BookSets *sets);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BookSets, book_sets_clear)
/* Returns all revisions of a set (DigestSet *, lent), oldest first, itself
 * among them. Owned. */
GPtrArray *book_chain(const BookSets *sets, DigestSet *set);
/* Returns a hash of all that is told of a set's revisions on its page. */
unsigned book_chain_hash(const BookSets *sets, DigestSet *set);

void book_write(const Book *book, GString *out);
/* Returns NULL if the text is no whole book of this version. Owned. */
Book *book_read(const char *text, gsize length);
