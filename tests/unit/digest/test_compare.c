/* SPDX-License-Identifier: MIT */
#include "digest/compare.h"

#include <string.h>

#include "tests/support/unit.h"

/* Rows are words "NAME<ADDRESS>=COUNT", the address may be missing. */
static void add_rows(GPtrArray *table, const char *words)
{
    g_auto(GStrv) rows = g_strsplit(words, " ", -1);

    for (char **row = rows; *row != NULL && **row != '\0'; row++) {
        DigestCount *count = digest_count_new();
        char *number = strrchr(*row, '=');
        char *address = strchr(*row, '<');

        count->count = g_ascii_strtoull(number + 1, NULL, 10);
        *number = '\0';
        if (address != NULL) {
            *strchr(address, '>') = '\0';
            *address = '\0';
            count->who.email = g_strdup(address + 1);
        }
        count->who.name = g_strdup(*row);
        g_ptr_array_add(table, count);
    }
}

/* What is beside each row: "COUNT BEFORE/RANK", a line a row. */
static char *shown(const GPtrArray *table)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < table->len; i++) {
        const DigestCount *row = table->pdata[i];

        g_string_append_printf(
            out, "%s%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "/%u",
            i > 0 ? ", " : "", row->count, row->before, row->rank_before);
    }
    return g_string_free(out, FALSE);
}

static void rows_have_their_place_before(void **state)
{
    static const struct {
        const char *name, *now, *before, *shown;
    } cases[] = {
        { "nobody at all", "", "", "" },
        { "nobody now", "", "a=1", "" },
        { "nobody before", "a=3 b=2", "", "3 0/0, 2 0/0" },
        { "one", "a=3", "a=9", "3 9/1" },
        { "changed places", "a=3 b=2 c=1", "b=7 d=6 a=5",
          "3 5/3, 2 7/1, 1 0/0" },
        { "another name, one address", "Zoe<z@a.test>=4", "Zoe_E<z@a.test>=6",
          "4 6/1" },
        { "one name, two addresses", "Zoe<z@a.test>=4", "Zoe<z@b.test>=6",
          "4 0/0" },
        { "an empty address is none", "Zoe<>=4", "Zoe=6", "4 6/1" },
        { "a table that is longer than the other", "j=1",
          "a=9 b=8 c=7 d=6 e=5 f=4 g=3 h=2 i=2 j=2", "1 2/10" },
        { "of two rows of one key, the first", "a=1", "a=5 a=4", "1 5/1" },
        { "counts beyond 32 bits", "a=8589934593", "a=8589934592",
          "8589934593 8589934592/1" },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Digest) digest = digest_new();

        digest->before = digest_new();
        add_rows(digest->posters, cases[i].now);
        add_rows(digest->before->posters, cases[i].before);
        compare_fill(digest);
        g_autofree char *found = shown(digest->posters);

        if (strcmp(found, cases[i].shown) == 0)
            continue;
        failed++;
        print_error("%s: %s, wanted %s\n", cases[i].name, found,
                    cases[i].shown);
    }
    assert_int_equal(failed, 0);
}

/* Each top list with its own of the interval before. */
static void every_table_is_compared(void **state)
{
    g_autoptr(Digest) digest = digest_new();
    g_autoptr(Digest) before = digest_new();
    GPtrArray *const now[] = { digest->domains, digest->contributors,
                               digest->posters, digest->organisations,
                               digest->reviewers };
    GPtrArray *const then[] = { before->domains, before->contributors,
                                before->posters, before->organisations,
                                before->reviewers };
    unsigned failed = 0;

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(now); i++) {
        g_autofree char *row = g_strdup_printf("a=%u", 10 + i);

        add_rows(now[i], "a=1");
        add_rows(then[i], row);
    }
    digest->before = g_steal_pointer(&before);
    compare_fill(digest);
    for (unsigned i = 0; i < G_N_ELEMENTS(now); i++) {
        const DigestCount *row = now[i]->pdata[0];

        if (row->rank_before == 1 && row->before == 10 + i)
            continue;
        failed++;
        print_error("table %u: %u/%u\n", i, (unsigned)row->before,
                    row->rank_before);
    }
    assert_int_equal(failed, 0);
}

static void add_day(Digest *digest, const char *name, uint64_t posts)
{
    DigestDay *day = g_new0(DigestDay, 1);
    DigestPeriod *period = g_new0(DigestPeriod, 1);

    day->day = g_strdup(name);
    day->posts = posts;
    period->name = g_strconcat(name, " Mon", NULL);
    g_ptr_array_add(digest->days, day);
    g_ptr_array_add(digest->periods, period);
}

static void periods_are_compared_too(void **state)
{
    g_autoptr(Digest) digest = digest_new();

    (void)state;
    digest->before = digest_new();
    add_day(digest, "2025-09-29", 3);
    add_day(digest->before, "2025-09-22", 8);
    compare_fill(digest);
    assert_int_equal(((DigestPeriod *)digest->periods->pdata[0])->before, 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_have_their_place_before),
        cmocka_unit_test(every_table_is_compared),
        cmocka_unit_test(periods_are_compared_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
