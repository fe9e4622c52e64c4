/* SPDX-License-Identifier: MIT */
#include "digest/periods.h"

#include "base/banned.h"

enum { DAYS_MAX = 28, WEEK_DAYS_MAX = 183, WHOLE = 100 };

static DigestStep step_of(unsigned days)
{
    if (days <= DAYS_MAX)
        return STEP_DAY;
    return days <= WEEK_DAYS_MAX ? STEP_WEEK : STEP_MONTH;
}

/* The names that a day has as a row; two days of one week have one. */
static char *name_of(const DigestDay *day, DigestStep step)
{
    static const char *const formats[] = { "%Y-%m-%d %a", "%G-W%V", "%Y-%m" };
    g_autofree char *midnight = g_strconcat(day->day, "T00:00:00Z", NULL);
    g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(midnight, NULL);

    return time != NULL ? g_date_time_format(time, formats[step])
                        : g_strdup(day->day);
}

static DigestPeriod *period_of(GPtrArray *periods, const DigestDay *day,
                               DigestStep step)
{
    g_autofree char *name = name_of(day, step);
    DigestPeriod *last =
        periods->len > 0 ? periods->pdata[periods->len - 1] : NULL;

    if (last != NULL && g_str_equal(last->name, name))
        return last;
    last = g_new0(DigestPeriod, 1);
    last->name = g_steal_pointer(&name);
    g_ptr_array_add(periods, last);
    return last;
}

static void find_shares(GPtrArray *periods)
{
    uint64_t most = 1;

    for (unsigned i = 0; i < periods->len; i++)
        most = MAX(most, ((DigestPeriod *)periods->pdata[i])->posts);
    for (unsigned i = 0; i < periods->len; i++) {
        DigestPeriod *period = periods->pdata[i];

        period->share = (unsigned)((period->posts * WHOLE + most - 1) / most);
    }
}

void periods_fill(Digest *digest)
{
    digest->step = step_of(digest->days->len);
    for (unsigned i = 0; i < digest->days->len; i++) {
        const DigestDay *day = digest->days->pdata[i];
        DigestPeriod *period = period_of(digest->periods, day, digest->step);

        period->posts += day->posts;
        period->patches += day->patches;
        period->replies += day->replies;
    }
    find_shares(digest->periods);
}

static unsigned find_period(const Digest *digest, const DigestDay *day,
                            unsigned from)
{
    g_autofree char *name = name_of(day, digest->step);

    while (from + 1 < digest->periods->len &&
           !g_str_equal(((DigestPeriod *)digest->periods->pdata[from])->name,
                        name))
        from++;
    return from;
}

/* A list that is younger than the interval before has fewer days there: the
 * last days of both are opposite. */
void periods_compare(Digest *digest)
{
    const GPtrArray *days = digest->days, *before = digest->before->days;
    unsigned period = 0;

    for (unsigned i = 0; i < days->len; i++) {
        const unsigned left = days->len - i;

        period = find_period(digest, days->pdata[i], period);
        if (left > before->len)
            continue;

        const DigestDay *other = before->pdata[before->len - left];
        ((DigestPeriod *)digest->periods->pdata[period])->before +=
            other->posts;
    }
}
