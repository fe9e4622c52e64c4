/* SPDX-License-Identifier: MIT */
#include "report/revision.h"

#include <string.h>

#include "base/banned.h"

enum { CANDIDATES_MAX = 64 }; /* sets of one title or change looked at */

/* The same words without a version are sent again within a season; later it
 * is another patch of the same name ("MAINTAINERS: update"). */
static const int64_t REPOST_MS = INT64_C(120) * 24 * 3600 * 1000;

typedef struct Revisions {
    Assembly *assembly;
    GHashTable *by_change; /* change link -> GArray of set indexes */
    GHashTable *by_title;  /* "person\ntitle" of any part -> likewise */
    GHashTable *by_patch;  /* patch link -> likewise */
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

/* By whom and what: NULL for a title that says nothing. */
static char *title_key(const Revisions *revisions, unsigned record)
{
    const PatchSubject *subject = assembly_subject(revisions->assembly, record);
    const uint32_t person = crowd_person(revisions->assembly->crowd,
                                         record_of(revisions, record)->author);
    g_autofree char *title = patch_subject_title_key(subject);

    if (person == 0 || *title == '\0')
        return NULL;
    return g_strdup_printf("%u\n%s", person, title);
}

static void add_title(const Revisions *revisions, unsigned record, int set)
{
    char *key = title_key(revisions, record);

    if (key == NULL)
        return;

    const bool is_known = g_hash_table_contains(revisions->by_title, key);

    add_set(revisions->by_title, key, set);
    if (is_known)
        g_free(key);
}

static void index_set(const Revisions *revisions, int index)
{
    const AssemblySet *set = assembly_set(revisions->assembly, index);

    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned at = member_of(set, i)->record;
        const PostRecord *record = record_of(revisions, at);

        add_link(revisions->by_change, &record->change_link, index);
        add_link(revisions->by_patch, &record->patch_link, index);
        add_title(revisions, at, index);
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

static bool is_older_version(const AssemblySet *older, const AssemblySet *set)
{
    return older->version < set->version ||
           (older->version == set->version && older->minor < set->minor);
}

static bool is_resend(const Revisions *revisions, const AssemblySet *set)
{
    return assembly_subject(revisions->assembly, set->head)->is_resend;
}

static bool has_word(const GPtrArray *words, const char *word)
{
    for (unsigned i = 0; i < words->len; i++) {
        if (g_ascii_strcasecmp(words->pdata[i], word) == 0)
            return true;
    }
    return false;
}

/* "AUTOSEL", "5.10", "stable-6.1": a tag that names the branch a patch is
 * ported to. The same patch for two branches is not two revisions. */
static bool names_branch(const char *tag)
{
    return g_ascii_isdigit(*tag) ||
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
    if (is_older_version(older, set))
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

static bool has_title(const Revisions *revisions, const AssemblySet *one,
                      const AssemblySet *other)
{
    g_autofree char *title = title_key(revisions, one->head);
    g_autofree char *other_title = title_key(revisions, other->head);

    return title != NULL && g_strcmp0(title, other_title) == 0;
}

/* How many parts of a set another has too, by title or by what they change.
 */
static unsigned count_shared(const Revisions *revisions,
                             const AssemblySet *older, const AssemblySet *set)
{
    g_autoptr(GHashTable) titles =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) patches =
        g_hash_table_new(g_int64_hash, g_int64_equal);
    unsigned shared = 0;

    for (unsigned i = 0; i < older->members->len; i++) {
        const AssemblyMember *member = member_of(older, i);
        const PostRecord *record = record_of(revisions, member->record);
        char *title = title_key(revisions, member->record);

        if (member->number > 0 && title != NULL)
            g_hash_table_add(titles, title);
        else
            g_free(title);
        if (record->patch_link != 0)
            g_hash_table_add(patches, (gpointer)(uintptr_t)&record->patch_link);
    }
    for (unsigned i = 0; i < set->members->len; i++) {
        const AssemblyMember *member = member_of(set, i);
        const PostRecord *record = record_of(revisions, member->record);
        g_autofree char *title = title_key(revisions, member->record);

        if (member->number > 0 &&
            ((title != NULL && g_hash_table_contains(titles, title)) ||
             g_hash_table_contains(patches, &record->patch_link)))
            shared++;
    }
    return shared;
}

static bool share_half(const Revisions *revisions, const AssemblySet *older,
                       const AssemblySet *set)
{
    const unsigned shared = count_shared(revisions, older, set);
    const unsigned least = MIN(older->seen, set->seen);

    return shared > 0 && shared * 2 >= least &&
           (least > 1 || older->total == 1 || older->total == set->total);
}

/* --- candidates ------------------------------------------------------- */

typedef bool (*IsOlder)(const Revisions *, const AssemblySet *older,
                        const AssemblySet *set);

static bool by_change(const Revisions *revisions, const AssemblySet *older,
                      const AssemblySet *set)
{
    (void)revisions;
    (void)older;
    (void)set;
    return true;
}

/* Titles of heads make a revision; titles or patches of parts only where the
 * version says that there was one. */
static bool by_title(const Revisions *revisions, const AssemblySet *older,
                     const AssemblySet *set)
{
    if (has_title(revisions, older, set))
        return is_older_version(older, set) || is_resend(revisions, set) ||
               is_repost(revisions, older, set);
    return is_older_version(older, set) && share_half(revisions, older, set);
}

/* The highest version, then the latest: sets are in order of their heads. */
static bool is_better(const Revisions *revisions, int one, int other)
{
    const AssemblySet *set = assembly_set(revisions->assembly, one);
    const AssemblySet *best = assembly_set(revisions->assembly, other);

    if (best == NULL || is_older_version(best, set))
        return true;
    return is_same_version(best, set) && one > other;
}

static void consider(const Revisions *revisions, int candidate, int set,
                     IsOlder is_older, int *best)
{
    const AssemblySet *older = assembly_set(revisions->assembly, candidate);
    const AssemblySet *newer = assembly_set(revisions->assembly, set);

    if (candidate < set && is_better(revisions, candidate, *best) &&
        may_follow(revisions, older, newer) &&
        is_older(revisions, older, newer))
        *best = candidate;
}

/* The latest ones before the set. */
static void consider_all(const Revisions *revisions, const GArray *sets,
                         int set, IsOlder is_older, int *best)
{
    unsigned looked = 0;

    for (unsigned i = sets == NULL ? 0 : sets->len;
         i-- > 0 && looked < CANDIDATES_MAX;) {
        const int candidate = g_array_index(sets, int, i);

        if (candidate >= set)
            continue;
        consider(revisions, candidate, set, is_older, best);
        looked++;
    }
}

static void consider_members(const Revisions *revisions, int index, int *best)
{
    const AssemblySet *set = assembly_set(revisions->assembly, index);

    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned at = member_of(set, i)->record;
        const PostRecord *record = record_of(revisions, at);
        g_autofree char *title = title_key(revisions, at);

        consider_all(
            revisions,
            g_hash_table_lookup(revisions->by_change, &record->change_link),
            index, by_change, best);
        if (title != NULL)
            consider_all(revisions,
                         g_hash_table_lookup(revisions->by_title, title), index,
                         by_title, best);
        consider_all(
            revisions,
            g_hash_table_lookup(revisions->by_patch, &record->patch_link),
            index, by_title, best);
    }
}

/* Supersedes: may name any part, and a set of other people. */
static void consider_named(const Revisions *revisions, int index, int *best)
{
    const Assembly *assembly = revisions->assembly;
    const AssemblySet *set = assembly_set(assembly, index);

    for (unsigned i = 0; i < set->members->len; i++) {
        const PostRecord *record =
            record_of(revisions, member_of(set, i)->record);

        for (unsigned j = 0;
             j < record->supersedes_count && j < record->extra_count; j++) {
            const int named =
                assembly_find(assembly, record->extra_links[j], ASSEMBLY_NONE);
            const int older = named == ASSEMBLY_NONE ? ASSEMBLY_NONE
                                                     : assembly->set_of[named];

            if (older != ASSEMBLY_NONE)
                consider(revisions, older, index, by_change, best);
        }
    }
}

/* A v2 that answers the first one's head, or all of it. "[PATCH v2]" below
 * 3/7 is a new form of one patch, not of seven. */
static bool by_answer(const Revisions *revisions, const AssemblySet *older,
                      const AssemblySet *set)
{
    const int above = revisions->assembly->answers[set->head];
    const bool answers_head = above == (int)older->head;

    if (!assembly_is_same_person(revisions->assembly, older->head, set->head))
        return false;
    if (!is_older_version(older, set) && !is_resend(revisions, set) &&
        !has_title(revisions, older, set))
        return false;
    return older->total == set->total || answers_head ||
           has_title(revisions, older, set);
}

static void consider_answered(const Revisions *revisions, int index, int *best)
{
    const Assembly *assembly = revisions->assembly;
    int above = assembly->answers[assembly_set(assembly, index)->head];

    for (unsigned step = 0; above != ASSEMBLY_NONE && step < CANDIDATES_MAX;
         step++) {
        const int older = assembly->set_of[above];

        if (older != index)
            consider(revisions, older, index, by_answer, best);
        above = assembly_member_above(assembly, (unsigned)above);
    }
}

/* --- the links -------------------------------------------------------- */

/* Every part of the later set is in the older one unchanged. */
static bool is_same_content(const Revisions *revisions,
                            const AssemblySet *older, const AssemblySet *set)
{
    g_autoptr(GHashTable) patches =
        g_hash_table_new(g_int64_hash, g_int64_equal);

    if (older->seen != set->seen)
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

static void find_older(const Revisions *revisions, int index)
{
    AssemblySet *set = assembly_set(revisions->assembly, index);
    int best = ASSEMBLY_NONE;

    consider_members(revisions, index, &best);
    consider_named(revisions, index, &best);
    consider_answered(revisions, index, &best);
    set->older = best;
    if (best == ASSEMBLY_NONE)
        return;

    AssemblySet *older = assembly_set(revisions->assembly, best);

    set->is_same_as_older = is_same_content(revisions, older, set);
    if (older->newer == ASSEMBLY_NONE)
        older->newer = index;
}

void revision_find(Assembly *assembly)
{
    g_autoptr(GHashTable) changes = links_new();
    g_autoptr(GHashTable) patches = links_new();
    g_autoptr(GHashTable) titles = g_hash_table_new_full(
        g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
    const Revisions revisions = { assembly, changes, titles, patches };
    const int count = (int)assembly->sets->len;

    for (int i = 0; i < count; i++)
        index_set(&revisions, i);
    for (int i = 0; i < count; i++)
        find_older(&revisions, i);
}
