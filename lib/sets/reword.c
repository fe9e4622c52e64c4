/* SPDX-License-Identifier: MIT */
#include "sets/reword.h"

#include "activity/links.h"
#include "patch/likeness.h"

#include "base/banned.h"

/* The next version; and later ones, where those between are not known. */
enum {
    NEXT_WORDS = 2,
    NEXT_PERCENT = 40,
    LATER_WORDS = 3,
    LATER_PERCENT = 60,
};

static bool is_same_work(const PostRecord *older, const PostRecord *newer)
{
    return older->work_link != 0 && older->work_link == newer->work_link &&
           older->date <= newer->date &&
           newer->date - older->date <= LINK_WORK_SECONDS;
}

/* One of seven patches, sent again alone, is no new form of the seven. */
static bool is_shrunken(const PatchSubject *older, const PatchSubject *newer)
{
    return newer->total == 1 && older->total > 1;
}

unsigned reword_likeness(const PostRecord *older,
                         const PatchSubject *older_subject,
                         const PostRecord *newer,
                         const PatchSubject *newer_subject)
{
    const bool is_next = newer_subject->version == older_subject->version + 1;
    PatchLikeness likeness;

    if (newer_subject->version <= older_subject->version ||
        is_shrunken(older_subject, newer_subject) ||
        !is_same_work(older, newer) ||
        !activity_may_be_reworded(newer, newer_subject))
        return 0;
    likeness = patch_likeness(patch_subject_words(older_subject),
                              patch_subject_words(newer_subject));
    return patch_likeness_reaches(&likeness, is_next ? NEXT_WORDS : LATER_WORDS,
                                  is_next ? NEXT_PERCENT : LATER_PERCENT)
               ? likeness.common
               : 0;
}
