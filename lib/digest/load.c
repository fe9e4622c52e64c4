/* SPDX-License-Identifier: MIT */
#include "digest/load.h"

#include "activity/link.h"
#include "base/gap.h"
#include "base/text.h"
#include "digest/classic_data.h"
#include "digest/compare.h"
#include "digest/copies.h"
#include "digest/detailing.h"
#include "digest/ends.h"
#include "digest/measures.h"
#include "digest/periods.h"
#include "digest/present.h"
#include "digest/tally.h"
#include "gather/gather.h"
#include "gather/gather_sets.h"
#include "gather/interval_rows.h"
#include "sets/build.h"
#include "sets/sets.h"

#include <string.h>

#include "base/banned.h"

/* Patches whose sets are put together for a number alone. */
enum { PARTS_COUNTED_MAX = 4000 };

/* See want_window. */
enum { WINDOW_ROWS_MAX = 5000 };
static const int64_t WINDOW_BEFORE_MS = INT64_C(2) * 24 * 3600 * 1000;
static const int64_t WINDOW_AFTER_MS = INT64_C(31) * 24 * 3600 * 1000;

static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;

/* Of a list that was heard first so shortly before, nobody knows who is new. */
static const int64_t YOUNG_MS = INT64_C(14) * 24 * 3600 * 1000;

/* Sections that tell of patch sets, not only how many there are. */
enum {
    SETS_SHOWN = SECTION_PATCHES | SECTION_SUPERSEDED | SECTION_APPLIED |
                 SECTION_WAITING | SECTION_ENTRIES,
    ALL_POSTS_SHOWN = SECTION_APPLIED | SECTION_REVIEWERS | SECTION_THREADS |
                      SECTION_UNANSWERED,
};

typedef struct Loading {
    Store *store;
    const DigestRequest *request;
    IntervalRows span;
    GArray *newcomers;   /* uint32_t persons; NULL: not asked for */
    GHashTable *is_new;  /* the same persons; NULL: not asked for */
    GArray *all_rows;    /* those of the interval, if a filter took some out */
    FilterResult passed; /* empty without a filter */
    Copies copies;       /* of several lists */
    People *people;
    Gather *gather;
    Sets *sets, *at_end; /* see assemble, assemble_end */
    Digest *digest;
    int64_t list_first_ms, list_last_ms; /* arrivals of the list's posts */
} Loading;

