/* SPDX-License-Identifier: MIT */
#include "tests/fuzz/fuzz.h"

#include "patch/classic.h"
#include "patch/subject.h"

#include <string.h>

static void check(const PatchSubject *subject, const char *text)
{
    const PatchLikeness likeness = patch_likeness(patch_subject_words(subject),
                                                  patch_subject_words(subject));

    g_assert(subject->tags != NULL && patch_subject_title_key(subject) != NULL);
    g_assert(likeness.common == likeness.fewer);
    g_assert(strlen(subject->title) <= strlen(text));
    g_assert(subject->number <= 99999 && subject->total <= 99999);
    g_assert(!subject->is_forward || subject->is_reply);
    (void)patch_subject_is_cover(subject);
    (void)patch_subject_is_series_part(subject);
}

int fuzz_target(const uint8_t *data, size_t size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    g_auto(PatchSubject) plain;
    g_auto(PatchSubject) prefixed;

    patch_subject_init(&plain, text, NULL);
    check(&plain, text);
    patch_subject_init(&prefixed, text, "[usrp]");
    check(&prefixed, text);
    (void)patch_classic_is_patch(text);
    (void)patch_classic_is_listed(text);
    (void)patch_classic_is_entry(text);
    (void)patch_classic_title(text);
    return 0;
}
