/* SPDX-License-Identifier: MIT */
#include "sets/revision.h"

#include "sets/evidence.h"
#include "sets/repeated.h"
#include "sets/reroll.h"
#include "sets/revision_choose.h"
#include "sets/revision_pair.h"
#include "sets/title_groups.h"

#include "base/banned.h"

enum {
    CANDIDATES_MAX = 64, /* sets of one title or change looked at */
    GUESSES_MAX = 256,   /* sets of one work */
    STEPS_MAX = 64,      /* up a thread */
    TRAIT_SHIFT = 56,    /* above all values */
};

/* Titles are kept under two keys: their number, which author and title have in
 * common, and their hash, which titles of series have that others send. */
enum { TRAIT_WORDS = TRAITS };

/* --- what sets have in common ------------------------------------------- */

static uint64_t key_of(unsigned trait, uint64_t value)
{
    return (uint64_t)trait << TRAIT_SHIFT ^ value;
}

/* The place of the latest of them in the chains; 0 if there is none. */
static unsigned last_sharer(const Revisions *revisions, unsigned trait,
                            uint64_t value)
{
    return value == 0 ? 0
                      : chains_last(revisions->sharers, key_of(trait, value));
}

static void add_sharer(const Revisions *revisions, unsigned trait,
                       uint64_t value, int set)
{
    if (value != 0)
        chains_add(revisions->sharers, key_of(trait, value), (unsigned)set);
}

/* The values of a trait that are in a member of a set; 0 if it has none. */
static unsigned values_of(const Revisions *revisions, EvidenceTrait trait,
                          const PatchSet *set, unsigned record,
                          uint64_t *values)
{
    const EvidenceFinder *finder = &evidence_finders[trait];

    if (finder->values == NULL || (finder->is_of_heads && record != set->head))
        return 0;
    return finder->values(revision_record(revisions, record), values);
}

/* traits: of these. */
static void index_traits(const Revisions *revisions, unsigned traits, int index,
                         unsigned record)
{
    const PatchSet *set = sets_get(revisions->sets, index);
    uint64_t values[EVIDENCE_VALUES_MAX];

    for (EvidenceTrait trait = 0; trait < TRAITS; trait++) {
        const unsigned count =
            (traits >> trait & 1) == 0
                ? 0
                : values_of(revisions, trait, set, record, values);

        for (unsigned i = 0; i < count; i++)
            add_sharer(revisions, trait, values[i], index);
    }
}

static void index_member(const Revisions *revisions, int index, unsigned record)
{
    index_traits(revisions, revisions->ties, index, record);
    add_sharer(revisions, TRAIT_TITLE, revisions->titles[record], index);
    add_sharer(revisions, TRAIT_WORDS, sets_title(revisions->sets, record),
               index);
}

static void index_sets(const Revisions *revisions)
{
    chains_reserve(revisions->sharers, revisions->sets->count);
    for (unsigned i = 0; i < revisions->sets->all->len; i++) {
        const PatchSet *set = sets_get(revisions->sets, (int)i);

        for (unsigned j = 0; j < set->members->len; j++)
            index_member(revisions, (int)i, revision_member(set, j)->record);
    }
}

/* Where only the ties are asked for, guesses need not be found. */
static void index_guesses(const Revisions *revisions)
{
    const unsigned guesses = evidence_traits(EVIDENCE_GUESS) & ~revisions->ties;

    for (unsigned i = 0; i < revisions->sets->all->len; i++) {
        const PatchSet *set = sets_get(revisions->sets, (int)i);

        for (unsigned j = 0; j < set->members->len; j++)
            index_traits(revisions, guesses, (int)i,
                         revision_member(set, j)->record);
    }
}

/* --- candidates --------------------------------------------------------- */

/* Most have several things in common with one and the same. */
static void add_candidate(GArray *candidates, int candidate)
{
    if (candidates->len == 0 ||
        g_array_index(candidates, int, candidates->len - 1) != candidate)
        g_array_append_val(candidates, candidate);
}

/* Adds those sharers of a value that come before the set, the latest ones.
 * candidates: int; one may be there twice. */
static void add_candidates(const Revisions *revisions, unsigned trait,
                           uint64_t value, int set, GArray *candidates)
{
    const Chains *sharers = revisions->sharers;
    unsigned added = 0;

    for (unsigned at = last_sharer(revisions, trait, value);
         at != 0 && added < CANDIDATES_MAX; at = chains_before(sharers, at)) {
        const int candidate = (int)chains_number(sharers, at);

        if (candidate >= set)
            continue;
        add_candidate(candidates, candidate);
        added++;
    }
}

