/* SPDX-License-Identifier: MIT */
#include "sets/part_flags.h"

#include "base/banned.h"

bool **part_flags_new(const Sets *sets)
{
    bool **flags = g_new0(bool *, (size_t)sets->all->len + 1);
    size_t length = 0;

    for (unsigned i = 0; i < sets->all->len; i++)
        length += sets_get(sets, (int)i)->members->len;
    flags[0] = g_new0(bool, length + 1);
    for (unsigned i = 1; i < sets->all->len; i++)
        flags[i] = flags[i - 1] + sets_get(sets, (int)i - 1)->members->len;
    return flags;
}

void part_flags_free(bool **flags)
{
    g_free(flags[0]);
    g_free(flags);
}

/* 0: what is said of it is said of all. */
static unsigned number_of(const PatchSet *set, unsigned record)
{
    unsigned number = 0;

    if (set->is_bundle)
        return 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if (member->record == record)
            number = member->number;
    }
    return number;
}

void part_flags_add(const PatchSet *set, unsigned record, bool *flags)
{
    const unsigned number = number_of(set, record);

    for (unsigned i = 0; i < set->members->len; i++)
        flags[i] = flags[i] || number == 0 ||
                   g_array_index(set->members, SetMember, i).number == number;
}

void part_flags_add_others(const PatchSet *set, unsigned record, bool *flags)
{
    const unsigned number = number_of(set, record);

    for (unsigned i = 0; i < set->members->len; i++)
        flags[i] = flags[i] ||
                   g_array_index(set->members, SetMember, i).number != number;
}

void part_flags_add_extent(const PatchSet *set, uint64_t extent, bool *flags)
{
    for (unsigned i = 0; i < set->members->len; i++)
        flags[i] =
            flags[i] ||
            patch_extent_has(extent,
                             g_array_index(set->members, SetMember, i).number);
}

void part_flags_add_all(const PatchSet *set, bool *flags)
{
    for (unsigned i = 0; i < set->members->len; i++)
        flags[i] = true;
}

unsigned part_flags_count(const PatchSet *set, const bool *flags)
{
    unsigned count = 0, before = 0;

    for (unsigned i = 0; i < set->members->len; i++) {
        const unsigned number =
            g_array_index(set->members, SetMember, i).number;

        if (number == 0 || number == before || !flags[i])
            continue;
        before = number;
        count++;
    }
    return count;
}
