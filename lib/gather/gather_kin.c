/* SPDX-License-Identifier: MIT */
#include "gather/internal.h"

#include "activity/links.h"
#include "sets/evidence.h"
#include "sets/heads.h"
#include "sets/reword.h"
#include "sets/sets.h"
#include "sets/shared_lines.h"

#include "base/banned.h"

enum {
    SHARERS_MANY = 16, /* see others_of */
    TRAIT_SHIFT = 56,  /* above all values */
};

/* --- revisions that are worded anew ------------------------------------- */

static bool is_reworded(const Gather *gather, const Pair *pair)
{
    return reword_likeness(gather_record(gather, pair->older),
                           gather_subject(gather, pair->older),
                           gather_record(gather, pair->newer),
                           gather_subject(gather, pair->newer)) > 0;
}

static Sharers *sharers_of(Gather *gather, EvidenceTrait trait, uint64_t value)
{
    const uint64_t key = (uint64_t)trait << TRAIT_SHIFT ^ value;
    Sharers *sharers = map_get(gather->sharers, key);

    if (sharers != NULL)
        return sharers;
    sharers = g_new0(Sharers, 1);
    sharers->all = g_array_new(FALSE, FALSE, sizeof(unsigned));
    map_put(gather->sharers, key, sharers);
    return sharers;
}

static void keep_pair(Gather *gather, const Pair *pair)
{
    const unsigned slots[] = { pair->older, pair->newer };

    g_array_append_vals(gather->pairs, pair, 1);
    for (unsigned i = 0; i < G_N_ELEMENTS(slots); i++)
        gather_post(gather, g_array_index(gather->slots, Slot, slots[i]).post,
                    0, GATHER_TITLE);
}

static void add_pair(Gather *gather, unsigned older, unsigned newer)
{
    const Pair pair = { .older = older, .newer = newer, .is_of_heads = true };

    if (is_reworded(gather, &pair))
        keep_pair(gather, &pair);
}

static void add_pair_of_openings(Gather *gather, unsigned older, unsigned newer)
{
    const Pair pair = { .older = older, .newer = newer, .is_of_heads = true };

    if (reword_retitled(
            gather_record(gather, older), gather_subject(gather, older),
            gather_record(gather, newer), gather_subject(gather, newer)) > 0)
        keep_pair(gather, &pair);
}

/* Do two heads of one title show that one set revises the other, on the given
 * side of it? A third one of a version between the two may come between. */
static bool is_revision(const Gather *gather, const PostRecord *record,
                        const PostRecord *other, bool is_before,
                        unsigned version)
{
    const unsigned found = subject_cache_get(gather->subjects, other)->version;

    const PostRecord *older = is_before ? other : record;
    const PostRecord *newer = is_before ? record : other;

    return (is_before ? found >= version : found <= version) &&
           gather_is_part(gather, other) && other->kind != POST_PULL &&
           evidence_heads_show_title(
               gather->people, older,
               subject_cache_get(gather->subjects, older), newer,
               subject_cache_get(gather->subjects, newer));
}

/* version: of the third one. */
static bool has_revision(const Gather *gather, unsigned slot, bool is_before,
                         unsigned version)
{
    const PostRecord *record = gather_record(gather, slot);
    const PatchSubject *subject = gather_subject(gather, slot);
    uint64_t key;
    const uint32_t *posts;
    unsigned count;

    if (subject->number != 0 && subject->total != 1)
        return false;
    key = link_key(LINK_TITLE, subject_cache_title(gather->subjects, record));
    posts = gather_found(gather, key, &count);
    for (unsigned i = 0; i < count; i++) {
        const Slot *other = gather_slot(gather, posts[i]);

        if (other != NULL && other->is_loaded &&
            is_revision(
                gather, record,
                &g_array_index(gather->records, PostRecord, other->record),
                is_before, version))
            return true;
    }
    return false;
}

/* What covers it under another version or total than its own, where only one
 * of both says the version: see series_repair.c. */
static bool is_odd_cover(const Gather *gather, unsigned cover, unsigned part)
{
    const PatchSubject *above = gather_subject(gather, cover);
    const PatchSubject *below = gather_subject(gather, part);

    return above->number == 0 && !(above->has_version && below->has_version) &&
           people_is_same_author(gather->people, gather_record(gather, cover),
                                 gather_record(gather, part));
}

/* The part of lower number of one set that a part answers; or the part. */
static unsigned slot_above(const Gather *gather, unsigned slot)
{
    gpointer post =
        map_get(gather->parts, gather_record(gather, slot)->parent_link);
    const Slot *above =
        post == NULL ? NULL : gather_slot(gather, GPOINTER_TO_UINT(post));
    const PatchSubject *subject = gather_subject(gather, slot);
    const PatchSubject *before;
    unsigned at;

    if (above == NULL)
        return slot;
    at = (unsigned)(above - &g_array_index(gather->slots, Slot, 0));
    before = gather_subject(gather, at);
    return before->has_number && before->number < subject->number &&
                   ((before->version == subject->version &&
                     before->total == subject->total) ||
                    is_odd_cover(gather, at, slot))
               ? at
               : slot;
}

