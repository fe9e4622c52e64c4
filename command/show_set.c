/* SPDX-License-Identifier: MIT */
#include "command/show_set.h"

#include "command/show_line.h"
#include "render/phrases.h"
#include "sets/answers.h"
#include "sets/evidence.h"
#include "sets/people.h"
#include "sets/revision.h"
#include "sets/sets.h"

#include "base/banned.h"

enum { REVISIONS_MAX = 50 };

typedef struct ShownSets {
    const Sets *sets;
    GString *out;
} ShownSets;

static const PostRecord *record_at(const ShownSets *shown, unsigned record)
{
    return &shown->sets->records[record];
}

static void show_part(const ShownSets *shown, const PatchSet *set,
                      unsigned index)
{
    const SetMember *member = &g_array_index(set->members, SetMember, index);
    const PostRecord *record = record_at(shown, member->record);
    g_autofree char *number =
        set->is_pull && record->kind == POST_PULL ? g_strdup("pull")
        : set->is_bundle ? g_strdup_printf("1-%u/%u", set->total, set->total)
                         : g_strdup_printf("%u/%u", member->number, set->total);

    show_post_line(shown->out, index == 0 ? "parts" : "", record, number);
}

static char *version_text(const PatchSet *set)
{
    return set->minor > 0 ? g_strdup_printf("v%u.%u", set->version, set->minor)
                          : g_strdup_printf("v%u", set->version);
}

const char *show_set_evidence(const PatchSet *newer)
{
    return evidence_name(newer->reason);
}

static void show_revision(const ShownSets *shown, const char *what, int index,
                          const PatchSet *newer)
{
    const PatchSet *set = sets_get(shown->sets, index);
    g_autofree char *version = version_text(set);
    g_autofree char *text =
        g_strdup_printf("%s (%s)", version, show_set_evidence(newer));

    show_post_line(shown->out, what, record_at(shown, set->head), text);
}

/* A part of a series that came again alone. */
static void show_rerolled(const ShownSets *shown, const PatchSet *set)
{
    const Sets *sets = shown->sets;
    const PatchSet *series;

    if (set->older != SETS_NONE || set->rerolled == SETS_NONE)
        return;
    series = sets_get(sets, sets->set_of[set->rerolled]);
    g_autofree char *version = version_text(series);
    g_autofree char *text =
        g_strdup_printf("%s (this part of %u)", version, series->total);

    show_post_line(shown->out, "supersedes",
                   record_at(shown, (unsigned)set->rerolled), text);
}

/* A chain may be damaged, never endless. */
static void show_revisions(const ShownSets *shown, const PatchSet *set)
{
    const PatchSet *newer = set;
    int index = set->older;

    for (unsigned i = 0; index != SETS_NONE && i < REVISIONS_MAX; i++) {
        show_revision(shown, i == 0 ? "supersedes" : "", index, newer);
        newer = sets_get(shown->sets, index);
        index = newer->older;
    }
    show_rerolled(shown, set);
    index = set->newer;
    for (unsigned i = 0; index != SETS_NONE && i < REVISIONS_MAX; i++) {
        show_revision(shown, i == 0 ? "superseded" : "", index,
                      sets_get(shown->sets, index));
        index = sets_get(shown->sets, index)->newer;
    }
}

/* ... however many revisions lie between. */
static bool comes_after(const Sets *sets, const PatchSet *by, int index)
{
    for (unsigned i = 0; by != NULL && i < REVISIONS_MAX; i++) {
        if (by->older == index)
            return true;
        by = sets_get(sets, by->older);
    }
    return false;
}

bool show_set_is_claim(const Sets *sets, unsigned record, int index,
                       const PatchSet *set)
{
    const PatchSet *by = sets_get(sets, sets->set_of[record]);

    return by != set && revision_names(sets, record, set) &&
           !comes_after(sets, by, index);
}

static void show_claims(const ShownSets *shown, int index)
{
    const Sets *sets = shown->sets;
    const PatchSet *set = sets_get(shown->sets, index);
    unsigned told = 0;

    for (unsigned i = 0; i < sets->count && told < REVISIONS_MAX; i++) {
        const PostRecord *record = record_at(shown, i);
        const MailPerson *author = people_raw(sets->people, record->author);

        if (!show_set_is_claim(sets, i, index, set))
            continue;
        g_autofree char *word = g_strdup_printf(
            "%s asks for it, but has no part in it",
            author != NULL && *author->name != '\0' ? author->name : "one");
        show_post_line(shown->out, told++ == 0 ? "supersede?" : "", record,
                       word);
    }
}

