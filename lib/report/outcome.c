/* SPDX-License-Identifier: MIT */
#include "report/outcome.h"

#include "report/pulled.h"

#include <string.h>

#include "base/banned.h"

enum { STEPS_MAX = 512 }; /* up a thread */

/* --- what is answered ------------------------------------------------- */

static int find_other_member(const Assembly *assembly, unsigned record)
{
    const int own = assembly->set_of[record];
    int above = assembly_member_above(assembly, record);

    while (above != ASSEMBLY_NONE && own != ASSEMBLY_NONE &&
           assembly->set_of[above] == own)
        above = assembly_member_above(assembly, (unsigned)above);
    return above;
}

/* The topmost post above a record that is there. */
static unsigned top_of(const Assembly *assembly, unsigned record)
{
    for (unsigned steps = assembly->depths[record]; steps > 0; steps--)
        record = (unsigned)assembly->parents[record];
    return record;
}

/* Parts of one thread by what their subjects say. */
typedef struct PartKey {
    unsigned thread, version, number, total;
} PartKey;

static guint hash_part(gconstpointer key)
{
    const PartKey *part = key;

    return ((part->thread * 31 + part->version) * 31 + part->number) * 31 +
           part->total;
}

static gboolean are_parts_equal(gconstpointer one, gconstpointer other)
{
    return memcmp(one, other, sizeof(PartKey)) == 0;
}

static PartKey part_key(Assembly *assembly, unsigned record)
{
    const PatchSubject *subject = assembly_subject(assembly, record);

    return (PartKey){ assembly->threads[record], subject->version,
                      subject->number, subject->total };
}

static GHashTable *index_parts(Assembly *assembly)
{
    GHashTable *parts =
        g_hash_table_new_full(hash_part, are_parts_equal, g_free, NULL);

    for (unsigned i = 0; i < assembly->count; i++) {
        if (assembly->set_of[i] == ASSEMBLY_NONE)
            continue;

        const PartKey key = part_key(assembly, i);

        if (!g_hash_table_contains(parts, &key))
            g_hash_table_insert(parts, g_memdup2(&key, sizeof(key)),
                                GINT_TO_POINTER((int)i + 1));
    }
    return parts;
}

/* Above it stands no patch, since mails between are missing. */
static int find_by_subject(Assembly *assembly, GHashTable *parts,
                           unsigned record)
{
    const PostRecord *top = &assembly->records[top_of(assembly, record)];
    const PartKey key = part_key(assembly, record);
    const int root = assembly_find(assembly, top->root_link, (int)record);
    const int part = GPOINTER_TO_INT(g_hash_table_lookup(parts, &key)) - 1;

    if (top->parent_link == 0)
        return ASSEMBLY_NONE;
    if (part != ASSEMBLY_NONE && part != (int)record)
        return part;
    return root != ASSEMBLY_NONE && assembly->set_of[root] != ASSEMBLY_NONE
               ? root
               : ASSEMBLY_NONE;
}

void outcome_find_answers(Assembly *assembly)
{
    g_autoptr(GHashTable) parts = index_parts(assembly);

    for (unsigned i = 0; i < assembly->count; i++) {
        int above = find_other_member(assembly, i);

        if (above == ASSEMBLY_NONE && assembly->set_of[i] == ASSEMBLY_NONE)
            above = find_by_subject(assembly, parts, i);
        assembly->answers[i] = above;
    }
}

/* --- who is who ------------------------------------------------------- */

static bool is_bot(const Assembly *assembly, unsigned record)
{
    const PostRecord *post = &assembly->records[record];

    return crowd_is_sent_by_bot(assembly->crowd, post->sender, post->author);
}

static bool is_person_of(const Assembly *assembly, uint32_t person,
                         unsigned record)
{
    return person == crowd_person(assembly->crowd,
                                  assembly->records[record].author) ||
           person == assembly->speakers[record];
}

/* The author of the patch that is spoken of, and whoever sent the set: the
 * author of its first patch may well review the others. */
static bool is_own(const Assembly *assembly, uint32_t person, unsigned member)
{
    const AssemblySet *set = assembly_set(assembly, assembly->set_of[member]);

    return is_person_of(assembly, person, member) ||
           person == assembly->speakers[set->head];
}

static bool is_by_others(const Assembly *assembly, unsigned record,
                         unsigned member)
{
    return !is_bot(assembly, record) &&
           !is_own(assembly, assembly->speakers[record], member);
}

