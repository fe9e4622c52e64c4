/* SPDX-License-Identifier: MIT */
#include "gather/interval_rows.h"

#include <string.h>

#include "tests/support/activity.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

static const char *const list = test_list;
static const int64_t START_MS = INT64_C(1759122000000); /* 2025-09-29 */

/* Posts by number. Three came in one millisecond, counted in another order
 * than that of their marks, which is theirs: 3, 4, 2. */
static const struct {
    int64_t after_ms;
    unsigned mark;
} posts[] = {
    { 0, 0x11 }, { 10, 0x77 }, { 10, 0x22 }, { 10, 0x55 }, { 20, 0x33 },
};

static int start(void **state)
{
    if (test_redis_start(state) != 0)
        return -1;

    const TestRedis *redis = *state;

    for (unsigned i = 0; i < G_N_ELEMENTS(posts); i++) {
        const Facts facts = { .number = i + 1,
                              .arrival_ms = START_MS + posts[i].after_ms,
                              .mark = posts[i].mark };
        g_autoptr(Activity) activity = test_activity(&facts);
        StoreItem item = { .activity = activity };

        if (!store_count(redis->store, &item, 1, NULL, NULL))
            return -1;
    }
    return 0;
}

/* The request of "A..B": each a mark of four digits, a time as "+10" after the
 * start, or nothing. */
static void request_of(const char *words, IntervalRequest *request)
{
    g_auto(GStrv) ends = g_strsplit(words, "..", 2);

    *request = (IntervalRequest){ 0 };
    if (g_ascii_isxdigit(*ends[0]))
        request->from_mark = g_strdup(ends[0]);
    else if (*ends[0] != '\0') {
        request->has_from = true;
        request->from_ms = START_MS + g_ascii_strtoll(ends[0], NULL, 10);
    }
    if (g_ascii_isxdigit(*ends[1]))
        request->until_mark = g_strdup(ends[1]);
    else if (*ends[1] != '\0') {
        request->has_until = true;
        request->until_ms = START_MS + g_ascii_strtoll(ends[1], NULL, 10);
    }
}

static char *shown(const IntervalRows *span)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < span->rows->len; i++)
        g_string_append_printf(out, "%u ",
                               g_array_index(span->rows, PostRow, i).post);
    g_string_append_printf(out, "last %u", span->last.post);
    if (span->is_open_from)
        g_string_append(out, " open from");
    if (span->is_open_to)
        g_string_append(out, " open to");
    return g_string_free(out, FALSE);
}

static char *loaded(Store *store, const char *words)
{
    g_autoptr(GError) error = NULL;
    IntervalRequest request;
    g_auto(IntervalRows) span;

    request_of(words, &request);
    const bool is_loaded =
        interval_rows_load(store, list, &request, &span, &error);

    interval_request_clear(&request);
    if (is_loaded)
        return shown(&span);
    if (g_error_matches(error, INTERVAL_ERROR, INTERVAL_ERROR_ORDER))
        return g_strdup("order");
    if (g_error_matches(error, STORE_ERROR, STORE_ERROR_UNKNOWN))
        return g_strdup("unknown");
    return g_strdup(error->message);
}

