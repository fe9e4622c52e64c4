/* SPDX-License-Identifier: MIT */
#include "digest/load.h"

#include "base/text.h"
#include "digest/classic_data.h"
#include "digest/compare.h"
#include "digest/counting.h"
#include "digest/detailing.h"
#include "digest/ends.h"
#include "digest/gaps.h"
#include "digest/loading.h"
#include "digest/measures.h"
#include "digest/newcomers.h"
#include "digest/paths.h"
#include "digest/present.h"
#include "digest/present_people.h"
#include "digest/present_threads.h"
#include "digest/totals.h"
#include "digest/wanted.h"
#include "digest/zones.h"
#include "gather/gather_sets.h"
#include "sets/build.h"

#include "base/banned.h"

/* Patches whose sets are put together for a number alone. */
enum { PARTS_COUNTED_MAX = 4000 };

/* Of a list that was heard first so shortly before, nobody knows who is new. */
static const int64_t YOUNG_MS = INT64_C(14) * 24 * 3600 * 1000;

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
        digest->first_ms = loading_rows(rows)[0].arrival_ms;
        digest->last_ms = loading_rows(rows)[rows->len - 1].arrival_ms;
    }
    return digest_name_ends(loading->store, loading->request->list,
                            &loading->span, settings->timezone, digest, error);
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

static bool tell(const Loading *loading, const Presenter *presenter,
                 GError **error)
{
    Digest *digest = loading->digest;

    if (loading_shows(loading, SETS_SHOWN))
        present_sets(presenter, digest);
    present_choose_entries(digest, loading->request->entries);
    if (loading_shows(loading, SETS_SHOWN) && loading->request->with_details)
        detailing_fill(presenter, digest);
    if (loading_shows(loading, SECTION_PATHS))
        paths_count(presenter->sets, presenter->is_inside, digest->top,
                    digest->paths);
    if (loading_shows(loading, SECTION_ZONES))
        zones_count(presenter->sets, presenter->is_inside, digest->zones);
    if (loading_shows(loading, SECTION_REVIEWERS))
        present_reviewers(presenter, digest->reviewers);
    if (loading_shows(loading, SECTION_THREADS))
        present_threads(presenter, digest->threads);
    if (loading_shows(loading, SECTION_UNANSWERED))
        present_unanswered(presenter, digest->unanswered);
    if (loading_shows(loading, SECTION_TOTALS) &&
        loading_shows(loading, SETS_SHOWN))
        measures_fill(digest);
    if (loading_shows(loading, ALL_POSTS_SHOWN) &&
        loading_shows(loading, SECTION_TOTALS))
        present_talk(presenter, &digest->talk);
    if (loading_shows(loading, SECTION_POSTERS) &&
        loading_shows(loading, ALL_POSTS_SHOWN))
        present_answers(presenter, digest->posters);
    if (loading_shows(loading, SECTION_NEWCOMERS) &&
        loading->span.rows->len > 0 &&
        !newcomers_tell(loading, presenter, error))
        return false;
    return !loading_shows(loading, SECTION_ENTRIES) ||
           load_texts(loading, presenter, error);
}

static bool tells_of_posts(const Loading *loading)
{
    return loading_needs_all(loading) ||
           loading_shows(loading, SETS_SHOWN | ALL_POSTS_SHOWN |
                                      SECTION_NEWCOMERS | SECTION_PATHS);
}

/* --- the sets --------------------------------------------------------- */

static const GArray *find_records(Loading *loading)
{
    copies_clear(&loading->copies);
    return loading_one_of_each(loading, loading->gather, GATHER_INSIDE,
                               &loading->copies);
}

/* Which set revises which is for all that may be revisions of either to say:
 * they are gathered once the sets are known. Where sets are only counted,
 * nobody asks what became of them. */
static Sets *assemble(Loading *loading, const GArray **records, GError **error)
{
    SubjectCache *subjects = gather_subjects(loading->gather);

    *records = find_records(loading);
    if (!tells_of_posts(loading))
        return sets_build_members_only(
            (const PostRecord *)(void *)(*records)->data, (*records)->len,
            loading->people, subjects);
    for (unsigned round = 0;; round++) {
        g_autoptr(SetsBuilding) building =
            sets_begin((const PostRecord *)(void *)(*records)->data,
                       (*records)->len, loading->people, subjects);

        if (!loading_shows(loading, SETS_SHOWN) ||
            round == GATHER_REVISION_ROUNDS ||
            !gather_want_revisions(loading->gather, sets_so_far(building),
                                   GATHER_INSIDE | GATHER_OLDER, 0))
            return sets_finish(g_steal_pointer(&building));
        if (!gather_run(loading->gather, error))
            return NULL;
        *records = find_records(loading);
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

    if (count == records->len || !loading_shows(loading, SECTION_WAITING))
        return NULL;
    return sets_build((const PostRecord *)(void *)records->data, count,
                      loading->people, gather_subjects(loading->gather));
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
        const PostRow row = loading_rows(all)[i];

        if (g_hash_table_contains(passing, GUINT_TO_POINTER(row.post)))
            g_array_append_val(rows, row);
    }
    loading->all_rows = loading->span.rows;
    loading->span.rows = rows;
}

