/* SPDX-License-Identifier: MIT */
#include "report/revision.h"

#include "activity/links.h"
#include "patch/likeness.h"
#include "report/content.h"
#include "report/reword.h"
#include "report/titles.h"

#include <string.h>

#include "base/banned.h"

enum {
    CANDIDATES_MAX = 64, /* sets of one title or change looked at */
    WORKS_MAX = 256,     /* ... of one work */
};

/* The same words without a version are sent again within a season; later it
 * is another patch of the same name ("MAINTAINERS: update"). */
static const int64_t REPOST_MS = INT64_C(120) * 24 * 3600 * 1000;

/* Nor does the same title mean the same patch after years. */
static const int64_t REPEATED_MS = INT64_C(400) * 24 * 3600 * 1000;

typedef struct Revisions {
    Assembly *assembly;
    uint32_t *titles;      /* by record: a number for author and title, or 0 */
    GHashTable *by_change; /* change link -> GArray of set indexes */
    GHashTable *by_title;  /* number -> likewise */
    GHashTable *by_patch;  /* patch link -> likewise */
    GHashTable *by_work;   /* work link of the head -> likewise */
    GHashTable *by_line;   /* a line of the sketch -> likewise */
} Revisions;

static const AssemblyMember *member_of(const AssemblySet *set, unsigned index)
{
    return &g_array_index(set->members, AssemblyMember, index);
}

static const PostRecord *record_of(const Revisions *revisions, unsigned record)
{
    return &revisions->assembly->records[record];
}

/* --- what sets are found by ------------------------------------------- */

static void add_set(GHashTable *table, gpointer key, int set)
{
    GArray *sets = g_hash_table_lookup(table, key);

    if (sets == NULL) {
        sets = g_array_new(FALSE, FALSE, sizeof(int));
        g_hash_table_insert(table, key, sets);
    } else if (g_array_index(sets, int, sets->len - 1) == set) {
        return;
    }
    g_array_append_val(sets, set);
}

static void add_link(GHashTable *table, const uint64_t *link, int set)
{
    if (*link != 0)
        add_set(table, (gpointer)(uintptr_t)link, set);
}

static void index_set(const Revisions *revisions, int index)
{
    const AssemblySet *set = assembly_set(revisions->assembly, index);

    add_link(revisions->by_work, &record_of(revisions, set->head)->work_link,
             index);
    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned at = member_of(set, i)->record;
        const PostRecord *record = record_of(revisions, at);

        add_link(revisions->by_change, &record->change_link, index);
        add_link(revisions->by_patch, &record->patch_link, index);
        for (unsigned j = 0; j < PATCH_SKETCH_LINES; j++)
            if (record->content[j] != PATCH_SKETCH_NONE)
                add_set(revisions->by_line,
                        GUINT_TO_POINTER(record->content[j]), index);
        if (revisions->titles[at] != 0)
            add_set(revisions->by_title,
                    GUINT_TO_POINTER(revisions->titles[at]), index);
    }
}

static GHashTable *links_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
                                 (GDestroyNotify)g_array_unref);
}

/* --- may one be a revision of the other ------------------------------- */

static bool is_same_version(const AssemblySet *one, const AssemblySet *other)
{
    return one->version == other->version && one->minor == other->minor;
}

static bool is_resend(const Revisions *revisions, const AssemblySet *set)
{
    return assembly_subject(revisions->assembly, set->head)->is_resend;
}

static PatchVersion version_of(const Revisions *revisions,
                               const AssemblySet *set)
{
    return (PatchVersion){
        set->version, set->minor,
        assembly_subject(revisions->assembly, set->head)->is_rfc
    };
}

static bool is_older_version(const Revisions *revisions,
                             const AssemblySet *older, const AssemblySet *set)
{
    return patch_version_is_raised(version_of(revisions, older),
                                   version_of(revisions, set));
}

static bool has_word(const GPtrArray *words, const char *word)
{
    for (unsigned i = 0; i < words->len; i++) {
        if (g_ascii_strcasecmp(words->pdata[i], word) == 0)
            return true;
    }
    return false;
}