static void loading_clear(Loading *loading)
{
    interval_rows_clear(&loading->span);
    g_clear_pointer(&loading->at_end, sets_free);
    g_clear_pointer(&loading->sets, sets_free);
    g_clear_pointer(&loading->newcomers, g_array_unref);
    g_clear_pointer(&loading->is_new, g_hash_table_unref);
    g_clear_pointer(&loading->all_rows, g_array_unref);
    filter_result_clear(&loading->passed);
    copies_clear(&loading->copies);
    g_clear_pointer(&loading->gather, gather_free);
    g_clear_pointer(&loading->people, people_free);
    g_clear_pointer(&loading->digest, digest_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Loading, loading_clear)

static void loading_free(gpointer data)
{
    loading_clear(data);
    g_free(data);
}

/* Returns the digest, which keeps all that it was made from. */
static Digest *finish(Loading *loading)
{
    Digest *digest = g_steal_pointer(&loading->digest);

    digest->made_from = g_memdup2(loading, sizeof(*loading));
    digest->free_made_from = loading_free;
    *loading = (Loading){ .store = NULL };
    return digest;
}

static const PostRow *rows_of(const GArray *rows)
{
    return (const PostRow *)(void *)rows->data;
}

static const char *prefix_of(const Loading *loading)
{
    const char *prefix = loading->request->settings->prefix;

    return prefix == NULL || *prefix == '\0' ? NULL : prefix;
}

static bool is_filtered(const Loading *loading)
{
    return loading->request->filter != NULL;
}

static bool is_of_several(const Loading *loading)
{
    return loading->request->several != NULL;
}

/* All posts have to be looked at, whatever is shown of them. */
static bool needs_all(const Loading *loading)
{
    return is_filtered(loading) || is_of_several(loading);
}

/* Of what a post answers, all must be known to judge it. */
static bool asks_of_sets(const Loading *loading)
{
    const DigestFilter *filter = loading->request->filter;

    return filter != NULL &&
           (filter->open != NULL || filter->tag != NULL ||
            filter->paths != NULL || filter->state != FILTER_ANY);
}

static bool shows(const Loading *loading, unsigned sections)
{
    return (loading->request->sections & sections) != 0;
}

/* --- head lines ------------------------------------------------------- */

static unsigned top_of(const DigestRequest *request)
{
    return request->top > 0 ? request->top : request->settings->top;
}

static bool name_digest(Loading *loading, GError **error)
{
    const ListSettings *settings = loading->request->settings;
    const GArray *rows = loading->span.rows;
    Digest *digest = loading->digest;

    digest->list_id = g_strdup(loading->request->list);
    digest->list_name = g_strdup(settings->name);
    digest->list_title = g_strdup(settings->title);
    digest->timezone = g_strdup(settings->timezone);
    digest->top = top_of(loading->request);
    if (rows->len > 0) {
        digest->first_ms = rows_of(rows)[0].arrival_ms;
        digest->last_ms = rows_of(rows)[rows->len - 1].arrival_ms;
    }
    return digest_name_ends(loading->store, loading->request->list,
                            &loading->span, settings->timezone, digest, error);
}

static bool is_gap_of_ours(const Loading *loading, const Gap *gap)
{
    const ListSettings *const *list = loading->request->several;

    if (list == NULL)
        return gap_is_of_list(gap, loading->request->list);
    for (; *list != NULL; list++) {
        if (gap_is_of_list(gap, (*list)->id))
            return true;
    }
    return false;
}

static void add_gap(const Loading *loading, const char *value)
{
    const IntervalRows *span = &loading->span;
    Gap gap;

    if (!gap_read(value, &gap))
        return;
    if (is_gap_of_ours(loading, &gap) &&
        gap_touches(&gap, span->from_ms, span->until_ms)) {
        DigestGap *told = g_new0(DigestGap, 1);

        told->from_ms = gap.from_ms;
        told->until_ms = gap.until_ms;
        told->why = g_steal_pointer(&gap.why);
        g_ptr_array_add(loading->digest->gaps, told);
    }
    gap_clear(&gap);
}

static int compare_gaps(gconstpointer one, gconstpointer other)
{
    const DigestGap *left = *(const DigestGap *const *)one;
    const DigestGap *right = *(const DigestGap *const *)other;

    if (left->from_ms != right->from_ms)
        return left->from_ms < right->from_ms ? -1 : 1;
    if (left->until_ms != right->until_ms)
        return left->until_ms < right->until_ms ? -1 : 1;
    return strcmp(left->why, right->why);
}

static bool load_gaps(const Loading *loading, GError **error)
{
    g_autoptr(GHashTable) gaps = store_facts(loading->store, GAP_HASH, error);
    GHashTableIter iterator;
    gpointer value;

    if (gaps == NULL)
        return false;
    g_hash_table_iter_init(&iterator, gaps);
    while (g_hash_table_iter_next(&iterator, NULL, &value))
        add_gap(loading, value);
    g_ptr_array_sort(loading->digest->gaps, compare_gaps);
    return true;
}

static bool load_list(Loading *loading, GError **error)
{
    StoreListInfo *info =
        store_list_info(loading->store, loading->request->list, false, error);

    if (info == NULL)
        return false;
    loading->list_first_ms = info->first_ms;
    loading->list_last_ms = info->last_ms;
    loading->digest->newest_ms = info->last_ms;
    loading->digest->is_young =
        info->first_ms > loading->span.from_ms - YOUNG_MS;
    store_list_info_free(info);
    return true;
}

/* --- numbers ---------------------------------------------------------- */

static bool learn_rows(const Loading *loading, const GArray *rows,
                       GError **error)
{
    g_autoptr(GArray) numbers = tally_numbers(rows_of(rows), rows->len);

    return gather_people(loading->store, loading->request->list,
                         loading->people, numbers, error);
}

static void count_top_lists(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    const People *people = loading->people;
    const Identity *identity = loading->request->identity;
    Digest *digest = loading->digest;

    if (shows(loading, SECTION_DOMAINS))
        tally_domains(people, rows_of(rows), rows->len, digest->top,
                      digest->domains);
    if (shows(loading, SECTION_CONTRIBUTORS))
        tally_contributors(people, identity, rows_of(rows), rows->len,
                           digest->top, digest->contributors);
    if (shows(loading, SECTION_POSTERS))
        tally_posters(people, identity, rows_of(rows), rows->len, digest->top,
                      digest->posters);
    if (shows(loading, SECTION_ORGANISATIONS))
        tally_organisations(people, identity, rows_of(rows), rows->len,
                            digest->top, digest->organisations);
}

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
        loading->request->identity == NULL && !is_of_several(loading)
            ? g_ptr_array_new()
            : other_addresses(loading, people);

    if (addresses->len <= people->len && !is_of_several(loading))
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
        tally_senders(loading->people, rows_of(rows), rows->len);
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

static int64_t first_arrival(const Loading *loading)
{
    const GArray *rows =
        loading->all_rows != NULL ? loading->all_rows : loading->span.rows;

    return rows->len > 0 ? rows_of(rows)[0].arrival_ms : 0;
}

/* Who first wrote in the interval, of all its posts. */
static bool load_newcomers(Loading *loading, GError **error)
{
    const GArray *rows = loading->span.rows;

    if (!shows(loading, SECTION_TOTALS | SECTION_NEWCOMERS) || rows->len == 0)
        return true;
    loading->newcomers =
        find_newcomers(loading, rows, first_arrival(loading), error);
    if (loading->newcomers == NULL)
        return false;
    loading->is_new = g_hash_table_new(NULL, NULL);
    for (unsigned i = 0; i < loading->newcomers->len; i++)
        g_hash_table_add(
            loading->is_new,
            GUINT_TO_POINTER(g_array_index(loading->newcomers, uint32_t, i)));
    return true;
}

static uint64_t count_new_people(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    g_autoptr(GArray) senders =
        tally_senders(loading->people, rows_of(rows), rows->len);
    uint64_t count = 0;

    for (unsigned i = 0; loading->is_new != NULL && i < senders->len; i++)
        count += g_hash_table_contains(
            loading->is_new,
            GUINT_TO_POINTER(g_array_index(senders, uint32_t, i)));
    return count;
}

/* A duplicate has no record that a filter could ask. */
static bool count_totals(const Loading *loading, GError **error)
{
    const IntervalRows *span = &loading->span;
    DigestTotals *totals = &loading->digest->totals;

    tally_totals(loading->people, rows_of(span->rows), span->rows->len, totals);
    totals->new_people = count_new_people(loading);
    return is_filtered(loading) ||
           store_duplicates(loading->store, loading->request->list,
                            span->from_ms, span->until_ms, &totals->duplicates,
                            error);
}

/* Every day between the ends, as far as the list has posts and time has come:
 * an open interval of a list begins with its first post. */
static void count_days(const Loading *loading)
{
    const IntervalRows *span = &loading->span;
    const GArray *rows = span->rows;

    if (loading->list_last_ms == 0)
        return;

    const bool has_mark = span->to.post != 0 || span->until_ms == INT64_MAX;
    const int64_t end_ms =
        has_mark ? (rows->len > 0 ? rows_of(rows)[rows->len - 1].arrival_ms : 0)
                 : MIN(span->until_ms, loading->request->now_ms) - 1;

    tally_days(loading->people, rows_of(rows), rows->len,
               MAX(span->from_ms, loading->list_first_ms), end_ms,
               loading->digest->days);
    periods_fill(loading->digest);
}

static void count_hours(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    Digest *digest = loading->digest;

    tally_hours(rows_of(rows), rows->len, digest->timezone, digest->hours,
                digest->weekdays);
}

static bool count_numbers(const Loading *loading, GError **error)
{
    count_top_lists(loading);
    if (shows(loading, SECTION_TOTALS | SECTION_DAYS)) {
        count_days(loading);
        count_hours(loading);
    }
    return !shows(loading, SECTION_TOTALS) || count_totals(loading, error);
}

/* --- records ---------------------------------------------------------- */

/* What is wanted of a post of the interval; 0: nothing. */
static unsigned wants_of(const Loading *loading, PostKind kind)
{
    const unsigned whole = GATHER_DOWN | GATHER_KIN | GATHER_WHOLE;
    const unsigned parts =
        GATHER_INSIDE | GATHER_UP | GATHER_EDGE | GATHER_SERIES;

    if (post_kind_is_part(kind)) {
        if (shows(loading, SETS_SHOWN) || needs_all(loading))
            return parts | whole;
        return shows(loading, SECTION_TOTALS | ALL_POSTS_SHOWN) ? parts : 0;
    }
    if (!shows(loading, ALL_POSTS_SHOWN) && !needs_all(loading))
        return 0;
    if (asks_of_sets(loading) ||
        (kind == POST_NOTICE && shows(loading, SECTION_APPLIED)))
        return GATHER_INSIDE | GATHER_TARGET;
    return GATHER_INSIDE | GATHER_NEAR;
}

static PostKind kind_of(const Loading *loading, const PostRow *row)
{
    return people_kind(loading->people, row->sender, row->author, row->kind,
                       row->kind_of_bot);
}

static void want_rows(const Loading *loading)
{
    const GArray *rows = loading->span.rows;

    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &rows_of(rows)[i];
        const unsigned wants = wants_of(loading, kind_of(loading, row));

        if (wants != 0)
            gather_post(loading->gather, row->post, wants);
    }
}