bool outcome_credit_counts(const Assembly *assembly, unsigned record,
                           const PostCredit *credit)
{
    const int member = assembly->answers[record];
    const uint32_t person = crowd_person(assembly->crowd, credit->person);

    if (person == 0 || crowd_person_is_bot(assembly->crowd, person))
        return false;
    return member == ASSEMBLY_NONE ||
           !is_own(assembly, person, (unsigned)member);
}

bool outcome_is_review_reply(Assembly *assembly, unsigned record)
{
    const int member = assembly->answers[record];

    if (assembly->kinds[record] != POST_REPLY || is_bot(assembly, record))
        return false;
    if (member != ASSEMBLY_NONE)
        return is_by_others(assembly, record, (unsigned)member);
    return assembly->parents[record] == ASSEMBLY_NONE &&
           assembly_subject(assembly, record)->is_patch;
}

/* --- reviews ---------------------------------------------------------- */

static bool is_approval(uint8_t kind)
{
    return kind == PATCH_TRAILER_REVIEWED || kind == PATCH_TRAILER_ACKED;
}

/* What a post gives, as far as it is not the author's own praise. */
static void read_credits(const Assembly *assembly, unsigned record,
                         bool *approves, bool *judges)
{
    const PostRecord *post = &assembly->records[record];

    for (unsigned i = 0; i < post->credit_count; i++) {
        const PostCredit *credit = &post->credits[i];

        if (!outcome_credit_counts(assembly, record, credit))
            continue;
        *approves = *approves || is_approval(credit->kind);
        *judges = *judges || is_approval(credit->kind) ||
                  credit->kind == PATCH_TRAILER_NACKED;
    }
}

/* Flags a part, by its number, for all forms in which it came. */
static void flag_part(const AssemblySet *set, unsigned record, bool *flags)
{
    unsigned number = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const AssemblyMember *member =
            &g_array_index(set->members, AssemblyMember, i);

        if (member->record == record)
            number = member->number;
    }
    for (unsigned i = 0; i < set->members->len; i++)
        flags[i] =
            flags[i] || number == 0 ||
            g_array_index(set->members, AssemblyMember, i).number == number;
}

static unsigned count_flagged(const AssemblySet *set, const bool *flags)
{
    unsigned count = 0, before = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned number =
            g_array_index(set->members, AssemblyMember, i).number;

        if (number == 0 || number == before || !flags[i])
            continue;
        before = number;
        count++;
    }
    return count;
}

/* --- notices ---------------------------------------------------------- */

/* tip-bot writes once a commit; all others speak of what they answer, if
 * they do not say of which parts: the head stands for the set. */
static bool is_about_all(const Assembly *assembly, unsigned notice,
                         unsigned member)
{
    const AssemblySet *set = assembly_set(assembly, assembly->set_of[member]);

    if (set->seen <= 1 && set->total <= 1)
        return true;
    const PostRecord *record = &assembly->records[notice];

    if (record->notice_parts != PATCH_EXTENT_ANSWERED)
        return record->notice_parts == PATCH_EXTENT_ALL;
    return member == set->head && record->notice != PATCH_NOTICE_TIP_BOT;
}

static void flag_parts(const AssemblySet *set, uint64_t parts, bool *flags)
{
    for (unsigned i = 0; i < set->members->len; i++)
        flags[i] =
            flags[i] ||
            patch_extent_has(
                parts, g_array_index(set->members, AssemblyMember, i).number);
}

/* "Applied, I look at the rest tomorrow" says of a cover nothing for sure. */
static void flag_told(const Assembly *assembly, unsigned notice,
                      unsigned member, bool *flags)
{
    const AssemblySet *set = assembly_set(assembly, assembly->set_of[member]);
    const uint64_t parts = assembly->records[notice].notice_parts;

    if (parts == PATCH_EXTENT_ANSWERED ||
        (parts == PATCH_EXTENT_UNTOLD && member != set->head))
        flag_part(set, member, flags);
    else
        flag_parts(set, parts, flags);
}

static void note_applied(const Assembly *assembly, unsigned notice,
                         unsigned member, bool *flags)
{
    AssemblySet *set = assembly_set(assembly, assembly->set_of[member]);

    if (set->notices->len == 0 ||
        g_array_index(set->notices, unsigned, set->notices->len - 1) != notice)
        g_array_append_val(set->notices, notice);
    if (set->applied != ASSEMBLY_NONE)
        return;
    if (is_about_all(assembly, notice, member)) {
        set->applied = (int)notice;
        return;
    }
    flag_told(assembly, notice, member, flags);
    if (set->is_complete && count_flagged(set, flags) >= set->seen)
        set->applied = (int)notice;
}

/* --- taken back ------------------------------------------------------- */