static int compare_sets(gconstpointer one, gconstpointer other)
{
    return *(const int *)one - *(const int *)other;
}

/* In order, each once. */
static void sort_candidates(GArray *candidates)
{
    int *sets = (int *)(void *)candidates->data;
    unsigned kept = 0;

    if (candidates->len < 2)
        return;
    g_array_sort(candidates, compare_sets);
    for (unsigned i = 0; i < candidates->len; i++) {
        if (kept == 0 || sets[kept - 1] != sets[i])
            sets[kept++] = sets[i];
    }
    g_array_set_size(candidates, kept);
}

static void add_known_alike(const Revisions *revisions, int index,
                            unsigned record, GArray *candidates)
{
    const PatchSet *set = sets_get(revisions->sets, index);
    uint64_t values[EVIDENCE_VALUES_MAX];

    for (EvidenceTrait trait = 0; trait < TRAITS; trait++) {
        const unsigned count =
            (revisions->ties >> trait & 1) == 0
                ? 0
                : values_of(revisions, trait, set, record, values);

        for (unsigned j = 0; j < count; j++)
            add_candidates(revisions, trait, values[j], index, candidates);
    }
    add_candidates(revisions, TRAIT_TITLE, revisions->titles[record], index,
                   candidates);
    if (set->version > 1)
        add_candidates(revisions, TRAIT_WORDS,
                       sets_title(revisions->sets, record), index, candidates);
}

static void add_record(const Revisions *revisions, int index, int record,
                       GArray *candidates)
{
    const int set =
        record == SETS_NONE ? SETS_NONE : revisions->sets->set_of[record];

    if (set != SETS_NONE && set < index)
        g_array_append_val(candidates, set);
}

static void add_named(const Revisions *revisions, int index, unsigned record,
                      GArray *candidates)
{
    const PostRecord *post = revision_record(revisions, record);

    for (unsigned i = 0; i < post->supersedes_count && i < post->extra_count;
         i++)
        add_record(revisions, index,
                   sets_find(revisions->sets, post->extra_links[i], SETS_NONE),
                   candidates);
}

static void add_answered(const Revisions *revisions, int index,
                         GArray *candidates)
{
    const Sets *sets = revisions->sets;
    int above = sets->answers[sets_get(sets, index)->head];

    for (unsigned step = 0; above != SETS_NONE && step < STEPS_MAX; step++) {
        add_record(revisions, index, above, candidates);
        above = sets_member_above(sets, (unsigned)above);
    }
}

/* Sets candidates to the sets that come before this one and have a trait in
 * common with it by which evidence other than guesses may hold. */
static void find_candidates(const Revisions *revisions, int index,
                            GArray *candidates)
{
    const PatchSet *set = sets_get(revisions->sets, index);

    g_array_set_size(candidates, 0);
    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned record = revision_member(set, i)->record;

        add_known_alike(revisions, index, record, candidates);
        add_named(revisions, index, record, candidates);
    }
    add_answered(revisions, index, candidates);
    sort_candidates(candidates);
}

/* --- the ties ----------------------------------------------------------- */

static void note_tie(GArray **ties, unsigned tie)
{
    if (*ties == NULL)
        *ties = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_array_append_val(*ties, tie);
}

static void tie(const Revisions *revisions, Neighbour *neighbours, int older,
                int newer)
{
    Sets *sets = revisions->sets;
    PatchSet *before = sets_get(sets, older);
    const PatchSet *after = sets_get(sets, newer);
    unsigned weight;
    const Evidence *evidence =
        evidence_of(revisions, before, after, EVIDENCE_PARTS, &weight);
    SetTie tie = { older, newer, 0 };

    if (evidence == NULL || revision_is_same_mail(revisions, before, after))
        return;
    if (evidence->strength == EVIDENCE_PARTS)
        tie.parts = weight;
    note_tie(&neighbours[older].newer, sets->ties->len);
    note_tie(&neighbours[newer].older, sets->ties->len);
    g_array_append_val(sets->ties, tie);
    before->is_continued = true;
}