/* All posts that may be a newcomer's first one: which is, is for their marks
 * to tell where two arrived in one millisecond. */
static void want_first_posts(const Loading *loading, const GArray *newcomers)
{
    const GArray *rows = loading->span.rows;
    g_autofree int64_t *firsts =
        g_new0(int64_t, (size_t)people_size(loading->people) + 1);

    for (unsigned i = 0; i < newcomers->len; i++)
        firsts[g_array_index(newcomers, uint32_t, i)] = INT64_MAX;
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &rows_of(rows)[i];
        int64_t *first =
            &firsts[people_speaker(loading->people, row->sender, row->author)];

        if (*first < row->arrival_ms)
            continue;
        *first = row->arrival_ms;
        gather_post(loading->gather, row->post, GATHER_INSIDE | GATHER_ANSWERS);
    }
}

/* --- the window ------------------------------------------------------- */

/* Other posts of the time around: parts among them may belong to sets of the
 * interval, all others only answer. */
static void want_context(const Loading *loading, const GArray *rows)
{
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &rows_of(rows)[i];

        gather_post(loading->gather, row->post,
                    post_kind_is_part(kind_of(loading, row))
                        ? GATHER_CONTEXT | GATHER_UP
                        : GATHER_CONTEXT);
    }
}

/* Most digests are of days just past: then it is cheaper to read all that came
 * since, which lies together, than to look up who answers whom. What came
 * somewhat before is read as well: parts of one set do not arrive in order. */
