/* SPDX-License-Identifier: MIT */
#include "digest/touched.h"

#include "gather/gather_sets.h"
#include "sets/sets.h"

#include "base/banned.h"

/* All that may connect a post with others. */
enum {
    WISHES = GATHER_UP | GATHER_EDGE | GATHER_DOWN | GATHER_KIN |
             GATHER_SERIES | GATHER_NEAR | GATHER_TARGET | GATHER_REPLIES |
             GATHER_WHOLE,
    CHAIN_MAX = 1000,  /* may be damaged, never endless */
    LISTED_ROUNDS = 8, /* requests that go on from each other */
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

/* A request is repeated by one that begins where it ends. */
static void touch_requests_before(const Touching *touching, unsigned record)
{
    const Sets *sets = touching->sets;
    const uint64_t base = sets->records[record].base_link;

    for (unsigned i = 0; base != 0 && i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);

        if (set->is_pull && sets->records[set->head].tip_link == base)
            touch(touching, (int)i);
    }
}

static void touch_all(const Touching *touching)
{
    const Sets *sets = touching->sets;

    for (unsigned i = 0; i < sets->count; i++) {
        if (!touching->is_new[i])
            continue;
        touch(touching, sets->set_of[i]);
        touch_requests_before(touching, i);
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

/* --- the whole ---------------------------------------------------------- */

static Touching touching_of(const Sets *sets, const GArray *posts)
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
    return touching;
}

static void touching_clear(Touching *touching)
{
    g_clear_pointer(&touching->is_new, g_free);
    g_clear_pointer(&touching->is_touched, g_free);
}

/* What becomes of a pull request becomes of what it lists, which no digest of
 * an interval reads. Returns true if something is to be read yet. */
static bool want_listed(Gather *gather, const Touching *touching)
{
    const Sets *sets = touching->sets;
    bool has_more = false;

    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);
        const uint32_t post = sets->records[set->head].post;

        if (!touching->is_touched[i] || !set->is_pull ||
            (gather_wishes(gather, post) & GATHER_LISTED) != 0)
            continue;
        gather_post(gather, post, 0, GATHER_LISTED);
        has_more = true;
    }
    return has_more;
}

static bool tell_touched(Gather *gather, const GArray *posts, Touched *touched,
                         GError **error)
{
    for (unsigned i = 0;; i++) {
        g_autoptr(Sets) sets = gather_sets(gather, GATHER_INSIDE, 0, error);

        if (sets == NULL)
            return false;
        Touching touching = touching_of(sets, posts);
        const bool has_more =
            i < LISTED_ROUNDS && want_listed(gather, &touching);

        if (!has_more) {
            tell_threads(&touching, touched);
            tell_sets(&touching, touched);
        }
        touching_clear(&touching);
        if (!has_more)
            return true;
        if (!gather_run(gather, error))
            return false;
    }
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
        gather_post(gather, g_array_index(posts, uint32_t, i), GATHER_INSIDE,
                    WISHES);
    return gather_run(gather, error) &&
           tell_touched(gather, posts, touched, error);
}

/* --- names -------------------------------------------------------------- */

static GArray *numbers_between(uint32_t first, uint32_t last)
{
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (uint32_t number = first; number <= last && number != 0; number++)
        g_array_append_val(numbers, number);
    return numbers;
}

bool touched_names(Store *store, const char *list, uint32_t known,
                   uint32_t last, bool *is_renamed, GError **error)
{
    enum { FORMS = 2 };
    g_autoptr(GArray) added = numbers_between(known + 1, last);
    const uint32_t *numbers = (const uint32_t *)(void *)added->data;

    *is_renamed = false;
    if (added->len == 0)
        return true;
    g_autoptr(GArray) alike =
        store_people_alike(store, list, numbers, added->len, FORMS, error);
    if (alike == NULL)
        return false;
    g_autoptr(GArray) found = store_people(
        store, list, (const uint32_t *)(void *)alike->data, alike->len, error);
    for (unsigned i = 0; found != NULL && i < alike->len; i++) {
        const MailPerson *person = &g_array_index(found, MailPerson, i);

        *is_renamed =
            *is_renamed || (*person->name == '\0' && *person->address != '\0' &&
                            g_array_index(alike, uint32_t, i) <= known);
    }
    return found != NULL;
}

void touched_clear(Touched *touched)
{
    g_clear_pointer(&touched->arrivals, g_array_unref);
    g_clear_pointer(&touched->sets, g_ptr_array_unref);
}
