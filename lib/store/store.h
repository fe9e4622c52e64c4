/* SPDX-License-Identifier: MIT */
/*
 * Writes activities to Redis and reads them back. Hides hiredis, the keys and
 * the script. For one thread. Every failure is one of StoreError; nothing is
 * retried here but what the caller cannot know about (a missing script, a moved
 * slot).
 */
#pragma once

#include "activity/activity.h"
#include "store/error.h"
#include "store/options.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Store Store;

Store *store_open(const StoreOptions *options, GError **error);
void store_free(Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Store, store_free)
/* Stops the private Redis of a state directory after it has saved its data.
 * Returns true also if none was running (*was_running is then false). */
bool store_private_stop(const char *state, bool *was_running, GError **error);
/* Returns true if it answers. */
bool store_ping(Store *store, GError **error);
/* Sets the limit of the options for a private Redis that runs; any other Redis
 * has its own limit. */
bool store_limit_private(Store *store, GError **error);
/* Fails with STORE_ERROR_EVICTS if Redis drops keys when its memory is full and
 * the options do not allow that. */
bool store_check_kept(Store *store, GError **error);
/* Checks all that, and whether this user may count and erase:
 * STORE_ERROR_DENIED names the commands that an ACL forbids. Writes nothing. */
bool store_check_writing(Store *store, GError **error);
/* Returns a field of INFO, e.g. "used_memory", "redis_version"; owned, or NULL.
 */
char *store_info(Store *store, const char *field, GError **error);

/* --- writing --------------------------------------------------------- */

typedef enum StoreOutcome {
    STORE_PENDING = 0, /* not sent, or it is not known yet whether it arrived */
    STORE_COUNTED,     /* a new post */
    STORE_DUPLICATE,   /* known; `duplicates` was increased */
    STORE_KNOWN,       /* this very copy is counted, or the post was erased;
                          nothing changed */
    STORE_PASSED,      /* its row is not after the position; nothing changed */
    STORE_HELD,        /* its list cannot be counted, see store_held; nothing
                          changed */
    STORE_DIFFERING,   /* a duplicate that arrived before the counted copy and
                          says something else; what was counted stays */
} StoreOutcome;

/* The place of an activity in its journal or archive, which is stored in the
 * same step. source NULL: no position is kept. */
typedef struct StorePosition {
    const char *source; /* journal_id or archive_id */
    uint64_t row;       /* of this activity */
    uint64_t previous;  /* row of the previous one on this list, 0: the first
                           (then any position is accepted) */
} StorePosition;

typedef struct StoreItem {
    const Activity *activity;
    StorePosition position;
    StoreOutcome outcome; /* out */
} StoreItem;

/*
 * Counts the items in order, pipelined. Only items that are STORE_PENDING are
 * sent, so after a failure call it again with the same items until none is
 * left; *done (may be NULL) is the index of the first that is still pending.
 * With positions nothing is counted twice, even if a reply was lost. A list
 * that cannot be counted (another format, other data under its keys, a missing
 * key) is held: that is the outcome of its items, not a failure.
 */
bool store_count(Store *store, StoreItem *items, unsigned count, unsigned *done,
                 GError **error);
/* Fails with STORE_ERROR_SCHEMA if a list cannot be counted: it has another
 * format, other data under its keys, or keys are missing. */
bool store_check_list(Store *store, const char *list, GError **error);
/* Returns why the last store_count held a list; lent; NULL if it did not. */
const char *store_held(const Store *store, const char *list);
/* How far a list has counted a source: what Redis holds of the last counted
 * row. */
typedef struct StorePlace {
    char *source; /* as in StorePosition */
    uint64_t row;
    int64_t arrival_ms;
    bool has_mark; /* sources whose mails have commit ids */
    uint8_t mark[RECORD_MARK_BYTES];
} StorePlace;
/* Returns the places of all sources of a list; owned array of StorePlace,
 * cleared by the array. NULL with error. */
GArray *store_places(Store *store, const char *list, GError **error);
/* Sets row and arrival of the last counted row; 0 if Redis knows none. */
bool store_position(Store *store, const char *list, const char *source,
                    uint64_t *row, int64_t *arrival_ms, GError **error);

/* Sets the place of a source from which nothing was counted on the list: row is
 * lower than any that will be counted. */
bool store_set_place(Store *store, const char *list, const char *source,
                     uint64_t row, int64_t arrival_ms, GError **error);
/* Returns true if lists are on several servers, each of which may lose its last
 * writes alone. */
bool store_is_cluster(const Store *store);

/* --- reading --------------------------------------------------------- */

typedef struct StoreListInfo {
    char *id;
    uint64_t posts, duplicates, people;
    uint32_t last_post; /* the highest number of a post, erased ones included */
    int64_t first_ms, last_ms; /* arrival; 0 if no post */
    uint64_t bytes;            /* of Redis memory, if asked for, else 0 */
} StoreListInfo;
void store_list_info_free(StoreListInfo *info);

/* Returns the ids of all lists, sorted; owned array of char *. */
GPtrArray *store_lists(Store *store, GError **error);
StoreListInfo *store_list_info(Store *store, const char *list, bool with_memory,
                               GError **error);

