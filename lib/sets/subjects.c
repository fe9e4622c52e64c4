/* SPDX-License-Identifier: MIT */
#include "sets/subjects.h"

#include "activity/link.h"
#include "base/map.h"

#include "base/banned.h"

typedef struct Known {
    PatchSubject subject;
    uint64_t title; /* digest; 0: not made yet */
} Known;

struct Subjects {
    const char *prefix;
    Map *known; /* a record's subject, by its address -> Known */
};

static void known_free(gpointer data)
{
    Known *known = data;

    patch_subject_clear(&known->subject);
    g_free(known);
}

Subjects *subjects_new(const char *prefix)
{
    Subjects *subjects = g_new0(Subjects, 1);

    subjects->prefix = prefix;
    subjects->known = map_new(known_free);
    return subjects;
}

void subjects_free(Subjects *subjects)
{
    if (subjects == NULL)
        return;
    map_free(subjects->known);
    g_free(subjects);
}

static Known *known_of(Subjects *subjects, const PostRecord *record)
{
    const uint64_t key = (uintptr_t)record->subject;
    Known *known = map_get(subjects->known, key);

    if (known != NULL)
        return known;
    known = g_new0(Known, 1);
    patch_subject_init(&known->subject, record->subject, subjects->prefix);
    if (record->fields.version > 0 && !known->subject.has_version) {
        known->subject.has_version = true;
        known->subject.version = record->fields.version;
    }
    map_put(subjects->known, key, known);
    return known;
}

const PatchSubject *subjects_of(Subjects *subjects, const PostRecord *record)
{
    return &known_of(subjects, record)->subject;
}

uint64_t subjects_title(Subjects *subjects, const PostRecord *record)
{
    Known *known = known_of(subjects, record);

    if (known->title == 0)
        known->title = link_title_digest(&known->subject);
    return known->title;
}
