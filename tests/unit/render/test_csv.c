/* SPDX-License-Identifier: MIT */
/* Tables as RFC 4180 has them, read back by a reader of our own. */
#include "render/renderer.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static char *render(const Digest *digest, unsigned sections)
{
    const RenderOptions options = { .sections = sections };
    GString *out = g_string_new(NULL);

    render_csv.render(digest, &options, out);
    return g_string_free(out, FALSE);
}

/* One cell from *at on; *at is then at the comma, CR or end behind it. */
static char *read_cell(const char **at)
{
    GString *cell = g_string_new(NULL);
    const char *next = *at;

    if (*next != '"') {
        const size_t length = strcspn(next, ",\r\n\"");

        g_string_append_len(cell, next, (gssize)length);
        *at = next + length;
        return g_string_free(cell, FALSE);
    }
    for (next++; *next != '\0' && (*next != '"' || next[1] == '"'); next++) {
        next += *next == '"';
        g_string_append_c(cell, *next);
    }
    assert_int_equal(*next, '"');
    *at = next + 1;
    return g_string_free(cell, FALSE);
}

/* Rows (GPtrArray of char *); fails if a row is not ended by CRLF or has not as
 * many cells as the first one. */
static GPtrArray *read_rows(const char *text)
{
    GPtrArray *rows =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);

    while (*text != '\0') {
        GPtrArray *row = g_ptr_array_new_with_free_func(g_free);

        g_ptr_array_add(rows, row);
        for (;;) {
            g_ptr_array_add(row, read_cell(&text));
            if (*text != ',')
                break;
            text++;
        }
        if (!g_str_has_prefix(text, "\r\n"))
            fail_msg("row %u ends with: %.20s", rows->len, text);
        text += 2;
        assert_int_equal(row->len, ((GPtrArray *)rows->pdata[0])->len);
    }
    return rows;
}

static const char *cell_of(const GPtrArray *rows, unsigned row,
                           const char *column)
{
    const GPtrArray *names = rows->pdata[0];

    for (unsigned i = 0; i < names->len; i++) {
        if (strcmp(names->pdata[i], column) == 0)
            return ((GPtrArray *)rows->pdata[row])->pdata[i];
    }
    fail_msg("no column %s", column);
    return NULL;
}

static void each_table_has_a_header_and_whole_rows(void **state)
{
    static const struct {
        unsigned section, rows;
    } cases[] = {
        { SECTION_TOTALS, 1 },        { SECTION_DOMAINS, 1 },
        { SECTION_CONTRIBUTORS, 1 },  { SECTION_REVIEWERS, 1 },
        { SECTION_ORGANISATIONS, 1 }, { SECTION_PATCHES, 2 },
        { SECTION_APPLIED, 1 },       { SECTION_WAITING, 1 },
        { SECTION_THREADS, 1 },       { SECTION_NEWCOMERS, 1 },
    };
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = render(digest, cases[i].section);
        g_autoptr(GPtrArray) rows = read_rows(text);

        if (rows->len != cases[i].rows + 1)
            fail_msg("section %s: %u rows\n%s", section_name(cases[i].section),
                     rows->len, text);
    }
}

static void totals_are_one_row(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *text = render(digest, SECTION_TOTALS);
    g_autoptr(GPtrArray) rows = read_rows(text);

    (void)state;
    assert_string_equal(cell_of(rows, 1, "posts"), "88");
    assert_string_equal(cell_of(rows, 1, "patch_sets"), "2");
    assert_string_equal(cell_of(rows, 1, "bot_reports"), "0");
    assert_string_equal(cell_of(rows, 1, "deletions"), "88");
}

static void a_set_is_named_in_full(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *text = render(digest, SECTION_PATCHES);
    g_autoptr(GPtrArray) rows = read_rows(text);

    (void)state;
    assert_string_equal(cell_of(rows, 1, "mark"),
                        "29a23e72d0000000000000000000000000000000");
    assert_string_equal(cell_of(rows, 1, "arrival"), "2025-09-29T05:12:17Z");
    assert_string_equal(cell_of(rows, 1, "link"),
                        "https://lists.example.org/1@example.org/");
    assert_string_equal(cell_of(rows, 2, "link"), "");
    assert_string_equal(cell_of(rows, 2, "patch_set"), "an idea");
    assert_string_equal(cell_of(rows, 1, "author_address"), "zoe@example.org");
}

/* Spreadsheets run what begins with these, quoted or not. */
static void no_cell_of_mail_is_a_formula(void **state)
{
    static const char *const names[] = { "=1+1", "+1", "-1", "@sum(a1)",
                                         "=\"a,b\"" };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autoptr(Digest) digest = digests_full();
        DigestCount *count = digest->contributors->pdata[0];
        g_autofree char *wanted = g_strconcat("'", names[i], NULL);
        g_autofree char *text = NULL;
        g_autoptr(GPtrArray) rows = NULL;

        g_free(count->who.name);
        count->who.name = g_strdup(names[i]);
        text = render(digest, SECTION_CONTRIBUTORS);
        rows = read_rows(text);
        assert_string_equal(cell_of(rows, 1, "who"), wanted);
    }
}

static void quotes_and_lines_stay_in_their_cell(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestCount *count = digest->contributors->pdata[0];
    g_autofree char *text = NULL;
    g_autoptr(GPtrArray) rows = NULL;

    (void)state;
    g_free(count->who.name);
    count->who.name = g_strdup("Ann \"the wren\", Finch");
    text = render(digest, SECTION_CONTRIBUTORS);
    rows = read_rows(text);
    assert_string_equal(cell_of(rows, 1, "who"), "Ann \"the wren\", Finch");
    assert_non_null(strstr(text, "\"Ann \"\"the wren\"\", Finch\""));
}

static void an_empty_table_is_its_header_or_nothing(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    g_autofree char *totals = render(digest, SECTION_TOTALS);
    g_autofree char *sets = render(digest, SECTION_PATCHES);
    g_autoptr(GPtrArray) rows = read_rows(totals);

    (void)state;
    assert_int_equal(rows->len, 2);
    assert_string_equal(cell_of(rows, 1, "posts"), "0");
    if (*sets != '\0') {
        g_autoptr(GPtrArray) none = read_rows(sets);

        assert_int_equal(none->len, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_table_has_a_header_and_whole_rows),
        cmocka_unit_test(totals_are_one_row),
        cmocka_unit_test(a_set_is_named_in_full),
        cmocka_unit_test(no_cell_of_mail_is_a_formula),
        cmocka_unit_test(quotes_and_lines_stay_in_their_cell),
        cmocka_unit_test(an_empty_table_is_its_header_or_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