/* "6.1", "RHEL8.0": a digit, a dot and a digit. */
static bool names_release(const char *tag)
{
    const char *dot = strchr(tag, '.');

    return dot != NULL && dot > tag && g_ascii_isdigit(dot[-1]) &&
           g_ascii_isdigit(dot[1]);
}

/* "AUTOSEL", "5.10", "stable-6.1": a tag that names the branch a patch is
 * ported to. The same patch for two branches is not two revisions. */
static bool names_branch(const char *tag)
{
    return g_ascii_isdigit(*tag) || names_release(tag) ||
           g_ascii_strncasecmp(tag, "stable", strlen("stable")) == 0 ||
           g_ascii_strcasecmp(tag, "AUTOSEL") == 0;
}

static bool has_all_branches(const GPtrArray *tags, const GPtrArray *others)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (names_branch(tags->pdata[i]) && !has_word(others, tags->pdata[i]))
            return false;
    }
    return true;
}

static bool names_any_branch(const GPtrArray *tags)
{
    for (unsigned i = 0; i < tags->len; i++) {
        if (names_branch(tags->pdata[i]))
            return true;
    }
    return false;
}

static bool is_same_branch(const Revisions *revisions, const AssemblySet *one,
                           const AssemblySet *other)
{
    const GPtrArray *tags =
        assembly_subject(revisions->assembly, one->head)->tags;
    const GPtrArray *others =
        assembly_subject(revisions->assembly, other->head)->tags;

    return has_all_branches(tags, others) && has_all_branches(others, tags);
}

/* A pull request's title comes again each season: only a version that is
 * written makes it a revision. */
static bool may_follow(const Revisions *revisions, const AssemblySet *older,
                       const AssemblySet *set)
{
    if (older->is_pull != set->is_pull ||
        !is_same_branch(revisions, older, set))
        return false;
    if (is_older_version(revisions, older, set))
        return true;
    return is_same_version(older, set) &&
           (!set->is_pull || is_resend(revisions, set));
}

/* By title alone an equal version must be a re-post, not a namesake. */
static bool is_repost(const Revisions *revisions, const AssemblySet *older,
                      const AssemblySet *set)
{
    return record_of(revisions, set->head)->arrival_ms -
               record_of(revisions, older->head)->arrival_ms <=
           REPOST_MS;
}

static bool has_title(const Revisions *revisions, unsigned one, unsigned other)
{
    return revisions->titles[one] != 0 &&
           revisions->titles[one] == revisions->titles[other];
}

/* --- how two sets are related ----------------------------------------- */

typedef enum Relation {
    RELATION_NONE,
    RELATION_WEAK,
    RELATION_STRONG
} Relation;

/* The change-id of a whole set: of its cover, or of a single patch. */
static bool has_change(const Revisions *revisions, const AssemblySet *older,
                       const AssemblySet *set)
{
    const uint64_t change = record_of(revisions, set->head)->change_link;

    return change != 0 &&
           record_of(revisions, older->head)->change_link == change;
}

static bool is_titled_alike(const Revisions *revisions,
                            const AssemblySet *older, const AssemblySet *set)
{
    return has_title(revisions, older->head, set->head) &&
           (is_older_version(revisions, older, set) ||
            is_resend(revisions, set) || is_repost(revisions, older, set));
}

/* What a part is known by besides its number. */
static bool is_same_part(const Revisions *revisions, unsigned one,
                         unsigned other)
{
    const PostRecord *left = record_of(revisions, one);
    const PostRecord *right = record_of(revisions, other);

    return has_title(revisions, one, other) ||
           (left->patch_link != 0 && left->patch_link == right->patch_link) ||
           (left->change_link != 0 && left->change_link == right->change_link);
}

static bool has_part(const Revisions *revisions, const AssemblySet *set,
                     unsigned part)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const AssemblyMember *member = member_of(set, i);

        if (member->number > 0 && is_same_part(revisions, member->record, part))
            return true;
    }
    return false;
}

static bool has_titled_part(const Revisions *revisions, const AssemblySet *set,
                            unsigned part)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const AssemblyMember *member = member_of(set, i);

        if (member->number > 0 && has_title(revisions, member->record, part))
            return true;
    }
    return false;
}

