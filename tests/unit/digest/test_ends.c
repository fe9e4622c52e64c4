/* SPDX-License-Identifier: MIT */
#include "digest/ends.h"

#include <string.h>

#include "tests/support/activity.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

static const char *const list = test_list;
static const int64_t START_MS = INT64_C(1759122000000); /* 05:00 UTC */

/* Two that differ in their eleventh digit, and one that is like none. */
static const char *const marks[] = {
    "aaaaaaaaaa1bbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "aaaaaaaaaa2bbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
    "cccccccccccccccccccccccccccccccccccccccc",
};

static void set_mark(uint8_t bytes[RECORD_MARK_BYTES], const char *mark)
{
    for (unsigned i = 0; i < RECORD_MARK_BYTES; i++)
        bytes[i] = (uint8_t)(g_ascii_xdigit_value(mark[2 * i]) << 4 |
                             g_ascii_xdigit_value(mark[2 * i + 1]));
}

static int start(void **state)
{
    if (test_redis_start(state) != 0)
        return -1;

    const TestRedis *redis = *state;

    for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++) {
        const Facts facts = { .number = i + 1, .arrival_ms = START_MS + i };
        g_autoptr(Activity) activity = test_activity(&facts);
        StoreItem item = { .activity = activity };

        set_mark(activity->mark, marks[i]);
        /* the record's rear: what its writer knew, then the mark */
        set_mark((uint8_t *)activity->record->str + 1, marks[i]);
        if (!store_count(redis->store, &item, 1, NULL, NULL))
            return -1;
    }
    return 0;
}

static char *named(Store *store, const IntervalRequest *interval,
                   const char *zone)
{
    g_autoptr(Digest) digest = digest_new();
    g_auto(IntervalRows) span;

    assert_true(interval_rows_load(store, list, interval, &span, NULL));
    assert_true(digest_name_ends(store, list, &span, zone, digest, NULL));
    return g_strdup_printf("%s..%s last %.11s", digest->from.shown,
                           digest->to.shown,
                           digest->last_mark != NULL ? digest->last_mark : "-");
}

static void ends_are_named_as_they_were_asked(void **state)
{
    const struct {
        IntervalRequest interval;
        const char *zone, *shown;
    } cases[] = {
        /* an open end is the last post, an open start has no name */
        { { 0 }, "UTC", "the start..ccccccccc last ccccccccccc" },
        { { .has_from = true, .from_ms = INT64_C(1759122000000) + 99 },
          "UTC",
          "2025-09-29 05:00..the end last -" },
        /* as many digits as tell it apart */
        { { .from_mark = (char[]){ "aaaaaaaaaa1" } },
          "UTC",
          "aaaaaaaaaa1..ccccccccc last ccccccccccc" },
        { { .until_mark = (char[]){ "aaaaaaaaaa2" } },
          "UTC",
          "the start..aaaaaaaaaa2 last aaaaaaaaaa2" },
        { { .until_mark = (char[]){ "cccc" } },
          "UTC",
          "the start..ccccccccc last ccccccccccc" },
        /* an empty one still has both names */
        { { .from_mark = (char[]){ "cccc" }, .until_mark = (char[]){ "cccc" } },
          "UTC",
          "ccccccccc..ccccccccc last -" },
        /* times, in the digest's zone */
        { { .has_from = true,
            .has_until = true,
            .from_ms = INT64_C(1759122000000),
            .until_ms = INT64_C(1759122000000) + 1 },
          "Europe/Berlin",
          "2025-09-29 07:00..2025-09-29 07:00 last aaaaaaaaaa1" },
        { { .has_from = true,
            .has_until = true,
            .from_ms = 0,
            .until_ms = INT64_C(1759104000000) },
          "America/New_York",
          "1969-12-31 19:00..2025-09-28 20:00 last -" },
    };
    const TestRedis *redis = *state;
    unsigned failed = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found =
            named(redis->store, &cases[i].interval, cases[i].zone);

        if (strcmp(found, cases[i].shown) == 0)
            continue;
        failed++;
        print_error("case %zu: %s, wanted %s\n", i, found, cases[i].shown);
    }
    assert_int_equal(failed, 0);
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(ends_are_named_as_they_were_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
