/* SPDX-License-Identifier: MIT */
#include "sets/subject_cache.h"

#include "activity/link.h"
#include "base/map.h"

#include "base/banned.h"

typedef struct Known {
    PatchSubject subject;
    uint64_t title; /* digest; 0: not made yet */
} Known;

struct SubjectCache {
    const char *prefix;
    Map *known; /* a record's subject, by its address -> Known */
};

static void known_free(gpointer data)
{
    Known *known = data;

    patch_subject_clear(&known->subject);
    g_free(known);
}

SubjectCache *subject_cache_new(const char *prefix)
{
    SubjectCache *cache = g_new0(SubjectCache, 1);

    cache->prefix = prefix;
    cache->known = map_new(known_free);
    return cache;
}

void subject_cache_free(SubjectCache *cache)
{
    if (cache == NULL)
        return;
    map_free(cache->known);
    g_free(cache);
}

static Known *known_of(SubjectCache *cache, const PostRecord *record)
{
    const uint64_t key = (uintptr_t)record->subject;
    Known *known = map_get(cache->known, key);

    if (known != NULL)
        return known;
    known = g_new0(Known, 1);
    patch_subject_init(&known->subject, record->subject, cache->prefix);
    if (record->fields.version > 0 && !known->subject.has_version) {
        known->subject.has_version = true;
        known->subject.version = record->fields.version;
    }
    map_put(cache->known, key, known);
    return known;
}

const PatchSubject *subject_cache_get(SubjectCache *cache,
                                      const PostRecord *record)
{
    return &known_of(cache, record)->subject;
}

uint64_t subject_cache_title(SubjectCache *cache, const PostRecord *record)
{
    Known *known = known_of(cache, record);

    if (known->title == 0)
        known->title = link_title_digest(&known->subject);
    return known->title;
}