/* The same person, or one of the same name: people write from home and from
 * work, and not every list has a mailmap. */
static bool is_same_author(const Revisions *revisions, unsigned one,
                           unsigned other)
{
    const Assembly *assembly = revisions->assembly;

    return assembly_is_same_person(assembly, one, other) ||
           crowd_is_same_name(assembly->crowd,
                              record_of(revisions, one)->author,
                              record_of(revisions, other)->author);
}

/* At least half of the patches of the shorter one, by the totals that they
 * say: a set may be there in part only. One of seven patches, sent again
 * alone, is no new form of the seven. */
static bool shares_half(const Revisions *revisions, const AssemblySet *older,
                        const AssemblySet *set)
{
    const unsigned least = MIN(older->total, set->total);
    unsigned shared = 0;

    if (!is_older_version(revisions, older, set) ||
        (set->total == 1 && older->total > 1) ||
        !is_same_author(revisions, older->head, set->head))
        return false;
    for (unsigned i = 0; i < set->members->len && shared * 2 < least; i++) {
        const AssemblyMember *member = member_of(set, i);

        shared +=
            member->number > 0 && has_part(revisions, older, member->record);
    }
    return shared > 0 && shared * 2 >= least;
}

/* Are all parts of one set in the other, by name? */
static bool has_all_parts(const Revisions *revisions, const AssemblySet *all,
                          const AssemblySet *some)
{
    unsigned shared = 0;

    for (unsigned i = 0; i < some->members->len; i++) {
        const AssemblyMember *member = member_of(some, i);

        if (member->number == 0)
            continue;
        if (!has_titled_part(revisions, all, member->record))
            return false;
        shared++;
    }
    return shared > 0 && some->seen >= some->total;
}

static bool may_be_repost(const Revisions *revisions, const AssemblySet *older,
                          const AssemblySet *set)
{
    return !set->is_pull && is_same_version(older, set) &&
           is_repost(revisions, older, set) &&
           is_same_author(revisions, older->head, set->head);
}

/* The first three of five, sent again under the same version without the
 * others. */
static bool is_repost_of_half(const Revisions *revisions,
                              const AssemblySet *older, const AssemblySet *set)
{
    return set->total >= 2 && set->total <= older->total &&
           set->total * 2 >= older->total &&
           may_be_repost(revisions, older, set) &&
           has_all_parts(revisions, older, set);
}

/* One or two patches, sent again under the same version with others. */
static bool is_grown(const Revisions *revisions, const AssemblySet *older,
                     const AssemblySet *set)
{
    return set->total > older->total && may_be_repost(revisions, older, set) &&
           has_all_parts(revisions, set, older);
}

/* Supersedes: may name any part, and a set of other people, who count their
 * versions on their own. */
static bool names(const Revisions *revisions, const AssemblySet *older,
                  const AssemblySet *set)
{
    const Assembly *assembly = revisions->assembly;

    for (unsigned i = 0; i < set->members->len; i++) {
        const PostRecord *record =
            record_of(revisions, member_of(set, i)->record);

        for (unsigned j = 0;
             j < record->supersedes_count && j < record->extra_count; j++) {
            const int named =
                assembly_find(assembly, record->extra_links[j], ASSEMBLY_NONE);

            if (named != ASSEMBLY_NONE &&
                assembly_set(assembly, assembly->set_of[named]) == older)
                return true;
        }
    }
    return false;
}

/* A v2 that answers the first one's head, or all of it. "[PATCH v2]" below
 * 3/7 is a new form of one patch, not of seven. */
static bool answers(const Revisions *revisions, const AssemblySet *older,
                    const AssemblySet *set)
{
    const Assembly *assembly = revisions->assembly;
    int above = assembly->answers[set->head];

    if (!assembly_is_same_person(assembly, older->head, set->head) ||
        (!is_older_version(revisions, older, set) &&
         !is_resend(revisions, set)))
        return false;
    for (unsigned step = 0; above != ASSEMBLY_NONE && step < CANDIDATES_MAX;
         step++) {
        if (assembly_set(assembly, assembly->set_of[above]) == older)
            return older->total == set->total || above == (int)older->head;
        above = assembly_member_above(assembly, (unsigned)above);
    }
    return false;
}

