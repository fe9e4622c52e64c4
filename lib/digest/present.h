/* SPDX-License-Identifier: MIT */
/*
 * An sets -> what a digest says of it: patch sets, applied, waiting,
 * reviewers, threads, newcomers. Pure.
 */
#pragma once

#include "digest/digest.h"
#include "sets/sets.h"

typedef struct Presenter {
    Sets *sets;
    const Identity *identity; /* or NULL */
    const char *archive;      /* URL pattern or "" */
    const bool *is_inside;    /* by record: lies in the interval */
    int64_t end_ms;           /* at which ages are measured */
    unsigned limit;           /* rows of top lists */
} Presenter;

/* "https://lore.kernel.org/kvm/{message-id}/", also {mark}; NULL if pattern is
 * "" or the post has no Message-ID to put in. Owned. */
char *present_url(const char *pattern, const char *message_id,
                  const char *mark);

/* digest->sets, ->others, ->applied, ->waiting. Texts are still NULL: those of
 * heads[i] (records) belong to the sets in the order of present_heads. */
void present_sets(const Presenter *presenter, Digest *digest);
/* The records whose texts entries show, and the DigestSets to put them in. */
void present_heads(const Presenter *presenter, const Digest *digest,
                   GArray *records, GPtrArray *to_fill);
/* How many sets have a head among these records. */
uint64_t present_count_sets(const Sets *sets, const bool *is_counted);
void present_reviewers(const Presenter *presenter, GPtrArray *out);
/* Talk that began in the interval and that nobody answered by its end, newest
 * first, at most limit rows: DigestThread *. */
void present_unanswered(const Presenter *presenter, GPtrArray *out);
void present_threads(const Presenter *presenter, GPtrArray *out);
/* posts: the record of each newcomer's first post. */
void present_newcomers(const Presenter *presenter, const GArray *posts,
                       GPtrArray *out);
