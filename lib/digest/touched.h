/* SPDX-License-Identifier: MIT */
/*
 * What new posts change of what was told before: a reply changes the set that
 * it answers, a second version the first, a notice what it applies. For those
 * who keep pages of a list and write anew only what is no longer true.
 */
#pragma once

#include "identity/identity.h"
#include "store/store.h"

typedef struct Touched {
    GArray *arrivals; /* int64_t: of posts and of heads of sets of which
                         something else is to be told now */
    GPtrArray *sets;  /* char *: Message-IDs of the heads of these sets */
} Touched;

/* posts: uint32_t, the new ones. prefix: of the list's subjects, or NULL.
 * Fails with STORE_ERROR. */
bool touched_find(Store *store, const char *list, const char *prefix,
                  const Identity *identity, const GArray *posts,
                  Touched *touched, GError **error);
/* *is_renamed: whether one of the people known + 1 to last has the address of
 * an earlier one without a name, who may be called otherwise from now on, in
 * all that was told. Fails with STORE_ERROR. */
bool touched_names(Store *store, const char *list, uint32_t known,
                   uint32_t last, bool *is_renamed, GError **error);
void touched_clear(Touched *touched);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Touched, touched_clear)
