/* SPDX-License-Identifier: MIT */
#include "digest/newcomers.h"

#include "digest/present_people.h"
#include "digest/totals.h"
#include "gather/gather_sets.h"

#include "base/banned.h"

/* --- who is new ------------------------------------------------------- */

/* For each person two times, by any of the addresses known: of the first post
 * that was sent, and of the first that was sent or written, as a patch that
 * another may have sent. */
static GArray *first_posts(const Loading *loading, const GArray *people,
                           GError **error)
{
    g_autoptr(GArray) numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    GArray *firsts = g_array_new(FALSE, FALSE, sizeof(int64_t));
    unsigned at = 0;

    for (unsigned i = 0; i < people->len; i++) {
        const GArray *own =
            people_numbers(loading->people, g_array_index(people, uint32_t, i));

        g_array_append_vals(numbers, own->data, own->len);
    }

    g_autoptr(GArray) found = store_firsts(
        loading->store, loading->request->list,
        (const uint32_t *)(void *)numbers->data, numbers->len, error);

    if (found == NULL) {
        g_array_unref(firsts);
        return NULL;
    }
    for (unsigned i = 0; i < people->len; i++) {
        const GArray *own =
            people_numbers(loading->people, g_array_index(people, uint32_t, i));
        int64_t first[2] = { INT64_MAX, INT64_MAX };

        for (unsigned j = 0; own != NULL && j < own->len; j++, at++) {
            first[0] = MIN(first[0], g_array_index(found, int64_t, 2 * at));
            first[1] = MIN(first[1], g_array_index(found, int64_t, 2 * at + 1));
        }
        first[1] = MIN(first[0], first[1]);
        g_array_append_vals(firsts, first, 2);
    }
    return firsts;
}

/* The addresses that the mailmap knows a person by, beside those of the rows.
 */
static GPtrArray *other_addresses(const Loading *loading, const GArray *people)
{
    GPtrArray *addresses = g_ptr_array_new();

    for (unsigned i = 0; i < people->len; i++) {
        const char *address =
            people_address(loading->people, g_array_index(people, uint32_t, i));
        const GPtrArray *aliases =
            loading->request->identity == NULL
                ? NULL
                : identity_aliases(loading->request->identity, address);

        g_ptr_array_add(addresses, (gpointer)(uintptr_t)address);
        for (unsigned j = 0; aliases != NULL && j < aliases->len; j++)
            g_ptr_array_add(addresses, aliases->pdata[j]);
    }
    return addresses;
}

/* Somebody may have written before, only from another address: so all of them
 * join the people before it is asked who is new. */
static bool learn_aliases(const Loading *loading, const GArray *people,
                          GError **error)
{
    g_autoptr(GPtrArray) addresses =
        loading->request->identity == NULL && !loading_is_of_several(loading)
            ? g_ptr_array_new()
            : other_addresses(loading, people);

    if (addresses->len <= people->len && !loading_is_of_several(loading))
        return true;

    g_autoptr(GArray) numbers = store_people_of(
        loading->store, loading->request->list,
        (const char *const *)addresses->pdata, addresses->len, error);

    return numbers != NULL &&
           gather_people(loading->store, loading->request->list,
                         loading->people, numbers, error);
}

/* When a person posted first; firsts: as first_posts says. Who never sent
 * anything speaks through a relay; then what was written tells. What an older
 * program counted may know neither: nobody posted before the list's first
 * post. */
static int64_t first_of(const Loading *loading, const int64_t firsts[2],
                        int64_t from_ms)
{
    if (firsts[0] < INT64_MAX)
        return firsts[0];
    if (firsts[1] < INT64_MAX)
        return firsts[1];
    return loading->list_first_ms >= from_ms ? from_ms : INT64_MAX;
}

/* People (uint32_t) of the rows whose first post is among them. */
static GArray *find_newcomers(const Loading *loading, const GArray *rows,
                              int64_t from_ms, GError **error)
{
    g_autoptr(GArray) senders =
        totals_senders(loading->people, loading_rows(rows), rows->len);
    g_autoptr(GArray) firsts = NULL;
    GArray *newcomers;

    if (!learn_aliases(loading, senders, error))
        return NULL;
    firsts = first_posts(loading, senders, error);
    if (firsts == NULL)
        return NULL;
    newcomers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    for (unsigned i = 0; i < senders->len; i++) {
        const uint32_t person = g_array_index(senders, uint32_t, i);
        const int64_t first_ms =
            first_of(loading, &g_array_index(firsts, int64_t, 2 * i), from_ms);

        if (first_ms >= from_ms && first_ms < INT64_MAX &&
            !people_person_is_bot(loading->people, person))
            g_array_append_val(newcomers, person);
    }
    return newcomers;
}