static AssemblyReason reason_of(const Revisions *revisions,
                                const AssemblySet *older,
                                const AssemblySet *set)
{
    if (older->is_pull == set->is_pull && names(revisions, older, set))
        return ASSEMBLY_REASON_NAMED;
    if (!may_follow(revisions, older, set))
        return ASSEMBLY_REASON_NONE;
    if (has_change(revisions, older, set))
        return ASSEMBLY_REASON_CHANGE;
    if (is_titled_alike(revisions, older, set))
        return ASSEMBLY_REASON_TITLE;
    if (answers(revisions, older, set))
        return ASSEMBLY_REASON_ANSWER;
    return shares_half(revisions, older, set) ||
                   is_repost_of_half(revisions, older, set) ||
                   is_grown(revisions, older, set)
               ? ASSEMBLY_REASON_PARTS
               : ASSEMBLY_REASON_NONE;
}

static Relation relation_of(const Revisions *revisions,
                            const AssemblySet *older, const AssemblySet *set)
{
    const AssemblyReason reason = reason_of(revisions, older, set);

    if (reason == ASSEMBLY_REASON_NONE)
        return RELATION_NONE;
    return reason == ASSEMBLY_REASON_PARTS ? RELATION_WEAK : RELATION_STRONG;
}

/* --- candidates ------------------------------------------------------- */

/* The latest ones before the set. */
static void add_candidates(const GArray *sets, int set, GHashTable *candidates)
{
    unsigned added = 0;

    for (unsigned i = sets == NULL ? 0 : sets->len;
         i-- > 0 && added < CANDIDATES_MAX;) {
        const int candidate = g_array_index(sets, int, i);

        if (candidate >= set)
            continue;
        g_hash_table_add(candidates, GINT_TO_POINTER(candidate));
        added++;
    }
}

static void add_known_alike(const Revisions *revisions, int index,
                            unsigned record, GHashTable *candidates)
{
    const PostRecord *post = record_of(revisions, record);
    const uint32_t title = revisions->titles[record];

    add_candidates(
        g_hash_table_lookup(revisions->by_change, &post->change_link), index,
        candidates);
    add_candidates(g_hash_table_lookup(revisions->by_patch, &post->patch_link),
                   index, candidates);
    if (title != 0)
        add_candidates(
            g_hash_table_lookup(revisions->by_title, GUINT_TO_POINTER(title)),
            index, candidates);
}

static void add_record(const Revisions *revisions, int index, int record,
                       GHashTable *candidates)
{
    const int set = record == ASSEMBLY_NONE
                        ? ASSEMBLY_NONE
                        : revisions->assembly->set_of[record];

    if (set != ASSEMBLY_NONE && set < index)
        g_hash_table_add(candidates, GINT_TO_POINTER(set));
}

static void add_named(const Revisions *revisions, int index, unsigned record,
                      GHashTable *candidates)
{
    const PostRecord *post = record_of(revisions, record);

    for (unsigned i = 0; i < post->supersedes_count && i < post->extra_count;
         i++)
        add_record(revisions, index,
                   assembly_find(revisions->assembly, post->extra_links[i],
                                 ASSEMBLY_NONE),
                   candidates);
}

static void add_answered(const Revisions *revisions, int index,
                         GHashTable *candidates)
{
    const Assembly *assembly = revisions->assembly;
    int above = assembly->answers[assembly_set(assembly, index)->head];

    for (unsigned step = 0; above != ASSEMBLY_NONE && step < CANDIDATES_MAX;
         step++) {
        add_record(revisions, index, above, candidates);
        above = assembly_member_above(assembly, (unsigned)above);
    }
}

/* Sets that come before this one and may be older revisions of it. */
static GHashTable *candidates_of(const Revisions *revisions, int index)
{
    const AssemblySet *set = assembly_set(revisions->assembly, index);
    GHashTable *candidates = g_hash_table_new(NULL, NULL);

    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned record = member_of(set, i)->record;

        add_known_alike(revisions, index, record, candidates);
        add_named(revisions, index, record, candidates);
    }
    add_answered(revisions, index, candidates);
    return candidates;
}

