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
    GPtrArray *wanted;     /* char *: marks of sets that its pages lead to; not
                              kept */
} BookUnit;

typedef struct Book {
    char *made_from; /* settings and program: a hash */
    uint64_t posts, duplicates, people;
    int64_t first_ms, last_ms;
    uint32_t last_post;        /* the highest number */
    GPtrArray *months, *weeks; /* BookUnit *, oldest first */
    GHashTable *person_pages;  /* key -> GUINT_TO_POINTER(pages) */
    GHashTable *missing; /* char *: marks of sets that are told of and have no
                            page: what a set's head is may be told otherwise
                            from afar, where not all its parts were found */
} Book;

Book *book_new(void);
void book_free(Book *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Book, book_free)
BookUnit *book_unit_new(const char *name);
void book_unit_free(BookUnit *unit);
BookPerson *book_person_new(const char *key, const DigestPerson *who);
void book_person_free(BookPerson *person);

/* Returns the unit of that name; NULL if there is none. Lent. */
BookUnit *book_unit(const GPtrArray *units, const char *name);
/* Returns a set with what a row needs of another; owned. */
DigestSet *book_set(const DigestSet *set);

void book_write(const Book *book, GString *out);
/* Returns NULL if the text is no whole book of this version. Owned. */
Book *book_read(const char *text, gsize length);
