/* SPDX-License-Identifier: MIT */
#include "digest/classic_data.h"

#include "base/text.h"
#include "digest/totals.h"
#include "gather/gather.h"
#include "patch/classic.h"

#include <string.h>

#include "base/banned.h"

static const PostRecord *record_at(const GArray *records, unsigned index)
{
    return &g_array_index(records, PostRecord, index);
}

char *classic_data_domain(const char *raw)
{
    const char *at = strrchr(raw, '@');

    if (at == NULL)
        return g_strdup("");
    return g_strndup(at + 1, strcspn(at + 1, "> \t\r\n,;"));
}

/* --- counters --------------------------------------------------------- */

/* Ties stand in reverse byte order, as `sort -rn` leaves them. */
static int compare_counts(gconstpointer one, gconstpointer other)
{
    const DigestCount *left = *(const DigestCount *const *)one;
    const DigestCount *right = *(const DigestCount *const *)other;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    return -strcmp(left->who.name, right->who.name);
}

static void count_word(GHashTable *words, GPtrArray *out, const char *word)
{
    DigestCount *count = g_hash_table_lookup(words, word);

    if (count == NULL) {
        count = digest_count_new();
        count->who.name = g_strdup(word);
        g_ptr_array_add(out, count);
        g_hash_table_insert(words, count->who.name, count);
    }
    count->count++;
}

static const char *author_of(const PostRecord *record, const People *people)
{
    const MailPerson *author = people_raw(people, record->author);

    if (record->classic_author != NULL)
        return record->classic_author;
    return author != NULL ? author->raw : "";
}

static int compare_newest(gconstpointer one, gconstpointer other)
{
    return -record_compare(*(const PostRecord *const *)one,
                           *(const PostRecord *const *)other);
}

/* What classic takes for patches, newest first. */
static GPtrArray *patches_of(const GArray *records)
{
    GPtrArray *patches = g_ptr_array_new();

    for (unsigned i = 0; i < records->len; i++) {
        const PostRecord *record = record_at(records, i);

        if (record->post != 0 && patch_classic_is_patch(record->subject))
            g_ptr_array_add(patches, (gpointer)(uintptr_t)record);
    }
    g_ptr_array_sort(patches, compare_newest);
    return patches;
}

void classic_data_count(const GArray *records, const People *people,
                        DigestClassic *classic)
{
    g_autoptr(GPtrArray) patches = patches_of(records);
    g_autoptr(GHashTable) authors = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) domains = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned i = 0; i < patches->len; i++) {
        const PostRecord *record = patches->pdata[i];
        const char *author = author_of(record, people);
        g_autofree char *domain = classic_data_domain(author);

        count_word(authors, classic->contributors, author);
        if (*domain != '\0')
            count_word(domains, classic->domains, domain);
        if (patch_classic_is_listed(record->subject))
            g_ptr_array_add(classic->listed, g_strdup(record->subject));
    }
    g_ptr_array_sort(classic->contributors, compare_counts);
    g_ptr_array_sort(classic->domains, compare_counts);
}

/* --- entries ---------------------------------------------------------- */

static int64_t date_of(const PostRecord *record)
{
    return record->has_date ? record->date : record->arrival_ms / 1000;
}

static int compare_dates(gconstpointer one, gconstpointer other)
{
    const int64_t left = date_of(*(const PostRecord *const *)one);
    const int64_t right = date_of(*(const PostRecord *const *)other);

    if (left != right)
        return left > right ? -1 : 1;
    return compare_newest(one, other);
}

/* The header From, decoded. One without encoded words stays as it stood. */
static char *shown_author(const MailPerson *sender)
{
    if (sender == NULL)
        return g_strdup("");
    if (strstr(sender->raw, "=?") == NULL || *sender->name == '\0') {
        g_autofree char *valid =
            text_make_valid(sender->raw, strlen(sender->raw));

        return g_strdup(g_strstrip(valid));
    }
    return g_strdup_printf("%s <%s>", sender->name, sender->address);
}

void classic_data_entries(const GArray *records, const People *people,
                          DigestClassic *classic, GArray *posts)
{
    g_autoptr(GPtrArray) heads = patches_of(records);

    g_ptr_array_sort(heads, compare_dates);
    for (unsigned i = 0; i < heads->len; i++) {
        const PostRecord *record = heads->pdata[i];

        if (!patch_classic_is_entry(record->subject))
            continue;
        DigestClassicEntry *entry = g_new0(DigestClassicEntry, 1);

        entry->subject = g_strdup(record->subject);
        entry->author = shown_author(people_raw(people, record->sender));
        entry->text = g_strdup("");
        entry->date = date_of(record);
        entry->text_end =
            (record->flags & POST_CLASSIC_END) != 0 ? record->classic_end : 0;
        g_ptr_array_add(classic->entries, entry);
        g_array_append_val(posts, record->post);
    }
}

static bool load_texts(Store *store, const char *list, const GArray *posts,
                       DigestClassic *classic, GError **error)
{
    if (posts->len == 0)
        return true;

    g_autoptr(GPtrArray) texts = store_texts(
        store, list, (const uint32_t *)(void *)posts->data, posts->len, error);

    if (texts == NULL)
        return false;
    for (unsigned i = 0; i < texts->len; i++) {
        DigestClassicEntry *entry = classic->entries->pdata[i];
        const char *text = texts->pdata[i];

        if (text == NULL)
            continue;
        g_free(entry->text);
        entry->text = text_make_valid(text, MIN(strlen(text), entry->text_end));
    }
    return true;
}

static bool learn_people(Store *store, const char *list,
                         const IntervalRows *span, People *people,
                         GError **error)
{
    g_autoptr(GArray) numbers = totals_numbers(
        (const PostRow *)(void *)span->rows->data, span->rows->len);

    return gather_people(store, list, people, numbers, error);
}

static GArray *load_records(Store *store, const char *list,
                            const IntervalRows *span, GError **error)
{
    g_autoptr(GArray) posts = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (unsigned i = 0; i < span->rows->len; i++)
        g_array_append_val(posts, g_array_index(span->rows, PostRow, i).post);
    return store_posts(store, list, (const uint32_t *)(void *)posts->data,
                       posts->len, error);
}

bool classic_data_load(Store *store, const char *list, const IntervalRows *span,
                       People *people, Digest *digest, GError **error)
{
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    g_autoptr(GArray) records = load_records(store, list, span, error);

    if (records == NULL || !learn_people(store, list, span, people, error))
        return false;
    classic_data_count(records, people, &digest->classic);
    classic_data_entries(records, people, &digest->classic, entries);
    return load_texts(store, list, entries, &digest->classic, error);
}