/* --- the links -------------------------------------------------------- */

/* Every part of the later set is in the older one unchanged. */
static bool is_same_content(const Revisions *revisions,
                            const AssemblySet *older, const AssemblySet *set)
{
    g_autoptr(GHashTable) patches =
        g_hash_table_new(g_int64_hash, g_int64_equal);

    if (older->seen != set->seen || older->total != set->total)
        return false;
    for (unsigned i = 0; i < older->members->len; i++)
        g_hash_table_add(patches, (gpointer)(uintptr_t)&record_of(
                                      revisions, member_of(older, i)->record)
                                      ->patch_link);
    for (unsigned i = 0; i < set->members->len; i++) {
        const AssemblyMember *member = member_of(set, i);
        const PostRecord *record = record_of(revisions, member->record);

        if (member->number > 0 &&
            (record->patch_link == 0 ||
             !g_hash_table_contains(patches, &record->patch_link)))
            return false;
    }
    return set->seen > 0;
}

/* The latest before, and the earliest after; a strong relation wins. */
typedef struct Neighbour {
    int older, newer;
    Relation older_relation, newer_relation;
} Neighbour;

static void relate(const Revisions *revisions, Neighbour *neighbours, int older,
                   int newer)
{
    const Relation relation =
        relation_of(revisions, assembly_set(revisions->assembly, older),
                    assembly_set(revisions->assembly, newer));
    Neighbour *before = &neighbours[older], *after = &neighbours[newer];

    if (relation == RELATION_NONE)
        return;
    if (relation > after->older_relation ||
        (relation == after->older_relation && older > after->older)) {
        after->older_relation = relation;
        after->older = older;
    }
    if (relation > before->newer_relation ||
        (relation == before->newer_relation && newer < before->newer)) {
        before->newer_relation = relation;
        before->newer = newer;
    }
}

static void relate_all(const Revisions *revisions, Neighbour *neighbours,
                       int index)
{
    g_autoptr(GHashTable) candidates = candidates_of(revisions, index);
    GHashTableIter iterator;
    gpointer candidate;

    g_hash_table_iter_init(&iterator, candidates);
    while (g_hash_table_iter_next(&iterator, &candidate, NULL))
        relate(revisions, neighbours, GPOINTER_TO_INT(candidate), index);
}

/* --- the same lines ---------------------------------------------------- */

enum {
    LINES_OF_ONE = 1, /* with titles alike, or the next version */
    LINES_OF_RAISED = 2,
    LINES_OF_EQUAL = 3, /* of equal versions; two of work on one file */
};

/* Different lines that both change, in parts of the same author and others. */
typedef struct SharedLines {
    unsigned own, foreign;
} SharedLines;

static void share_lines(const Revisions *revisions, const AssemblySet *older,
                        unsigned newer, GHashTable *own, GHashTable *foreign)
{
    Assembly *assembly = revisions->assembly;
    const PostRecord *record = record_of(revisions, newer);

    for (unsigned i = 0; i < older->members->len; i++) {
        const unsigned part = member_of(older, i)->record;
        const unsigned shared = content_shared(
            record_of(revisions, part), assembly_subject(assembly, part),
            record, assembly_subject(assembly, newer));
        GHashTable *lines =
            shared != 0 && is_same_author(revisions, part, newer) ? own
                                                                  : foreign;

        for (unsigned j = 0; j < PATCH_SKETCH_LINES; j++) {
            if ((shared >> j & 1) != 0)
                g_hash_table_add(lines, GUINT_TO_POINTER(record->content[j]));
        }
    }
}

static SharedLines shared_lines(const Revisions *revisions,
                                const AssemblySet *older,
                                const AssemblySet *set)
{
    g_autoptr(GHashTable) own = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) foreign = g_hash_table_new(NULL, NULL);

    for (unsigned i = 0; i < set->members->len; i++)
        share_lines(revisions, older, member_of(set, i)->record, own, foreign);
    return (SharedLines){ g_hash_table_size(own), g_hash_table_size(foreign) };
}

