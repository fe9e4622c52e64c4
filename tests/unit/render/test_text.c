/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include <string.h>

#include "base/text.h"
#include "render/page.h"
#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"
#include "tests/unit/render/rendered.h"

static void text_starts_as_the_sample_does(void **state)
{
    g_autofree char *text = rendered_full("text");

    (void)state;
    assert_true(g_str_has_prefix(
        text,
        "From 59bf583ce to 29a23e72d\n"
        "KVM mailing list update from 59bf583ce to 29a23e72d\n"
        "2025-09-29 05:12 to 2025-09-29 18:36 UTC: 88 posts by 30 people: 35 "
        "patches, 3\n  covers, 50 replies; 2 patch sets\n"
        "4 authors, 1 newcomer, +84 -88 lines, 1 duplicate\n"));
}

static void text_keeps_the_headings_in_their_order(void **state)
{
    static const char *const headings[] = {
        "\nTop 15 contributor Email domains (Based on Email Body)\n\n",
        "\nTop 15 contributors (Based on Email Body)\n\n",
        "\nTop 15 organisations\n\n",
        "\nTop 15 reviewers\n\n",
        "\n===== Patch list in this time period =====\n\n",
        "\n===== Applied =====\n\n",
        "\n===== Waiting for review =====\n\n",
        "\n===== Busy threads =====\n\n",
        "\n===== Newcomers =====\n\n",
        "\n===== Patch Commit Messages ====\n\n",
    };
    g_autofree char *text = rendered_full("text");
    const char *at = text;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(headings); i++) {
        at = strstr(at, headings[i]);
        assert_non_null(at);
    }
}

static char *render_wide(const Digest *digest, unsigned width)
{
    const RenderOptions options = { .sections = SECTION_PATCHES,
                                    .width = width };
    GString *out = g_string_new(NULL);

    render_text.render(digest, &options, out);
    return g_string_free(out, FALSE);
}

static void text_shows_sets_a_line_each(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *text = render_wide(digest, 120);

    (void)state;
    assert_non_null(strstr(text, "? waiting for review\n"));
    assert_non_null(
        strstr(text, "\n  State      Parts Rev'd Mark       Patch set\n"));
    assert_non_null(strstr(text, " updated v3   7/7   3/7 "));
    assert_non_null(strstr(text, " RFC          1/1   0/1 "));
}

/* A narrow line has its room for the title: a column is as wide as what it
 * says, and parts are told only where some are missing. */
static void narrow_text_leaves_room_for_titles(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *text = render_wide(digest, 119);
    DigestSet *set = digest->sets->pdata[0];

    (void)state;
    assert_non_null(strstr(text, "v2, v3 ... updated\n"));
    assert_non_null(strstr(text, "\n  State Rev'd Mark       Patch set\n"));
    assert_non_null(strstr(text, " v3      3/7 "));
    assert_non_null(strstr(text, " RFC     0/1 "));
    assert_null(strstr(text, " parts"));
    set->parts_seen = set->parts_total + 1;
    g_autofree char *more = render_wide(digest, 119);
    assert_non_null(strstr(more, "), 8 of 7 parts\n"));
}

/* Mail bodies aside. */
static void text_has_no_line_wider_than_asked_for(void **state)
{
    static const unsigned widths[] = { 0, 72, 100, 160 };
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
        const RenderOptions options = { .sections =
                                            SECTION_ALL & ~SECTION_ENTRIES,
                                        .width = widths[i] };
        const size_t width = widths[i] != 0 ? widths[i] : 80;
        g_autoptr(GString) text = g_string_new(NULL);

        render_text.render(digest, &options, text);
        g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
        for (char **line = lines; *line != NULL; line++) {
            if (text_columns(*line) > width)
                fail_msg("%zu columns: %s", text_columns(*line), *line);
        }
    }
}

static void text_shows_entries_as_the_sample_does(void **state)
{
    g_autofree char *text = rendered_full("text");

    (void)state;
    assert_non_null(strstr(text, "\nRFC:  an idea\n"
                                 "[RFC PATCH] an idea\n"
                                 "Author: Zo\xc3\xab"));
    assert_non_null(strstr(text, "\nUpdated (v3):  net: first\n"));
    assert_non_null(strstr(text, "\n\nWhat it does.\n"));
    assert_non_null(strstr(
        text, "\n\tand more\n---\n a.c | 2 +-\n\n"
              "-------------------------------------------------------------"
              "---------\n\n"));
}

static void text_leaves_empty_sections_out(void **state)
{
    g_autoptr(Digest) digest = digests_empty();
    g_autofree char *text = rendered("text", digest, SECTION_ALL);

    (void)state;
    assert_null(strstr(text, "Applied"));
    assert_null(strstr(text, "Waiting"));
    assert_null(strstr(text, "reviewers"));
    assert_non_null(strstr(text, ": 0 posts\n"));
    assert_null(strstr(text, "====="));
}

static void text_shows_only_the_sections_asked_for(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *text = rendered("text", digest, SECTION_WAITING);

    (void)state;
    assert_non_null(strstr(text, "===== Waiting for review =====\n\n"
                                 "2 days "));
    assert_null(strstr(text, "Top 15"));
    assert_null(strstr(text, "88 posts"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_starts_as_the_sample_does),
        cmocka_unit_test(text_keeps_the_headings_in_their_order),
        cmocka_unit_test(text_shows_sets_a_line_each),
        cmocka_unit_test(narrow_text_leaves_room_for_titles),
        cmocka_unit_test(text_has_no_line_wider_than_asked_for),
        cmocka_unit_test(text_shows_entries_as_the_sample_does),
        cmocka_unit_test(text_leaves_empty_sections_out),
        cmocka_unit_test(text_shows_only_the_sections_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
