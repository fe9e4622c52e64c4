/* SPDX-License-Identifier: MIT */
#include "digest/loading.h"

#include "digest/totals.h"
#include "gather/gather_sets.h"

#include "base/banned.h"

void loading_clear(Loading *loading)
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

const char *loading_prefix(const Loading *loading)
{
    const char *prefix = loading->request->settings->prefix;

    return prefix == NULL || *prefix == '\0' ? NULL : prefix;
}

bool loading_is_filtered(const Loading *loading)
{
    return loading->request->filter != NULL;
}

bool loading_is_of_several(const Loading *loading)
{
    return loading->request->several != NULL;
}

bool loading_needs_all(const Loading *loading)
{
    return loading_is_filtered(loading) || loading_is_of_several(loading);
}

bool loading_shows(const Loading *loading, unsigned sections)
{
    return (loading->request->sections & sections) != 0;
}

int64_t loading_first_arrival(const Loading *loading)
{
    const GArray *rows =
        loading->all_rows != NULL ? loading->all_rows : loading->span.rows;

    return rows->len > 0 ? loading_rows(rows)[0].arrival_ms : 0;
}

bool loading_learn_rows(const Loading *loading, const GArray *rows,
                        GError **error)
{
    g_autoptr(GArray) numbers = totals_numbers(loading_rows(rows), rows->len);

    return gather_people(loading->store, loading->request->list,
                         loading->people, numbers, error);
}

PostKind loading_kind_of(const Loading *loading, const PostRow *row)
{
    return people_kind_of_row(loading->people, row);
}

bool *loading_labelled(const Gather *gather, const GArray *records,
                       unsigned label)
{
    bool *is_labelled = g_new0(bool, (size_t)records->len + 1);

    for (unsigned i = 0; i < records->len; i++)
        is_labelled[i] =
            (gather_labels(gather, g_array_index(records, PostRecord, i).post) &
             label) != 0;
    return is_labelled;
}

const GArray *loading_one_of_each(const Loading *loading, Gather *gather,
                                  unsigned label, Copies *copies)
{
    const GArray *records = gather_records(gather);

    if (!loading_is_of_several(loading))
        return records;

    g_autofree bool *is_inside = loading_labelled(gather, records, label);
    g_autofree unsigned *list_of = g_new0(unsigned, (size_t)records->len + 1);

    for (unsigned i = 0; i < records->len; i++)
        list_of[i] =
            store_joined_index(loading->store, loading->request->list,
                               g_array_index(records, PostRecord, i).post);
    copies_find(copies, records, loading->people, is_inside, list_of);
    return copies->records;
}