static void tell_filter(const DigestFilter *filter, Digest *digest)
{
    digest->is_filtered = true;
    for (size_t i = 0; i < G_N_ELEMENTS(filter->words); i++) {
        const FilterWord *word = &filter->words[i];

        if (word->value == NULL)
            continue;

        DigestAsked *asked = g_new0(DigestAsked, 1);

        asked->name = g_strdup(word->name);
        asked->value = g_utf8_make_valid(word->value, -1);
        g_ptr_array_add(digest->asked, asked);
    }
}

static void filter_posts(Loading *loading, Sets *sets, const GArray *records,
                         bool *is_inside)
{
    filter_judge(loading->request->filter, sets, &loading->passed);
    tell_filter(loading->request->filter, loading->digest);
    for (unsigned i = 0; i < records->len; i++)
        loading->digest->of_posts += is_inside[i];
    loading->digest->unknown_paths = loading->passed.unknown_paths;
    for (unsigned i = 0; i < records->len; i++)
        is_inside[i] = is_inside[i] && loading->passed.posts[i];
    restrict_rows(loading, records, is_inside);
}

/* --- the whole -------------------------------------------------------- */

static bool load_sets(Loading *loading, GError **error)
{
    if (!wanted_gather(loading, error))
        return false;

    const GArray *records;

    loading->sets = assemble(loading, &records, error);
    if (loading->sets == NULL)
        return false;

    g_autofree bool *is_there =
        loading_labelled(loading->gather, records, GATHER_INSIDE);
    g_autofree bool *is_inside =
        loading_labelled(loading->gather, records, GATHER_INSIDE);
    g_autofree bool *is_older =
        loading_labelled(loading->gather, records, GATHER_OLDER);
    loading->at_end = assemble_end(loading, records);

    if (loading_is_filtered(loading))
        filter_posts(loading, loading->sets, records, is_inside);
    else if (loading_is_of_several(loading))
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
    return counting_numbers(loading, error) && tell(loading, &presenter, error);
}

/* Numbers of a million posts need no record of any of them; but patch sets
 * cannot be told from rows, so that over so long a time they are counted only
 * where they are shown, too. */
static bool needs_records(const Loading *loading)
{
    if (tells_of_posts(loading))
        return true;
    return loading_shows(loading, SECTION_TOTALS) &&
           counting_parts(loading) <= PARTS_COUNTED_MAX;
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
            loading_rows(rows)[rows->len - 1].arrival_ms, &takes, error))
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

static Digest *load(Store *store, const DigestRequest *request, Gather *beside,
                    GError **error);

/* What of the interval before is compared: no texts, nor who is new in it.
 * NOLINTNEXTLINE(misc-no-recursion): once, an interval before has none */
static bool load_before(Loading *loading, GError **error)
{
    enum {
        LEFT_OUT = SECTION_ENTRIES | SECTION_NEWCOMERS | SECTION_WAITING |
                   SECTION_SUPERSEDED | SECTION_THREADS | SECTION_UNANSWERED,
        TOP = 100000,
        COMPARED = SECTION_TOTALS | SECTION_DOMAINS | SECTION_CONTRIBUTORS |
                   SECTION_POSTERS | SECTION_ORGANISATIONS | SECTION_PATHS |
                   SECTION_REVIEWERS,
    };
    Digest *digest = loading->digest;
    DigestRequest request = *loading->request;
    IntervalRequest before;
    const bool is_whole =
        request.with_previous && (request.sections & COMPARED) != 0;
    const bool has_days =
        is_whole || (request.with_days_before && digest->step != STEP_DAY);

    if (!has_days || !find_before(loading, &before))
        return true;
    request.interval = &before;
    request.sections =
        is_whole ? (request.sections & ~(unsigned)LEFT_OUT) | SECTION_TOTALS
                 : SECTION_DAYS;
    request.with_previous = request.with_days_before = false;
    request.with_details = false;
    request.top = TOP;
    digest->before = load(loading->store, &request, loading->gather, error);
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
    if (!load_list(loading, error) || !gaps_load(loading, error) ||
        !loading_learn_rows(loading, loading->span.rows, error))
        return false;
    totals_appearances(loading->people, loading_rows(loading->span.rows),
                       loading->span.rows->len);
    counting_lists(loading);
    if (!newcomers_load(loading, error))
        return false;
    if (!(needs_records(loading) ? load_sets(loading, error)
                                 : counting_numbers(loading, error)))
        return false;
    return load_before(loading, error);
}

/* NOLINTNEXTLINE(misc-no-recursion): see load_before */
static Digest *load(Store *store, const DigestRequest *request, Gather *beside,
                    GError **error)
{
    g_auto(Loading)
        loading = { .store = store, .request = request, .beside = beside };

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

Digest *digest_load(Store *store, const DigestRequest *request, GError **error)
{
    return load(store, request, NULL, error);
}
