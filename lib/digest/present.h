/* SPDX-License-Identifier: MIT */
/*
 * Describes what was built from the records: fills the patch sets, the applied
 * and the waiting ones, reviewers, threads and newcomers of a digest. Pure.
 */
#pragma once

#include "base/settings.h"
#include "digest/digest.h"
#include "sets/sets.h"

typedef struct Presenter {
    Sets *sets;
    const Identity *identity; /* or NULL */
    const char *archive;      /* URL pattern or "" */
    /* If the records are of several lists: the settings of each, the list of
     * each record by its place there, and for posts that came to several lists
     * (post -> GArray of unsigned) all of these. */
    const ListSettings *const *several;
    const unsigned *list_of;
    GHashTable *lists_of;
    const bool *is_inside; /* by record: lies in the interval, and passes */
    const bool *is_there;  /* ... whether or not it passes; NULL: the same */
    const bool *passes;    /* by set, see filter.h; NULL: all do */
    /* The same records, as far as they came by the interval's end, and of which
     * that came before it is told what waits; or NULL: all, and none. */
    const Sets *at_end;
    const bool *is_older; /* by record */
    GHashTable *is_new;   /* persons who first wrote in the interval; or NULL */
    int64_t end_ms;       /* at which ages are measured */
    unsigned limit;       /* rows of top lists */
} Presenter;

/* Returns the address of a post in the archive: pattern with {message-id} and
 * {mark} replaced ("https://lore.kernel.org/kvm/{message-id}/"); NULL if
 * pattern is "" or needs a Message-ID that the post lacks. Owned. */
char *present_url(const char *pattern, const char *message_id,
                  const char *mark);

DigestState present_state(Sets *sets, const PatchSet *set);
/* Fills sets, others, older, applied, superseded and waiting. Does not set
 * text; fetch it for the records that present_heads() returns, in that order.
 */
void present_sets(const Presenter *presenter, Digest *digest);
/* Chooses whose entries are printed: at most so many sets (0: all), those with
 * most answers, reviews and lines. Sets is_entry and entries_left. */
void present_choose_entries(Digest *digest, unsigned limit);
/* Appends the records (unsigned) whose texts the entries show, and for each the
 * DigestSet whose text it is. */
void present_heads(const Presenter *presenter, const Digest *digest,
                   GArray *records, GPtrArray *to_fill);
/* Returns how many sets have their head among the flagged records. */
uint64_t present_count_sets(const Sets *sets, const bool *is_counted);
void present_reviewers(const Presenter *presenter, GPtrArray *out);
/* Talk that began in the interval and that nobody answered by its end, newest
 * first, at most limit rows: DigestThread *. */
void present_unanswered(const Presenter *presenter, GPtrArray *out);
/* Counts how many of the threads that began in the interval are talk, and of
 * these, how many nobody answered. */
void present_talk(const Presenter *presenter, DigestTalk *talk);
/* Fills answers of the posters, who are DigestCount *: replies to others. */
void present_answers(const Presenter *presenter, GPtrArray *posters);
void present_threads(const Presenter *presenter, GPtrArray *out);
/* posts: for each newcomer the record (unsigned) of the first post. */
void present_newcomers(const Presenter *presenter, const GArray *posts,
                       GPtrArray *out);
