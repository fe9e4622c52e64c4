/* SPDX-License-Identifier: MIT */
#include "sets/pulled.h"

#include "activity/link.h"

#include "base/banned.h"

/* What is older was not waiting for this pull: titles come again. */
static const int64_t LISTED_AFTER_MS = INT64_C(400) * 24 * 3600 * 1000;

/* What may have been pulled: no cover, nor what came with a pull. */
static bool may_be_listed(const Sets *sets, unsigned record)
{
    return sets->kinds[record] == POST_PATCH &&
           sets->set_of[record] != SETS_NONE &&
           !sets_get(sets, sets->set_of[record])->is_pull;
}

/* Titles as listed -> the records that have them so far. */
static GHashTable *index_titles(const Sets *sets)
{
    GHashTable *titles = g_hash_table_new_full(
        g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)g_array_unref);

    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = &sets->records[i];

        for (unsigned j = 0; j < record->listed_count; j++)
            if (!g_hash_table_contains(titles, &record->listed[j].title))
                g_hash_table_insert(
                    titles, &record->listed[j].title,
                    g_array_new(FALSE, FALSE, sizeof(unsigned)));
    }
    return titles;
}

static void note_title(Sets *sets, GHashTable *titles, unsigned record)
{
    const uint64_t title = sets_title(sets, record);
    GArray *found = g_hash_table_lookup(titles, &title);

    if (found != NULL)
        g_array_append_val(found, record);
}

static bool is_by(const Sets *sets, unsigned record, uint32_t author)
{
    if (author == 0) /* Patchwork does not say */
        return true;
    const MailPerson *person =
        people_raw(sets->people, sets->records[record].author);

    return person != NULL && *person->name != '\0' &&
           link_author(person->name) == author;
}

static void take_listed(const Sets *sets, const GArray *records, unsigned pull,
                        uint32_t author, GArray *pulled)
{
    const int64_t first_ms = sets->records[pull].arrival_ms - LISTED_AFTER_MS;

    for (unsigned i = records->len; i-- > 0;) {
        const PulledPatch patch = { pull, g_array_index(records, unsigned, i) };

        if (sets->records[patch.member].arrival_ms < first_ms)
            return;
        if (is_by(sets, patch.member, author)) {
            g_array_append_val(pulled, patch);
            return;
        }
    }
}

GArray *pulled_find(Sets *sets)
{
    GArray *pulled = g_array_new(FALSE, FALSE, sizeof(PulledPatch));
    g_autoptr(GHashTable) titles = index_titles(sets);

    if (g_hash_table_size(titles) == 0)
        return pulled;
    for (unsigned i = 0; i < sets->count; i++) {
        const PostRecord *record = &sets->records[i];

        if (may_be_listed(sets, i))
            note_title(sets, titles, i);
        for (unsigned j = 0; j < record->listed_count; j++)
            take_listed(sets,
                        g_hash_table_lookup(titles, &record->listed[j].title),
                        i, record->listed[j].author, pulled);
    }
    return pulled;
}