static bool want_window(const Loading *loading, GError **error)
{
    const IntervalRows *span = &loading->span;

    if (loading->list_last_ms - WINDOW_AFTER_MS >= span->until_ms)
        return true;

    g_autoptr(GArray) earlier = store_rows(
        loading->store, loading->request->list,
        MAX(span->from_ms - WINDOW_BEFORE_MS, 0), span->from_ms + 1, error);
    g_autoptr(GArray) later =
        earlier == NULL ? NULL
                        : store_rows(loading->store, loading->request->list,
                                     span->until_ms, INT64_MAX, error);

    if (later == NULL || !learn_rows(loading, earlier, error) ||
        !learn_rows(loading, later, error))
        return false;
    if (earlier->len + later->len > WINDOW_ROWS_MAX)
        return true;
    for (unsigned i = 0; i < span->rows->len; i++)
        gather_post(loading->gather, rows_of(span->rows)[i].post,
                    GATHER_INSIDE);
    want_context(loading, earlier);
    want_context(loading, later);
    gather_close_window(loading->gather);
    return true;
}

/* --- labels ------------------------------------------------------------ */

static bool *labelled(const Gather *gather, const GArray *records,
                      unsigned label)
{
    bool *is_labelled = g_new0(bool, (size_t)records->len + 1);

    for (unsigned i = 0; i < records->len; i++)
        is_labelled[i] =
            (gather_wants(gather, g_array_index(records, PostRecord, i).post) &
             label) != 0;
    return is_labelled;
}

/* A mail that came to several lists counts once: the others are left out. Of
 * two, that with the label stays. */
static const GArray *one_of_each(const Loading *loading, Gather *gather,
                                 unsigned label, Copies *copies)
{
    const GArray *records = gather_records(gather);

    if (!is_of_several(loading))
        return records;

    g_autofree bool *is_inside = labelled(gather, records, label);
    g_autofree unsigned *list_of = g_new0(unsigned, (size_t)records->len + 1);

    for (unsigned i = 0; i < records->len; i++)
        list_of[i] =
            store_joined_index(loading->store, loading->request->list,
                               g_array_index(records, PostRecord, i).post);
    copies_find(copies, records, loading->people, is_inside, list_of);
    return copies->records;
}

