/* SPDX-License-Identifier: MIT */
#include "render/site.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

static void names_of_files_are_safe_and_apart(void **state)
{
    static const struct {
        const char *list, *folder;
    } lists[] = {
        { "kvm.vger.kernel.org", "kvm.vger.kernel.org" },
        { "../etc", "_2e._2fetc" },
        { "A B", "a_20b" },
    };
    const DigestPerson ada = { .email = (char[]){ "Ada@Example.org" } };
    const DigestPerson nobody = { .email = (char[]){ "" } };
    g_autofree char *key = site_person_key(&ada);
    g_autofree char *name = site_person_name(key);
    g_autofree char *again = site_person_name("ada@example.org");
    g_autofree char *other = site_person_name("ada@example-org");

    (void)state;
    for (unsigned i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autofree char *folder = site_list_folder(lists[i].list);

        assert_null(strchr(folder, '/'));
        assert_true(*folder != '.');
        assert_string_equal(folder, lists[i].folder);
    }
    assert_string_equal(key, "ada@example.org");
    assert_null(site_person_key(&nobody));
    assert_string_equal(name, again);
    assert_string_not_equal(name, other); /* by their hashes */
    assert_true(g_str_has_prefix(name, "ada-example-org-"));
}

static void only_pages_that_are_there_are_linked(void **state)
{
    const DigestPerson ada = { .name = (char[]){ "Ada <&>" },
                               .email = (char[]){ "ada@example.org" } };
    const DigestPerson bob = { .name = (char[]){ "Bob" },
                               .email = (char[]){ "bob@example.org" } };
    g_autoptr(GHashTable) people = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) sets = g_hash_table_new(g_str_hash, g_str_equal);
    const RenderSite site = {
        .root = "../", .list_root = "../", .people = people, .sets = sets
    };
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *set = NULL, *person = NULL;

    (void)state;
    g_hash_table_add(people, (char[]){ "ada@example.org" });
    g_hash_table_add(sets, (char[]){ "abc" });
    set = site_set_href(&site, "abc");
    person = site_person_href(&site, &ada);
    assert_string_equal(set, "../set/abc.html");
    assert_true(g_str_has_prefix(person, "../person/ada-example-org-"));
    assert_null(site_set_href(&site, "def"));
    assert_null(site_set_href(&site, NULL));
    assert_null(site_person_href(&site, &bob));
    site_person(out, &site, &ada, false);
    assert_non_null(strstr(out->str, "Ada &lt;&amp;&gt;</a>"));
    g_string_truncate(out, 0);
    site_person(out, &site, &bob, true);
    assert_null(strstr(out->str, "<a "));
    assert_non_null(strstr(out->str, "bob@example.<wbr>org"));
}

static void a_page_loads_nothing_from_elsewhere(void **state)
{
    const RenderSite site = { .root = "../",
                              .list_root = "",
                              .path = "birds/index",
                              .base_url = "",
                              .heading = "Birds " HOSTILE };
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    site_open(out, &site);
    site_close(out, &site);
    assert_true(g_str_has_prefix(out->str, "<!DOCTYPE html>\n"));
    assert_true(g_str_has_suffix(out->str, "</html>\n"));
    assert_non_null(strstr(out->str, "default-src 'none'"));
    assert_non_null(strstr(out->str, "href=\"../style.css\""));
    assert_null(strstr(out->str, "<b>&amp;`"));
    assert_null(strstr(out->str, "https://"));
}

static void a_long_title_is_cut(void **state)
{
    g_autofree char *title = g_strnfill(2000, 'x');
    g_autoptr(GString) out = g_string_new(NULL);

    (void)state;
    site_title(out, title, "a.html");
    assert_true(out->len < 500);
    assert_non_null(strstr(out->str, "<a href=\"a.html\">"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_files_are_safe_and_apart),
        cmocka_unit_test(only_pages_that_are_there_are_linked),
        cmocka_unit_test(a_page_loads_nothing_from_elsewhere),
        cmocka_unit_test(a_long_title_is_cut),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
