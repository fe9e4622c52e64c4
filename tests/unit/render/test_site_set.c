/* SPDX-License-Identifier: MIT */
#include "render/site.h"

#include <string.h>

#include "digest/detail.h"
#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static const RenderSite site = { .root = "../../",
                                 .list_root = "../",
                                 .path = "birds/set/a",
                                 .base_url = "",
                                 .heading = "A set" };

static void part_add(DigestSet *set, const char *number, const char *title)
{
    DigestPart *part = g_new0(DigestPart, 1);

    part->number = g_strdup(number);
    part->title = g_strdup(title);
    part->insertions = 84;
    g_ptr_array_add(set->detail->parts, part);
}

static void event_add(DigestSet *set, const char *what, const char *by)
{
    DigestEvent *event = g_new0(DigestEvent, 1);

    event->arrival_ms = set->arrival_ms + 1000;
    event->what = g_strdup(what);
    event->by.name = g_strdup(by);
    g_ptr_array_add(set->detail->events, event);
}

static char *page_of(const Digest *digest, DigestSet *set, DigestSet *older)
{
    g_autoptr(GPtrArray) chain = g_ptr_array_new();
    GString *out = g_string_new(NULL);

    if (older != NULL)
        g_ptr_array_add(chain, older);
    g_ptr_array_add(chain, set);
    site_render_set(digest, set, chain, &site, out);
    return g_string_free(out, FALSE);
}

static void a_set_is_told_with_parts_and_events(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = digest->sets->pdata[0];
    g_autofree char *page = NULL;

    (void)state;
    set->detail = digest_detail_new();
    part_add(set, "1/7", "wren: " HOSTILE);
    part_add(set, "2/7", "owl: hoot");
    event_add(set, "Reviewed-by", "Max " HOSTILE);
    page = page_of(digest, set, NULL);
    assert_non_null(strstr(page, "Now: <b>applied"));
    assert_non_null(strstr(page, "1/7"));
    assert_non_null(strstr(page, "Reviewed-by"));
    assert_non_null(strstr(page, "What it does."));
    assert_null(strstr(page, "<b>&amp;`"));
    assert_null(strchr(page, '\033'));
    assert_true(g_str_has_suffix(page, "</html>\n"));
}

static void revisions_lead_to_each_other(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = digest->sets->pdata[0];
    DigestSet *older = digest->sets->pdata[1];
    g_autofree char *page = NULL, *alone = NULL;

    (void)state;
    g_free(older->mark);
    older->mark = g_strdup("0123456789012345678901234567890123456789");
    set->detail = digest_detail_new();
    page = page_of(digest, set, older);
    alone = page_of(digest, set, NULL);
    assert_non_null(
        strstr(page, "../set/0123456789012345678901234567890123456789.html"));
    assert_null(strstr(alone, "../set/0123456789"));
}

static void a_set_that_nobody_answered_is_open(void **state)
{
    g_autoptr(Digest) digest = digests_full();
    DigestSet *set = digest->sets->pdata[1];
    g_autofree char *open = NULL, *answered = NULL;

    (void)state;
    set->detail = digest_detail_new();
    open = page_of(digest, set, NULL);
    set->has_human_answer = true;
    answered = page_of(digest, set, NULL);
    assert_non_null(strstr(open, "Now: <b>open</b>"));
    assert_non_null(strstr(answered, "Now: <b>answered</b>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_set_is_told_with_parts_and_events),
        cmocka_unit_test(revisions_lead_to_each_other),
        cmocka_unit_test(a_set_that_nobody_answered_is_open),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
