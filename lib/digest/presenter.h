/* SPDX-License-Identifier: MIT */
/*
 * The input for describing a digest, and functions that put a post, its address
 * and its author into it. For present.h (patch sets), present_threads.h and
 * present_people.h. Pure.
 */
#pragma once

#include "base/settings.h"
#include "digest/digest.h"
#include "sets/sets.h"

typedef struct Presenter {
    Sets *sets;
    const Identity *identity; /* or NULL */
    const char *archive;      /* pattern, see archive_url.h; or "" */
    /* If the records are of several lists: the settings of each list, the list
     * of each record as an index in these, and for posts that came to several
     * lists (post -> GArray of unsigned) all of their lists. */
    const ListSettings *const *several;
    const unsigned *list_of;
    GHashTable *lists_of;
    const bool *is_inside; /* by record: is in the interval, and passes the
                              filter */
    const bool *is_there;  /* ... whether or not it passes; NULL: as
                              is_inside */
    const bool *passes;    /* by set, see filter.h; NULL: all do */
    /* The sets built only from records that came by the end of the interval,
     * NULL: sets; and the records before the interval that may be shown as
     * waiting, NULL: none. */
    const Sets *at_end;
    const bool *is_older; /* by record */
    GHashTable *is_new;   /* persons whose first post is in the interval; or
                             NULL */
    int64_t end_ms;       /* ages are measured up to it */
    unsigned limit;       /* rows of top lists */
} Presenter;

/* Returns the record with this index. Lent. */
const PostRecord *presenter_record(const Presenter *presenter, unsigned record);
/* Returns a record's mark in hexadecimal digits. Owned. */
char *presenter_mark(const PostRecord *record);
/* Returns the address of one of the presenter's records, as archive_url(). */
char *presenter_url(const Presenter *presenter, const PostRecord *record);
/* Returns the names of the lists that a post came to; NULL if the digest is of
 * one list. Owned. */
char **presenter_lists(const Presenter *presenter, const PostRecord *record);
/* Fill in a person: by index (people.h), by the number of a mail's From, or the
 * author of a record. when_ms: the time for which the organisation is looked
 * up. */
void presenter_put_person(const Presenter *presenter, uint32_t person,
                          int64_t when_ms, DigestPerson *out);
void presenter_put_writer(const Presenter *presenter, uint32_t number,
                          int64_t when_ms, DigestPerson *out);
void presenter_put_author(const Presenter *presenter, const PostRecord *record,
                          DigestPerson *out);
/* Returns the number of the From that a mail's speaker wrote under. */
uint32_t presenter_speaker(const Presenter *presenter, unsigned record);
