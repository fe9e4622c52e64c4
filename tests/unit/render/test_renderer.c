/* SPDX-License-Identifier: MIT */
#include "base/text.h"
#include "render/page.h"
#include "render/phrases.h"
#include "render/renderer.h"

#include <jansson.h>
#include <string.h>

#include "tests/support/schema.h"
#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static const char *const formats[] = { "text", "classic", "markdown", "html",
                                       "json" };

static char *render(const char *format, const Digest *digest, unsigned sections)
{
    const RenderOptions options = { .sections = sections,
                                    .with_previous = true };
    GString *out = g_string_new(NULL);

    renderer_find(format)->render(digest, &options, out);
    return g_string_free(out, FALSE);
}

static char *render_full(const char *format)
{
    g_autoptr(Digest) digest = digests_full();

    return render(format, digest, SECTION_ALL);
}

static void formats_are_found_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        assert_non_null(renderer_find(formats[i]));
        assert_string_equal(renderer_find(formats[i])->name, formats[i]);
        assert_non_null(strstr(renderer_names(), formats[i]));
    }
    assert_null(renderer_find("xml"));
    assert_null(renderer_find(""));
}

static void sections_are_read_by_name(void **state)
{
    static const struct {
        const char *text;
        bool is_good;
        unsigned sections;
    } cases[] = {
        { "totals", true, SECTION_TOTALS },
        { "totals,entries", true, SECTION_TOTALS | SECTION_ENTRIES },
        { "entries, totals ", true, SECTION_TOTALS | SECTION_ENTRIES },
        { "waiting,waiting", true, SECTION_WAITING },
        { "", false, 0 },
        { "totals,", false, 0 },
        { "totals,,entries", false, 0 },
        { "total", false, 0 },
        { "Totals", false, 0 },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        unsigned sections = 0;
        const char *bad = NULL;

        assert_int_equal(sections_parse(cases[i].text, &sections, &bad),
                         cases[i].is_good);
        assert_int_equal(sections, cases[i].sections);
    }
}

static void the_unknown_section_is_pointed_at(void **state)
{
    unsigned sections = 0;
    const char *bad = NULL;

    (void)state;
    assert_false(sections_parse("totals,nonsense,entries", &sections, &bad));
    assert_true(g_str_has_prefix(bad, "nonsense"));
}

static void all_sections_have_a_name(void **state)
{
    unsigned sections = 0;
    const char *bad = NULL;

    (void)state;
    assert_true(sections_parse(sections_names(), &sections, &bad));
    assert_int_equal(sections, SECTION_ALL);
}

/* Escape, C1 control sequence introducer, right-to-left override. */
static void nothing_from_mail_acts_on_a_terminal(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *text = render_full(formats[i]);

        assert_true(g_utf8_validate(text, -1, NULL));
        assert_null(strchr(text, '\033'));
        assert_null(strstr(text, "\xc2\x9b"));
        assert_null(strstr(text, "\xe2\x80\xae"));
    }
}

static void an_empty_digest_is_one_in_every_format(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autoptr(Digest) digest = digests_empty();
        g_autofree char *text = render(formats[i], digest, SECTION_ALL);

        assert_non_null(strstr(text, "KVM"));
        assert_non_null(strstr(text, "2025-09-29"));
        assert_true(g_str_has_suffix(text, "\n"));
    }
}

/* --- text ------------------------------------------------------------- */

static void text_starts_as_the_sample_does(void **state)
{
    g_autofree char *text = render_full("text");

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
    g_autofree char *text = render_full("text");
    const char *at = text;

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(headings); i++) {
        at = strstr(at, headings[i]);
        assert_non_null(at);
    }
}

static void text_shows_sets_a_line_each(void **state)
{
    g_autofree char *text = render_full("text");

    (void)state;
    assert_non_null(
        strstr(text, "\n  State      Parts Rev'd Mark       Patch set\n"));
    assert_non_null(strstr(text, " updated v3   7/7   3/7 "));
    assert_non_null(strstr(text, " RFC          1/1   0/1 "));
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
    g_autofree char *text = render_full("text");

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
    g_autofree char *text = render("text", digest, SECTION_ALL);

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
    g_autofree char *text = render("text", digest, SECTION_WAITING);

    (void)state;
    assert_non_null(strstr(text, "===== Waiting for review =====\n\n"
                                 "    2 days "));
    assert_null(strstr(text, "Top 15"));
    assert_null(strstr(text, "88 posts"));
}

