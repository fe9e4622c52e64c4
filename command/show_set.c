/* SPDX-License-Identifier: MIT */
#include "command/show_set.h"

#include "gather/gather_sets.h"
#include "render/phrases.h"
#include "sets/build.h"
#include "sets/outcome.h"
#include "sets/people.h"
#include "sets/revision.h"
#include "sets/sets.h"

#include "base/banned.h"

enum { REVISIONS_MAX = 50 };

typedef struct ShownSets {
    Sets *sets;
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
        set->is_pull && record->kind == POST_PULL
            ? g_strdup("pull")
            : g_strdup_printf("%u/%u", member->number, set->total);

    show_post_line(shown->out, index == 0 ? "parts" : "", record, number);
}

static char *version_text(const PatchSet *set)
{
    return set->minor > 0 ? g_strdup_printf("v%u.%u", set->version, set->minor)
                          : g_strdup_printf("v%u", set->version);
}

/* Why the newer one of the two is known for a revision. */
static const char *reason_text(const PatchSet *newer)
{
    static const char *const texts[] = {
        [REVISION_NONE] = "by another",    [REVISION_NAMED] = "it is named",
        [REVISION_CHANGE] = "same change", [REVISION_TITLE] = "same title",
        [REVISION_ANSWER] = "answered",    [REVISION_PARTS] = "same parts",
        [REVISION_LINES] = "same lines",   [REVISION_REWORDED] = "same work",
        [REVISION_CHAIN] = "same chain",
    };

    return texts[newer->reason];
}

static void show_revision(const ShownSets *shown, const char *what, int index,
                          const PatchSet *newer)
{
    const PatchSet *set = sets_get(shown->sets, index);
    g_autofree char *version = version_text(set);
    g_autofree char *text =
        g_strdup_printf("%s (%s)", version, reason_text(newer));

    show_post_line(shown->out, what, record_at(shown, set->head), text);
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
    index = set->newer;
    for (unsigned i = 0; index != SETS_NONE && i < REVISIONS_MAX; i++) {
        show_revision(shown, i == 0 ? "superseded" : "", index,
                      sets_get(shown->sets, index));
        index = sets_get(shown->sets, index)->newer;
    }
}