/* --- what waits since before the interval ------------------------------- */

/* The posts of the days before the end, in which all that waits is found. */
static GArray *older_rows(const Loading *loading, GError **error)
{
    const IntervalRows *span = &loading->span;
    const int64_t days = loading->request->waiting_days;
    const int64_t from_ms =
        interval_rows_end(span, loading->request->now_ms) - days * DAY_MS;
    const int64_t until_ms = span->from_ms + (span->from.post != 0 ? 1 : 0);

    if (from_ms >= until_ms)
        return g_array_new(FALSE, FALSE, sizeof(PostRow));
    return store_rows(loading->store, loading->request->list, MAX(from_ms, 0),
                      until_ms, error);
}

static Gather *read_posts(const Loading *loading, const GArray *older,
                          GError **error)
{
    const GArray *rows = loading->span.rows;
    g_autoptr(Gather) gather =
        gather_new(loading->store, loading->request->list, prefix_of(loading),
                   loading->people);

    gather_close_window(gather);
    for (unsigned i = 0; i < older->len; i++)
        gather_post(gather, rows_of(older)[i].post, GATHER_OLDER);
    for (unsigned i = 0; i < rows->len; i++)
        gather_post(gather, rows_of(rows)[i].post, GATHER_CONTEXT);
    return gather_run(gather, error) ? g_steal_pointer(&gather) : NULL;
}

/* Only what nobody in these days answered can wait: the rest is not looked up
 * in the whole list. */
static bool want_older(const Loading *loading, GError **error)
{
    const unsigned wants = GATHER_OLDER | GATHER_UP | GATHER_EDGE |
                           GATHER_SERIES | GATHER_DOWN | GATHER_KIN |
                           GATHER_WHOLE;
    g_autoptr(GArray) older = older_rows(loading, error);

    if (older == NULL || !learn_rows(loading, older, error))
        return false;
    if (older->len == 0)
        return true;

    g_autoptr(Gather) gather = read_posts(loading, older, error);
    if (gather == NULL)
        return false;

    g_auto(Copies) copies = { .records = NULL };
    const GArray *records =
        one_of_each(loading, gather, GATHER_CONTEXT, &copies);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)records->data, records->len,
                   loading->people, gather_subjects(gather));
    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);
        const uint32_t head = sets->records[set->head].post;

        if (present_is_waiting(set) &&
            (gather_wants(gather, head) & GATHER_OLDER) != 0)
            gather_post(loading->gather, head, wants);
    }
    return true;
}

/* The thread that a filter asks for, whose start may lie elsewhere. */
static bool want_thread(const Loading *loading, GError **error)
{
    if (!is_filtered(loading) || loading->request->filter->thread == 0)
        return true;

    const uint64_t key = link_key(LINK_SELF, loading->request->filter->thread);
    g_autoptr(StoreFound) found =
        store_find(loading->store, loading->request->list, &key, 1, error);

    if (found == NULL)
        return false;

    unsigned count;
    const uint32_t *posts = store_found(found, 0, &count);
    for (unsigned i = 0; i < count; i++)
        gather_post(loading->gather, posts[i], GATHER_UP | GATHER_DOWN);
    return true;
}

static bool gather_all(Loading *loading, GError **error)
{
    loading->gather = gather_new(loading->store, loading->request->list,
                                 prefix_of(loading), loading->people);
    want_rows(loading);
    if (shows(loading, SETS_SHOWN) && !want_window(loading, error))
        return false;
    if (shows(loading, SECTION_WAITING) && !want_older(loading, error))
        return false;
    if (shows(loading, SECTION_NEWCOMERS) && loading->newcomers != NULL)
        want_first_posts(loading, loading->newcomers);
    if (!want_thread(loading, error))
        return false;
    return gather_run(loading->gather, error);
}

/* --- what is told of them --------------------------------------------- */

/* From the end of in-body headers to the first diff or the signature. */
static char *shown_text(const char *text, const PostRecord *record)
{
    const size_t length = text == NULL ? 0 : strlen(text);
    const size_t end = MIN(record->text_end, length);

    if (record->text_start >= end)
        return NULL;
    return text_make_valid(text + record->text_start, end - record->text_start);
}