/* --- json ------------------------------------------------------------- */

static json_t *load_schema(void)
{
    g_autofree char *path = g_build_filename(
        g_getenv("top_srcdir") != NULL ? g_getenv("top_srcdir") : ".", "conf",
        "digest.schema.json", NULL);
    json_error_t error;
    json_t *schema = json_load_file(path, 0, &error);

    if (schema == NULL)
        fail_msg("%s: %s", path, error.text);
    return schema;
}

static void assert_as_described(const char *text)
{
    json_error_t error;
    json_t *schema = load_schema();
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &error);

    if (value == NULL)
        fail_msg("%s", error.text);

    g_autofree char *found = schema_check(schema, value);

    if (found != NULL)
        fail_msg("%s", found);
    json_decref(value);
    json_decref(schema);
}

/* People read their own zone's time, programs UTC. */
static void gaps_are_in_utc_for_programs_alone(void **state)
{
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    g_free(digest->timezone);
    digest->timezone = g_strdup("Europe/Berlin");

    g_autofree char *json = render("json", digest, SECTION_ALL);
    g_autofree char *text = render("text", digest, SECTION_ALL);

    assert_non_null(strstr(json, "\"from\": \"2025-09-29T05:12:17.000Z\""));
    assert_non_null(strstr(json, "\"until\": \"2025-09-29T06:12:17.000Z\""));
    assert_non_null(strstr(json, "\"why\": \"the milter was stopped"));
    assert_non_null(
        strstr(text, "mail from 2025-09-29 07:12 to 2025-09-29 08:12 (the"));
}

static void json_is_as_the_schema_says(void **state)
{
    g_autoptr(Digest) empty = digests_empty();
    g_autofree char *none = render("json", empty, SECTION_ALL);
    g_autofree char *all = render_full("json");

    (void)state;
    assert_as_described(all);
    assert_as_described(none);
    for (unsigned section = 1; section < SECTION_ALL; section <<= 1) {
        g_autoptr(Digest) digest = digests_full();
        g_autofree char *some = render("json", digest, section);

        assert_as_described(some);
    }
}

static void the_schema_refuses_what_it_does_not_describe(void **state)
{
    static const char *const wrong[] = {
        "{}",
        "{\"list\":{\"id\":\"a\",\"name\":\"a\",\"title\":1},"
        "\"interval\":{\"from\":{\"mark\":null,\"time\":null},"
        "\"to\":{\"mark\":null,\"time\":null}},\"filter\":null,\"gaps\":[]}",
        "{\"list\":{\"id\":\"a\",\"name\":\"a\",\"title\":\"A\"},"
        "\"interval\":{\"from\":{\"mark\":\"59bf\",\"time\":null},"
        "\"to\":{\"mark\":null,\"time\":null}},\"filter\":null,\"gaps\":[]}",
        "{\"list\":{\"id\":\"a\",\"name\":\"a\",\"title\":\"A\"},"
        "\"interval\":{\"from\":{\"mark\":null,\"time\":null},"
        "\"to\":{\"mark\":null,\"time\":null}},\"filter\":null,\"gaps\":[],"
        "\"more\":1}",
    };
    json_t *schema = load_schema();

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        json_t *value = json_loads(wrong[i], 0, NULL);
        g_autofree char *found = schema_check(schema, value);

        assert_non_null(value);
        assert_non_null(found);
        json_decref(value);
    }
    json_decref(schema);
}

static json_t *load_full(void)
{
    g_autofree char *text = render_full("json");

    return json_loads(text, 0, NULL);
}

/* Made visible for terminals, yet the same text when it is read back. */
static void json_loses_nothing(void **state)
{
    json_t *root = load_full();
    const json_t *set = json_array_get(json_object_get(root, "patch_sets"), 0);

    (void)state;
    assert_string_equal(json_string_value(json_object_get(set, "title")),
                        "net: do less " HOSTILE);
    json_decref(root);
}

