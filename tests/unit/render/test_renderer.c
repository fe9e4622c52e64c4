/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include <string.h>

#include "render/page.h"
#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"
#include "tests/unit/render/rendered.h"

static const char *const formats[] = { "text", "classic", "markdown", "html",
                                       "json" };

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

/* Escape, C1 control sequence introducer, right-to-left override. */
static void nothing_from_mail_acts_on_a_terminal(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *text = rendered_full(formats[i]);

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
        g_autofree char *text = rendered(formats[i], digest, SECTION_ALL);

        assert_non_null(strstr(text, "KVM"));
        assert_non_null(strstr(text, "2025-09-29"));
        assert_true(g_str_has_suffix(text, "\n"));
    }
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
    rendered_ask(digest, "author", "jane");
    rendered_ask(digest, "path", "fs/");
    for (size_t i = 0; i < G_N_ELEMENTS(pages); i++) {
        g_autofree char *page = rendered(pages[i], digest, SECTION_ALL);

        assert_non_null(strstr(page, "none of 1081 posts"));
        assert_non_null(strstr(page, "Only author jane, path fs"));
        assert_null(strstr(page, "newest post"));
    }

    g_autofree char *json = rendered("json", digest, SECTION_ALL);

    rendered_assert_as_described(json);
    assert_non_null(strstr(json, "\"author\": \"jane\""));
    assert_non_null(strstr(json, "\"of_posts\": 1081"));
    digest->totals.posts = 12;
    g_autofree char *some = rendered("text", digest, SECTION_TOTALS);
    assert_non_null(strstr(some, "path fs/: 12 of 1081 posts\n"));
}

static void nothing_typed_becomes_markup(void **state)
{
    g_autoptr(Digest) digest = digests_full();

    (void)state;
    digest->is_filtered = true;
    rendered_ask(digest, "tag", "<b onclick=x>\033[31m");

    g_autofree char *html = rendered("html", digest, SECTION_ALL);
    g_autofree char *text = rendered("text", digest, SECTION_ALL);

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
            g_autofree char *page = rendered(pages[i], digest, sections[j]);

            assert_non_null(strstr(page, mark));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_are_found_by_name),
        cmocka_unit_test(nothing_from_mail_acts_on_a_terminal),
        cmocka_unit_test(an_empty_digest_is_one_in_every_format),
        cmocka_unit_test(a_filtered_digest_says_of_what_it_tells),
        cmocka_unit_test(nothing_typed_becomes_markup),
        cmocka_unit_test(rows_that_lead_nowhere_have_their_mark),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