/* A maintainer's robot has the name, if not the address. */
static bool is_by_notifier(const Assembly *assembly, unsigned record,
                           unsigned notice)
{
    return assembly_is_same_person(assembly, record, notice) ||
           crowd_is_same_name(assembly->crowd, assembly->records[record].sender,
                              assembly->records[notice].sender);
}

static void forget_notices(const Assembly *assembly, AssemblySet *set,
                           unsigned record)
{
    for (unsigned i = set->notices->len; i-- > 0;) {
        if (is_by_notifier(assembly, record,
                           g_array_index(set->notices, unsigned, i)))
            g_array_remove_index(set->notices, i);
    }
}

/* "Dropped" below 3/7 is said of this one. */
static bool is_of_part(const AssemblySet *set, unsigned member)
{
    return member != set->head && set->total > 1;
}

static void take_part_back(AssemblySet *set, unsigned member, bool *flags)
{
    unsigned number = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const AssemblyMember *part =
            &g_array_index(set->members, AssemblyMember, i);

        flags[i] |= set->applied != ASSEMBLY_NONE;
        if (part->record == member)
            number = part->number;
    }
    for (unsigned i = 0; i < set->members->len; i++)
        flags[i] &=
            g_array_index(set->members, AssemblyMember, i).number != number;
    set->applied = ASSEMBLY_NONE;
}

static bool has_notice_by(const Assembly *assembly, const AssemblySet *set,
                          unsigned record)
{
    for (unsigned i = 0; i < set->notices->len; i++) {
        if (is_by_notifier(assembly, record,
                           g_array_index(set->notices, unsigned, i)))
            return true;
    }
    return false;
}

static void take_back(const Assembly *assembly, unsigned record,
                      unsigned member, bool *flags)
{
    AssemblySet *set = assembly_set(assembly, assembly->set_of[member]);

    if (!has_notice_by(assembly, set, record))
        return;
    if (is_of_part(set, member)) {
        take_part_back(set, member, flags);
        return;
    }
    forget_notices(assembly, set, record);
    set->applied = ASSEMBLY_NONE;
    memset(flags, 0, set->members->len * sizeof(*flags));
}

/* --- all of it -------------------------------------------------------- */

typedef struct Outcome {
    Assembly *assembly;
    bool **reviewed, **applied; /* by set, then member */
} Outcome;

static bool is_cover(const Assembly *assembly, unsigned record)
{
    return assembly->kinds[record] == POST_COVER;
}

/* "For the PMU related changes": of a cover nobody knows which those are. */
static bool is_partial(const PostRecord *post)
{
    return (post->flags & POST_PARTIAL_CREDIT) != 0;
}

/* A tag below somebody's own diff in the thread of a cover is for that diff. */
static bool is_for_other_diff(const Assembly *assembly, unsigned record,
                              unsigned member)
{
    int above = assembly->parents[record];

    if (!is_cover(assembly, member))
        return false;
    for (unsigned step = 0;
         step < STEPS_MAX && above != ASSEMBLY_NONE && above != (int)member;
         step++) {
        if (!assembly_is_part(assembly, (unsigned)above) &&
            (assembly->records[above].flags & POST_OWN_DIFF) != 0)
            return true;
        above = assembly->parents[above];
    }
    return false;
}

static void take_answer(const Outcome *outcome, unsigned record,
                        unsigned member)
{
    const Assembly *assembly = outcome->assembly;
    const int index = assembly->set_of[member];
    AssemblySet *set = assembly_set(assembly, index);
    const bool is_other = is_by_others(assembly, record, member);
    const PostRecord *post = &assembly->records[record];
    bool approves = false, judges = false;

    if (is_other && set->first_answer == ASSEMBLY_NONE)
        set->first_answer = (int)record;
    if (assembly_is_part(assembly, record) || is_bot(assembly, record))
        return;
    read_credits(assembly, record, &approves, &judges);
    if (!judges || is_for_other_diff(assembly, record, member))
        return;
    if (approves && !(is_cover(assembly, member) && is_partial(post)))
        flag_part(set, member, outcome->reviewed[index]);
    if (is_other && set->first_review == ASSEMBLY_NONE)
        set->first_review = (int)record;
}

static void take_notice(const Outcome *outcome, unsigned record)
{
    const Assembly *assembly = outcome->assembly;
    const PostRecord *notice = &assembly->records[record];
    const int answered = assembly->answers[record];

    if (answered != ASSEMBLY_NONE)
        note_applied(assembly, record, (unsigned)answered,
                     outcome->applied[assembly->set_of[answered]]);
    for (unsigned i = 0; i < notice->extra_count; i++) {
        const int named =
            assembly_find(assembly, notice->extra_links[i], (int)record);
        const int set =
            named == ASSEMBLY_NONE ? ASSEMBLY_NONE : assembly->set_of[named];

        if (set != ASSEMBLY_NONE && named != answered)
            note_applied(assembly, record, (unsigned)named,
                         outcome->applied[set]);
    }
}

