/* SPDX-License-Identifier: MIT */
#include "digest/top_lists.h"

#include "digest/digest_person.h"
#include "digest/totals.h"

#include <string.h>

#include "base/banned.h"

int top_lists_compare_counts(gconstpointer one, gconstpointer other)
{
    const DigestCount *left = *(const DigestCount *const *)one;
    const DigestCount *right = *(const DigestCount *const *)other;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    if (left->tags != right->tags)
        return left->tags > right->tags ? -1 : 1;

    const int by_name = g_strcmp0(left->who.name, right->who.name);

    return by_name != 0 ? by_name
                        : g_strcmp0(left->who.email, right->who.email);
}

void top_lists_sort_and_cut(GPtrArray *rows, GCompareFunc compare,
                            unsigned limit)
{
    g_ptr_array_sort(rows, compare);
    if (rows->len > limit)
        g_ptr_array_set_size(rows, (int)limit);
}

/* Patches and covers, and the lines of the patches. */
typedef struct Contribution {
    uint64_t count, insertions, deletions;
} Contribution;

static void contribution_add(Contribution *sum, const Contribution *more)
{
    sum->count += more->count;
    sum->insertions += more->insertions;
    sum->deletions += more->deletions;
}

/* What a row adds: nothing unless it is a contribution. */
static Contribution contribution_of_row(const People *people,
                                        const PostRow *row)
{
    const PostKind kind = people_kind_of_row(people, row);

    return (Contribution){
        .count = totals_is_contribution(kind),
        .insertions = kind == POST_PATCH ? row->insertions : 0,
        .deletions = kind == POST_PATCH ? row->deletions : 0,
    };
}

/* By raw author number. */
static Contribution *count_by_author(const People *people, const PostRow *rows,
                                     size_t count, uint32_t *largest)
{
    *largest = totals_largest_number(rows, count);
    Contribution *counts = g_new0(Contribution, (size_t)*largest + 1);

    for (size_t i = 0; i < count; i++) {
        const Contribution more = contribution_of_row(people, &rows[i]);

        contribution_add(&counts[rows[i].author], &more);
    }
    return counts;
}

static void add_to_word(GHashTable *words, const char *word,
                        const Contribution *more)
{
    Contribution *known = g_hash_table_lookup(words, word);

    if (known == NULL) {
        known = g_new0(Contribution, 1);
        g_hash_table_insert(words, g_strdup(word), known);
    }
    contribution_add(known, more);
}

static DigestCount *row_of(const Contribution *sum)
{
    DigestCount *row = digest_count_new();

    row->count = sum->count;
    row->insertions = sum->insertions;
    row->deletions = sum->deletions;
    return row;
}

static void take_words(GHashTable *words, unsigned limit, GPtrArray *out)
{
    GHashTableIter iterator;
    gpointer word, count;

    g_hash_table_iter_init(&iterator, words);
    while (g_hash_table_iter_next(&iterator, &word, &count)) {
        DigestCount *row = row_of(count);

        row->who.name = g_strdup(word);
        g_ptr_array_add(out, row);
    }
    top_lists_sort_and_cut(out, top_lists_compare_counts, limit);
}

static GHashTable *words_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

void top_lists_domains(const People *people, const PostRow *rows, size_t count,
                       unsigned limit, GPtrArray *out)
{
    uint32_t largest;
    g_autofree Contribution *counts =
        count_by_author(people, rows, count, &largest);
    g_autoptr(GHashTable) domains = words_new();

    for (uint32_t number = 1; number <= largest; number++) {
        const MailPerson *raw = people_raw(people, number);
        const char *domain = raw == NULL ? "" : identity_domain(raw->address);

        if (counts[number].count > 0 && *domain != '\0')
            add_to_word(domains, domain, &counts[number]);
    }
    take_words(domains, limit, out);
}

typedef struct PersonCount {
    uint32_t person;
    Contribution sum;
} PersonCount;

static int compare_person_counts(gconstpointer one, gconstpointer other)
{
    const PersonCount *left = one, *right = other;

    if (left->sum.count != right->sum.count)
        return left->sum.count > right->sum.count ? -1 : 1;
    return 0;
}

/* Names cost time: they are made only for persons that may be among the first
 * limit, all with the count of the last of these included. */
static void take_people(const People *people, const Identity *identity,
                        GArray *counts, unsigned limit, int64_t when_seconds,
                        GPtrArray *out)
{
    g_array_sort(counts, compare_person_counts);
    for (unsigned i = 0; i < counts->len; i++) {
        const PersonCount *count = &g_array_index(counts, PersonCount, i);

        if (i >= limit &&
            count->sum.count <
                g_array_index(counts, PersonCount, limit - 1).sum.count)
            break;
        DigestCount *row = row_of(&count->sum);

        digest_person_fill(people, identity, count->person, when_seconds,
                           &row->who);
        g_ptr_array_add(out, row);
    }
    top_lists_sort_and_cut(out, top_lists_compare_counts, limit);
}

