/* SPDX-License-Identifier: MIT */
#include "digest/compare.h"

#include "digest/periods.h"

#include "base/banned.h"

/* A person is the same one under another name if the address is. */
static const char *key_of(const DigestCount *row)
{
    return row->who.email != NULL && *row->who.email != '\0' ? row->who.email
           : row->who.name != NULL                           ? row->who.name
                                                             : "";
}

static void compare_table(GPtrArray *rows, const GPtrArray *before)
{
    g_autoptr(GHashTable) ranks = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = before->len; i-- > 0;)
        g_hash_table_insert(ranks,
                            (gpointer)(uintptr_t)key_of(before->pdata[i]),
                            GUINT_TO_POINTER(i + 1));
    for (unsigned i = 0; i < rows->len; i++) {
        DigestCount *row = rows->pdata[i];
        const unsigned rank =
            GPOINTER_TO_UINT(g_hash_table_lookup(ranks, key_of(row)));

        row->rank_before = rank;
        if (rank > 0)
            row->before = ((DigestCount *)before->pdata[rank - 1])->count;
    }
}

void compare_fill(Digest *digest)
{
    const Digest *before = digest->before;

    compare_table(digest->domains, before->domains);
    compare_table(digest->contributors, before->contributors);
    compare_table(digest->posters, before->posters);
    compare_table(digest->organisations, before->organisations);
    compare_table(digest->paths, before->paths);
    compare_table(digest->reviewers, before->reviewers);
    periods_compare(digest);
}
