/* SPDX-License-Identifier: MIT */
#include "sets/sets.h"

#include "base/banned.h"

/* A walk up a thread ends here: nobody answers through so many mails, but a
 * hostile thread may be as long as the archive. */
enum { STEPS_MAX = 512 };

static void set_free(gpointer data)
{
    PatchSet *set = data;

    g_array_unref(set->members);
    g_array_unref(set->notices);
    g_free(set);
}

static int *nones(unsigned count)
{
    int *indexes = g_new(int, (size_t)count + 1);

    for (unsigned i = 0; i < count; i++)
        indexes[i] = SETS_NONE;
    return indexes;
}

Sets *sets_new_empty(const PostRecord *records, unsigned count,
                     const People *people, SubjectCache *subjects)
{
    Sets *sets = g_new0(Sets, 1);
    const size_t size = (size_t)count + 1;

    sets->records = records;
    sets->count = count;
    sets->people = people;
    sets->owns_subjects = subjects == NULL;
    sets->all_subjects = subjects != NULL ? subjects : subject_cache_new(NULL);
    sets->kinds = g_new0(PostKind, size);
    sets->speakers = g_new0(uint32_t, size);
    sets->subjects = g_new0(const PatchSubject *, size);
    sets->depths = g_new0(unsigned, size);
    sets->threads = g_new0(unsigned, size);
    sets->parents = nones(count);
    sets->set_of = nones(count);
    sets->answers = nones(count);
    sets->next_of_link = nones(count);
    sets->by_link = map_new(NULL);
    map_reserve(sets->by_link, count);
    sets->all = g_ptr_array_new_with_free_func(set_free);
    sets->ties = g_array_new(FALSE, FALSE, sizeof(SetTie));
    return sets;
}

void sets_free(Sets *sets)
{
    if (sets == NULL)
        return;
    if (sets->owns_subjects)
        subject_cache_free(sets->all_subjects);
    g_free(sets->kinds);
    g_free(sets->speakers);
    g_free(sets->subjects);
    g_free(sets->depths);
    g_free(sets->threads);
    g_free(sets->parents);
    g_free(sets->set_of);
    g_free(sets->answers);
    g_free(sets->next_of_link);
    map_free(sets->by_link);
    g_ptr_array_unref(sets->all);
    g_array_unref(sets->ties);
    g_free(sets);
}

const PatchSubject *sets_subject(Sets *sets, unsigned record)
{
    if (sets->subjects[record] == NULL)
        sets->subjects[record] =
            subject_cache_get(sets->all_subjects, &sets->records[record]);
    return sets->subjects[record];
}

uint64_t sets_title(const Sets *sets, unsigned record)
{
    return subject_cache_title(sets->all_subjects, &sets->records[record]);
}

int sets_first_patch(const PatchSet *set)
{
    for (unsigned i = 0; i < set->members->len; i++) {
        const SetMember *member = &g_array_index(set->members, SetMember, i);

        if (member->number > 0)
            return member->number == 1 ? (int)member->record : SETS_NONE;
    }
    return SETS_NONE;
}

PatchSet *sets_get(const Sets *sets, int set)
{
    return set == SETS_NONE ? NULL : sets->all->pdata[set];
}

int sets_find(const Sets *sets, uint64_t link, int except)
{
    int found = SETS_NONE;

    if (link == 0)
        return SETS_NONE;
    for (int i = GPOINTER_TO_INT(map_get(sets->by_link, link)) - 1;
         i != SETS_NONE; i = sets->next_of_link[i]) {
        if (i == except)
            continue;
        if (sets_is_part(sets, (unsigned)i))
            return i;
        if (found == SETS_NONE)
            found = i;
    }
    return found;
}

bool sets_is_part(const Sets *sets, unsigned record)
{
    return post_kind_is_part(sets->kinds[record]);
}

bool sets_is_same_person(const Sets *sets, unsigned one, unsigned other)
{
    const uint32_t speaker = sets->speakers[one];
    const uint32_t author =
        people_person(sets->people, sets->records[one].author);

    return (speaker != 0 && speaker == sets->speakers[other]) ||
           (author != 0 &&
            author == people_person(sets->people, sets->records[other].author));
}

int sets_member_above(const Sets *sets, unsigned record)
{
    int above = sets->parents[record];

    for (unsigned step = 0; above != SETS_NONE && step < STEPS_MAX; step++) {
        if (sets->set_of[above] != SETS_NONE)
            return above;
        above = sets->parents[above];
    }
    return SETS_NONE;
}

void sets_spread_ties(const Sets *sets, bool *marks)
{
    bool has_more = true;

    while (has_more) {
        has_more = false;
        for (unsigned i = 0; i < sets->ties->len; i++) {
            const SetTie *tie = &g_array_index(sets->ties, SetTie, i);

            if (marks[tie->older] == marks[tie->newer])
                continue;
            marks[tie->older] = marks[tie->newer] = true;
            has_more = true;
        }
    }
}
