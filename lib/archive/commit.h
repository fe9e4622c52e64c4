/* SPDX-License-Identifier: MIT */
/*
 * What a commit and its tree say, where they are as plain as those of
 * public-inbox: one file m or d, people with an address and a time. What is
 * odd in any way is left to libgit2, which takes much more.
 */
#pragma once

#include "archive/pack.h"

typedef struct CommitFacts {
    ObjectId tree;
    ObjectId parent; /* the first one */
    bool has_parent;
    int64_t seconds; /* committer's time since 1970 */
} CommitFacts;

typedef enum TreeContent {
    TREE_EMPTY,
    TREE_MAIL,    /* the file m alone */
    TREE_DELETED, /* the file d alone */
    TREE_ODD,
} TreeContent;

/* False where the commit is odd. */
bool commit_read(GBytes *commit, CommitFacts *facts);
/* blob is set for TREE_MAIL. */
TreeContent commit_read_tree(GBytes *tree, ObjectId *blob);
