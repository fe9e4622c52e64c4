/* SPDX-License-Identifier: MIT */
#include "render/site.h"

#include <jansson.h>
#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static const SiteUnit months[] = {
    { "2025-02", "February 2025", 10, 4, 5, 3, 2 },
    { "2025-03", "March 2025", 20, 8, 9, 4, 3 },
};
static const SiteUnit weeks[] = { { "2025-W11", "Week 11", 7, 2, 3, 2, 1 } };
static const RenderSite site = {
    .root = "../", .list_root = "", .base_url = "", .heading = "Birds"
};

static void a_list_leads_to_its_months_and_weeks(void **state)
{
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    json_t *root;

    (void)state;
    site_lead_list(&site, months, 2, weeks, 1, html);
    site_json_list("birds.example.org", "Birds " HOSTILE, months, 2, weeks, 1,
                   json);
    assert_non_null(strstr(html->str, "href=\"2025-02.html\""));
    assert_non_null(strstr(html->str, "href=\"2025-03.html\""));
    assert_non_null(strstr(html->str, "href=\"2025-W11.html\""));
    root = json_loads(json->str, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    assert_int_equal(json_array_size(json_object_get(root, "months")), 2);
    assert_int_equal(json_array_size(json_object_get(root, "weeks")), 1);
    assert_null(strchr(json->str, '\033'));
    json_decref(root);
}

static void a_person_has_months_too(void **state)
{
    const SitePerson ada = { .who = { .name = (char[]){ "Ada <&>" },
                                      .email = (char[]){ "ada@x.org" } },
                             .posts = 30,
                             .patches = 12,
                             .tags = 3,
                             .replies = 14 };
    g_autoptr(Digest) digest = digests_full();
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    json_t *root;

    (void)state;
    site_lead_person(&site, &ada, months, 2, html);
    site_json_person(&ada, months, 2, digest, json);
    assert_non_null(strstr(html->str, "30"));
    assert_null(strstr(html->str, "Ada <&>"));
    root = json_loads(json->str, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    assert_non_null(strstr(json->str, "ada@x.org"));
    json_decref(root);
}

static void the_front_page_has_a_row_a_list(void **state)
{
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    const SiteList lists[] = {
        { "birds.example.org", "Birds <&>", "birds", "UTC", 30,
          INT64_C(1740787200000), INT64_C(1743379200000), &months[1] },
        { "new.example.org", "New", "new", "UTC", 0, 0, 0, NULL },
    };
    const RenderSite front = { .root = "",
                               .list_root = "",
                               .path = "index",
                               .base_url = "https://x.example/",
                               .heading = "Lists" };
    g_autoptr(GString) html = g_string_new(NULL);
    g_autoptr(GString) json = g_string_new(NULL);
    g_autoptr(GString) atom = g_string_new(NULL);
    json_t *root;

    (void)state;
    site_render_front(&front, lists, 2, groups, html);
    site_json_front(lists, 2, groups, json);
    site_atom_front(&front, lists, 2, atom);
    assert_non_null(strstr(html->str, "href=\"birds/index.html\""));
    assert_non_null(strstr(html->str, "Birds &lt;&amp;&gt;"));
    assert_non_null(strstr(html->str, "href=\"new/index.html\""));
    assert_non_null(strstr(atom->str, "https://x.example/"));
    root = json_loads(json->str, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    json_decref(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_leads_to_its_months_and_weeks),
        cmocka_unit_test(a_person_has_months_too),
        cmocka_unit_test(the_front_page_has_a_row_a_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
