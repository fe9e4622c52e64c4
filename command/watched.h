/* SPDX-License-Identifier: MIT */
/*
 * The data of `listpulse watch`: how many posts each list has had this hour and
 * today, the last posts, and who wrote most. Posts that were counted since the
 * last look are read by their numbers, so that none is missed or seen twice,
 * whatever their arrival.
 */
#pragma once

#include "patch/kind.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

enum { WATCHED_HOURS = 24, WATCHED_POSTS_MAX = 100 };

typedef struct WatchedPost {
    char *list;
    uint32_t post;
    int64_t arrival_ms;
    PostKind kind; /* as of a person */
    char *subject, *message_id, *name, *address;
    char mark[41]; /* hex */
    unsigned insertions, deletions;
} WatchedPost;

typedef struct WatchedList {
    char *id;
    char *plain;                /* the id as list_id_encode writes it */
    uint64_t posts, duplicates; /* of all time */
    uint32_t last_post;         /* the posts up to this one are counted below */
    int64_t last_ms;            /* arrival of the newest post; 0 if none */
    int64_t day;                /* the day of what follows, since 1970, UTC; -1:
                                   none */
    uint64_t hours[WATCHED_HOURS][POST_KINDS];
    bool is_stale;  /* to be looked at */
    bool has_moved; /* in the last look */
} WatchedList;

/* Called for each post that was counted since the last look, in order of its
 * list's numbers; the post is lent for the call. */
typedef void (*WatchedTell)(const WatchedPost *post, void *data);

typedef struct Watched {
    Store *store;        /* lent */
    char *only;          /* the list that is watched; NULL: all */
    GPtrArray *lists;    /* WatchedList *, in the order of their ids */
    GQueue posts;        /* WatchedPost *, newest first */
    GHashTable *authors; /* address: WatchedAuthor *, of today */
    int64_t day;         /* of the authors, since 1970, UTC */
    bool is_partial;     /* there may be lists that are not known */
    bool is_begun;       /* an unknown list is new, with all its posts */
    WatchedTell tell;    /* or NULL */
    void *data;
} Watched;

typedef struct WatchedAuthor {
    char *name, *address;
    uint64_t posts;
} WatchedAuthor;

/* only: the id of the list that is watched, or NULL; copied. */
void watched_init(Watched *watched, Store *store, const char *only);
void watched_clear(Watched *watched);

/* Notes that a list, named as list_id_encode writes it, has posts that were not
 * read. */
void watched_note(Watched *watched, const char *plain);
/* Notes that any list may have posts that were not read, and that there may be
 * new lists. */
void watched_note_all(Watched *watched);
/* Reads the new posts of the lists that were noted. After a failure (a
 * StoreError) the same lists are still noted: call it again. */
bool watched_look(Watched *watched, int64_t now_ms, GError **error);

/* Return the number of posts of this hour or today; kind POST_KINDS: of all
 * kinds. */
uint64_t watched_in_hour(const WatchedList *list, int64_t now_ms,
                         unsigned kind);
uint64_t watched_today(const WatchedList *list, int64_t now_ms, unsigned kind);
/* Returns the people who wrote most today, over all lists, at most limit; owned
 * array of WatchedAuthor *, which are lent until the next look. */
GPtrArray *watched_top_authors(const Watched *watched, unsigned limit);
