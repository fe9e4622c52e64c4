/* SPDX-License-Identifier: MIT */
#include "digest/tally.h"

#include "base/moment.h"

#include <string.h>

#include "base/banned.h"

static const int64_t MS_PER_DAY = INT64_C(86400000);

static uint32_t largest_number(const PostRow *rows, size_t count)
{
    uint32_t largest = 0;

    for (size_t i = 0; i < count; i++)
        largest = MAX(largest, MAX(rows[i].author, rows[i].sender));
    return largest;
}

GArray *tally_numbers(const PostRow *rows, size_t count)
{
    const uint32_t largest = largest_number(rows, count);
    g_autofree bool *is_named = g_new0(bool, (size_t)largest + 1);
    GArray *numbers = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (size_t i = 0; i < count; i++)
        is_named[rows[i].author] = is_named[rows[i].sender] = true;
    for (uint32_t number = 1; number <= largest; number++) {
        if (is_named[number])
            g_array_append_val(numbers, number);
    }
    return numbers;
}

void tally_appearances(People *people, const PostRow *rows, size_t count)
{
    const uint32_t largest = largest_number(rows, count);
    g_autofree uint64_t *times = g_new0(uint64_t, (size_t)largest + 1);

    for (size_t i = 0; i < count; i++) {
        times[rows[i].author]++;
        times[rows[i].sender]++;
    }
    for (uint32_t number = 1; number <= largest; number++) {
        if (times[number] > 0)
            people_count(people, number, times[number]);
    }
}

static PostKind kind_of_row(const People *people, const PostRow *row)
{
    return people_kind(people, row->sender, row->author, row->kind,
                       row->kind_of_bot);
}

/* Patches and covers are what a contributor is counted by. */
static bool is_contribution(PostKind kind)
{
    return kind == POST_PATCH || kind == POST_COVER;
}

/* --- totals ----------------------------------------------------------- */

/* How many of the marked persons there are; nobody is none, nor is a bot. */
static uint64_t count_people(const People *people, const bool *is_marked)
{
    uint64_t sum = 0;

    for (uint32_t person = 1; person <= people_size(people); person++)
        sum += is_marked[person] && !people_person_is_bot(people, person);
    return sum;
}

static void count_kinds(const uint64_t kinds[POST_KINDS], DigestTotals *totals)
{
    totals->patches = kinds[POST_PATCH];
    totals->covers = kinds[POST_COVER];
    totals->pulls = kinds[POST_PULL];
    totals->replies = kinds[POST_REPLY];
    totals->notices = kinds[POST_NOTICE];
    totals->bot_reports = kinds[POST_BOT_REPORT];
    totals->other = kinds[POST_OTHER];
}

void tally_totals(const People *people, const PostRow *rows, size_t count,
                  DigestTotals *totals)
{
    const size_t size = (size_t)people_size(people) + 1;
    g_autofree bool *is_sender = g_new0(bool, size);
    g_autofree bool *is_author = g_new0(bool, size);
    uint64_t kinds[POST_KINDS] = { 0 };

    totals->posts = count;
    for (size_t i = 0; i < count; i++) {
        const PostRow *row = &rows[i];
        const PostKind kind = kind_of_row(people, row);

        kinds[kind]++;
        is_sender[people_speaker(people, row->sender, row->author)] = true;
        if (is_contribution(kind) || kind == POST_PULL)
            is_author[people_person(people, row->author)] = true;
        if (kind == POST_PATCH) {
            totals->insertions += row->insertions;
            totals->deletions += row->deletions;
        }
        totals->malformed += (row->flags & POST_MALFORMED) != 0;
    }
    count_kinds(kinds, totals);
    totals->people = count_people(people, is_sender);
    totals->authors = count_people(people, is_author);
}

GArray *tally_senders(const People *people, const PostRow *rows, size_t count)
{
    g_autofree bool *is_sender = g_new0(bool, (size_t)people_size(people) + 1);
    GArray *senders = g_array_new(FALSE, FALSE, sizeof(uint32_t));

    for (size_t i = 0; i < count; i++)
        is_sender[people_speaker(people, rows[i].sender, rows[i].author)] =
            true;
    for (uint32_t person = 1; person <= people_size(people); person++) {
        if (is_sender[person])
            g_array_append_val(senders, person);
    }
    return senders;
}

/* --- top lists -------------------------------------------------------- */

static int compare_counts(gconstpointer one, gconstpointer other)
{
    const DigestCount *left = *(const DigestCount *const *)one;
    const DigestCount *right = *(const DigestCount *const *)other;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;

    const int by_name = g_strcmp0(left->who.name, right->who.name);

    return by_name != 0 ? by_name
                        : g_strcmp0(left->who.email, right->who.email);
}