/* Sets whether diffs without a tag are patches on the list. setting: as in
 * ListSettings; "auto": they are if most patches of the two years up to at_ms
 * have no tag. */
bool store_takes_untagged(Store *store, const char *list, const char *setting,
                          int64_t at_ms, bool *takes_untagged, GError **error);

/* Makes a name, which no list has, stand for several lists in all functions
 * below: they return what all lists have, and posts and people have numbers of
 * their own there. Marks and links lead to all lists. A post that came to
 * several of them counts as several posts. lists ends with NULL. */
bool store_join(Store *store, const char *name, const char *const *lists,
                GError **error);
/* Returns the index of the joined list that a post is of; 0 for a single list.
 */
unsigned store_joined_index(const Store *store, const char *name,
                            uint32_t post);

/* From now on the store reads lists as if each post had arrived at its Date:
 * rows, records, first posts, the beginning and end of a list. Reads all
 * records of a list once. Copies have no Date, so none are returned. */
void store_read_by_date(Store *store);

/* Returns the rows that arrived in [from, until), sorted by (arrival, post). */
GArray *store_rows(Store *store, const char *list, int64_t from_ms,
                   int64_t until_ms, GError **error); /* PostRow */
/* Sets how many duplicates arrived in [from, until). */
bool store_duplicates(Store *store, const char *list, int64_t from_ms,
                      int64_t until_ms, uint64_t *count, GError **error);
/* Returns the records of posts by number, in the order asked for; a missing one
 * has post == 0. Array of PostRecord, cleared by the array. */
GArray *store_posts(Store *store, const char *list, const uint32_t *posts,
                    unsigned count, GError **error);
/* The same for many rounds over one list: what was unpacked for one round is
 * kept, unchanged, for the next. Must not be used after a failure. Store and
 * list are lent for its life. */
typedef struct StorePosts StorePosts;
StorePosts *store_posts_new(Store *store, const char *list);
void store_posts_free(StorePosts *posts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StorePosts, store_posts_free)
GArray *store_posts_read(StorePosts *reading, const uint32_t *posts,
                         unsigned count, GError **error);
/* Posts found under keys: posts[starts[i]] up to, but not including,
 * posts[starts[i + 1]] are the post numbers under key i, in the order in which
 * they were counted. */
typedef struct StoreFound {
    uint32_t *posts;
    unsigned *starts; /* one more than there are keys */
} StoreFound;

/* Finds the posts under each key. Owned. */
StoreFound *store_find(Store *store, const char *list, const uint64_t *keys,
                       unsigned count, GError **error);
/* Returns the posts under key i; lent. */
const uint32_t *store_found(const StoreFound *found, unsigned i,
                            unsigned *count);
void store_found_free(StoreFound *found);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(StoreFound, store_found_free)
/* Returns names and addresses, in the order asked for; array of MailPerson. */
GArray *store_people(Store *store, const char *list, const uint32_t *people,
                     unsigned count, GError **error);
/* Returns for each address (lower case) the number of a person who has it, 0
 * for none; for joined lists the results of one list after the other; array of
 * uint32_t. */
GArray *store_people_of(Store *store, const char *list,
                        const char *const *addresses, unsigned count,
                        GError **error);
/* Returns all numbers whose address is one of these people's and that of at
 * least min numbers; array of uint32_t, ascending. */
GArray *store_people_alike(Store *store, const char *list,
                           const uint32_t *people, unsigned count, unsigned min,
                           GError **error);
/* Returns for each person, by address whatever the name, the arrival of the
 * first post sent and of the first patch written; INT64_MAX for none. Two
 * int64_t for each. */
GArray *store_firsts(Store *store, const char *list, const uint32_t *people,
                     unsigned count, GError **error);
/* Returns the kept texts, in the order asked for; array of char *, NULL for
 * none. */
GPtrArray *store_texts(Store *store, const char *list, const uint32_t *posts,
                       unsigned count, GError **error);
/* Finds the post that a prefix of a mark (4 to 40 hex digits) names. */
bool store_find_mark(Store *store, const char *list, const char *prefix,
                     uint32_t *post, GError **error);

/* Sets *differs if an earlier copy of the post says something else than the one
 * that was counted (STORE_DIFFERING). For one list, not for joined ones. */
bool store_differs(Store *store, const char *list, uint32_t post, bool *differs,
                   GError **error);

/* Returns how many rows, records and texts were missing in all that was read so
 * far; *words (lent) names the first list and what it lacks, or is NULL. */
uint64_t store_missing(const Store *store, const char **words);
/* Notes a missing text: text is what store_texts returned for the record. A
 * text that retention dropped is not missing. */
bool store_note_text(Store *store, const char *list, const PostRecord *record,
                     const char *text, GError **error);

/* --- for the daemon and status --------------------------------------- */

/* Small facts beside the lists: cursors, gaps, milter states. Hash fields. */
bool store_fact_set(Store *store, const char *hash, const char *field,
                    const char *value, GError **error);
char *store_fact_get(Store *store, const char *hash, const char *field,
                     GError **error); /* NULL and no error: none */
/* Sets *was_there if there was one. */
bool store_fact_remove(Store *store, const char *hash, const char *field,
                       bool *was_there, GError **error);
GHashTable *store_facts(Store *store, const char *hash, GError **error);
