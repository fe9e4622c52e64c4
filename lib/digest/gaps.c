/* SPDX-License-Identifier: MIT */
#include "digest/gaps.h"

#include "base/gap.h"

#include <string.h>

#include "base/banned.h"

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

bool gaps_load(const Loading *loading, GError **error)
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