void tally_sort_and_cut(GPtrArray *counts, unsigned limit)
{
    g_ptr_array_sort(counts, compare_counts);
    if (counts->len > limit)
        g_ptr_array_set_size(counts, (int)limit);
}

/* Patches and covers, and the lines of the patches. */
typedef struct Tally {
    uint64_t count, insertions, deletions;
} Tally;

static void tally_add(Tally *tally, const Tally *more)
{
    tally->count += more->count;
    tally->insertions += more->insertions;
    tally->deletions += more->deletions;
}

/* What a row adds: nothing unless it is a contribution. */
static Tally tally_of_row(const People *people, const PostRow *row)
{
    const PostKind kind = kind_of_row(people, row);

    return (Tally){
        .count = is_contribution(kind),
        .insertions = kind == POST_PATCH ? row->insertions : 0,
        .deletions = kind == POST_PATCH ? row->deletions : 0,
    };
}

/* By raw author number. */
static Tally *count_by_author(const People *people, const PostRow *rows,
                              size_t count, uint32_t *largest)
{
    *largest = largest_number(rows, count);
    Tally *counts = g_new0(Tally, (size_t)*largest + 1);

    for (size_t i = 0; i < count; i++) {
        const Tally more = tally_of_row(people, &rows[i]);

        tally_add(&counts[rows[i].author], &more);
    }
    return counts;
}

static void add_to_word(GHashTable *words, const char *word, const Tally *more)
{
    Tally *known = g_hash_table_lookup(words, word);

    if (known == NULL) {
        known = g_new0(Tally, 1);
        g_hash_table_insert(words, g_strdup(word), known);
    }
    tally_add(known, more);
}

static DigestCount *row_of(const Tally *tally)
{
    DigestCount *row = digest_count_new();

    row->count = tally->count;
    row->insertions = tally->insertions;
    row->deletions = tally->deletions;
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
    tally_sort_and_cut(out, limit);
}

static GHashTable *words_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

void tally_domains(const People *people, const PostRow *rows, size_t count,
                   unsigned limit, GPtrArray *out)
{
    uint32_t largest;
    g_autofree Tally *counts = count_by_author(people, rows, count, &largest);
    g_autoptr(GHashTable) domains = words_new();

    for (uint32_t number = 1; number <= largest; number++) {
        const MailPerson *raw = people_raw(people, number);
        const char *domain = raw == NULL ? "" : identity_domain(raw->address);

        if (counts[number].count > 0 && *domain != '\0')
            add_to_word(domains, domain, &counts[number]);
    }
    take_words(domains, limit, out);
}

void tally_person(const People *people, const Identity *identity,
                  uint32_t person, int64_t when_seconds, DigestPerson *out)
{
    const char *address = people_address(people, person);

    out->name = g_strdup(people_name(people, person));
    out->email = g_strdup(address);
    out->organisation =
        identity == NULL
            ? g_strdup(identity_domain(address))
            : identity_organisation(identity, address, when_seconds);
}

void tally_person_in(const People *people, const Identity *identity,
                     uint32_t number, int64_t when_seconds, DigestPerson *out)
{
    tally_person(people, identity, people_person(people, number), when_seconds,
                 out);
    g_free(out->name);
    out->name = g_strdup(people_name_in(people, number));
}

typedef struct PersonCount {
    uint32_t person;
    Tally tally;
} PersonCount;

static int compare_person_counts(gconstpointer one, gconstpointer other)
{
    const PersonCount *left = one, *right = other;

    if (left->tally.count != right->tally.count)
        return left->tally.count > right->tally.count ? -1 : 1;
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
            count->tally.count <
                g_array_index(counts, PersonCount, limit - 1).tally.count)
            break;
        DigestCount *row = row_of(&count->tally);

        tally_person(people, identity, count->person, when_seconds, &row->who);
        g_ptr_array_add(out, row);
    }
    tally_sort_and_cut(out, limit);
}

/* Returns those with a count, of counts by person. */
static GArray *counted_people(const Tally *by_person, uint32_t size)
{
    GArray *counts = g_array_new(FALSE, FALSE, sizeof(PersonCount));

    for (uint32_t person = 1; person <= size; person++) {
        const PersonCount found = { person, by_person[person] };

        if (found.tally.count > 0)
            g_array_append_val(counts, found);
    }
    return counts;
}

void tally_contributors(const People *people, const Identity *identity,
                        const PostRow *rows, size_t count, unsigned limit,
                        GPtrArray *out)
{
    uint32_t largest;
    g_autofree Tally *by_number =
        count_by_author(people, rows, count, &largest);
    g_autofree Tally *by_person =
        g_new0(Tally, (size_t)people_size(people) + 1);

    for (uint32_t number = 1; number <= largest; number++)
        tally_add(&by_person[people_person(people, number)],
                  &by_number[number]);

    g_autoptr(GArray) counts = counted_people(by_person, people_size(people));
    if (limit > 0 && counts->len > 0)
        take_people(people, identity, counts, limit,
                    rows[count - 1].arrival_ms / 1000, out);
}

