/* SPDX-License-Identifier: MIT */
#include "digest/totals.h"

#include "base/moment.h"

#include "base/banned.h"

static const int64_t MS_PER_DAY = INT64_C(86400000);

uint32_t totals_largest_number(const PostRow *rows, size_t count)
{
    uint32_t largest = 0;

    for (size_t i = 0; i < count; i++)
        largest = MAX(largest, MAX(rows[i].author, rows[i].sender));
    return largest;
}

GArray *totals_numbers(const PostRow *rows, size_t count)
{
    const uint32_t largest = totals_largest_number(rows, count);
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

void totals_appearances(People *people, const PostRow *rows, size_t count)
{
    const uint32_t largest = totals_largest_number(rows, count);
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

void totals_count(const People *people, const PostRow *rows, size_t count,
                  DigestTotals *totals)
{
    const size_t size = (size_t)people_size(people) + 1;
    g_autofree bool *is_sender = g_new0(bool, size);
    g_autofree bool *is_author = g_new0(bool, size);
    uint64_t kinds[POST_KINDS] = { 0 };

    totals->posts = count;
    for (size_t i = 0; i < count; i++) {
        const PostRow *row = &rows[i];
        const PostKind kind = people_kind_of_row(people, row);

        kinds[kind]++;
        is_sender[people_speaker(people, row->sender, row->author)] = true;
        if (totals_is_contribution(kind) || kind == POST_PULL)
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

GArray *totals_senders(const People *people, const PostRow *rows, size_t count)
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

void totals_days(const People *people, const PostRow *rows, size_t count,
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
        const PostKind kind = people_kind_of_row(people, &rows[i]);
        DigestDay *day = out->pdata[rows[i].arrival_ms / MS_PER_DAY - first];

        day->posts++;
        day->patches += kind == POST_PATCH;
        day->replies += kind == POST_REPLY;
    }
}

void totals_hours(const PostRow *rows, size_t count, const char *zone_name,
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