/* What has content is among the first parts, so that few answer each other. */
static unsigned head_slot(const Gather *gather, unsigned slot)
{
    for (unsigned step = 0; step < LINK_CONTENT_PARTS; step++)
        slot = slot_above(gather, slot);
    return slot;
}

/* The version of a set with such a head and part: a cover's may be forgotten.
 */
static PatchVersion version_of(const Gather *gather, unsigned head,
                               unsigned part)
{
    const PatchSubject *subject = gather_subject(gather, head);
    const PatchSubject *below = gather_subject(gather, part);
    const PatchSubject *told = below->has_version ? below : subject;

    return (PatchVersion){ told->version, told->minor, subject->is_rfc };
}

/* Once what they answer is there. */
static void find_heads(Gather *gather, GArray *pairs)
{
    for (unsigned i = 0; i < pairs->len; i++) {
        Pair *pair = &g_array_index(pairs, Pair, i);
        const unsigned older = pair->older, newer = pair->newer;

        if (pair->is_of_heads)
            continue;
        pair->older = head_slot(gather, older);
        pair->newer = head_slot(gather, newer);
        pair->older_version = version_of(gather, pair->older, older);
        pair->newer_version = version_of(gather, pair->newer, newer);
        pair->is_of_heads = true;
        gather_post(gather, gather_record(gather, pair->older)->post, 0,
                    GATHER_TITLE);
        gather_post(gather, gather_record(gather, pair->newer)->post, 0,
                    GATHER_TITLE);
    }
}

/* One line tells only what the heads confirm. */
static bool may_tell_one_line(const Heads *heads)
{
    return shared_lines_one_tells(
        heads->older_subject, heads->older_version.version,
        heads->newer_subject, heads->newer_version.version);
}

/* Lines of two sets whose heads show that they are no evidence lead nowhere;
 * what two heads of one work show was asked before (add_pair). */
static bool may_be_evidence(const Gather *gather, const Pair *pair)
{
    const Heads heads = {
        .older = gather_record(gather, pair->older),
        .newer = gather_record(gather, pair->newer),
        .older_subject = gather_subject(gather, pair->older),
        .newer_subject = gather_subject(gather, pair->newer),
        .older_version = pair->older_version,
        .newer_version = pair->newer_version,
    };

    return pair->lines == 0 ||
           ((pair->lines > 1 || may_tell_one_line(&heads)) &&
            heads_may_prove(&heads, pair->lines, pair->is_own));
}

static guint hash_heads(gconstpointer key)
{
    const Pair *pair = key;

    return pair->older * 31 + pair->newer;
}

static gboolean are_same_heads(gconstpointer one, gconstpointer other)
{
    const Pair *pair = one, *other_pair = other;

    return pair->older == other_pair->older && pair->newer == other_pair->newer;
}

/* Two sets share a line in many pairs of their parts: one pair remains. */
static GHashTable *pairs_of_heads(const Gather *gather)
{
    GHashTable *pairs =
        g_hash_table_new_full(hash_heads, are_same_heads, g_free, NULL);

    for (unsigned i = 0; i < gather->pairs->len; i++) {
        const Pair *pair = &g_array_index(gather->pairs, Pair, i);
        Pair *known = g_hash_table_lookup(pairs, pair);

        if (known != NULL) {
            known->is_own |= pair->is_own;
            known->lines = pair->lines == 0 || known->lines == 0
                               ? 0
                               : known->lines + pair->lines;
            continue;
        }
        known = g_memdup2(pair, sizeof(*pair));
        g_hash_table_add(pairs, known);
    }
    return pairs;
}

/* Who is whose revision hangs on what else is a revision of either. Mostly
 * titles tell that there is one; else all that is known of both is asked. */
void gather_decide_pairs(Gather *gather)
{
    g_autoptr(GHashTable) pairs = NULL;
    GHashTableIter iterator;
    gpointer key;

    find_heads(gather, gather->pairs);
    if (gather->pending->len > 0)
        return;
    pairs = pairs_of_heads(gather);
    g_array_set_size(gather->pairs, 0);
    g_hash_table_iter_init(&iterator, pairs);
    while (g_hash_table_iter_next(&iterator, &key, NULL)) {
        const Pair *pair = key;

        if (!may_be_evidence(gather, pair) ||
            has_revision(gather, pair->newer, true,
                         gather_subject(gather, pair->older)->version) ||
            has_revision(gather, pair->older, false,
                         gather_subject(gather, pair->newer)->version))
            continue;
        gather_post(gather, gather_record(gather, pair->older)->post, 0,
                    GATHER_WHOLE);
        gather_post(gather, gather_record(gather, pair->newer)->post, 0,
                    GATHER_WHOLE);
    }
}

/* --- revisions of the same lines ---------------------------------------- */