static PatchLikeness likeness_of_heads(const Revisions *revisions,
                                       const AssemblySet *older,
                                       const AssemblySet *set)
{
    return patch_likeness(
        assembly_subject(revisions->assembly, older->head)->title,
        assembly_subject(revisions->assembly, set->head)->title);
}

static bool is_same_work(const Revisions *revisions, const AssemblySet *older,
                         const AssemblySet *set)
{
    const uint64_t work = record_of(revisions, set->head)->work_link;

    return work != 0 && work == record_of(revisions, older->head)->work_link;
}

/* One change of many drivers has the same lines and words in each: what has no
 * higher version must be of one place, too. */
static bool tells_own(const Revisions *revisions, const AssemblySet *older,
                      const AssemblySet *set, unsigned shared)
{
    const PatchLikeness likeness = likeness_of_heads(revisions, older, set);
    const bool is_alike = content_is_titled_alike(
        assembly_subject(revisions->assembly, older->head),
        assembly_subject(revisions->assembly, set->head));
    const bool is_same = is_same_work(revisions, older, set);

    if (is_older_version(revisions, older, set))
        return shared >= LINES_OF_RAISED ||
               (shared >= LINES_OF_ONE &&
                (is_alike || set->version == older->version + 1));
    if (!is_same && !likeness.has_same_place && older->total == 1 &&
        set->total == 1)
        return false;
    return shared >= LINES_OF_EQUAL || (shared >= LINES_OF_RAISED && is_same) ||
           (shared >= LINES_OF_ONE && is_alike);
}

/* Work that is gone on with by others counts its versions on, and names
 * nothing of its own that it would be a revision of. */
static bool tells_foreign(const Revisions *revisions, const AssemblySet *older,
                          const AssemblySet *set, unsigned shared)
{
    const PostRecord *head = record_of(revisions, set->head);

    return shared >= LINES_OF_RAISED && set->version > older->version &&
           head->date - record_of(revisions, older->head)->date <=
               LINK_WORK_SECONDS &&
           activity_is_lone_revision(
               head, assembly_subject(revisions->assembly, set->head));
}

/* How many lines tell that a set revises another; 0: they do not. Some of
 * seven patches, sent again alone, are no new form of the seven. */
static unsigned telling_lines(const Revisions *revisions,
                              const AssemblySet *older, const AssemblySet *set)
{
    SharedLines lines;

    if (older->is_pull || set->is_pull || set->total * 2 < older->total ||
        !is_same_branch(revisions, older, set) ||
        (!is_older_version(revisions, older, set) &&
         !is_same_version(older, set)))
        return 0;
    lines = shared_lines(revisions, older, set);
    if (tells_own(revisions, older, set, lines.own))
        return lines.own;
    return tells_foreign(revisions, older, set, lines.foreign) ? lines.foreign
                                                               : 0;
}

static void add_of_lines(const Revisions *revisions, int index,
                         GHashTable *candidates)
{
    const AssemblySet *set = assembly_set(revisions->assembly, index);

    for (unsigned i = 0; i < set->members->len; i++) {
        const PostRecord *record =
            record_of(revisions, member_of(set, i)->record);

        for (unsigned j = 0; j < PATCH_SKETCH_LINES && record->has_content; j++)
            add_candidates(
                g_hash_table_lookup(revisions->by_line,
                                    GUINT_TO_POINTER(record->content[j])),
                index, candidates);
    }
}

/* Among sets before this one that nothing else is a revision of: the highest
 * version, then most lines, then the latest. */
