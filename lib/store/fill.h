/* SPDX-License-Identifier: MIT */
/*
 * Gives posts that an older version counted the optional fields that a newer
 * reading of the same mail knows (record.h). A bucket is changed as a whole and
 * only if nobody else changed it meanwhile; what is not filled now is the next
 * time.
 */
#pragma once

#include "store/internal.h"

/* A post that is known, and what was read of its mail now. */
typedef struct FillPost {
    uint32_t post;
    const Activity *activity; /* lent */
} FillPost;

/* posts: FillPost, of one list or several. */
bool fill_posts(Store *store, const GArray *posts, GError **error);
