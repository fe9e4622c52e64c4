/* SPDX-License-Identifier: MIT */
#include "digest/touched.h"

#include "gather/gather_sets.h"
#include "sets/sets.h"

#include "base/banned.h"

/* All that may connect a post with others. */
enum {
    WANTS = GATHER_INSIDE | GATHER_UP | GATHER_EDGE | GATHER_DOWN | GATHER_KIN |
            GATHER_SERIES | GATHER_NEAR | GATHER_TARGET | GATHER_ANSWERS |
            GATHER_WHOLE,
    CHAIN_MAX = 1000, /* may be damaged, never endless */
};

typedef struct Touching {
    const Sets *sets;
    bool *is_new;     /* by record */
    bool *is_touched; /* by set */
} Touching;

static void touch(const Touching *touching, int set)
{
    const Sets *sets = touching->sets;

    if (set == SETS_NONE || touching->is_touched[set])
        return;
    touching->is_touched[set] = true;
    for (int at = sets_get(sets, set)->older, i = 0;
         at != SETS_NONE && i < CHAIN_MAX; at = sets_get(sets, at)->older, i++)
        touching->is_touched[at] = true;
    for (int at = sets_get(sets, set)->newer, i = 0;
         at != SETS_NONE && i < CHAIN_MAX; at = sets_get(sets, at)->newer, i++)
        touching->is_touched[at] = true;
}

static bool is_new(const Touching *touching, int record)
{
    return record != SETS_NONE && touching->is_new[record];
}

/* Does a new post decide what became of the set. */
static bool is_decided_anew(const Touching *touching, const PatchSet *set)
{
    for (unsigned i = 0; i < set->notices->len; i++) {
        if (touching->is_new[g_array_index(set->notices, unsigned, i)])
            return true;
    }
    return is_new(touching, set->applied) || is_new(touching, set->pull) ||
           is_new(touching, set->withdrawn);
}

static void touch_all(const Touching *touching)
{
    const Sets *sets = touching->sets;

    for (unsigned i = 0; i < sets->count; i++) {
        if (!touching->is_new[i])
            continue;
        touch(touching, sets->set_of[i]);
        if (sets->answers[i] != SETS_NONE)
            touch(touching, sets->set_of[sets->answers[i]]);
    }
    for (unsigned i = 0; i < sets->all->len; i++) {
        if (is_decided_anew(touching, sets_get(sets, (int)i)))
            touch(touching, (int)i);
    }
    /* A new set may come between two others, or take the place of one. */
    sets_spread_ties(sets, touching->is_touched);
}

/* --- when that was told ------------------------------------------------- */

static void tell_record(const Touching *touching, unsigned record,
                        Touched *touched)
{
    g_array_append_val(touched->arrivals,
                       touching->sets->records[record].arrival_ms);
}

/* Of a thread all posts: who began it, who is new in it, how busy it is. */
static void tell_threads(const Touching *touching, Touched *touched)
{
    const Sets *sets = touching->sets;
    g_autofree bool *is_touched = g_new0(bool, (size_t)sets->count + 1);

    for (unsigned i = 0; i < sets->count; i++)
        is_touched[sets->threads[i]] |= touching->is_new[i];
    for (unsigned i = 0; i < sets->count; i++) {
        if (is_touched[sets->threads[i]])
            tell_record(touching, i, touched);
    }
}

static void tell_sets(const Touching *touching, Touched *touched)
{
    const Sets *sets = touching->sets;

    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);

        if (!touching->is_touched[i])
            continue;
        for (unsigned j = 0; j < set->members->len; j++)
            tell_record(touching,
                        g_array_index(set->members, SetMember, j).record,
                        touched);
        for (unsigned j = 0; j < set->notices->len; j++)
            tell_record(touching, g_array_index(set->notices, unsigned, j),
                        touched);
        g_ptr_array_add(touched->sets,
                        g_strdup(sets->records[set->head].message_id));
    }
}

static void tell(const Sets *sets, const GArray *posts, Touched *touched)
{
    const Touching touching = {
        .sets = sets,
        .is_new = g_new0(bool, (size_t)sets->count + 1),
        .is_touched = g_new0(bool, (size_t)sets->all->len + 1),
    };
    g_autoptr(GHashTable) new_posts = g_hash_table_new(NULL, NULL);

    for (unsigned i = 0; i < posts->len; i++)
        g_hash_table_add(new_posts,
                         GUINT_TO_POINTER(g_array_index(posts, uint32_t, i)));
    for (unsigned i = 0; i < sets->count; i++)
        touching.is_new[i] = g_hash_table_contains(
            new_posts, GUINT_TO_POINTER(sets->records[i].post));
    touch_all(&touching);
    tell_threads(&touching, touched);
    tell_sets(&touching, touched);
    g_free(touching.is_new);
    g_free(touching.is_touched);
}

bool touched_find(Store *store, const char *list, const char *prefix,
                  const Identity *identity, const GArray *posts,
                  Touched *touched, GError **error)
{
    g_autoptr(People) people = people_new(identity);
    g_autoptr(Gather) gather = gather_new(store, list, prefix, people);

    touched->arrivals = g_array_new(FALSE, FALSE, sizeof(int64_t));
    touched->sets = g_ptr_array_new_with_free_func(g_free);
    for (unsigned i = 0; i < posts->len; i++)
        gather_post(gather, g_array_index(posts, uint32_t, i), WANTS);
    if (!gather_run(gather, error))
        return false;

    g_autoptr(Sets) sets = gather_sets(gather, GATHER_INSIDE, error);

    if (sets == NULL)
        return false;
    tell(sets, posts, touched);
    return true;
}

void touched_clear(Touched *touched)
{
    g_clear_pointer(&touched->arrivals, g_array_unref);
    g_clear_pointer(&touched->sets, g_ptr_array_unref);
}