static bool load_texts(const Loading *loading, const Presenter *presenter,
                       GError **error)
{
    g_autoptr(GArray) heads = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GPtrArray) shown = g_ptr_array_new();
    const PostRecord *records = presenter->sets->records;

    present_heads(presenter, loading->digest, heads, shown);
    for (unsigned i = 0; i < heads->len; i++)
        g_array_append_val(posts,
                           records[g_array_index(heads, unsigned, i)].post);
    if (posts->len == 0)
        return true;

    g_autoptr(GPtrArray) texts =
        store_texts(loading->store, loading->request->list,
                    (const uint32_t *)(void *)posts->data, posts->len, error);

    if (texts == NULL)
        return false;
    for (unsigned i = 0; i < texts->len; i++) {
        DigestSet *set = shown->pdata[i];
        const PostRecord *record = &records[g_array_index(heads, unsigned, i)];

        if (!store_note_text(loading->store, loading->request->list, record,
                             texts->pdata[i], error))
            return false;
        set->text = shown_text(texts->pdata[i], record);
    }
    return true;
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

        if ((gather_wants(loading->gather, record->post) & GATHER_ANSWERS) ==
                0 ||
            !presenter->is_inside[i] || is_told[sender] || is_told[newcomer])
            continue;
        is_told[sender] = is_told[newcomer] = true;
        g_array_append_val(posts, i);
    }
    return posts;
}

/* Skips posts whose relay address is new but whose author has posted before. */
static bool tell_newcomers(const Loading *loading, const Presenter *presenter,
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

        if (g_array_index(firsts, int64_t, 2 * i + 1) >= first_arrival(loading))
            g_array_index(posts, unsigned, kept++) = post;
    }
    g_array_set_size(posts, kept);
    present_newcomers(presenter, posts, loading->digest->newcomers);
    return true;
}

static bool tell(const Loading *loading, const Presenter *presenter,
                 GError **error)
{
    Digest *digest = loading->digest;

    if (shows(loading, SETS_SHOWN))
        present_sets(presenter, digest);
    present_choose_entries(digest, loading->request->entries);
    if (shows(loading, SETS_SHOWN) && loading->request->with_details)
        detailing_fill(presenter, digest);
    if (shows(loading, SECTION_REVIEWERS))
        present_reviewers(presenter, digest->reviewers);
    if (shows(loading, SECTION_THREADS))
        present_threads(presenter, digest->threads);
    if (shows(loading, SECTION_UNANSWERED))
        present_unanswered(presenter, digest->unanswered);
    if (shows(loading, SECTION_TOTALS) && shows(loading, SETS_SHOWN))
        measures_fill(digest);
    if (shows(loading, ALL_POSTS_SHOWN) && shows(loading, SECTION_TOTALS))
        present_talk(presenter, &digest->talk);
    if (shows(loading, SECTION_POSTERS) && shows(loading, ALL_POSTS_SHOWN))
        present_answers(presenter, digest->posters);
    if (shows(loading, SECTION_NEWCOMERS) && loading->span.rows->len > 0 &&
        !tell_newcomers(loading, presenter, error))
        return false;
    return !shows(loading, SECTION_ENTRIES) ||
           load_texts(loading, presenter, error);
}

static bool tells_of_posts(const Loading *loading)
{
    return needs_all(loading) ||
           shows(loading, SETS_SHOWN | ALL_POSTS_SHOWN | SECTION_NEWCOMERS);
}

/* Where sets are only counted, nobody asks what became of them. */
static Sets *assemble(const Loading *loading, const GArray *records)
{
    Sets *(*new_of)(const PostRecord *, unsigned, const People *, Subjects *) =
        tells_of_posts(loading) ? sets_build : sets_build_members_only;

    return new_of((const PostRecord *)(void *)records->data, records->len,
                  loading->people, gather_subjects(loading->gather));
}

/* Which set revises which is for all that may be revisions of either to say:
 * they are gathered once the sets are known. */
static Sets *assemble_all(Loading *loading, const GArray **records,
                          GError **error)
{
    for (unsigned round = 0;; round++) {
        copies_clear(&loading->copies);
        *records = one_of_each(loading, loading->gather, GATHER_INSIDE,
                               &loading->copies);

        g_autoptr(Sets) sets = assemble(loading, *records);

        if (!shows(loading, SETS_SHOWN) || round == GATHER_REVISION_ROUNDS ||
            !gather_want_revisions(loading->gather, sets, GATHER_INSIDE))
            return g_steal_pointer(&sets);
        if (!gather_run(loading->gather, error))
            return NULL;
    }
}

/* The records as far as they came by the end of the interval: the first ones.
 */