void tally_posters(const People *people, const Identity *identity,
                   const PostRow *rows, size_t count, unsigned limit,
                   GPtrArray *out)
{
    g_autofree Tally *by_person =
        g_new0(Tally, (size_t)people_size(people) + 1);

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
    Tally tally;
    int64_t first_ms, last_ms;
    char *employer; /* if one for the whole span, else NULL */
} Career;

static Career *find_careers(const People *people, const PostRow *rows,
                            size_t count)
{
    Career *careers = g_new0(Career, (size_t)people_size(people) + 1);

    for (size_t i = 0; i < count; i++) {
        Career *career = &careers[people_person(people, rows[i].author)];

        const Tally more = tally_of_row(people, &rows[i]);

        if (more.count == 0)
            continue;
        if (career->tally.count == 0)
            career->first_ms = rows[i].arrival_ms;
        tally_add(&career->tally, &more);
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

        if (career->tally.count == 0)
            continue;

        const char *address = people_address(people, person);
        g_autofree char *first =
            identity_organisation(identity, address, career->first_ms / 1000);
        g_autofree char *last =
            identity_organisation(identity, address, career->last_ms / 1000);

        if (strcmp(first, last) != 0)
            continue;
        if (*first != '\0')
            add_to_word(employers, first, &career->tally);
        career->employer = g_steal_pointer(&first);
    }
}

static void add_job_changers(const People *people, const Identity *identity,
                             const PostRow *rows, size_t count,
                             const Career *careers, GHashTable *employers)
{
    for (size_t i = 0; i < count; i++) {
        const uint32_t person = people_person(people, rows[i].author);
        const Tally more = tally_of_row(people, &rows[i]);

        if (person == 0 || careers[person].employer != NULL || more.count == 0)
            continue;

        g_autofree char *employer =
            identity_organisation(identity, people_address(people, person),
                                  rows[i].arrival_ms / 1000);

        if (*employer != '\0')
            add_to_word(employers, employer, &more);
    }
}

void tally_organisations(const People *people, const Identity *identity,
                         const PostRow *rows, size_t count, unsigned limit,
                         GPtrArray *out)
{
    if (identity == NULL) {
        tally_domains(people, rows, count, limit, out);
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

/* --- days ------------------------------------------------------------- */

static char *day_name(int64_t day)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(day * 86400);

    return time == NULL ? g_strdup("?") : g_date_time_format(time, "%Y-%m-%d");
}

static void add_days(int64_t first, int64_t last, GPtrArray *out)
{
    for (int64_t day = first; day <= last; day++) {
        DigestDay *one = g_new0(DigestDay, 1);

        one->day = day_name(day);
        g_ptr_array_add(out, one);
    }
}

void tally_days(const People *people, const PostRow *rows, size_t count,
                int64_t first_ms, int64_t last_ms, GPtrArray *out)
{
    int64_t first = first_ms / MS_PER_DAY;
    int64_t last = last_ms / MS_PER_DAY;

    if (count > 0) {
        first = MIN(first, rows[0].arrival_ms / MS_PER_DAY);
        last = MAX(last, rows[count - 1].arrival_ms / MS_PER_DAY);
    }
    add_days(first, last, out);
    for (size_t i = 0; i < count; i++) {
        const PostKind kind = kind_of_row(people, &rows[i]);
        DigestDay *day = out->pdata[rows[i].arrival_ms / MS_PER_DAY - first];

        day->posts++;
        day->patches += kind == POST_PATCH;
        day->replies += kind == POST_REPLY;
    }
}

void tally_hours(const PostRow *rows, size_t count, const char *zone_name,
                 uint64_t hours[24], uint64_t weekdays[7])
{
    enum { HOUR = 3600, HOURS = 24, DAYS = 7, THURSDAY = 3, SECOND_MS = 1000 };
    g_autoptr(GTimeZone) zone = moment_zone(zone_name);
    int64_t known = -1, offset = 0;

    for (size_t i = 0; i < count; i++) {
        const int64_t seconds = rows[i].arrival_ms / SECOND_MS;

        if (zone != NULL && seconds / HOUR != known)
            offset = g_time_zone_get_offset(
                zone, g_time_zone_find_interval(zone, G_TIME_TYPE_UNIVERSAL,
                                                seconds));
        known = seconds / HOUR;

        const int64_t local = MAX(seconds + offset, 0) / HOUR;

        hours[local % HOURS]++;
        weekdays[(local / HOURS + THURSDAY) % DAYS]++;
    }
}
