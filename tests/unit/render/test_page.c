/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "render/page.h"
#include "tests/unit/render/digests.h"

#include <string.h>

/* A format that prints the headings alone, as "begin;heading rows;...end". */
static void begin(const Page *page, const PageTop *top)
{
    g_string_append(page->out,
                    top->has_totals ? "begin with totals;" : "begin;");
}

static void open_tops(const Page *page)
{
    g_string_append(page->out, "tops:");
}

static void close_tops(const Page *page)
{
    g_string_append(page->out, ":tops;");
}

static void table(const Page *page, const PageTable *table)
{
    g_string_append_printf(page->out, "%s %u;", table->heading,
                           table->row_count);
}

static void open_entries(const Page *page, const char *heading)
{
    g_string_append_printf(page->out, "%s:", heading);
}

static void entry(const Page *page, const DigestSet *set)
{
    g_string_append(page->out, set->first_patch != NULL ? "with patch," : "-,");
}

static void end(const Page *page)
{
    g_string_append(page->out, "end");
}

static const unsigned tops[] = { SECTION_REVIEWERS, SECTION_DOMAINS, 0 };

static const PageFormat headings = {
    .shape = PAGE_TABLE,
    .tops = tops,
    .begin = begin,
    .open_tops = open_tops,
    .close_tops = close_tops,
    .table = table,
    .open_entries = open_entries,
    .entry = entry,
    .end = end,
};

static char *render(Digest *digest, unsigned sections)
{
    const RenderOptions options = { .sections = sections };
    GString *out = g_string_new(NULL);

    page_render(&headings, digest, &options, out);
    digest_free(digest);
    return g_string_free(out, FALSE);
}

static void a_section_that_is_not_asked_for_is_not_there(void **state)
{
    g_autofree char *waiting = render(digests_full(), SECTION_WAITING);
    g_autofree char *totals = render(digests_full(), SECTION_TOTALS);

    (void)state;
    assert_true(g_str_has_prefix(waiting, "begin;tops::tops;"));
    assert_non_null(strstr(waiting, "Waiting for review"));
    assert_null(strstr(waiting, "Applied"));
    assert_true(g_str_has_prefix(totals, "begin with totals;tops::tops;"));
    assert_true(g_str_has_suffix(totals, "end"));
}

static void a_format_decides_on_the_order_of_top_lists_alone(void **state)
{
    g_autofree char *text =
        render(digests_full(), SECTION_DOMAINS | SECTION_CONTRIBUTORS |
                                   SECTION_REVIEWERS | SECTION_APPLIED);
    const char *reviewers = strstr(text, "Top 15 reviewers 1;");
    const char *domains = strstr(text, "Top 15 contributor email domains 1;");
    const char *applied = strstr(text, ":tops;Applied");

    (void)state;
    assert_non_null(reviewers);
    assert_non_null(domains);
    assert_non_null(applied);
    assert_true(reviewers < domains && domains < applied);
    assert_null(strstr(text, "contributors"));
}

static void what_has_no_rows_has_no_heading(void **state)
{
    g_autofree char *text = render(digests_empty(), SECTION_ALL);

    (void)state;
    assert_null(strstr(text, "Applied"));
    assert_null(strstr(text, "Waiting"));
    assert_null(strstr(text, "reviewers"));
}

static void texts_lose_the_blank_lines_around_them(void **state)
{
    static const struct {
        const char *text, *trimmed;
    } cases[] = {
        { NULL, "" },           { "", "" },   { "\n\n", "" },
        { " \n\t\n", "" },      { "a", "a" }, { "\n\n  a\nb\n\n", "  a\nb" },
        { "a\n\nb", "a\n\nb" },
    };
    unsigned failed = 0;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        size_t length = 99;
        const char *start = page_trim(cases[i].text, &length);

        if (length == strlen(cases[i].trimmed) &&
            (length == 0 || memcmp(start, cases[i].trimmed, length) == 0))
            continue;
        print_error("# row %zu: %zu bytes\n", i, length);
        failed++;
    }
    assert_int_equal(failed, 0);
}

static void only_web_addresses_are_links(void **state)
{
    (void)state;
    assert_true(page_is_link("https://lists.example.org/1/"));
    assert_true(page_is_link("http://lists.example.org/1/"));
    assert_false(page_is_link("javascript:alert(1)"));
    assert_false(page_is_link("data:text/html,x"));
    assert_false(page_is_link(" https://example.org"));
    assert_false(page_is_link(""));
    assert_false(page_is_link(NULL));
}

static void a_person_is_a_name_or_an_address(void **state)
{
    const DigestPerson both = { .name = (char[]){ "Jo" },
                                .email = (char[]){ "jo@example.org" } };
    const DigestPerson nameless = { .name = (char[]){ "" },
                                    .email = (char[]){ "jo@example.org" } };
    const DigestPerson nobody = { .name = NULL };

    (void)state;
    assert_string_equal(page_name(&both), "Jo");
    assert_string_equal(page_address(&both), "jo@example.org");
    assert_string_equal(page_name(&nameless), "jo@example.org");
    assert_null(page_address(&nameless));
    assert_null(page_name(&nobody));
    assert_null(page_address(&nobody));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_section_that_is_not_asked_for_is_not_there),
        cmocka_unit_test(a_format_decides_on_the_order_of_top_lists_alone),
        cmocka_unit_test(what_has_no_rows_has_no_heading),
        cmocka_unit_test(texts_lose_the_blank_lines_around_them),
        cmocka_unit_test(only_web_addresses_are_links),
        cmocka_unit_test(a_person_is_a_name_or_an_address),
    };

    return cmocka_run_group_tests_name("render/page", tests, NULL, NULL);
}
