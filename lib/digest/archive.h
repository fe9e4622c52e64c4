/* SPDX-License-Identifier: MIT */
/*
 * Where a list has its archive, as its own mail tells. Headers are written by
 * strangers, and one of them must not lead the readers of a list elsewhere: so
 * an address counts only if it lies below the list's own registrable domain,
 * and if nearly all of the list's newest posts, of several senders, agree on
 * it.
 */
#pragma once

#include "base/settings.h"
#include "store/store.h"

enum {
    ARCHIVE_POSTS = 25,    /* the newest so many are asked */
    ARCHIVE_AGREEING = 20, /* of which so many have to agree */
    ARCHIVE_SENDERS = 5,   /* ... with so many addresses in From at least */
};

/* Fills in the archive of a list, if its settings leave that open and its mail
 * tells it. Fails with STORE_ERROR. */
bool archive_learn(Store *store, ListSettings *list, GError **error);
/* Returns who said where the archive is, to stand behind an address: "learnt
 * from the list's mail". Lent. */
const char *archive_source_words(ArchiveSource source);
