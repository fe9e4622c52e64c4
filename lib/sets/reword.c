/* SPDX-License-Identifier: MIT */
#include "sets/reword.h"

#include <string.h>

#include "activity/links.h"
#include "patch/likeness.h"

#include "base/banned.h"

/* The next version; and later ones, where those between are not known. */
enum {
    NEXT_WORDS = 2,
    NEXT_PERCENT = 40,
    LATER_WORDS = 3,
    LATER_PERCENT = 60,
    RETITLED_WORDS = 3,
    RETITLED_PERCENT = 75,
};

/* What is sent again at once with another word in its title: neither together
 * with the first one, nor later than people remember it. */
static const int64_t AGAIN_SECONDS_MIN = INT64_C(10) * 60;
static const int64_t AGAIN_SECONDS_MAX = INT64_C(3) * 24 * 3600;

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

/* One of its words tells that it does the opposite. */
static bool takes_away(const PatchSubject *subject)
{
    static const char *const words[] = { "revert", "remove", "drop", "delete",
                                         "disable" };
    const char *key = patch_subject_title_key(subject);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strstr(key, words[i]) != NULL)
            return true;
    }
    return false;
}

static bool is_sent_again(const PostRecord *older,
                          const PatchSubject *older_subject,
                          const PostRecord *newer,
                          const PatchSubject *newer_subject,
                          const PatchLikeness *likeness)
{
    const int64_t apart = newer->date - older->date;

    return older_subject->version == newer_subject->version &&
           older_subject->is_rfc == newer_subject->is_rfc &&
           older_subject->total == 1 && newer_subject->total == 1 &&
           newer->parent_link == 0 && is_same_work(older, newer) &&
           apart >= AGAIN_SECONDS_MIN && apart <= AGAIN_SECONDS_MAX &&
           likeness->common == likeness->more &&
           takes_away(older_subject) == takes_away(newer_subject) &&
           !patch_titles_differ_in_small_words(older_subject->title,
                                               newer_subject->title) &&
           !patch_titles_name_others(older_subject->title,
                                     newer_subject->title) &&
           !patch_titles_number_others(older_subject->title,
                                       newer_subject->title);
}

unsigned reword_retitled(const PostRecord *older,
                         const PatchSubject *older_subject,
                         const PostRecord *newer,
                         const PatchSubject *newer_subject)
{
    PatchLikeness likeness;

    if (older->fields.opening_link == 0 ||
        older->fields.opening_link != newer->fields.opening_link ||
        newer->change_link != 0 || newer->supersedes_count > 0 ||
        is_shrunken(older_subject, newer_subject) ||
        newer->date < older->date ||
        newer->date - older->date > LINK_WORK_SECONDS)
        return 0;
    likeness = patch_likeness(patch_subject_words(older_subject),
                              patch_subject_words(newer_subject));
    if (likeness.has_other_place ||
        !patch_likeness_reaches(&likeness, RETITLED_WORDS, RETITLED_PERCENT) ||
        !(newer_subject->version > older_subject->version ||
          is_sent_again(older, older_subject, newer, newer_subject, &likeness)))
        return 0;
    return likeness.common;
}
