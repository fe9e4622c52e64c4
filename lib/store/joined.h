/* SPDX-License-Identifier: MIT */
/*
 * Reads several lists as one under a name of its own: each function asks every
 * list. The numbers of posts and people of one list follow those of the list
 * before it. What comes to a list after it was joined is not seen.
 */
#pragma once

#include "store/list.h"

typedef struct JoinedMember {
    char *list;
    uint32_t post_base, post_last;     /* posts: base + 1 to base + last */
    uint32_t person_base, person_last; /* likewise */
} JoinedMember;

typedef struct Joined {
    JoinedMember *members;
    unsigned count;
} Joined;

/* Returns the lists that were joined under this name; NULL if it is the name of
 * a list. Lent. */
const Joined *joined_find(const Store *store, const char *name);
void joined_free(Joined *joined);

/* What store.h says about the functions with these names, for joined lists. */
GArray *joined_rows(Store *store, const Joined *joined, int64_t from_ms,
                    int64_t until_ms, GError **error);
bool joined_duplicates(Store *store, const Joined *joined, int64_t from_ms,
                       int64_t until_ms, uint64_t *count, GError **error);
/* readings: a ListPosts * for each member. */
GArray *joined_posts(const Joined *joined, ListPosts *const *readings,
                     const uint32_t *posts, unsigned count, GError **error);
StoreFound *joined_links(Store *store, const Joined *joined,
                         const uint64_t *keys, unsigned count, GError **error);
GArray *joined_people(Store *store, const Joined *joined,
                      const uint32_t *people, unsigned count, GError **error);
GArray *joined_people_of(Store *store, const Joined *joined,
                         const char *const *addresses, unsigned count,
                         GError **error);
GArray *joined_people_alike(Store *store, const Joined *joined,
                            const uint32_t *people, unsigned count,
                            unsigned min, GError **error);
GArray *joined_firsts(Store *store, const Joined *joined,
                      const uint32_t *people, unsigned count, GError **error);
GPtrArray *joined_texts(Store *store, const Joined *joined,
                        const uint32_t *posts, unsigned count, GError **error);
bool joined_mark(Store *store, const Joined *joined, const char *prefix,
                 uint32_t *post, GError **error);
bool joined_note_text(Store *store, const Joined *joined,
                      const PostRecord *record, const char *text,
                      GError **error);
StoreListInfo *joined_info(Store *store, const Joined *joined, const char *name,
                           GError **error);
bool joined_takes_untagged(Store *store, const Joined *joined,
                           const char *setting, int64_t at_ms, bool *takes,
                           GError **error);
