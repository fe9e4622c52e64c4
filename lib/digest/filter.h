/* SPDX-License-Identifier: MIT */
/*
 * Chooses the posts and patch sets to which a digest is restricted. Pure. All
 * conditions must hold. A condition on patch sets (paths, state, open) selects
 * their parts and all answers to them; a tag also selects posts outside of
 * sets.
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

/* A condition as the digest shows it. */
typedef struct FilterWord {
    const char *name;  /* "author" */
    const char *value; /* as it was given; NULL: not asked for */
} FilterWord;

enum { FILTER_WORDS = 7 };

typedef struct DigestFilter {
    FilterWord words[FILTER_WORDS];
    const char *author; /* address or pattern of addresses if there is an @ in
                           it, else part of a name; NULL: all */
    const char *open;   /* the same: sets of this author that are still open;
                           NULL: all */
    const char *tag;    /* of subjects; NULL: all */
    char *const *paths; /* patterns, see filter_path_fits; NULL: all */
    char *const *paths_excluded;
    FilterState state;
    uint64_t thread; /* link_digest() of a Message-ID in it; 0: all */
} DigestFilter;

typedef struct FilterResult {
    bool *posts;            /* by record: it passes */
    bool *sets;             /* by set */
    unsigned unknown_paths; /* patches counted by an older version, which did
                               not keep what files they change */
} FilterResult;

/* Judges all records and sets. The result is to be cleared. */
void filter_judge(const DigestFilter *filter, Sets *sets, FilterResult *result);
void filter_result_clear(FilterResult *result);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FilterResult, filter_result_clear)

/* Reads a state's name ("waiting"). Returns false if there is none of that
 * name. */
bool filter_state_parse(const char *name, FilterState *state);
/* Returns "new, updated, ..."; lent. */
const char *filter_state_names(void);
/* Returns true if a pattern matches a path. It names a file, a folder with
 * everything in it, or is a shell pattern in which * and ? do not match a
 * slash; ** does. */
bool filter_path_fits(const char *pattern, const char *path);
