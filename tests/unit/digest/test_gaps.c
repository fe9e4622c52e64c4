/* SPDX-License-Identifier: MIT */
#include "digest/gaps.h"

#include <string.h>

#include "base/gap.h"
#include "tests/support/redis.h"
#include "tests/support/unit.h"

static const char list[] = "a.example.org";

static int start(void **state)
{
    const Gap gaps[] = {
        { 300, 400, (char[]){ "" }, (char[]){ "late" } },
        { 100, 200, (char[]){ "a.example.org" }, (char[]){ "why b" } },
        { 100, 200, (char[]){ "a.example.org" }, (char[]){ "why a" } },
        { 100, 150, (char[]){ "b.example.org" }, (char[]){ "other" } },
        { 100, 120, (char[]){ "b.example.org a.example.org" },
          (char[]){ "both" } },
    };

    if (test_redis_start(state) != 0)
        return -1;

    const TestRedis *redis = *state;

    for (unsigned i = 0; i < G_N_ELEMENTS(gaps); i++) {
        g_autofree char *field = g_strdup_printf("journal:%u", i);
        g_autofree char *value = gap_write(&gaps[i]);

        if (!store_fact_set(redis->store, GAP_HASH, field, value, NULL))
            return -1;
    }
    return store_fact_set(redis->store, GAP_HASH, "journal:99", "no gap", NULL)
               ? 0
               : -1;
}

static char *found(Store *store, const ListSettings *const *several,
                   int64_t from_ms, int64_t until_ms)
{
    const DigestRequest request = { .list = list, .several = several };
    g_autoptr(Digest) digest = digest_new();
    const Loading loading = { .store = store,
                              .request = &request,
                              .span = { .from_ms = from_ms,
                                        .until_ms = until_ms },
                              .digest = digest };
    GString *out = g_string_new(NULL);

    assert_true(gaps_load(&loading, NULL));
    for (unsigned i = 0; i < digest->gaps->len; i++) {
        const DigestGap *gap = digest->gaps->pdata[i];

        g_string_append_printf(
            out, "%s%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " %s",
            i > 0 ? ", " : "", gap->from_ms, gap->until_ms, gap->why);
    }
    return g_string_free(out, FALSE);
}

/* In order of time; of two at one time, by their ends, then their words. */
static void gaps_of_the_interval_are_told(void **state)
{
    static const struct {
        int64_t from_ms, until_ms;
        const char *shown;
    } cases[] = {
        { 0, INT64_MAX,
          "100-120 both, 100-200 why a, 100-200 why b, 300-400 late" },
        { 0, 100, "" },
        { 0, 101, "100-120 both, 100-200 why a, 100-200 why b" },
        { 150, 160, "100-200 why a, 100-200 why b" },
        { 121, 300, "100-200 why a, 100-200 why b" },
        /* the end of a gap belongs to it */
        { 200, 300, "100-200 why a, 100-200 why b" },
        { 201, 300, "" },
        { 399, 500, "300-400 late" },
        { 401, 500, "" },
    };
    const TestRedis *redis = *state;
    unsigned failed = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *shown =
            found(redis->store, NULL, cases[i].from_ms, cases[i].until_ms);

        if (strcmp(shown, cases[i].shown) == 0)
            continue;
        failed++;
        print_error("case %zu: %s, wanted %s\n", i, shown, cases[i].shown);
    }
    assert_int_equal(failed, 0);
}

static void several_lists_have_the_gaps_of_each_once(void **state)
{
    const ListSettings one = { .id = (char[]){ "a.example.org" } };
    const ListSettings other = { .id = (char[]){ "b.example.org" } };
    const ListSettings *const several[] = { &one, &other, NULL };
    const TestRedis *redis = *state;
    g_autofree char *shown = found(redis->store, several, 0, 300);

    assert_string_equal(shown, "100-120 both, 100-150 other, 100-200 why a, "
                               "100-200 why b");
}

#define redis_test(name)                                                       \
    cmocka_unit_test_setup_teardown(name, start, test_redis_stop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        redis_test(gaps_of_the_interval_are_told),
        redis_test(several_lists_have_the_gaps_of_each_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