static void show_delay(const ShownSets *shown, const char *what,
                       const PatchSet *set, int answer)
{
    if (answer == SETS_NONE)
        return;

    const PostRecord *record = record_at(shown, (unsigned)answer);
    g_autofree char *age = phrase_age(answers_delay(shown->sets, set, answer));
    g_autofree char *after = g_strdup_printf("after %s", age);

    show_post_line(shown->out, what, record, after);
}

static void show_notices(const ShownSets *shown, const PatchSet *set)
{
    for (unsigned i = 0; i < set->notices->len; i++) {
        const PostRecord *record =
            record_at(shown, g_array_index(set->notices, unsigned, i));

        show_post_line(shown->out, i == 0 ? "notices" : "", record,
                       patch_notice_name(record->notice));
    }
    if (set->pull != SETS_NONE)
        show_post_line(shown->out, "pull request",
                       record_at(shown, (unsigned)set->pull), "lists it");
    if (set->withdrawn != SETS_NONE)
        show_post_line(shown->out, "withdrawn",
                       record_at(shown, (unsigned)set->withdrawn),
                       "by its author");
    if (set->is_selection)
        show_line(shown->out, "selection",
                  "for a maintained branch: waits for no review");
    if (set->repeated_by != CAUSE_NONE)
        show_line(shown->out, "repeated", "%s",
                  set->repeated_by == CAUSE_LATER_PULL
                      ? "a later pull request begins where it ends"
                      : "its patches came again");
    if (set->state == SET_APPLIED && set->cause != CAUSE_NOTICE)
        show_post_line(shown->out, "applied",
                       record_at(shown, (unsigned)set->applied), "by this");
    else if (set->state == SET_APPLIED)
        show_line(shown->out, "applied", "the whole set");
    else if (set->applied_parts > 0)
        show_line(shown->out, "applied", "%u of its patches",
                  set->applied_parts);
}

/* Of a set of which some parts have a review. */
static void show_unreviewed(const ShownSets *shown, const PatchSet *set)
{
    g_autoptr(GString) numbers = g_string_new(NULL);
    unsigned last = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if (member->number == 0 || member->number == last ||
            member->is_reviewed)
            continue;
        last = member->number;
        g_string_append_printf(numbers, "%s%u", numbers->len > 0 ? ", " : "",
                               last);
    }
    if (set->reviewed > 0 && numbers->len > 0)
        show_line(shown->out, "no review", "%s", numbers->str);
}

static void show_whole(const ShownSets *shown, int index)
{
    const PatchSet *set = sets_get(shown->sets, index);
    g_autofree char *version = version_text(set);
    const unsigned listed = record_at(shown, set->head)->listed_count;

    if (set->is_pull && listed > 0)
        show_line(shown->out, "set", "pull request, lists %u patch%s", listed,
                  listed == 1 ? "" : "es");
    else if (set->is_pull)
        show_line(shown->out, "set", "pull request");
    else if (set->total == 1 && !set->has_cover)
        show_line(shown->out, "set", "%s, a single patch%s", version,
                  set->reviewed > 0 ? ", reviewed" : "");
    else
        show_line(shown->out, "set", "%s, %u of %u parts%s, %u reviewed",
                  version, set->seen, set->total,
                  set->is_complete ? "" : " (incomplete)", set->reviewed);
    show_unreviewed(shown, set);
    /* One mail has all parts of a bundle. */
    for (unsigned i = 0; i < (set->is_bundle ? 1 : set->members->len); i++)
        show_part(shown, set, i);
    show_revisions(shown, set);
    show_claims(shown, index);
    show_delay(shown, "first reply", set, set->first_answer);
    show_delay(shown, "first review", set, set->first_review);
    show_notices(shown, set);
}

void show_set(const ShownModel *model, GString *out)
{
    const ShownSets shown = { .sets = model->sets, .out = out };

    if (model->set == SETS_NONE)
        return;
    if (model->about != SETS_NONE)
        show_post_line(out, "about", record_at(&shown, (unsigned)model->about),
                       "patch");
    show_whole(&shown, model->set);
}