static Neighbour *find_ties(const Revisions *revisions)
{
    const int count = (int)revisions->sets->all->len;
    Neighbour *neighbours = g_new0(Neighbour, (size_t)count + 1);
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(int));

    for (int i = 0; i < count; i++) {
        find_candidates(revisions, i, candidates);
        for (unsigned j = 0; j < candidates->len; j++)
            tie(revisions, neighbours, g_array_index(candidates, int, j), i);
    }
    return neighbours;
}

static void free_ties(Neighbour *neighbours, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        g_clear_pointer(&neighbours[i].older, g_array_unref);
        g_clear_pointer(&neighbours[i].newer, g_array_unref);
    }
    g_free(neighbours);
}

static void note_reasons(const Revisions *revisions)
{
    for (unsigned i = 0; i < revisions->sets->all->len; i++) {
        PatchSet *set = sets_get(revisions->sets, (int)i);
        const PatchSet *older = sets_get(revisions->sets, set->older);
        unsigned weight;

        if (older == NULL)
            continue;
        const Evidence *evidence =
            evidence_of(revisions, older, set, EVIDENCE_PARTS, &weight);

        set->reason = evidence == NULL ? REVISION_CHAIN : evidence->reason;
        set->is_same_as_older =
            revision_is_same_content(revisions, older, set) &&
            (set->total > 1 || !revision_is_same_version(older, set) ||
             revision_has_title(revisions, older->head, set->head));
    }
}

/* --- guesses ------------------------------------------------------------ */

/* A tie is more than a guess, even if it led to no neighbour. */
static bool has_newer(const Revisions *revisions, const Neighbour *neighbours,
                      int set)
{
    return neighbours[set].newer != NULL ||
           sets_get(revisions->sets, set)->newer != SETS_NONE;
}

static bool has_older(const Revisions *revisions, const Neighbour *neighbours,
                      int set)
{
    return neighbours[set].older != NULL ||
           sets_get(revisions->sets, set)->older != SETS_NONE;
}

/* "[PATCH v3]" under other words between a v2 and the v4 that has its title:
 * nothing ties it, and it comes between them by version and by time. */
static bool is_between(const Revisions *revisions, const Neighbour *neighbours,
                       int older, int set)
{
    const int newer = sets_get(revisions->sets, older)->newer;
    const unsigned version = sets_get(revisions->sets, set)->version;

    return newer > set && neighbours[set].newer == NULL &&
           sets_get(revisions->sets, set)->newer == SETS_NONE &&
           sets_get(revisions->sets, older)->version < version &&
           version < sets_get(revisions->sets, newer)->version;
}

/* The latest sharers of a value before this set that nothing is a revision of,
 * or between which and their revision it comes. */
static void add_untied(const Revisions *revisions, const Neighbour *neighbours,
                       EvidenceTrait trait, uint64_t value, int set,
                       GArray *candidates)
{
    const Chains *sharers = revisions->sharers;
    unsigned added = 0;

    for (unsigned at = last_sharer(revisions, trait, value);
         at != 0 && added < GUESSES_MAX; at = chains_before(sharers, at)) {
        const int candidate = (int)chains_number(sharers, at);

        if (candidate >= set ||
            (has_newer(revisions, neighbours, candidate) &&
             !is_between(revisions, neighbours, candidate, set)))
            continue;
        g_array_append_val(candidates, candidate);
        added++;
    }
}

static void add_guesses(const Revisions *revisions, const Neighbour *neighbours,
                        EvidenceTrait trait, int index, GArray *candidates)
{
    Sets *sets = revisions->sets;
    const PatchSet *set = sets_get(sets, index);
    const EvidenceFinder *finder = &evidence_finders[trait];
    uint64_t values[EVIDENCE_VALUES_MAX];

    if (finder->seeks_older != NULL &&
        !finder->seeks_older(revision_record(revisions, set->head),
                             sets_subject(sets, set->head)))
        return;
    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned record = revision_member(set, i)->record;
        const unsigned count = values_of(revisions, trait, set, record, values);

        for (unsigned j = 0; j < count; j++)
            add_untied(revisions, neighbours, trait, values[j], index,
                       candidates);
    }
}

/* What comes between two sets is alike to both. */
static unsigned weigh(const Revisions *revisions, const Evidence *guess,
                      const PatchSet *older, const PatchSet *set)
{
    const PatchSet *newer = sets_get(revisions->sets, older->newer);

    if (!revision_may_follow(revisions, older, set) ||
        (newer != NULL && (!revision_may_follow(revisions, set, newer) ||
                           guess->holds(revisions, set, newer) == 0)))
        return 0;
    return guess->holds(revisions, older, set);
}