static unsigned count_by_end(const Loading *loading, const GArray *records)
{
    unsigned count = records->len;

    while (count > 0 &&
           interval_rows_is_after(
               &loading->span, &g_array_index(records, PostRecord, count - 1)))
        count--;
    return count;
}

/* What is known at the interval's end: a model of its own only where more came
 * since. */
static Sets *assemble_end(const Loading *loading, const GArray *records)
{
    const unsigned count = count_by_end(loading, records);

    if (count == records->len || !shows(loading, SECTION_WAITING))
        return NULL;
    return sets_build((const PostRecord *)(void *)records->data, count,
                      loading->people, gather_subjects(loading->gather));
}

/* --- several lists ---------------------------------------------------- */

/* How many posts came to each. */
static void count_lists(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    const ListSettings *const *list = loading->request->several;

    for (; list != NULL && *list != NULL; list++) {
        DigestList *one = g_new0(DigestList, 1);

        one->id = g_strdup((*list)->id);
        one->name = g_strdup((*list)->name);
        g_ptr_array_add(loading->digest->lists, one);
    }
    for (unsigned i = 0; loading->digest->lists->len > 0 && i < rows->len;
         i++) {
        DigestList *one = loading->digest->lists->pdata[store_joined_index(
            loading->store, loading->request->list, rows_of(rows)[i].post)];

        one->posts++;
    }
}

/* --- filters ---------------------------------------------------------- */

/* Rows whose posts do not pass are taken out: from then on the interval is one
 * of fewer posts. */
static void restrict_rows(Loading *loading, const GArray *records,
                          const bool *is_inside)
{
    const GArray *all = loading->span.rows;
    g_autoptr(GHashTable) passing = g_hash_table_new(NULL, NULL);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(PostRow));

    for (unsigned i = 0; i < records->len; i++) {
        if (is_inside[i])
            g_hash_table_add(
                passing,
                GUINT_TO_POINTER(g_array_index(records, PostRecord, i).post));
    }
    for (unsigned i = 0; i < all->len; i++) {
        const PostRow row = rows_of(all)[i];

        if (g_hash_table_contains(passing, GUINT_TO_POINTER(row.post)))
            g_array_append_val(rows, row);
    }
    loading->all_rows = loading->span.rows;
    loading->span.rows = rows;
}

static void filter_posts(Loading *loading, Sets *sets, const GArray *records,
                         bool *is_inside)
{
    filter_judge(loading->request->filter, sets, &loading->passed);
    loading->digest->is_filtered = true;
    loading->digest->unknown_paths = loading->passed.unknown_paths;
    for (unsigned i = 0; i < records->len; i++)
        is_inside[i] = is_inside[i] && loading->passed.posts[i];
    restrict_rows(loading, records, is_inside);
}

/* --- the whole -------------------------------------------------------- */

static bool load_sets(Loading *loading, GError **error)
{
    if (!gather_all(loading, error))
        return false;

    const GArray *records;

    loading->sets = assemble_all(loading, &records, error);
    if (loading->sets == NULL)
        return false;

    g_autofree bool *is_there =
        labelled(loading->gather, records, GATHER_INSIDE);
    g_autofree bool *is_inside =
        labelled(loading->gather, records, GATHER_INSIDE);
    g_autofree bool *is_older =
        labelled(loading->gather, records, GATHER_OLDER);
    loading->at_end = assemble_end(loading, records);

    if (is_filtered(loading))
        filter_posts(loading, loading->sets, records, is_inside);
    else if (is_of_several(loading))
        restrict_rows(loading, records, is_inside);

    const Presenter presenter = {
        .sets = loading->sets,
        .identity = loading->request->identity,
        .archive = loading->request->settings->archive,
        .several = loading->request->several,
        .list_of = loading->copies.list_of,
        .lists_of = loading->copies.lists_of,
        .is_inside = is_inside,
        .is_there = is_there,
        .passes = loading->passed.sets,
        .is_older = is_older,
        .at_end = loading->at_end,
        .is_new = loading->is_new,
        .end_ms = interval_rows_end(&loading->span, loading->request->now_ms),
        .limit = loading->digest->top,
    };

    loading->digest->has_patch_sets = true;
    loading->digest->totals.patch_sets =
        present_count_sets(loading->sets, is_inside);
    return count_numbers(loading, error) && tell(loading, &presenter, error);
}