/* Who says that it is superseded, and is not believed. */
static void show_claims(const ShownSets *shown, int index)
{
    const Sets *sets = shown->sets;
    const PatchSet *set = sets_get(shown->sets, index);
    unsigned told = 0;

    for (unsigned i = 0; i < sets->count && told < REVISIONS_MAX; i++) {
        const PatchSet *by = sets_get(shown->sets, sets->set_of[i]);
        const PostRecord *record = record_at(shown, i);
        const MailPerson *author = people_raw(sets->people, record->author);

        if (by == set || (by != NULL && by->older == index) ||
            !revision_names(sets, i, set))
            continue;
        g_autofree char *word = g_strdup_printf(
            "%s asks for it, who has no part in it",
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
    g_autofree char *age = phrase_age(outcome_delay(shown->sets, set, answer));
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
    if (set->is_repeated)
        show_line(shown->out, "repeated", "%s",
                  set->is_pull ? "a later pull request begins where it ends"
                               : "its patches came again");
    if (set->is_told_aside)
        show_post_line(shown->out, "applied",
                       record_at(shown, (unsigned)set->applied), "by this");
    else if (set->applied != SETS_NONE)
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
                  outcome_reviewed(shown->sets, set) > 0 ? ", reviewed" : "");
    else
        show_line(shown->out, "set", "%s, %u of %u parts%s, %u reviewed",
                  version, set->seen, set->total,
                  set->is_complete ? "" : " (incomplete)",
                  outcome_reviewed(shown->sets, set));
    show_unreviewed(shown, set);
    for (unsigned i = 0; i < set->members->len; i++)
        show_part(shown, set, i);
    show_revisions(shown, set);
    show_claims(shown, index);
    show_delay(shown, "first reply", set, set->first_answer);
    show_delay(shown, "first review", set, set->first_review);
    show_notices(shown, set);
}

static int index_of(const Sets *sets, uint32_t post)
{
    for (unsigned i = 0; i < sets->count; i++) {
        if (sets->records[i].post == post)
            return (int)i;
    }
    return SETS_NONE;
}

/* Its own set; for an answer, the set that it answers. */
static void show_of_post(const ShownSets *shown, uint32_t post, PostKind *kind)
{
    const Sets *sets = shown->sets;
    const int self = index_of(sets, post);

    if (self == SETS_NONE)
        return;
    *kind = sets->kinds[self];
    if (sets->set_of[self] != SETS_NONE) {
        show_whole(shown, sets->set_of[self]);
        return;
    }

    const int answered = sets->answers[self];
    if (answered == SETS_NONE)
        return;
    show_post_line(shown->out, "about", record_at(shown, (unsigned)answered),
                   "patch");
    show_whole(shown, sets->set_of[answered]);
}

/* --- parts that nothing but their sender and time tell ------------------ */

/* Parts lie within 20 minutes of each other by Date; arrivals may differ. */
static const int64_t AROUND_MS = INT64_C(40) * 60 * 1000;

/* The set that a post is of, or about; NULL if there is none. */
static const PatchSet *set_about(const Sets *sets, uint32_t post)
{
    const int self = index_of(sets, post);
    int member = self;

    if (self != SETS_NONE && sets->set_of[self] == SETS_NONE)
        member = sets->answers[self];
    return member == SETS_NONE ? NULL : sets_get(sets, sets->set_of[member]);
}

/* Parts of several authors, sent by one person without threading, are found by
 * no link of the others: a digest has them, as it has all posts of a time. */
static bool want_around(Store *store, const char *list, const PostRecord *part,
                        Gather *gather, unsigned wants, GError **error)
{
    g_autoptr(GArray) rows =
        store_rows(store, list, part->arrival_ms - AROUND_MS,
                   part->arrival_ms + AROUND_MS, error);

    for (unsigned i = 0; rows != NULL && i < rows->len; i++) {
        const PostRow *row = &g_array_index(rows, PostRow, i);

        if (row->sender == part->sender &&
            post_kind_is_part((PostKind)row->kind))
            gather_post(gather, row->post, wants);
    }
    return rows != NULL;
}

/* Around the first and the last part of the set, as far as it is known. */
static bool want_lost_parts(Store *store, const char *list, const Sets *sets,
                            uint32_t post, Gather *gather, unsigned wants,
                            GError **error)
{
    const PatchSet *set = set_about(sets, post);
    const PostRecord *first, *last;

    if (set == NULL)
        return true;
    first = last = &sets->records[set->head];
    for (unsigned i = 0; i < set->members->len; i++) {
        const PostRecord *part =
            &sets->records[g_array_index(set->members, SetMember, i).record];

        first = part->arrival_ms < first->arrival_ms ? part : first;
        last = part->arrival_ms > last->arrival_ms ? part : last;
    }
    return want_around(store, list, first, gather, wants, error) &&
           want_around(store, list, last, gather, wants, error);
}

static Sets *sets_of(Gather *gather, const People *people)
{
    const GArray *records = gather_records(gather);

    return sets_build((const PostRecord *)(void *)records->data, records->len,
                      people, gather_subjects(gather));
}

bool show_set(Store *store, const char *list, const ListSettings *settings,
              const Identity *identity, const PostRecord *post, GString *out,
              PostKind *kind, GError **error)
{
    const unsigned wants = GATHER_INSIDE | GATHER_UP | GATHER_EDGE |
                           GATHER_DOWN | GATHER_KIN | GATHER_SERIES |
                           GATHER_NEAR | GATHER_TARGET | GATHER_ANSWERS |
                           GATHER_WHOLE;
    g_autoptr(People) people = people_new(identity);
    g_autoptr(Gather) gather =
        gather_new(store, list, settings->prefix, people);
    bool takes_untagged = false;

    if (!store_takes_untagged(store, list, settings->untagged, post->arrival_ms,
                              &takes_untagged, error))
        return false;
    people_take_untagged(people, takes_untagged);
    gather_post(gather, post->post, wants);
    if (!gather_run(gather, error))
        return false;
    g_autoptr(Sets) known = sets_of(gather, people);

    if (!want_lost_parts(store, list, known, post->post, gather,
                         wants & ~(unsigned)GATHER_INSIDE, error) ||
        !gather_run(gather, error))
        return false;
    g_autoptr(Sets) sets = gather_sets(gather, GATHER_WHOLE, error);

    if (sets == NULL)
        return false;

    const ShownSets shown = { .sets = sets, .out = out };
    show_of_post(&shown, post->post, kind);
    return true;
}