static void json_has_the_names_of_the_specification(void **state)
{
    json_t *root = load_full();
    const json_t *set = json_array_get(json_object_get(root, "patch_sets"), 0);
    const json_t *head = json_object_get(set, "head");
    const json_t *from =
        json_object_get(json_object_get(root, "interval"), "from");

    (void)state;
    assert_string_equal(json_string_value(json_object_get(from, "time")),
                        "2025-09-29T05:12:16.000Z");
    assert_string_equal(json_string_value(json_object_get(set, "state")),
                        "updated");
    assert_int_equal(json_integer_value(json_object_get(set, "version")), 3);
    assert_string_equal(json_string_value(json_object_get(head, "date")),
                        "2025-09-29T05:12:17Z");
    assert_string_equal(json_string_value(json_object_get(head, "arrival")),
                        "2025-09-29T05:12:17.000Z");
    assert_true(json_is_null(json_object_get(set, "first_review_seconds")));
    assert_int_equal(
        json_integer_value(json_object_get(set, "first_reply_seconds")), 3600);
    json_decref(root);
}

/* --- filters and rows without a link ------------------------------------ */

static void ask(Digest *digest, const char *name, const char *value)
{
    DigestAsked *asked = g_new0(DigestAsked, 1);

    asked->name = g_strdup(name);
    asked->value = g_strdup(value);
    g_ptr_array_add(digest->asked, asked);
}

static void a_filtered_digest_says_of_what_it_tells(void **state)
{
    static const char *const pages[] = { "text", "markdown", "html" };
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    digest->is_filtered = true;
    digest->of_posts = 1081;
    digest->totals.posts = 0;
    digest->newest_ms = 1759126377000;
    ask(digest, "author", "jane");
    ask(digest, "path", "fs/");
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *page = render(pages[i], digest, SECTION_ALL);

        assert_non_null(strstr(page, "none of 1081 posts"));
        assert_non_null(strstr(page, "Only author jane, path fs"));
        assert_null(strstr(page, "newest post"));
    }

    g_autofree char *json = render("json", digest, SECTION_ALL);

    assert_as_described(json);
    assert_non_null(strstr(json, "\"author\": \"jane\""));
    assert_non_null(strstr(json, "\"of_posts\": 1081"));
    digest->totals.posts = 12;
    g_autofree char *some = render("text", digest, SECTION_TOTALS);
    assert_non_null(strstr(some, "path fs/: 12 of 1081 posts\n"));
}

static void nothing_typed_becomes_markup(void **state)
{
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    digest->is_filtered = true;
    ask(digest, "tag", "<b onclick=x>\033[31m");

    g_autofree char *html = render("html", digest, SECTION_ALL);
    g_autofree char *text = render("text", digest, SECTION_ALL);

    assert_null(strstr(html, "<b onclick"));
    assert_null(strchr(text, '\033'));
}

static void rows_that_lead_nowhere_have_their_mark(void **state)
{
    static const char *const pages[] = { "text", "markdown", "html" };
    static const unsigned sections[] = { SECTION_WAITING, SECTION_THREADS,
                                         SECTION_NEWCOMERS };
    g_autoptr(Digest) digest = digests_full();
    g_autofree char *mark =
        page_mark(((const DigestThread *)digest->threads->pdata[0])->mark);

    (void)state;
    assert_int_equal(strlen(mark), 9);
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(sections); j++) {
            g_autofree char *page = render(pages[i], digest, sections[j]);

            assert_non_null(strstr(page, mark));
        }
    }
}

/* --- markdown and html ------------------------------------------------ */

static void markdown_fences_hold_what_is_in_them(void **state)
{
    g_autofree char *text = render_full("markdown");

    (void)state;
    assert_non_null(strstr(text, "\n````\nWhat it does.\n"));
    assert_non_null(strstr(text, "\n a.c | 2 +-\n````\n"));
}

/* Escaped text outside fences: no tag, no emphasis, no table cell. */
static void markdown_of_mail_marks_nothing_up(void **state)
{
    g_autofree char *text = render_full("markdown");

    (void)state;
    assert_null(strstr(text, "do less <b>"));
    assert_non_null(strstr(text, "\\<b\\>\\&amp;\\`\\*\\_"));
}

