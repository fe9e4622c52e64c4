/* SPDX-License-Identifier: MIT */
#include "digest/wanted.h"

#include "activity/link.h"
#include "digest/newcomers.h"
#include "digest/present.h"
#include "gather/gather_sets.h"
#include "sets/build.h"

#include "base/banned.h"

/* See want_window. */
enum { WINDOW_ROWS_MAX = 5000 };
static const int64_t WINDOW_BEFORE_MS = INT64_C(2) * 24 * 3600 * 1000;
static const int64_t WINDOW_AFTER_MS = INT64_C(31) * 24 * 3600 * 1000;

static const int64_t DAY_MS = INT64_C(24) * 3600 * 1000;

/* --- the interval ----------------------------------------------------- */

/* Of what a post answers, all must be known to judge it. */
static bool asks_of_sets(const Loading *loading)
{
    const DigestFilter *filter = loading->request->filter;

    return filter != NULL &&
           (filter->open != NULL || filter->tag != NULL ||
            filter->paths != NULL || filter->state != FILTER_ANY);
}

/* Sets what is wanted of a post of the interval; returns false if nothing of it
 * is shown. */
static bool is_wanted(const Loading *loading, PostKind kind, unsigned *wishes)
{
    const unsigned whole = GATHER_DOWN | GATHER_KIN | GATHER_WHOLE;
    const unsigned parts = GATHER_UP | GATHER_EDGE | GATHER_SERIES;

    if (post_kind_is_part(kind)) {
        const bool is_whole =
            loading_shows(loading, SETS_SHOWN) || loading_needs_all(loading);

        *wishes = is_whole ? parts | whole : parts;
        return is_whole ||
               loading_shows(loading,
                             SECTION_TOTALS | SECTION_PATHS | ALL_POSTS_SHOWN);
    }
    *wishes = asks_of_sets(loading) || (kind == POST_NOTICE &&
                                        loading_shows(loading, SECTION_APPLIED))
                  ? GATHER_TARGET
                  : GATHER_NEAR;
    return loading_shows(loading, ALL_POSTS_SHOWN) ||
           loading_needs_all(loading);
}

static void want_rows(const Loading *loading)
{
    const GArray *rows = loading->span.rows;

    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &loading_rows(rows)[i];
        unsigned wishes;

        if (is_wanted(loading, loading_kind_of(loading, row), &wishes))
            gather_post(loading->gather, row->post, GATHER_INSIDE, wishes);
    }
}

/* --- the window ------------------------------------------------------- */

/* Other posts of the time around: parts among them may belong to sets of the
 * interval, all others only answer. */
static void want_context(const Loading *loading, const GArray *rows)
{
    for (unsigned i = 0; i < rows->len; i++) {
        const PostRow *row = &loading_rows(rows)[i];

        gather_post(loading->gather, row->post, GATHER_CONTEXT,
                    post_kind_is_part(loading_kind_of(loading, row)) ? GATHER_UP
                                                                     : 0);
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

    if (later == NULL || !loading_learn_rows(loading, earlier, error) ||
        !loading_learn_rows(loading, later, error))
        return false;
    if (earlier->len + later->len > WINDOW_ROWS_MAX)
        return true;
    for (unsigned i = 0; i < span->rows->len; i++)
        gather_post(loading->gather, loading_rows(span->rows)[i].post,
                    GATHER_INSIDE, 0);
    want_context(loading, earlier);
    want_context(loading, later);
    gather_close_window(loading->gather);
    return true;
}

/* --- what waits since before the interval ----------------------------- */

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
    g_autoptr(Gather) gather = gather_new_reader(loading->gather);

    for (unsigned i = 0; i < older->len; i++)
        gather_post(gather, loading_rows(older)[i].post, GATHER_OLDER, 0);
    for (unsigned i = 0; i < rows->len; i++)
        gather_post(gather, loading_rows(rows)[i].post, GATHER_CONTEXT, 0);
    return gather_run(gather, error) ? g_steal_pointer(&gather) : NULL;
}

/* Only what nobody in these days answered can wait: the rest is not looked up
 * in the whole list. */
static bool want_older(const Loading *loading, GError **error)
{
    const unsigned wishes = GATHER_UP | GATHER_EDGE | GATHER_SERIES |
                            GATHER_DOWN | GATHER_KIN | GATHER_WHOLE;
    g_autoptr(GArray) older = older_rows(loading, error);

    if (older == NULL || !loading_learn_rows(loading, older, error))
        return false;
    if (older->len == 0)
        return true;

    g_autoptr(Gather) gather = read_posts(loading, older, error);
    if (gather == NULL)
        return false;

    g_auto(Copies) copies = { .records = NULL };
    const GArray *records =
        loading_one_of_each(loading, gather, GATHER_CONTEXT, &copies);
    g_autoptr(Sets) sets =
        sets_build((const PostRecord *)(void *)records->data, records->len,
                   loading->people, gather_subjects(gather));
    for (unsigned i = 0; i < sets->all->len; i++) {
        const PatchSet *set = sets_get(sets, (int)i);
        const uint32_t head = sets->records[set->head].post;

        if (set->state == SET_WAITING &&
            (gather_labels(gather, head) & GATHER_OLDER) != 0)
            gather_post(loading->gather, head, GATHER_OLDER, wishes);
    }
    return true;
}

/* --- the whole -------------------------------------------------------- */

/* The thread that a filter asks for, whose start may lie elsewhere. */
static bool want_thread(const Loading *loading, GError **error)
{
    if (!loading_is_filtered(loading) || loading->request->filter->thread == 0)
        return true;

    const uint64_t key = link_key(LINK_SELF, loading->request->filter->thread);
    g_autoptr(StoreFound) found =
        store_find(loading->store, loading->request->list, &key, 1, error);

    if (found == NULL)
        return false;

    unsigned count;
    const uint32_t *posts = store_found(found, 0, &count);
    for (unsigned i = 0; i < count; i++)
        gather_post(loading->gather, posts[i], 0, GATHER_UP | GATHER_DOWN);
    return true;
}

bool wanted_gather(Loading *loading, GError **error)
{
    loading->gather =
        loading->beside != NULL
            ? gather_new_beside(loading->beside, loading->people)
            : gather_new(loading->store, loading->request->list,
                         loading_prefix(loading), loading->people);
    want_rows(loading);
    if (loading_shows(loading, SETS_SHOWN) && !want_window(loading, error))
        return false;
    if (loading_shows(loading, SECTION_WAITING) && !want_older(loading, error))
        return false;
    if (loading_shows(loading, SECTION_NEWCOMERS) && loading->newcomers != NULL)
        newcomers_want(loading);
    if (!want_thread(loading, error))
        return false;
    return gather_run(loading->gather, error);
}