/* Returns those with a count, of counts by person. */
static GArray *counted_people(const Contribution *by_person, uint32_t size)
{
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(PersonCount));

    for (uint32_t person = 1; person <= size; person++) {
        const PersonCount found = { person, by_person[person] };

        if (found.sum.count > 0)
            g_array_append_val(counts, found);
    }
    return counts;
}

void top_lists_contributors(const People *people, const Identity *identity,
                            const PostRow *rows, size_t count, unsigned limit,
                            GPtrArray *out)
{
    uint32_t largest;
    g_autofree Contribution *by_number =
        count_by_author(people, rows, count, &largest);
    g_autofree Contribution *by_person =
        g_new0(Contribution, (size_t)people_size(people) + 1);

    for (uint32_t number = 1; number <= largest; number++)
        contribution_add(&by_person[people_person(people, number)],
                         &by_number[number]);

    g_autoptr(GArray) counts = counted_people(by_person, people_size(people));
    if (limit > 0 && counts->len > 0)
        take_people(people, identity, counts, limit,
                    rows[count - 1].arrival_ms / 1000, out);
}

void top_lists_posters(const People *people, const Identity *identity,
                       const PostRow *rows, size_t count, unsigned limit,
                       GPtrArray *out)
{
    g_autofree Contribution *by_person =
        g_new0(Contribution, (size_t)people_size(people) + 1);

    for (size_t i = 0; i < count; i++) {
        const uint32_t person =
            people_speaker(people, rows[i].sender, rows[i].author);

        if (!people_person_is_bot(people, person))
            by_person[person].count++;
    }

    g_autoptr(GArray) counts = counted_people(by_person, people_size(people));
    if (limit > 0 && counts->len > 0)
        take_people(people, identity, counts, limit,
                    rows[count - 1].arrival_ms / 1000, out);
}

/* --- organisations ---------------------------------------------------- */

/* A person's patches between two moments. */
typedef struct Career {
    Contribution sum;
    int64_t first_ms, last_ms;
    char *employer; /* if one for the whole span, else NULL */
} Career;

static Career *find_careers(const People *people, const PostRow *rows,
                            size_t count)
{
    Career *careers = g_new0(Career, (size_t)people_size(people) + 1);

    for (size_t i = 0; i < count; i++) {
        Career *career = &careers[people_person(people, rows[i].author)];

        const Contribution more = contribution_of_row(people, &rows[i]);

        if (more.count == 0)
            continue;
        if (career->sum.count == 0)
            career->first_ms = rows[i].arrival_ms;
        contribution_add(&career->sum, &more);
        career->last_ms = rows[i].arrival_ms;
    }
    return careers;
}

/* Whoever worked for one employer at both ends did so between: the dates of a
 * map are only looked at post by post for the others. */
static void find_employers(const People *people, const Identity *identity,
                           Career *careers, GHashTable *employers)
{
    for (uint32_t person = 1; person <= people_size(people); person++) {
        Career *career = &careers[person];

        if (career->sum.count == 0)
            continue;

        const char *address = people_address(people, person);
        g_autofree char *first =
            identity_organisation(identity, address, career->first_ms / 1000);
        g_autofree char *last =
            identity_organisation(identity, address, career->last_ms / 1000);

        if (strcmp(first, last) != 0)
            continue;
        if (*first != '\0')
            add_to_word(employers, first, &career->sum);
        career->employer = g_steal_pointer(&first);
    }
}

static void add_job_changers(const People *people, const Identity *identity,
                             const PostRow *rows, size_t count,
                             const Career *careers, GHashTable *employers)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t person = people_person(people, rows[i].author);
        const Contribution more = contribution_of_row(people, &rows[i]);

        if (person == 0 || careers[person].employer != NULL || more.count == 0)
            continue;

        g_autofree char *employer =
            identity_organisation(identity, people_address(people, person),
                                  rows[i].arrival_ms / 1000);

        if (*employer != '\0')
            add_to_word(employers, employer, &more);
    }
}

void top_lists_organisations(const People *people, const Identity *identity,
                             const PostRow *rows, size_t count, unsigned limit,
                             GPtrArray *out)
{
    if (identity == NULL) {
        top_lists_domains(people, rows, count, limit, out);
        return;
    }

    g_autoptr(GHashTable) employers = words_new();
    Career *careers = find_careers(people, rows, count);

    find_employers(people, identity, careers, employers);
    add_job_changers(people, identity, rows, count, careers, employers);
    for (uint32_t person = 0; person <= people_size(people); person++)
        g_free(careers[person].employer);
    g_free(careers);
    take_words(employers, limit, out);
}
