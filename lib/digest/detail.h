/* SPDX-License-Identifier: MIT */
/*
 * The content of a page about one patch set, beyond its row in a digest. Only
 * data: detailing.h fills it. Strings are valid UTF-8, from strangers.
 */
#pragma once

#include "digest/digest.h"

typedef struct DigestPart {
    char *number; /* "3/7" */
    char *title;
    char *url; /* or NULL */
    unsigned files, insertions, deletions;
} DigestPart;

typedef struct DigestEvent {
    int64_t arrival_ms;
    unsigned order; /* among posts of one millisecond */
    char *what;     /* "Reviewed-by", "answered", "applied" */
    char *part;     /* "3/7": the part that it is about; or "", NULL */
    DigestPerson by;
    bool by_bot;
    char *url; /* or NULL */
} DigestEvent;

typedef struct DigestDetail {
    GPtrArray *parts;     /* DigestPart *, by number; empty for a pull
                             request */
    GPtrArray *events;    /* DigestEvent *, earliest first */
    unsigned events_left; /* how many later ones are left out */
} DigestDetail;

DigestDetail *digest_detail_new(void); /* all empty */
void digest_detail_free(DigestDetail *detail);