bool newcomers_load(Loading *loading, GError **error)
{
    const GArray *rows = loading->span.rows;

    if (!loading_shows(loading, SECTION_TOTALS | SECTION_NEWCOMERS) ||
        rows->len == 0)
        return true;
    loading->newcomers =
        find_newcomers(loading, rows, loading_first_arrival(loading), error);
    if (loading->newcomers == NULL)
        return false;
    loading->is_new = g_hash_table_new(NULL, NULL);
    for (unsigned i = 0; i < loading->newcomers->len; i++)
        g_hash_table_add(
            loading->is_new,
            GUINT_TO_POINTER(g_array_index(loading->newcomers, uint32_t, i)));
    return true;
}

uint64_t newcomers_count(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    g_autoptr(GArray) senders =
        totals_senders(loading->people, loading_rows(rows), rows->len);
    uint64_t count = 0;

    for (unsigned i = 0; loading->is_new != NULL && i < senders->len; i++)
        count += g_hash_table_contains(
            loading->is_new,
            GUINT_TO_POINTER(g_array_index(senders, uint32_t, i)));
    return count;
}

/* --- their first posts ------------------------------------------------ */

void newcomers_want(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    const GArray *newcomers = loading->newcomers;
    g_autofree int64_t *firsts =
        g_new0(int64_t, (size_t)people_size(loading->people) + 1);

    for (unsigned i = 0; i < newcomers->len; i++)
        firsts[g_array_index(newcomers, uint32_t, i)] = INT64_MAX;
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &loading_rows(rows)[i];
        int64_t *first =
            &firsts[people_speaker(loading->people, row->sender, row->author)];

        if (*first < row->arrival_ms)
            continue;
        *first = row->arrival_ms;
        gather_post(loading->gather, row->post, GATHER_INSIDE | GATHER_FIRST,
                    GATHER_REPLIES);
    }
}

/* Who a newcomer is: of a patch its author, whoever passed it on. */
static uint32_t newcomer_of(const Presenter *presenter, unsigned record)
{
    const Sets *sets = presenter->sets;

    return sets_is_part(sets, record)
               ? people_person(sets->people, sets->records[record].author)
               : sets->speakers[record];
}

/* The records of the newcomers' first posts: each person's earliest. */
static GArray *newcomers_posts(const Loading *loading,
                               const Presenter *presenter)
{
    const Sets *sets = presenter->sets;
    GArray *posts = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autofree bool *is_told =
        g_new0(bool, (size_t)people_size(loading->people) + 1);

    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = &sets->records[i];
        const uint32_t sender =
            people_speaker(loading->people, record->sender, record->author);
        const uint32_t newcomer = newcomer_of(presenter, i);

        if ((gather_labels(loading->gather, record->post) & GATHER_FIRST) ==
                0 ||
            !presenter->is_inside[i] || is_told[sender] || is_told[newcomer])
            continue;
        is_told[sender] = is_told[newcomer] = true;
        g_array_append_val(posts, i);
    }
    return posts;
}

bool newcomers_tell(const Loading *loading, const Presenter *presenter,
                    GError **error)
{
    g_autoptr(GArray) posts = newcomers_posts(loading, presenter);
    g_autoptr(GArray) people = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) firsts = NULL;
    unsigned kept = 0;

    for (unsigned i = 0; i < posts->len; i++) {
        const uint32_t person =
            newcomer_of(presenter, g_array_index(posts, unsigned, i));

        g_array_append_val(people, person);
    }
    firsts = first_posts(loading, people, error);
    if (firsts == NULL)
        return false;
    for (unsigned i = 0; i < posts->len; i++) {
        const unsigned post = g_array_index(posts, unsigned, i);

        if (g_array_index(firsts, int64_t, 2 * i + 1) >=
            loading_first_arrival(loading))
            g_array_index(posts, unsigned, kept++) = post;
    }
    g_array_set_size(posts, kept);
    present_newcomers(presenter, posts, loading->digest->newcomers);
    return true;
}