/* Of the candidates for which a guess holds: the highest version, then those
 * for which most speaks, then the latest. */
static int best_guess(const Revisions *revisions, const Evidence *guess,
                      const GArray *candidates, const PatchSet *set)
{
    int best = SETS_NONE;
    unsigned best_version = 0, best_weight = 0;

    for (unsigned i = 0; i < candidates->len; i++) {
        const int candidate = g_array_index(candidates, int, i);
        const PatchSet *older = sets_get(revisions->sets, candidate);
        const unsigned weight = weigh(revisions, guess, older, set);

        if (weight == 0 || older->version < best_version ||
            (older->version == best_version &&
             (weight < best_weight ||
              (weight == best_weight && candidate < best))))
            continue;
        best = candidate;
        best_version = older->version;
        best_weight = weight;
    }
    return best;
}

static void link_guess(const Sets *sets, int index, int older,
                       RevisionReason reason)
{
    PatchSet *set = sets_get(sets, index);

    if (older == SETS_NONE)
        return;
    set->older = older;
    set->reason = reason;
    if (sets_get(sets, older)->newer != SETS_NONE) {
        set->newer = sets_get(sets, older)->newer;
        set->is_continued = true;
        sets_get(sets, set->newer)->older = index;
        sets_get(sets, set->newer)->reason = reason;
    }
    sets_get(sets, older)->newer = index;
    sets_get(sets, older)->is_continued = true;
}

/* Links sets that nothing else ties, by one row of the table. */
static void take_guesses(const Revisions *revisions,
                         const Neighbour *neighbours, const Evidence *guess)
{
    const Sets *sets = revisions->sets;
    g_autoptr(GArray) candidates = g_array_new(FALSE, FALSE, sizeof(int));

    for (int i = 0; i < (int)sets->all->len; i++) {
        if (has_older(revisions, neighbours, i) ||
            sets_get(sets, i)->rerolled != SETS_NONE)
            continue;
        g_array_set_size(candidates, 0);
        for (EvidenceTrait trait = 0; trait < TRAITS; trait++) {
            if ((guess->traits >> trait & 1) != 0)
                add_guesses(revisions, neighbours, trait, i, candidates);
        }
        sort_candidates(candidates);
        link_guess(sets, i,
                   best_guess(revisions, guess, candidates, sets_get(sets, i)),
                   guess->reason);
    }
}

/* --- the whole ---------------------------------------------------------- */

struct RevisionFinder {
    Revisions revisions;
    Neighbour *neighbours; /* by set */
};

RevisionFinder *revision_find_ties(Sets *sets)
{
    RevisionFinder *finder = g_new0(RevisionFinder, 1);

    finder->revisions = (Revisions){
        .sets = sets,
        .titles = title_groups_find(sets),
        .sharers = chains_new(),
        .ties =
            evidence_traits(EVIDENCE_SURE) | evidence_traits(EVIDENCE_PARTS),
    };
    index_sets(&finder->revisions);
    finder->neighbours = find_ties(&finder->revisions);
    return finder;
}

void revision_find(const RevisionFinder *finder)
{
    const Revisions *revisions = &finder->revisions;

    revision_choose(revisions, finder->neighbours);
    note_reasons(revisions);
    reroll_find(revisions);
    index_guesses(revisions);
    for (const Evidence *row = evidence_table; row->name != NULL; row++) {
        if (row->strength == EVIDENCE_GUESS)
            take_guesses(revisions, finder->neighbours, row);
    }
    repeated_find(revisions->sets, revisions->titles);
}

void revision_finder_free(RevisionFinder *finder)
{
    free_ties(finder->neighbours, finder->revisions.sets->all->len);
    g_free(finder->revisions.titles);
    chains_free(finder->revisions.sharers);
    g_free(finder);
}

bool revision_names(const Sets *sets, unsigned record, const PatchSet *older)
{
    const PostRecord *post = &sets->records[record];

    for (unsigned i = 0; i < post->supersedes_count && i < post->extra_count;
         i++) {
        const int named = sets_find(sets, post->extra_links[i], SETS_NONE);

        if (named != SETS_NONE && sets_get(sets, sets->set_of[named]) == older)
            return true;
    }
    return false;
}