static void rows_lie_between_the_ends(void **state)
{
    static const struct {
        const char *words, *shown;
    } cases[] = {
        { "..", "1 2 3 4 5 last 5 open from open to" },
        /* a time at the start is included, one at the end excluded */
        { "+0..+20", "1 2 3 4 last 2" },
        { "+1..+21", "2 3 4 5 last 5" },
        { "+10..+11", "2 3 4 last 2" },
        { "+11..+20", "last 0" },
        { "+10..+10", "last 0" },
        { "-99..+1", "1 last 1" },
        { "+21..", "last 0 open to" },
        { "..+0", "last 0 open from" },
        /* a mark at the start is excluded, one at the end included */
        { "1111..3333", "2 3 4 5 last 5" },
        { "1111..1111", "last 0" },
        { "..1111", "1 last 1 open from" },
        { "3333..", "last 0 open to" },
        /* of one millisecond, by their marks */
        { "2222..", "2 4 5 last 5 open to" },
        { "5555..", "2 5 last 5 open to" },
        { "7777..", "5 last 5 open to" },
        { "..2222", "1 3 last 3 open from" },
        { "..5555", "1 3 4 last 4 open from" },
        { "..7777", "1 2 3 4 last 2 open from" },
        { "2222..5555", "4 last 4" },
        { "2222..7777", "2 4 last 2" },
        { "5555..5555", "last 0" },
        /* a mark and a time */
        { "1111..+10", "last 0" },
        { "1111..+11", "2 3 4 last 2" },
        { "5555..+20", "2 last 2" },
        { "+10..5555", "3 4 last 4" },
        { "+11..3333", "5 last 5" },
        /* ends in the wrong order, also within one millisecond */
        { "3333..1111", "order" },
        { "7777..2222", "order" },
        { "3333..+10", "order" },
        { "+11..5555", "order" },
        /* nothing has such a mark */
        { "9999..", "unknown" },
        { "..9999", "unknown" },
    };
    const TestRedis *redis = *state;
    unsigned failed = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = loaded(redis->store, cases[i].words);

        if (strcmp(found, cases[i].shown) == 0)
            continue;
        failed++;
        print_error("%s: %s, wanted %s\n", cases[i].words, found,
                    cases[i].shown);
    }
    assert_int_equal(failed, 0);
}

static void a_list_without_posts_has_no_rows(void **state)
{
    const TestRedis *redis = *state;
    const IntervalRequest open = { 0 };
    g_auto(IntervalRows) span;

    assert_true(interval_rows_load(redis->store, "none.example.org", &open,
                                   &span, NULL));
    assert_int_equal(span.rows->len, 0);
    assert_int_equal(span.last.post, 0);
}

/* Each post is before or after the end, and none that has a row is after. */
static void posts_after_the_end_are_known(void **state)
{
    static const struct {
        const char *words, *after;
    } cases[] = {
        { "..", "" },       { "..+0", "1 2 3 4 5 " }, { "..+10", "2 3 4 5 " },
        { "..+11", "5 " },  { "..2222", "2 4 5 " },   { "..5555", "2 5 " },
        { "..7777", "5 " }, { "..3333", "" },         { "2222..+20", "5 " },
    };
    static const uint32_t all[] = { 1, 2, 3, 4, 5 };
    const TestRedis *redis = *state;
    g_autoptr(GArray) records =
        store_posts(redis->store, list, all, G_N_ELEMENTS(all), NULL);
    unsigned failed = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        IntervalRequest request;
        g_auto(IntervalRows) span;
        g_autoptr(GString) after = g_string_new(NULL);

        request_of(cases[i].words, &request);
        assert_true(
            interval_rows_load(redis->store, list, &request, &span, NULL));
        interval_request_clear(&request);
        for (unsigned j = 0; j < records->len; j++) {
            if (interval_rows_is_after(&span,
                                       &g_array_index(records, PostRecord, j)))
                g_string_append_printf(after, "%u ", all[j]);
        }
        if (strcmp(after->str, cases[i].after) == 0)
            continue;
        failed++;
        print_error("%s: %s, wanted %s\n", cases[i].words, after->str,
                    cases[i].after);
    }
    assert_int_equal(failed, 0);
}

static void an_interval_ends_by_now(void **state)
{
    IntervalRows span = { .until_ms = 1000 };

    (void)state;
    assert_int_equal(interval_rows_end(&span, 5000), 1000);
    assert_int_equal(interval_rows_end(&span, 1000), 1000);
    assert_int_equal(interval_rows_end(&span, 500), 500);
    span.until_ms = INT64_MAX;
    assert_int_equal(interval_rows_end(&span, 5000), 5000);
    /* at its last post, not a millisecond behind it */
    span.to = (PostRecord){ .post = 3, .arrival_ms = 999 };
    span.until_ms = 1000;
    assert_int_equal(interval_rows_end(&span, 5000), 999);
    assert_int_equal(interval_rows_end(&span, 500), 500);
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(rows_lie_between_the_ends),
        redis_test(a_list_without_posts_has_no_rows),
        redis_test(posts_after_the_end_are_known),
        cmocka_unit_test(an_interval_ends_by_now),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
