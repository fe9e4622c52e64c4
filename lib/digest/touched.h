/* SPDX-License-Identifier: MIT */
/*
 * Finds what new posts change in earlier digests: a reply changes the set that
 * it answers, a second version the first, a notice the set that it applies. For
 * code that keeps pages of a list and rewrites only what is no longer true.
 */
#pragma once

#include "identity/identity.h"
#include "store/store.h"

typedef struct Touched {
    GArray *arrivals; /* int64_t: of posts and heads of sets that are now
                         described in another way */
    GPtrArray *sets;  /* char *: Message-IDs of the heads of these sets */
} Touched;

/* posts: uint32_t, the new ones. prefix: of the list's subjects, or NULL.
 * Fails with STORE_ERROR. */
bool touched_find(Store *store, const char *list, const char *prefix,
                  const Identity *identity, const GArray *posts,
                  Touched *touched, GError **error);
/* Sets *is_renamed to true if one of the people known + 1 to last has the
 * address of an earlier person without a name, who may then get a name in all
 * earlier digests. Fails with STORE_ERROR. */
bool touched_names(Store *store, const char *list, uint32_t known,
                   uint32_t last, bool *is_renamed, GError **error);
void touched_clear(Touched *touched);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Touched, touched_clear)
