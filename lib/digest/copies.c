/* SPDX-License-Identifier: MIT */
#include "digest/copies.h"

#include "base/banned.h"

typedef struct Finding {
    const GArray *records;
    const People *people;
    const unsigned *list_of;
    GHashTable *by_mail; /* "link person" -> 1 + the record that stays */
    bool *is_copy;
    Copies *copies;
} Finding;

static const PostRecord *record_of(const Finding *finding, unsigned index)
{
    return &g_array_index(finding->records, PostRecord, index);
}

static char *mail_of(const Finding *finding, unsigned index)
{
    const PostRecord *record = record_of(finding, index);

    return g_strdup_printf("%" G_GINT64_MODIFIER "x %u", record->own_link,
                           people_person(finding->people, record->author));
}

static bool has_list(const GArray *lists, unsigned list)
{
    for (unsigned i = 0; i < lists->len; i++) {
        if (g_array_index(lists, unsigned, i) == list)
            return true;
    }
    return false;
}

static GArray *lists_of(const Finding *finding, unsigned index)
{
    gpointer post = GUINT_TO_POINTER(record_of(finding, index)->post);
    GArray *lists = g_hash_table_lookup(finding->copies->lists_of, post);

    if (lists != NULL)
        return lists;
    lists = g_array_new(FALSE, FALSE, sizeof(unsigned));
    g_array_append_val(lists, finding->list_of[index]);
    g_hash_table_insert(finding->copies->lists_of, post, lists);
    return lists;
}

/* The same again on its own list is another post: it has another Date. */
static void judge(const Finding *finding, unsigned index)
{
    g_autofree char *mail = mail_of(finding, index);
    const unsigned known =
        GPOINTER_TO_UINT(g_hash_table_lookup(finding->by_mail, mail));

    if (record_of(finding, index)->own_link == 0)
        return;
    if (known == 0) {
        g_hash_table_insert(finding->by_mail, g_steal_pointer(&mail),
                            GUINT_TO_POINTER(index + 1));
        return;
    }
    if (known == index + 1 ||
        finding->list_of[known - 1] == finding->list_of[index])
        return;
    finding->is_copy[index] = true;

    GArray *lists = lists_of(finding, known - 1);

    if (!has_list(lists, finding->list_of[index]))
        g_array_append_val(lists, finding->list_of[index]);
}

static void keep(const Finding *finding)
{
    Copies *copies = finding->copies;

    copies->records = g_array_new(FALSE, FALSE, sizeof(PostRecord));
    copies->list_of = g_new0(unsigned, (size_t)finding->records->len + 1);
    for (unsigned i = 0; i < finding->records->len; i++) {
        if (finding->is_copy[i])
            continue;
        copies->list_of[copies->records->len] = finding->list_of[i];
        g_array_append_vals(copies->records, record_of(finding, i), 1);
    }
}

static void release_lists(gpointer lists)
{
    g_array_unref(lists);
}

void copies_find(Copies *copies, const GArray *records, const People *people,
                 const bool *is_inside, const unsigned *list_of)
{
    g_autoptr(GHashTable) by_mail =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree bool *is_copy = g_new0(bool, (size_t)records->len + 1);
    const Finding finding = {
        records, people, list_of, by_mail, is_copy, copies
    };

    copies->lists_of = g_hash_table_new_full(NULL, NULL, NULL, release_lists);
    for (unsigned i = 0; i < records->len; i++) {
        if (is_inside[i])
            judge(&finding, i);
    }
    for (unsigned i = 0; i < records->len; i++) {
        if (!is_inside[i])
            judge(&finding, i);
    }
    keep(&finding);
}

void copies_clear(Copies *copies)
{
    g_clear_pointer(&copies->records, g_array_unref);
    g_clear_pointer(&copies->list_of, g_free);
    g_clear_pointer(&copies->lists_of, g_hash_table_unref);
}
