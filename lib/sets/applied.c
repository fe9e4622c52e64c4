/* SPDX-License-Identifier: MIT */
#include "sets/applied.h"

#include "sets/part_flags.h"
#include "sets/pulled.h"

#include <string.h>

#include "base/banned.h"

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
        part_flags_add(set, member, flags);
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
    if (set->is_complete && part_flags_count(set, flags) >= set->seen)
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

typedef struct Applied {
    Assembly *assembly;
    bool **flags; /* by set, then member */
} Applied;

static void take_notice(const Applied *applied, unsigned record)
{
    const Assembly *assembly = applied->assembly;
    const PostRecord *notice = &assembly->records[record];
    const int answered = assembly->answers[record];

    if (answered != ASSEMBLY_NONE)
        note_applied(assembly, record, (unsigned)answered,
                     applied->flags[assembly->set_of[answered]]);
    for (unsigned i = 0; i < notice->extra_count; i++) {
        const int named =
            assembly_find(assembly, notice->extra_links[i], (int)record);
        const int set =
            named == ASSEMBLY_NONE ? ASSEMBLY_NONE : assembly->set_of[named];

        if (set != ASSEMBLY_NONE && named != answered)
            note_applied(assembly, record, (unsigned)named,
                         applied->flags[set]);
    }
}

/* Told before by whoever took it, a set needs no pull. */
static void take_pull(const Applied *applied, const PulledPatch *patch)
{
    const Assembly *assembly = applied->assembly;
    const int index = assembly->set_of[patch->member];
    AssemblySet *set = assembly_set(assembly, index);
    const AssemblySet *pull =
        assembly_set(assembly, assembly->set_of[patch->pull]);

    if (!set->is_told_aside) /* by a pull request that was pulled */
        set->pull = (int)patch->pull;
    if (set->applied != ASSEMBLY_NONE || pull->applied == ASSEMBLY_NONE)
        return;
    part_flags_add(set, patch->member, applied->flags[index]);
    if (!set->is_complete ||
        part_flags_count(set, applied->flags[index]) < set->seen)
        return;
    set->applied = pull->applied;
    set->is_told_aside = true;
}

/* Where pull requests begin -> 1 + the earliest record that does. */
static GHashTable *index_bases(const Assembly *assembly)
{
    GHashTable *bases = g_hash_table_new(g_int64_hash, g_int64_equal);

    for (unsigned i = assembly->count; i-- > 0;) {
        const uint64_t *base = &assembly->records[i].base_link;

        if (*base != 0 && assembly->kinds[i] == POST_PULL)
            g_hash_table_insert(bases, (gpointer)(uintptr_t)base,
                                GUINT_TO_POINTER(i + 1));
    }
    return bases;
}

/* Who pulls what begins at the end of an earlier request, pulls that, too:
 * nobody answers it any more. */
static void take_later_pulls(const Applied *applied)
{
    const Assembly *assembly = applied->assembly;
    g_autoptr(GHashTable) bases = index_bases(assembly);

    for (unsigned i = assembly->sets->len; i-- > 0;) {
        AssemblySet *set = assembly_set(assembly, (int)i);
        const uint64_t *tip = &assembly->records[set->head].tip_link;
        const unsigned later =
            *tip == 0 ? 0 : GPOINTER_TO_UINT(g_hash_table_lookup(bases, tip));
        const AssemblySet *next;

        if (later <= set->head + 1 || set->applied != ASSEMBLY_NONE ||
            !assembly_is_same_person(assembly, set->head, later - 1))
            continue;
        next = assembly_set(assembly, assembly->set_of[later - 1]);
        set->applied = next->applied;
        set->is_told_aside = next->applied != ASSEMBLY_NONE;
        set->is_repeated = true;
    }
}

static void take_pulls(const Applied *applied)
{
    g_autoptr(GArray) pulled = pulled_find(applied->assembly);

    for (unsigned i = 0; i < pulled->len; i++)
        take_pull(applied, &g_array_index(pulled, PulledPatch, i));
}

/* Whoever sends a patch again unchanged, asks for this one to be applied; the
 * answer may go to either. */
static bool is_same_posting(const AssemblySet *set, const AssemblySet *older)
{
    return set->is_same_as_older && older->version == set->version &&
           older->minor == set->minor && set->members->len == 1 &&
           older->members->len == 1;
}

static void take_resends(const Applied *applied)
{
    const Assembly *assembly = applied->assembly;

    for (unsigned i = 0; i < assembly->sets->len; i++) {
        AssemblySet *set = assembly_set(assembly, (int)i);
        const AssemblySet *older = assembly_set(assembly, set->older);

        if (older == NULL || set->applied != ASSEMBLY_NONE ||
            older->applied <= (int)set->head || !is_same_posting(set, older))
            continue;
        set->applied = older->applied;
        set->is_told_aside = true;
    }
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

static void finish_sets(const Applied *applied)
{
    const Assembly *assembly = applied->assembly;

    for (unsigned i = 0; i < assembly->sets->len; i++) {
        AssemblySet *set = assembly_set(assembly, (int)i);

        set->applied_parts = set->applied != ASSEMBLY_NONE
                                 ? set->seen
                                 : part_flags_count(set, applied->flags[i]) +
                                       count_absent(assembly, set);
    }
}

bool **applied_find_notices(Assembly *assembly)
{
    const Applied applied = { assembly, part_flags_new(assembly) };

    for (unsigned i = 0; i < assembly->count; i++) {
        const int answered = assembly->answers[i];

        if (assembly->kinds[i] == POST_NOTICE)
            take_notice(&applied, i);
        else if (answered != ASSEMBLY_NONE &&
                 assembly->records[i].notice == PATCH_NOTICE_WITHDRAWN)
            take_back(assembly, i, (unsigned)answered,
                      applied.flags[assembly->set_of[answered]]);
    }
    return applied.flags;
}

void applied_find(Assembly *assembly, bool **flags)
{
    const Applied applied = { assembly, flags };

    take_later_pulls(&applied);
    take_pulls(&applied);
    take_resends(&applied);
    finish_sets(&applied);
    part_flags_free(assembly, flags);
}
