/* SPDX-License-Identifier: MIT */
#include "sets/assembly.h"

#include "base/banned.h"

/* A walk up a thread ends here: nobody answers through so many mails, but a
 * hostile thread may be as long as the archive. */
enum { STEPS_MAX = 512 };

static void set_free(gpointer data)
{
    AssemblySet *set = data;

    g_array_unref(set->members);
    g_array_unref(set->notices);
    g_free(set);
}

static int *nones(unsigned count)
{
    int *indexes = g_new(int, (size_t)count + 1);

    for (unsigned i = 0; i < count; i++)
        indexes[i] = ASSEMBLY_NONE;
    return indexes;
}

Assembly *assembly_new_empty(const PostRecord *records, unsigned count,
                             const Crowd *crowd, Subjects *subjects)
{
    Assembly *assembly = g_new0(Assembly, 1);
    const size_t size = (size_t)count + 1;

    assembly->records = records;
    assembly->count = count;
    assembly->crowd = crowd;
    assembly->owns_subjects = subjects == NULL;
    assembly->all_subjects = subjects != NULL ? subjects : subjects_new(NULL);
    assembly->kinds = g_new0(PostKind, size);
    assembly->speakers = g_new0(uint32_t, size);
    assembly->subjects = g_new0(const PatchSubject *, size);
    assembly->depths = g_new0(unsigned, size);
    assembly->threads = g_new0(unsigned, size);
    assembly->parents = nones(count);
    assembly->set_of = nones(count);
    assembly->answers = nones(count);
    assembly->next_of_link = nones(count);
    assembly->by_link = g_hash_table_new(g_int64_hash, g_int64_equal);
    assembly->sets = g_ptr_array_new_with_free_func(set_free);
    return assembly;
}

void assembly_free(Assembly *assembly)
{
    if (assembly == NULL)
        return;
    if (assembly->owns_subjects)
        subjects_free(assembly->all_subjects);
    g_free(assembly->kinds);
    g_free(assembly->speakers);
    g_free(assembly->subjects);
    g_free(assembly->depths);
    g_free(assembly->threads);
    g_free(assembly->parents);
    g_free(assembly->set_of);
    g_free(assembly->answers);
    g_free(assembly->next_of_link);
    g_hash_table_unref(assembly->by_link);
    g_ptr_array_unref(assembly->sets);
    g_free(assembly);
}

const PatchSubject *assembly_subject(Assembly *assembly, unsigned record)
{
    if (assembly->subjects[record] == NULL)
        assembly->subjects[record] =
            subjects_of(assembly->all_subjects, &assembly->records[record]);
    return assembly->subjects[record];
}

uint64_t assembly_title(const Assembly *assembly, unsigned record)
{
    return subjects_title(assembly->all_subjects, &assembly->records[record]);
}

int assembly_first_patch(const AssemblySet *set)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const AssemblyMember *member =
            &g_array_index(set->members, AssemblyMember, i);

        if (member->number > 0)
            return member->number == 1 ? (int)member->record : ASSEMBLY_NONE;
    }
    return ASSEMBLY_NONE;
}

AssemblySet *assembly_set(const Assembly *assembly, int set)
{
    return set == ASSEMBLY_NONE ? NULL : assembly->sets->pdata[set];
}

int assembly_find(const Assembly *assembly, uint64_t link, int except)
{
    int found = ASSEMBLY_NONE;

    if (link == 0)
        return ASSEMBLY_NONE;
    for (int i =
             GPOINTER_TO_INT(g_hash_table_lookup(assembly->by_link, &link)) - 1;
         i != ASSEMBLY_NONE; i = assembly->next_of_link[i]) {
        if (i == except)
            continue;
        if (assembly_is_part(assembly, (unsigned)i))
            return i;
        if (found == ASSEMBLY_NONE)
            found = i;
    }
    return found;
}

bool assembly_is_part(const Assembly *assembly, unsigned record)
{
    return post_kind_is_part(assembly->kinds[record]);
}

bool assembly_is_same_person(const Assembly *assembly, unsigned one,
                             unsigned other)
{
    const uint32_t speaker = assembly->speakers[one];
    const uint32_t author =
        crowd_person(assembly->crowd, assembly->records[one].author);

    return (speaker != 0 && speaker == assembly->speakers[other]) ||
           (author != 0 &&
            author ==
                crowd_person(assembly->crowd, assembly->records[other].author));
}

int assembly_member_above(const Assembly *assembly, unsigned record)
{
    int above = assembly->parents[record];

    for (unsigned step = 0; above != ASSEMBLY_NONE && step < STEPS_MAX;
         step++) {
        if (assembly->set_of[above] != ASSEMBLY_NONE)
            return above;
        above = assembly->parents[above];
    }
    return ASSEMBLY_NONE;
}
