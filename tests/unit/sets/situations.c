/* SPDX-License-Identifier: MIT */
#include "tests/unit/sets/situations.h"

#include "sets/build.h"
#include "sets/sets.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/sets/posts.h"

enum { ORDERS = 12 };

static const char *id_of(const Sets *sets, int record)
{
    return sets->records[record].message_id;
}

static void describe_set(const Sets *sets, const PatchSet *set, GString *out)
{
    g_string_append_printf(out, "v%u %u/%u:", set->version, set->seen,
                           set->total);
    for (unsigned i = 0; i < set->members->len; i++)
        g_string_append_printf(
            out, " %s",
            id_of(sets, (int)g_array_index(set->members, SetMember, i).record));
    if (set->is_pull)
        g_string_append(out, " pull");
    if (!set->is_complete)
        g_string_append(out, " incomplete");
    if (set->older != SETS_NONE)
        g_string_append_printf(
            out, " older=%s%s",
            id_of(sets, (int)sets_get(sets, set->older)->head),
            set->is_same_as_older ? " same" : "");
    if (set->reviewed > 0)
        g_string_append_printf(out, " reviewed=%u", set->reviewed);
    if (set->first_answer != SETS_NONE)
        g_string_append_printf(out, " answer=%s",
                               id_of(sets, set->first_answer));
    if (set->first_review != SETS_NONE)
        g_string_append_printf(out, " review=%s",
                               id_of(sets, set->first_review));
    if (set->applied != SETS_NONE)
        g_string_append_printf(out, " applied=%s", id_of(sets, set->applied));
    else if (set->applied_parts > 0)
        g_string_append_printf(out, " applied_parts=%u", set->applied_parts);
    if (set->pull != SETS_NONE)
        g_string_append_printf(out, " pull=%s", id_of(sets, set->pull));
    g_string_append_c(out, '\n');
}

/* whatever the situation is. */
static void assert_mutual(const Sets *sets)
{
    for (int i = 0; i < (int)sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, i);

        if (set->older != SETS_NONE)
            assert_int_equal(sets_get(sets, set->older)->newer, i);
        if (set->newer != SETS_NONE)
            assert_int_equal(sets_get(sets, set->newer)->older, i);
    }
}

char *situations_describe(const char *lines, unsigned seed, Identity *identity)
{
    g_autoptr(Posts) posts = posts_new(lines, seed, identity);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)posts->records->data,
                   posts->records->len, posts->people, NULL);
    GString *out = g_string_new(NULL);

    assert_mutual(sets);
    for (unsigned i = 0; i < sets->all->len; i++)
        describe_set(sets, sets_get(sets, (int)i), out);
    return g_string_free(out, FALSE);
}

void situations_check_with(const Situation *situations, size_t count,
                           Identity *identity)
{
    for (size_t i = 0; i < count; i++) {
        for (unsigned seed = 0; seed < ORDERS; seed++) {
            g_autofree char *found =
                situations_describe(situations[i].posts, seed, identity);

            if (strcmp(found, situations[i].sets) != 0)
                fail_msg("%s (order %u):\n%swanted:\n%s", situations[i].name,
                         seed, found, situations[i].sets);
        }
    }
}

void situations_check(const Situation *situations, size_t count)
{
    situations_check_with(situations, count, NULL);
}
