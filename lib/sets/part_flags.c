/* SPDX-License-Identifier: MIT */
#include "sets/part_flags.h"

#include "base/banned.h"

bool **part_flags_new(const Assembly *assembly)
{
    bool **flags = g_new0(bool *, (size_t)assembly->sets->len + 1);

    for (unsigned i = 0; i < assembly->sets->len; i++)
        flags[i] = g_new0(bool, assembly_set(assembly, (int)i)->members->len);
    return flags;
}

void part_flags_free(const Assembly *assembly, bool **flags)
{
    for (unsigned i = 0; i < assembly->sets->len; i++)
        g_free(flags[i]);
    g_free(flags);
}

void part_flags_add(const AssemblySet *set, unsigned record, bool *flags)
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

unsigned part_flags_count(const AssemblySet *set, const bool *flags)
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
