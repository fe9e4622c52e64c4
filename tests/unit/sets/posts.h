/* SPDX-License-Identifier: MIT */
/*
 * Posts for tests of lib/sets, written as lines:
 *
 *     MINUTE ID SENDER PARENT SUBJECT... [| key=value ...]
 *
 * SENDER and all other people are one word: alice is Alice <alice@a.org>,
 * alice/home the same with another address, ann_lee is Ann lee, <a@b.org a
 * person without a name.
 * PARENT is an id or "-". Keys: root author kind patch change work opening
 * names (comma separated, the first `supersedes` many are superseded) credits
 * ("R:bob,A:eve" with R A T N) notice (a PatchNotice) stat
 * (files,insertions,deletions) paths (comma separated, of the files) own (0: a
 * cover without text of its own) lists
 * ("alice:a_title,bob:b": a pull request's patches) base tip (its commits)
 * partial (1: credits are for some parts) update (1: an answer with a patch of
 * the sender's own attached; 2: under its own title) attached (so many patches)
 * diff (1: a diff of its own) date
 * (minute, if not that of arrival).
 */
#pragma once

#include "activity/record.h"
#include "sets/people.h"
#include "sets/sets.h"

#include <glib.h>

typedef struct Posts {
    GArray *records; /* PostRecord, sorted for sets_build */
    People *people;
    GHashTable *numbers; /* word -> number */
} Posts;

/* seed: the order in which posts and people get their numbers. bots: senders
 * who are bots, or NULL. */
Posts *posts_new(const char *lines, unsigned seed, Identity *identity);
void posts_free(Posts *posts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Posts, posts_free)
/* Returns the sets and threads of posts, and nothing else that is found; owned.
 */
Sets *posts_members(const Posts *posts);
