/* SPDX-License-Identifier: MIT */
#include "digest/measures.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/unit.h"

static GArray *values_of(const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    GArray *values = g_array_new(FALSE, FALSE, sizeof(int64_t));

    for (char **word = words; *word != NULL && **word != '\0'; word++) {
        const int64_t value = g_ascii_strtoll(*word, NULL, 10);

        g_array_append_val(values, value);
    }
    return values;
}

static void percentiles_are_by_nearest_rank(void **state)
{
    static const struct {
        const char *values;
        unsigned percent;
        int64_t found;
    } cases[] = {
        { "", 50, -1 },
        { "", 90, -1 },
        { "7", 0, 7 },
        { "7", 50, 7 },
        { "7", 100, 7 },
        { "9 1", 50, 1 },
        { "9 1", 51, 9 },
        { "3 1 2", 50, 2 },
        { "4 1 3 2", 50, 2 },
        { "4 1 3 2", 75, 3 },
        { "4 1 3 2", 76, 4 },
        { "10 9 8 7 6 5 4 3 2 1", 90, 9 },
        { "11 10 9 8 7 6 5 4 3 2 1", 90, 10 },
        { "10 9 8 7 6 5 4 3 2 1", 100, 10 },
        { "5 5 5 5", 50, 5 },
        { "0 0 1", 50, 0 },
        /* farther apart than an int can tell */
        { "9000000000 1 5000000000", 50, INT64_C(5000000000) },
        { "9223372036854775807 -9223372036854775807 0", 90, INT64_MAX },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GArray) values = values_of(cases[i].values);
        const int64_t found = measures_percentile(values, cases[i].percent);

        if (found == cases[i].found)
            continue;
        failed++;
        print_error("%u%% of \"%s\": %" G_GINT64_FORMAT "\n", cases[i].percent,
                    cases[i].values, found);
    }
    assert_int_equal(failed, 0);
}

static DigestSet *add_set(Digest *digest, int64_t reply, int64_t review)
{
    DigestSet *set = digest_set_new();

    set->first_reply_seconds = reply;
    set->first_review_seconds = review;
    g_ptr_array_add(digest->sets, set);
    return set;
}

static void assert_median(const DigestMedian *found, uint64_t count,
                          int64_t median, int64_t most)
{
    assert_int_equal(found->count, count);
    assert_int_equal(found->median, median);
    assert_int_equal(found->most, most);
}

static void nothing_has_no_median(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    const DigestMeasures *measures = &digest->measures;

    (void)state;
    measures_fill(digest);
    assert_true(digest->has_measures);
    assert_median(&measures->reply, 0, -1, -1);
    assert_median(&measures->review, 0, -1, -1);
    assert_median(&measures->newcomer_reply, 0, -1, -1);
    assert_median(&measures->newcomer_review, 0, -1, -1);
    assert_median(&measures->applied, 0, -1, -1);
    assert_median(&measures->versions, 0, -1, -1);
    assert_int_equal(measures->patches, 0);
    assert_int_equal(measures->reviewed, 0);
}

/* What nobody answered has no delay; an answer at once has one of 0. */
static void delays_are_of_sets_with_answers(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    const DigestMeasures *measures = &digest->measures;

    (void)state;
    (void)add_set(digest, -1, -1);
    (void)add_set(digest, 0, -1);
    (void)add_set(digest, 60, 100);
    add_set(digest, 30, 200)->is_by_newcomer = true;
    add_set(digest, -1, -1)->is_by_newcomer = true;
    measures_fill(digest);
    assert_median(&measures->reply, 3, 30, 60);
    assert_median(&measures->review, 2, 100, 200);
    assert_median(&measures->newcomer_reply, 1, 30, 30);
    assert_median(&measures->newcomer_review, 1, 200, 200);
}

static void patches_count_as_reviewed_once(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    DigestSet *whole = add_set(digest, -1, -1);
    DigestSet *partly = add_set(digest, -1, -1);
    DigestSet *missing = add_set(digest, -1, -1);

    (void)state;
    whole->parts_seen = whole->parts_total = whole->reviewed = 3;
    partly->parts_seen = partly->parts_total = 4;
    partly->reviewed = 1;
    /* Parts that never came cannot have been reviewed. */
    missing->parts_total = missing->reviewed = 5;
    missing->parts_seen = 2;
    measures_fill(digest);
    assert_int_equal(digest->measures.patches, 9);
    assert_int_equal(digest->measures.reviewed, 6);
}

static DigestSet *add_applied(Digest *digest, int64_t first_ms,
                              int64_t notice_ms, unsigned version)
{
    DigestSet *set = add_set(digest, -1, -1);

    set->version = version;
    set->first_version_ms = first_ms;
    set->applied = g_new0(DigestNotice, 1);
    set->applied->arrival_ms = notice_ms;
    g_ptr_array_add(digest->applied, set);
    return set;
}

static void applying_is_from_the_first_revision_on(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    DigestSet *partly = add_set(digest, -1, -1);

    (void)state;
    (void)add_applied(digest, 1000, 4999, 1);
    (void)add_applied(digest, 1000, 61000, 7);
    /* a notice that a clock ahead made older than the mail */
    (void)add_applied(digest, 5000, 4000, 2);
    partly->version = 9;
    g_ptr_array_add(digest->applied, partly); /* parts of it are */
    measures_fill(digest);
    assert_median(&digest->measures.applied, 3, 3, 60);
    assert_median(&digest->measures.versions, 3, 2, 7);
}

static void pull_requests_are_not_measured(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    const DigestMeasures *measures = &digest->measures;
    DigestSet *pull = add_applied(digest, 1000, 2000, 1);

    (void)state;
    pull->state = DIGEST_PULL;
    pull->is_by_newcomer = true;
    pull->first_reply_seconds = 5;
    pull->first_review_seconds = 6;
    pull->parts_seen = pull->parts_total = pull->reviewed = 3;
    measures_fill(digest);
    assert_median(&measures->reply, 0, -1, -1);
    assert_median(&measures->review, 0, -1, -1);
    assert_median(&measures->newcomer_reply, 0, -1, -1);
    assert_median(&measures->newcomer_review, 0, -1, -1);
    assert_median(&measures->applied, 0, -1, -1);
    assert_median(&measures->versions, 0, -1, -1);
    assert_int_equal(measures->patches, 0);
    assert_int_equal(measures->reviewed, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_are_by_nearest_rank),
        cmocka_unit_test(nothing_has_no_median),
        cmocka_unit_test(delays_are_of_sets_with_answers),
        cmocka_unit_test(patches_count_as_reviewed_once),
        cmocka_unit_test(applying_is_from_the_first_revision_on),
        cmocka_unit_test(pull_requests_are_not_measured),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
