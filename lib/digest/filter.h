/* SPDX-License-Identifier: MIT */
/*
 * Which posts and patch sets a digest is restricted to. Pure. All that is asked
 * for must hold. What is asked of patch sets (paths, state, open) holds for
 * their parts and for all that answers them; a tag also for posts of their own.
 */
#pragma once

#include "sets/sets.h"

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef enum FilterState {
    FILTER_NEW,
    FILTER_UPDATED,
    FILTER_RESENT,
    FILTER_RFC,
    FILTER_PULL,
    FILTER_APPLIED,
    FILTER_SUPERSEDED,
    FILTER_WAITING,
    FILTER_ANY, /* no state is asked for */
} FilterState;

/* What was asked for, as the digest tells it. */
typedef struct FilterWord {
    const char *name;  /* "author" */
    const char *value; /* as it was given; NULL: not asked for */
} FilterWord;

enum { FILTER_WORDS = 7 };

typedef struct DigestFilter {
    FilterWord words[FILTER_WORDS];
    const char *author; /* address or pattern of addresses if there is an @ in
                           it, else part of a name; NULL: all */
    const char *open;   /* the same: sets of this author of which nothing has
                           become yet; NULL: all */
    const char *tag;    /* of subjects; NULL: all */
    char *const *paths; /* patterns, see filter_path_fits; NULL: all */
    char *const *paths_excluded;
    FilterState state;
    uint64_t thread; /* link_digest() of a Message-ID in it; 0: all */
} DigestFilter;

typedef struct FilterResult {
    bool *posts;            /* by record: it passes */
    bool *sets;             /* by set */
    unsigned unknown_paths; /* patches of which it is not known what they
                               change, because an older version counted them */
} FilterResult;

/* Judges all records and sets. The result is to be cleared. */
void filter_judge(const DigestFilter *filter, Sets *sets, FilterResult *result);
void filter_result_clear(FilterResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FilterResult, filter_result_clear)

/* Reads a state's name ("waiting"). Returns false if there is none such. */
bool filter_state_parse(const char *name, FilterState *state);
/* Returns "new, updated, ..."; lent. */
const char *filter_state_names(void);
/* Returns true if a path is what a pattern names: a file, a folder with all in
 * it, or a shell pattern in which * and ? do not match a slash; ** does. */
bool filter_path_fits(const char *pattern, const char *path);