static int find_of_lines(const Revisions *revisions,
                         const Neighbour *neighbours, int index)
{
    const AssemblySet *set = assembly_set(revisions->assembly, index);
    g_autoptr(GHashTable) candidates = g_hash_table_new(NULL, NULL);
    GHashTableIter iterator;
    gpointer key;
    int best = ASSEMBLY_NONE;
    unsigned best_version = 0, best_lines = 0;

    add_of_lines(revisions, index, candidates);
    g_hash_table_iter_init(&iterator, candidates);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        const int candidate = GPOINTER_TO_INT(key);
        const AssemblySet *older = assembly_set(revisions->assembly, candidate);
        const unsigned lines =
            neighbours[candidate].newer_relation == RELATION_NONE
                ? telling_lines(revisions, older, set)
                : 0;

        if (lines == 0 || older->version < best_version ||
            (older->version == best_version &&
             (lines < best_lines || (lines == best_lines && candidate < best))))
            continue;
        best = candidate;
        best_version = older->version;
        best_lines = lines;
    }
    return best;
}

static void link_to_older(const Assembly *assembly, int index, int older,
                          AssemblyReason reason)
{
    AssemblySet *set = assembly_set(assembly, index);

    if (older == ASSEMBLY_NONE)
        return;
    set->older = older;
    set->reason = reason;
    if (assembly_set(assembly, older)->newer == ASSEMBLY_NONE)
        assembly_set(assembly, older)->newer = index;
}

static void take_of_lines(const Revisions *revisions,
                          const Neighbour *neighbours)
{
    const Assembly *assembly = revisions->assembly;

    for (int i = 0; i < (int)assembly->sets->len; i++) {
        if (assembly_set(assembly, i)->older == ASSEMBLY_NONE)
            link_to_older(assembly, i, find_of_lines(revisions, neighbours, i),
                          ASSEMBLY_REASON_LINES);
    }
}

/* --- worded anew ------------------------------------------------------- */

static unsigned likeness_of(const Revisions *revisions, int older, int newer)
{
    Assembly *assembly = revisions->assembly;
    const AssemblySet *one = assembly_set(assembly, older);
    const AssemblySet *other = assembly_set(assembly, newer);

    if (one->is_pull || other->is_pull ||
        !is_same_branch(revisions, one, other))
        return 0;
    return reword_likeness(record_of(revisions, one->head),
                           assembly_subject(assembly, one->head),
                           record_of(revisions, other->head),
                           assembly_subject(assembly, other->head));
}

/* Among sets before this one that nothing else is a revision of. */
static int find_reworded(const Revisions *revisions,
                         const Neighbour *neighbours, int index)
{
    const Assembly *assembly = revisions->assembly;
    const AssemblySet *set = assembly_set(assembly, index);
    const GArray *sets = g_hash_table_lookup(
        revisions->by_work, &record_of(revisions, set->head)->work_link);
    int best = ASSEMBLY_NONE;
    unsigned best_version = 0, best_likeness = 0, seen = 0;

    for (unsigned i = sets == NULL ? 0 : sets->len;
         i-- > 0 && seen < WORKS_MAX;) {
        const int candidate = g_array_index(sets, int, i);
        const unsigned version = assembly_set(assembly, candidate)->version;

        if (candidate >= index ||
            neighbours[candidate].newer_relation != RELATION_NONE)
            continue;
        seen++;

        const unsigned likeness = likeness_of(revisions, candidate, index);

        if (likeness == 0 || version < best_version ||
            (version == best_version && likeness <= best_likeness))
            continue;
        best = candidate;
        best_version = version;
        best_likeness = likeness;
    }
    return best;
}

static void take_reworded(const Revisions *revisions,
                          const Neighbour *neighbours)
{
    Assembly *assembly = revisions->assembly;

    for (int i = 0; i < (int)assembly->sets->len; i++) {
        const AssemblySet *set = assembly_set(assembly, i);

        if (set->older != ASSEMBLY_NONE ||
            !activity_is_lone_revision(record_of(revisions, set->head),
                                       assembly_subject(assembly, set->head)))
            continue;
        link_to_older(assembly, i, find_reworded(revisions, neighbours, i),
                      ASSEMBLY_REASON_REWORDED);
    }
}

