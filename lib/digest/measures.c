/* SPDX-License-Identifier: MIT */
#include "digest/measures.h"

#include "base/banned.h"

enum { MEDIAN = 50, MOST = 90, WHOLE = 100, MS_PER_SECOND = 1000 };

static int compare_values(gconstpointer one, gconstpointer other)
{
    const int64_t left = *(const int64_t *)one;
    const int64_t right = *(const int64_t *)other;

    return left < right ? -1 : left > right;
}

int64_t measures_percentile(GArray *values, unsigned percent)
{
    if (values->len == 0)
        return -1;
    g_array_sort(values, compare_values);

    const unsigned rank = (values->len * percent + WHOLE - 1) / WHOLE;

    return g_array_index(values, int64_t, MAX(rank, 1) - 1);
}

static DigestMedian median_of(GArray *values)
{
    return (DigestMedian){
        .count = values->len,
        .median = measures_percentile(values, MEDIAN),
        .most = measures_percentile(values, MOST),
    };
}

/* delay: of a set, -1 for none. newcomers: only theirs. A pull request's answer
 * is that it was pulled, which is no measure of review. */
static DigestMedian median_delay(const GPtrArray *sets,
                                 int64_t (*delay)(const DigestSet *),
                                 bool newcomers)
{
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (unsigned i = 0; i < sets->len; i++) {
        const DigestSet *set = sets->pdata[i];
        const int64_t value = delay(set);

        if (set->state != DIGEST_PULL && value >= 0 &&
            (!newcomers || set->is_by_newcomer))
            g_array_append_val(values, value);
    }
    return median_of(values);
}

static int64_t reply_of(const DigestSet *set)
{
    return set->first_reply_seconds;
}

static int64_t review_of(const DigestSet *set)
{
    return set->first_review_seconds;
}

/* From the head of its first revision to the notice; what was committed before
 * it was posted took no time. */
static int64_t applying_of(const DigestSet *set)
{
    if (set->applied == NULL || set->applied->dialect == PATCH_NOTICE_SUBJECT)
        return -1;
    return MAX(set->applied->arrival_ms - set->first_version_ms, 0) /
           MS_PER_SECOND;
}

static int64_t versions_of(const DigestSet *set)
{
    return set->applied == NULL ? -1 : (int64_t)set->version;
}

void measures_fill(Digest *digest)
{
    DigestMeasures *measures = &digest->measures;

    digest->has_measures = true;
    measures->reply = median_delay(digest->sets, reply_of, false);
    measures->review = median_delay(digest->sets, review_of, false);
    measures->newcomer_reply = median_delay(digest->sets, reply_of, true);
    measures->newcomer_review = median_delay(digest->sets, review_of, true);
    measures->applied = median_delay(digest->applied, applying_of, false);
    measures->versions = median_delay(digest->applied, versions_of, false);
    for (unsigned i = 0; i < digest->sets->len; i++) {
        const DigestSet *set = digest->sets->pdata[i];

        if (set->state == DIGEST_PULL)
            continue;
        measures->patches += set->parts_seen;
        measures->reviewed += MIN(set->reviewed, set->parts_seen);
    }
}