static void html_of_mail_is_only_text(void **state)
{
    g_autofree char *text = render_full("html");

    (void)state;
    assert_null(strstr(text, "<b>&amp;`"));
    assert_non_null(strstr(text, "&lt;b&gt;&amp;amp;`*_"));
    assert_null(strstr(text, "<script"));
    assert_true(g_str_has_prefix(text, "<!DOCTYPE html>\n"));
    assert_true(g_str_has_suffix(text, "</html>\n"));
}

static void html_links_nothing_but_the_web(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = digest->sets->pdata[0];

    (void)state;
    g_free(set->url);
    set->url = g_strdup("javascript:alert(1)");
    g_autofree char *html = render("html", digest, SECTION_ALL);
    g_autofree char *markdown = render("markdown", digest, SECTION_ALL);

    assert_null(strstr(html, "javascript"));
    assert_null(strstr(markdown, "javascript"));
}

static void an_empty_subject_is_shown_as_such(void **state)
{
    (void)state;
    assert_string_equal(phrase_subject(""), "(no subject)");
    assert_string_equal(phrase_subject("  "), "(no subject)");
    assert_string_equal(phrase_subject(" Hello"), " Hello");
}

static void how_much_was_applied_is_told(void **state)
{
    static const struct {
        bool is_applied;
        unsigned parts, seen, listed;
        const char *words;
    } cases[] = {
        { true, 7, 7, 0, "" },
        { true, 0, 0, 0, "" },
        { false, 2, 7, 0, "2 of 7 patches" },
        { false, 0, 0, 0, "in part" },
        { false, 1, 1, 0, "1 of 7 patches" },
        { false, 6, 0, 0, "6 of 7 patches" },
        { true, 0, 0, 1, "1 patch" },
        { true, 0, 0, 14, "14 patches" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        DigestNotice notice = { 0 };
        const DigestSet set = { .applied = cases[i].is_applied ? &notice : NULL,
                                .applied_parts = cases[i].parts,
                                .parts_seen = cases[i].seen,
                                .parts_total = 7,
                                .listed = cases[i].listed };
        g_autofree char *words = phrase_applied(&set);

        assert_string_equal(words, cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_subject_is_shown_as_such),
        cmocka_unit_test(how_much_was_applied_is_told),
        cmocka_unit_test(formats_are_found_by_name),
        cmocka_unit_test(sections_are_read_by_name),
        cmocka_unit_test(the_unknown_section_is_pointed_at),
        cmocka_unit_test(all_sections_have_a_name),
        cmocka_unit_test(nothing_from_mail_acts_on_a_terminal),
        cmocka_unit_test(an_empty_digest_is_one_in_every_format),
        cmocka_unit_test(text_starts_as_the_sample_does),
        cmocka_unit_test(text_keeps_the_headings_in_their_order),
        cmocka_unit_test(text_shows_sets_a_line_each),
        cmocka_unit_test(text_has_no_line_wider_than_asked_for),
        cmocka_unit_test(text_shows_entries_as_the_sample_does),
        cmocka_unit_test(text_leaves_empty_sections_out),
        cmocka_unit_test(text_shows_only_the_sections_asked_for),
        cmocka_unit_test(gaps_are_in_utc_for_programs_alone),
        cmocka_unit_test(json_is_as_the_schema_says),
        cmocka_unit_test(the_schema_refuses_what_it_does_not_describe),
        cmocka_unit_test(json_loses_nothing),
        cmocka_unit_test(json_has_the_names_of_the_specification),
        cmocka_unit_test(a_filtered_digest_says_of_what_it_tells),
        cmocka_unit_test(nothing_typed_becomes_markup),
        cmocka_unit_test(rows_that_lead_nowhere_have_their_mark),
        cmocka_unit_test(markdown_fences_hold_what_is_in_them),
        cmocka_unit_test(markdown_of_mail_marks_nothing_up),
        cmocka_unit_test(html_of_mail_is_only_text),
        cmocka_unit_test(html_links_nothing_but_the_web),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