static unsigned count_parts(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    unsigned count = 0;

    for (unsigned i = 0; i < rows->len; i++)
        count += post_kind_is_part(kind_of(loading, &rows_of(rows)[i]));
    return count;
}

/* Numbers of a million posts need no record of any of them; but patch sets
 * cannot be told from rows, so that over so long a time they are counted only
 * where they are shown, too. */
static bool needs_records(const Loading *loading)
{
    if (tells_of_posts(loading))
        return true;
    return shows(loading, SECTION_TOTALS) &&
           count_parts(loading) <= PARTS_COUNTED_MAX;
}

/* As it was at the end of the interval: what comes later changes nothing. */
static bool decide_untagged(const Loading *loading, GError **error)
{
    const DigestRequest *request = loading->request;
    const GArray *rows = loading->span.rows;
    bool takes = false;

    if (rows->len > 0 &&
        !store_takes_untagged(
            loading->store, request->list, request->settings->untagged,
            rows_of(rows)[rows->len - 1].arrival_ms, &takes, error))
        return false;
    people_take_untagged(loading->people, takes);
    return true;
}

/* The interval of equal length before; false if there is none. */
static bool find_before(const Loading *loading, IntervalRequest *before)
{
    const IntervalRows *span = &loading->span;
    const int64_t end = span->until_ms == INT64_MAX
                            ? interval_rows_end(span, loading->request->now_ms)
                            : span->until_ms;
    /* Up to and with the post that the interval starts after. */
    const int64_t start = span->from_ms + (span->from.post != 0 ? 1 : 0);

    if (span->is_open_from || end <= start)
        return false;
    *before = (IntervalRequest){
        .has_from = true,
        .has_until = true,
        .from_ms = MAX(start - (end - start), 0),
        .until_ms = start,
    };
    return true;
}

/* What of the interval before is compared: no texts, nor who is new in it.
 * NOLINTNEXTLINE(misc-no-recursion): once, an interval before has none */
static bool load_before(Loading *loading, GError **error)
{
    enum {
        LEFT_OUT = SECTION_ENTRIES | SECTION_NEWCOMERS | SECTION_WAITING |
                   SECTION_SUPERSEDED | SECTION_THREADS | SECTION_UNANSWERED,
        TOP = 100000,
    };
    Digest *digest = loading->digest;
    DigestRequest request = *loading->request;
    IntervalRequest before;
    const bool is_whole =
        request.with_previous && shows(loading, SECTION_TOTALS);
    const bool has_days =
        is_whole || (request.with_days_before && digest->step != STEP_DAY);

    if (!has_days || !find_before(loading, &before))
        return true;
    request.interval = &before;
    request.sections =
        is_whole ? request.sections & ~(unsigned)LEFT_OUT : SECTION_DAYS;
    request.with_previous = request.with_days_before = false;
    request.with_details = false;
    request.top = TOP;
    digest->before = digest_load(loading->store, &request, error);
    if (digest->before == NULL)
        return false;
    digest->has_previous = is_whole;
    digest->has_days_before = true;
    digest->previous = digest->before->totals;
    compare_fill(digest);
    return true;
}

/* NOLINTNEXTLINE(misc-no-recursion): see load_before */
static bool load_all(Loading *loading, GError **error)
{
    if (!load_list(loading, error) || !load_gaps(loading, error) ||
        !learn_rows(loading, loading->span.rows, error))
        return false;
    tally_appearances(loading->people, rows_of(loading->span.rows),
                      loading->span.rows->len);
    count_lists(loading);
    if (!load_newcomers(loading, error))
        return false;
    if (!(needs_records(loading) ? load_sets(loading, error)
                                 : count_numbers(loading, error)))
        return false;
    return load_before(loading, error);
}

/* NOLINTNEXTLINE(misc-no-recursion): see load_before */
Digest *digest_load(Store *store, const DigestRequest *request, GError **error)
{
    g_auto(Loading) loading = { .store = store, .request = request };

    loading.digest = digest_new();
    loading.people = people_new(request->identity);
    if (!interval_rows_load(store, request->list, request->interval,
                            &loading.span, error) ||
        !decide_untagged(&loading, error) || !name_digest(&loading, error))
        return NULL;
    if (request->for_classic)
        return classic_data_load(store, request->list, &loading.span,
                                 loading.people, loading.digest, error)
                   ? g_steal_pointer(&loading.digest)
                   : NULL;
    return load_all(&loading, error) ? finish(&loading) : NULL;
}
