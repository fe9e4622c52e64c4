/* SPDX-License-Identifier: MIT */
#include "digest/counting.h"

#include "digest/newcomers.h"
#include "digest/periods.h"
#include "digest/top_lists.h"
#include "digest/totals.h"

#include "base/banned.h"

static void count_top_lists(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    const People *people = loading->people;
    const Identity *identity = loading->request->identity;
    Digest *digest = loading->digest;

    if (loading_shows(loading, SECTION_DOMAINS))
        top_lists_domains(people, loading_rows(rows), rows->len, digest->top,
                          digest->domains);
    if (loading_shows(loading, SECTION_CONTRIBUTORS))
        top_lists_contributors(people, identity, loading_rows(rows), rows->len,
                               digest->top, digest->contributors);
    if (loading_shows(loading, SECTION_POSTERS))
        top_lists_posters(people, identity, loading_rows(rows), rows->len,
                          digest->top, digest->posters);
    if (loading_shows(loading, SECTION_ORGANISATIONS))
        top_lists_organisations(people, identity, loading_rows(rows), rows->len,
                                digest->top, digest->organisations);
}

/* A duplicate has no record that a filter could ask. */
static bool count_totals(const Loading *loading, GError **error)
{
    const IntervalRows *span = &loading->span;
    DigestTotals *totals = &loading->digest->totals;

    totals_count(loading->people, loading_rows(span->rows), span->rows->len,
                 totals);
    totals->new_people = newcomers_count(loading);
    return loading_is_filtered(loading) ||
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
        has_mark
            ? (rows->len > 0 ? loading_rows(rows)[rows->len - 1].arrival_ms : 0)
            : MIN(span->until_ms, loading->request->now_ms) - 1;

    totals_days(loading->people, loading_rows(rows), rows->len,
                MAX(span->from_ms, loading->list_first_ms), end_ms,
                loading->digest->days);
    periods_fill(loading->digest);
}

static void count_hours(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    Digest *digest = loading->digest;

    totals_hours(loading_rows(rows), rows->len, digest->timezone, digest->hours,
                 digest->weekdays);
}

bool counting_numbers(const Loading *loading, GError **error)
{
    count_top_lists(loading);
    if (loading_shows(loading, SECTION_TOTALS | SECTION_DAYS)) {
        count_days(loading);
        count_hours(loading);
    }
    return !loading_shows(loading, SECTION_TOTALS) ||
           count_totals(loading, error);
}

void counting_lists(const Loading *loading)
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
            loading->store, loading->request->list,
            loading_rows(rows)[i].post)];

        one->posts++;
    }
}

unsigned counting_parts(const Loading *loading)
{
    const GArray *rows = loading->span.rows;
    unsigned count = 0;

    for (unsigned i = 0; i < rows->len; i++)
        count +=
            post_kind_is_part(loading_kind_of(loading, &loading_rows(rows)[i]));
    return count;
}
