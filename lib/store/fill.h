/* SPDX-License-Identifier: MIT */
/*
 * Adds to posts that an older version counted the optional fields that a newer
 * reading of the same mail has (record.h). A bucket is changed as a whole and
 * only if nobody else changed it meanwhile; what is not filled now will be the
 * next time.
 */
#pragma once

#include "store/internal.h"

/* A known post, and the new reading of its mail. */
typedef struct FillPost {
    uint32_t post;
    const Activity *activity; /* lent */
} FillPost;

/* posts: FillPost, of one list or several. */
bool fill_posts(Store *store, const GArray *posts, GError **error);
