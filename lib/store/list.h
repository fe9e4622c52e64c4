/* SPDX-License-Identifier: MIT */
/*
 * Reads one list: what store.h says of the functions with these names, for a
 * list that was not joined from several. reading.c chooses between these
 * functions and those of joined.h, which are made of them.
 */
#pragma once

#include "store/store.h"

GArray *list_rows(Store *store, const char *list, int64_t from_ms,
                  int64_t until_ms, GError **error);
bool list_duplicates(Store *store, const char *list, int64_t from_ms,
                     int64_t until_ms, uint64_t *count, GError **error);

typedef struct ListPosts ListPosts;

ListPosts *list_posts_new(Store *store, const char *list);
void list_posts_free(ListPosts *posts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ListPosts, list_posts_free)
GArray *list_posts_read(ListPosts *reading, const uint32_t *posts,
                        unsigned count, GError **error);
GPtrArray *list_texts(Store *store, const char *list, const uint32_t *posts,
                      unsigned count, GError **error);
bool list_note_text(Store *store, const char *list, const PostRecord *record,
                    const char *text, GError **error);

StoreFound *list_find(Store *store, const char *list, const uint64_t *keys,
                      unsigned count, GError **error);
bool list_find_mark(Store *store, const char *list, const char *prefix,
                    uint32_t *post, GError **error);

GArray *list_people(Store *store, const char *list, const uint32_t *people,
                    unsigned count, GError **error);
GArray *list_people_of(Store *store, const char *list,
                       const char *const *addresses, unsigned count,
                       GError **error);
GArray *list_people_alike(Store *store, const char *list,
                          const uint32_t *people, unsigned count, unsigned min,
                          GError **error);
GArray *list_firsts(Store *store, const char *list, const uint32_t *people,
                    unsigned count, GError **error);

StoreListInfo *list_info(Store *store, const char *list, bool with_memory,
                         GError **error);
bool list_takes_untagged(Store *store, const char *list, const char *setting,
                         int64_t at_ms, bool *takes_untagged, GError **error);