static void add_pair_of_lines(Gather *gather, unsigned older, unsigned newer)
{
    const PostRecord *one = gather_record(gather, older);
    const PostRecord *other = gather_record(gather, newer);
    Pair pair = { .older = older, .newer = newer };
    const PatchSubject *subject = gather_subject(gather, older);
    const PatchSubject *other_subject = gather_subject(gather, newer);

    for (unsigned shared =
             shared_lines_flags(one, subject, other, other_subject);
         shared != 0; shared &= shared - 1)
        pair.lines++;
    pair.is_own =
        pair.lines != 0 && people_is_same_author(gather->people, one, other);
    if (pair.lines != 0 && (other_subject->version > 1 || pair.is_own))
        g_array_append_val(gather->pairs, pair);
}

/* --- who is compared ------------------------------------------------------ */

static bool is_whole(const Gather *gather, unsigned slot)
{
    return (g_array_index(gather->slots, Slot, slot).wishes & GATHER_WHOLE) !=
           0;
}

/* Of two of which all is known nothing is to be decided: most of a long
 * interval's are so, and many may share one work. */
static const GArray *others_of(const Gather *gather, Sharers *sharers,
                               unsigned slot)
{
    unsigned kept = 0;

    if (sharers->all->len < SHARERS_MANY || !is_whole(gather, slot))
        return sharers->all;
    if (sharers->open == NULL)
        sharers->open = g_array_new(FALSE, FALSE, sizeof(unsigned));
    for (; sharers->sorted < sharers->all->len; sharers->sorted++)
        g_array_append_val(sharers->open, g_array_index(sharers->all, unsigned,
                                                        sharers->sorted));
    for (unsigned i = 0; i < sharers->open->len; i++) {
        const unsigned other = g_array_index(sharers->open, unsigned, i);

        if (!is_whole(gather, other))
            g_array_index(sharers->open, unsigned, kept++) = other;
    }
    g_array_set_size(sharers->open, kept);
    return sharers->open;
}

/* Notes an older and a newer part that share a trait, if the two alone do not
 * show that it is no evidence. */
static void (*const add_pairs[TRAITS])(Gather *gather, unsigned older,
                                       unsigned newer) = {
    [TRAIT_LINE] = add_pair_of_lines,
    [TRAIT_WORK] = add_pair,
    [TRAIT_OPENING] = add_pair_of_openings,
};

/* By their Dates: what was written later revises what was written before. */
static void compare(Gather *gather, EvidenceTrait trait, Sharers *sharers,
                    unsigned slot)
{
    const GArray *slots = others_of(gather, sharers, slot);
    const int64_t date = gather_record(gather, slot)->date;

    for (unsigned i = 0; i < slots->len; i++) {
        const unsigned other = g_array_index(slots, unsigned, i);
        const Slot *one = &g_array_index(gather->slots, Slot, slot);
        const Slot *two = &g_array_index(gather->slots, Slot, other);
        int64_t other_date;

        if (other == slot || ((one->sought | two->sought) >> trait & 1) == 0 ||
            (one->wishes & two->wishes & GATHER_WHOLE) != 0)
            continue;
        other_date = gather_record(gather, other)->date;
        if (date <= other_date)
            add_pairs[trait](gather, slot, other);
        if (other_date <= date)
            add_pairs[trait](gather, other, slot);
    }
}

static void see_trait(Gather *gather, unsigned slot, EvidenceTrait trait,
                      bool seek)
{
    const unsigned bit = 1U << trait;
    uint64_t values[EVIDENCE_VALUES_MAX];
    const unsigned count =
        evidence_finders[trait].values(gather_record(gather, slot), values);
    Slot *at = &g_array_index(gather->slots, Slot, slot);
    const bool is_new = (at->noted & bit) == 0;
    const bool is_asked = seek && (at->sought & bit) == 0;

    if (count == 0 || (!is_new && !is_asked))
        return;
    at->noted |= bit;
    at->sought |= seek ? bit : 0;
    for (unsigned i = 0; i < count; i++) {
        Sharers *sharers = sharers_of(gather, trait, values[i]);

        if (is_new)
            g_array_append_val(sharers->all, slot);
        compare(gather, trait, sharers, slot);
    }
    if (is_asked)
        gather_ask_trait(gather, slot, trait);
}

void gather_see_guesses(Gather *gather, unsigned slot, bool seek)
{
    for (EvidenceTrait trait = 0; trait < TRAITS; trait++) {
        if ((gather->guesses >> trait & 1) != 0)
            see_trait(gather, slot, trait, seek);
    }
}

static bool is_common_line(const Gather *gather, uint32_t line)
{
    const uint64_t key = link_key(LINK_CONTENT, line);
    unsigned count;

    (void)gather_found(gather, key, &count);
    return count > evidence_finders[TRAIT_LINE].limit;
}

void gather_forget_common_lines(Gather *gather)
{
    for (unsigned i = 0; i < gather->records->len; i++) {
        PostRecord *record = &g_array_index(gather->records, PostRecord, i);

        for (unsigned j = 0; j < PATCH_SKETCH_LINES && record->has_content; j++)
            if (is_common_line(gather, record->content[j]))
                record->content[j] = PATCH_SKETCH_NONE;
    }
}
