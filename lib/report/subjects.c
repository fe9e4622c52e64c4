/* SPDX-License-Identifier: MIT */
#include "report/subjects.h"

#include "base/banned.h"

struct Subjects {
    const char *prefix;
    GHashTable *known; /* a record's subject, by its address -> PatchSubject */
};

static void free_subject(gpointer subject)
{
    patch_subject_clear(subject);
    g_free(subject);
}

Subjects *subjects_new(const char *prefix)
{
    Subjects *subjects = g_new0(Subjects, 1);

    subjects->prefix = prefix;
    subjects->known = g_hash_table_new_full(NULL, NULL, NULL, free_subject);
    return subjects;
}

void subjects_free(Subjects *subjects)
{
    if (subjects == NULL)
        return;
    g_hash_table_unref(subjects->known);
    g_free(subjects);
}

const PatchSubject *subjects_of(Subjects *subjects, const PostRecord *record)
{
    PatchSubject *subject =
        g_hash_table_lookup(subjects->known, record->subject);

    if (subject != NULL)
        return subject;
    subject = g_new(PatchSubject, 1);
    patch_subject_init(subject, record->subject, subjects->prefix);
    g_hash_table_insert(subjects->known, record->subject, subject);
    return subject;
}
