/* SPDX-License-Identifier: MIT */
#include "sets/heads.h"

#include "activity/links.h"
#include "patch/likeness.h"
#include "sets/branch_tags.h"
#include "sets/shared_lines.h"

#include "base/banned.h"

enum {
    LINES_OF_ONE = 1, /* where shared_lines_one_tells() */
    LINES_OF_RAISED = 2,
    LINES_OF_EQUAL = 3, /* of equal versions; two of work on one file */
};

/* Later, the same lines are changed for another purpose. */
static const int64_t NAMELESS_SECONDS = INT64_C(60) * 24 * 3600;
/* Parts of one set are not older than that before its head. */
static const int64_t SET_SECONDS = INT64_C(2) * 24 * 3600;

static int64_t seconds_between(const Heads *heads)
{
    return heads->newer->date - heads->older->date;
}

static PatchLikeness likeness_of(const Heads *heads)
{
    return patch_likeness(patch_subject_words(heads->older_subject),
                          patch_subject_words(heads->newer_subject));
}

/* --- may one follow the other ------------------------------------------- */

bool heads_is_raised(const Heads *heads)
{
    return patch_version_is_raised(heads->older_version, heads->newer_version);
}

/* A release that is told once only says for when the work is: what has a
 * higher version is a revision all the same. */
bool heads_is_same_branch(const Heads *heads)
{
    const GPtrArray *tags = heads->older_subject->tags;
    const GPtrArray *others = heads->newer_subject->tags;

    return branch_tags_are_same(tags, others) ||
           (branch_tags_may_differ(tags, others) && heads_is_raised(heads));
}

bool heads_is_titled_alike(const Heads *heads)
{
    return shared_lines_titled_alike(heads->older_subject,
                                     heads->newer_subject);
}

bool heads_is_other_work(const Heads *heads)
{
    const char *title = heads->older_subject->title;
    const char *later = heads->newer_subject->title;
    const bool is_late = seconds_between(heads) > NAMELESS_SECONDS;

    if (is_late && !heads_is_titled_alike(heads))
        return true;
    return !heads_is_raised(heads) &&
           (patch_titles_name_others(title, later) ||
            (is_late && (likeness_of(heads).has_other_place ||
                         patch_titles_number_others(title, later))));
}

/* --- lines -------------------------------------------------------------- */

static bool is_same_work(const Heads *heads)
{
    return heads->newer->work_link != 0 &&
           heads->newer->work_link == heads->older->work_link;
}

/* One change of many drivers has the same lines and words in each: what has no
 * higher version must be of one place, too. The same title again is too old to
 * be this one's, or it would be a tie: "firmware: update" comes each season. */
bool heads_prove_own(const Heads *heads, unsigned lines, bool are_single,
                     bool has_title)
{
    const bool is_one_told =
        lines >= LINES_OF_ONE &&
        shared_lines_one_tells(
            heads->older_subject, heads->older_version.version,
            heads->newer_subject, heads->newer_version.version);
    const bool is_same = is_same_work(heads);

    if (heads_is_raised(heads))
        return lines >= LINES_OF_RAISED || is_one_told;
    if (!is_same && are_single && !likeness_of(heads).has_same_place)
        return false;
    return lines >= LINES_OF_EQUAL || (lines >= LINES_OF_RAISED && is_same) ||
           (is_one_told && !has_title);
}

/* Work that is gone on with by others counts its versions on, and answers it or
 * names nothing of its own that it would be a revision of. */
bool heads_prove_foreign(const Heads *heads, unsigned lines, bool is_answer)
{
    return lines >= LINES_OF_RAISED &&
           heads->newer_version.version > heads->older_version.version &&
           seconds_between(heads) <= LINK_WORK_SECONDS &&
           (is_answer ||
            activity_is_lone_revision(heads->newer, heads->newer_subject));
}

/* --- before all parts are there ----------------------------------------- */

/* Of any other part, the head may still be missing. */
static bool is_head(const PatchSubject *subject)
{
    return subject->number == 0 || subject->total == 1;
}

static bool may_follow(const Heads *heads)
{
    const PatchVersion *older = &heads->older_version;
    const PatchVersion *newer = &heads->newer_version;

    return (heads_is_raised(heads) || (older->version == newer->version &&
                                       older->minor == newer->minor)) &&
           heads_is_same_branch(heads);
}

/* Whether it answers the older set is not known yet. */
static bool may_answer(const Heads *heads)
{
    return heads->newer->parent_link != 0;
}

static bool may_be_gone_on_with(const Heads *heads)
{
    return !is_head(heads->newer_subject) ||
           (seconds_between(heads) <= LINK_WORK_SECONDS + SET_SECONDS &&
            (may_answer(heads) ||
             activity_is_lone_revision(heads->newer, heads->newer_subject)));
}

bool heads_may_prove(const Heads *heads, unsigned lines, bool is_own)
{
    if (!is_own && !may_be_gone_on_with(heads))
        return false;
    if (!is_head(heads->older_subject) || !is_head(heads->newer_subject))
        return true;
    if (!may_follow(heads) || heads_is_other_work(heads))
        return false;
    /* A part of many: others may have more lines in common. */
    if (heads->older_subject->has_number || heads->newer_subject->has_number)
        return true;
    return is_own ? heads_prove_own(heads, lines, true, false)
                  : heads_prove_foreign(heads, lines, may_answer(heads));
}
