/* SPDX-License-Identifier: MIT */
#include "sets/shared_lines.h"

#include <string.h>

#include "patch/likeness.h"

#include "base/banned.h"

enum { TITLE_WORDS = 2, TITLE_PERCENT = 40 };

/* What was sent together is several patches, however alike they are. */
static const int64_t APART_SECONDS = INT64_C(10) * 60;
/* Later, old lines are written anew for another reason. */
static const int64_t TOGETHER_SECONDS = INT64_C(2) * 366 * 24 * 3600;

static PatchVersion version_of(const PatchSubject *subject)
{
    return (PatchVersion){ subject->version, subject->minor, subject->is_rfc };
}

static bool has_value(const PostRecord *record, uint32_t value)
{
    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++) {
        if (record->content[i] == value)
            return true;
    }
    return false;
}

static unsigned flags_of(const PostRecord *older, const PostRecord *newer)
{
    unsigned shared = 0;

    for (unsigned i = 0; i < PATCH_SKETCH_LINES; i++) {
        const uint32_t value = newer->content[i];

        if (value != PATCH_SKETCH_NONE && has_value(older, value))
            shared |= 1U << i;
    }
    return shared;
}

bool shared_lines_any(const PostRecord *one, const PostRecord *other)
{
    return one->has_content && other->has_content && flags_of(one, other) != 0;
}

static bool is_later(const PostRecord *older, const PatchSubject *older_subject,
                     const PostRecord *newer, const PatchSubject *newer_subject,
                     bool is_raised)
{
    const int64_t apart = newer->date - older->date;

    if (apart < 0 || apart > TOGETHER_SECONDS)
        return false;
    if (is_raised)
        return true;
    return older_subject->version == newer_subject->version &&
           older_subject->minor == newer_subject->minor &&
           older_subject->is_rfc == newer_subject->is_rfc &&
           apart >= APART_SECONDS;
}

static bool is_same_title(const PatchSubject *one, const PatchSubject *other)
{
    return strcmp(patch_subject_title_key(one),
                  patch_subject_title_key(other)) == 0;
}

bool shared_lines_titled_alike(const PatchSubject *older,
                               const PatchSubject *newer)
{
    const PatchLikeness likeness =
        patch_likeness(patch_subject_words(older), patch_subject_words(newer));

    return patch_likeness_reaches(&likeness, TITLE_WORDS, TITLE_PERCENT);
}

bool shared_lines_one_tells(const PatchSubject *older, unsigned older_version,
                            const PatchSubject *newer, unsigned newer_version)
{
    return newer_version == older_version + 1 ||
           shared_lines_titled_alike(older, newer);
}

unsigned shared_lines_flags(const PostRecord *older,
                            const PatchSubject *older_subject,
                            const PostRecord *newer,
                            const PatchSubject *newer_subject)
{
    const bool is_raised = patch_version_is_raised(version_of(older_subject),
                                                   version_of(newer_subject));
    unsigned shared;

    if (!older->has_content || !newer->has_content || !older->has_date ||
        !newer->has_date ||
        !is_later(older, older_subject, newer, newer_subject, is_raised))
        return 0;
    shared = flags_of(older, newer);
    return shared == 0 ||
                   (is_raised && is_same_title(older_subject, newer_subject))
               ? 0
               : shared;
}