/* Told before by whoever took it, a set needs no pull. */
static void take_pull(const Outcome *outcome, const PulledPatch *patch)
{
    const Assembly *assembly = outcome->assembly;
    const int index = assembly->set_of[patch->member];
    AssemblySet *set = assembly_set(assembly, index);
    const AssemblySet *pull =
        assembly_set(assembly, assembly->set_of[patch->pull]);

    set->pull = (int)patch->pull;
    if (set->applied != ASSEMBLY_NONE || pull->applied == ASSEMBLY_NONE)
        return;
    flag_part(set, patch->member, outcome->applied[index]);
    if (!set->is_complete ||
        count_flagged(set, outcome->applied[index]) < set->seen)
        return;
    set->applied = pull->applied;
    set->is_pulled = true;
}

static void take_pulls(const Outcome *outcome)
{
    g_autoptr(GArray) pulled = pulled_find(outcome->assembly);

    for (unsigned i = 0; i < pulled->len; i++)
        take_pull(outcome, &g_array_index(pulled, PulledPatch, i));
}

static bool has_part(const AssemblySet *set, unsigned number)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        if (g_array_index(set->members, AssemblyMember, i).number == number)
            return true;
    }
    return false;
}

static bool is_told(const Assembly *assembly, const AssemblySet *set,
                    unsigned number)
{
    for (unsigned i = 0; i < set->notices->len; i++) {
        const unsigned notice = g_array_index(set->notices, unsigned, i);

        if (patch_extent_has(assembly->records[notice].notice_parts, number))
            return true;
    }
    return false;
}

/* Parts that did not come by this list: a notice may tell of them. */
static unsigned count_absent(const Assembly *assembly, const AssemblySet *set)
{
    unsigned count = 0;

    if (set->is_complete || set->notices->len == 0)
        return 0;
    for (unsigned number = 1; number <= MIN(set->total, PATCH_EXTENT_PARTS_MAX);
         number++)
        count += !has_part(set, number) && is_told(assembly, set, number);
    return count;
}

static void finish_sets(const Outcome *outcome)
{
    for (unsigned i = 0; i < outcome->assembly->sets->len; i++) {
        AssemblySet *set = assembly_set(outcome->assembly, (int)i);

        set->reviewed = count_flagged(set, outcome->reviewed[i]);
        set->applied_parts = set->applied != ASSEMBLY_NONE
                                 ? set->seen
                                 : count_flagged(set, outcome->applied[i]) +
                                       count_absent(outcome->assembly, set);
    }
}

static bool **new_flags(const Assembly *assembly)
{
    bool **flags = g_new0(bool *, (size_t)assembly->sets->len + 1);

    for (unsigned i = 0; i < assembly->sets->len; i++)
        flags[i] = g_new0(bool, assembly_set(assembly, (int)i)->members->len);
    return flags;
}

static void free_flags(const Assembly *assembly, bool **flags)
{
    for (unsigned i = 0; i < assembly->sets->len; i++)
        g_free(flags[i]);
    g_free(flags);
}

void outcome_find(Assembly *assembly)
{
    const Outcome outcome = { assembly, new_flags(assembly),
                              new_flags(assembly) };

    for (unsigned i = 0; i < assembly->count; i++) {
        const int answered = assembly->answers[i];

        if (answered != ASSEMBLY_NONE)
            take_answer(&outcome, i, (unsigned)answered);
        if (assembly->kinds[i] == POST_NOTICE)
            take_notice(&outcome, i);
        else if (answered != ASSEMBLY_NONE &&
                 assembly->records[i].notice == PATCH_NOTICE_WITHDRAWN)
            take_back(assembly, i, (unsigned)answered,
                      outcome.applied[assembly->set_of[answered]]);
    }
    take_pulls(&outcome);
    finish_sets(&outcome);
    free_flags(assembly, outcome.reviewed);
    free_flags(assembly, outcome.applied);
}

bool outcome_was_answered(const Assembly *assembly, unsigned record)
{
    const uint32_t person = assembly->speakers[record];

    for (unsigned i = 0; i < assembly->count; i++) {
        if (assembly->parents[i] != (int)record || is_bot(assembly, i))
            continue;
        if (assembly->speakers[i] != person)
            return true;
    }
    return false;
}