static void take_neighbours(const Revisions *revisions,
                            const Neighbour *neighbours)
{
    for (unsigned i = 0; i < revisions->assembly->sets->len; i++) {
        AssemblySet *set = assembly_set(revisions->assembly, (int)i);

        if (neighbours[i].newer_relation != RELATION_NONE)
            set->newer = neighbours[i].newer;
        if (neighbours[i].older_relation == RELATION_NONE)
            continue;
        set->older = neighbours[i].older;
        set->reason = reason_of(
            revisions, assembly_set(revisions->assembly, set->older), set);
        set->is_same_as_older = is_same_content(
            revisions, assembly_set(revisions->assembly, set->older), set);
    }
}

/* --- patches that came again --------------------------------------------- */

/* Of one title, from the last record on: the nearest so far, and the nearest
 * of another set than that one's. */
typedef struct Repetition {
    int set, other_set;
    int64_t arrival_ms, other_arrival_ms;
} Repetition;

static bool is_repeated_by(const Repetition *later, int set, int64_t arrival_ms)
{
    if (later->set != set)
        return later->arrival_ms - arrival_ms <= REPEATED_MS;
    return later->other_set != ASSEMBLY_NONE &&
           later->other_arrival_ms - arrival_ms <= REPEATED_MS;
}

static void note_repetition(Repetition *later, int set, int64_t arrival_ms)
{
    if (later->set != set) {
        later->other_set = later->set;
        later->other_arrival_ms = later->arrival_ms;
    }
    later->set = set;
    later->arrival_ms = arrival_ms;
}

/* By record: came its patch again, in another set? */
static bool *find_repeated(const Revisions *revisions)
{
    const Assembly *assembly = revisions->assembly;
    bool *is_repeated = g_new0(bool, (size_t)assembly->count + 1);
    g_autoptr(GHashTable) titles =
        g_hash_table_new_full(NULL, NULL, NULL, g_free);

    for (unsigned i = assembly->count; i-- > 0;) {
        const gpointer title = GUINT_TO_POINTER(revisions->titles[i]);
        const int set = assembly->set_of[i];
        const int64_t arrival_ms = assembly->records[i].arrival_ms;
        Repetition *later = g_hash_table_lookup(titles, title);

        if (title == NULL)
            continue;
        if (later == NULL) {
            const Repetition first = { set, ASSEMBLY_NONE, arrival_ms, 0 };

            g_hash_table_insert(titles, title,
                                g_memdup2(&first, sizeof(first)));
            continue;
        }
        is_repeated[i] = is_repeated_by(later, set, arrival_ms);
        note_repetition(later, set, arrival_ms);
    }
    return is_repeated;
}

/* What came again, be it in somebody else's series or for a stable branch, is
 * not the newest of its kind; what is for a branch itself waits for itself. */
static void take_repeated(const Revisions *revisions)
{
    g_autofree bool *is_repeated = find_repeated(revisions);

    for (unsigned i = 0; i < revisions->assembly->sets->len; i++) {
        AssemblySet *set = assembly_set(revisions->assembly, (int)i);
        bool is_whole =
            set->seen > 0 &&
            !names_any_branch(
                assembly_subject(revisions->assembly, set->head)->tags);

        for (unsigned j = 0; j < set->members->len; j++)
            is_whole &= member_of(set, j)->number == 0 ||
                        is_repeated[member_of(set, j)->record];
        set->is_repeated = is_whole;
    }
}

void revision_find(Assembly *assembly)
{
    g_autoptr(GHashTable) changes = links_new();
    g_autoptr(GHashTable) patches = links_new();
    g_autoptr(GHashTable) works = links_new();
    g_autoptr(GHashTable) lines =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    g_autoptr(GHashTable) titled =
        g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_array_unref);
    g_autofree uint32_t *titles = titles_number(assembly);
    const Revisions revisions = { assembly, titles, changes, titled,
                                  patches,  works,  lines };
    const int count = (int)assembly->sets->len;
    g_autofree Neighbour *neighbours = g_new0(Neighbour, (size_t)count + 1);

    for (int i = 0; i < count; i++)
        index_set(&revisions, i);
    for (int i = 0; i < count; i++)
        relate_all(&revisions, neighbours, i);
    take_neighbours(&revisions, neighbours);
    take_of_lines(&revisions, neighbours);
    take_reworded(&revisions, neighbours);
    take_repeated(&revisions);
}
