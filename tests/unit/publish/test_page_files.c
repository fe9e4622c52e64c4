/* SPDX-License-Identifier: MIT */
#include "publish/page_files.h"

#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/publish/shelf.h"

static void parts_are_named_and_linked(void **state)
{
    g_autofree char *first = page_part_name("2025-10", 0);
    g_autofree char *third = page_part_name("2025-10", 2);
    g_autoptr(GPtrArray) links = page_part_links("2025-10", 3, 1);
    const SiteLink *one, *two, *three;

    (void)state;
    assert_string_equal(first, "2025-10");
    assert_string_equal(third, "2025-10-3");
    assert_null(page_part_links("2025-10", 1, 0));
    assert_int_equal(links->len, 3);
    one = links->pdata[0];
    two = links->pdata[1];
    three = links->pdata[2];
    assert_string_equal(one->href, "2025-10.html");
    assert_null(two->href); /* the page itself */
    assert_string_equal(three->href, "2025-10-3.html");
    assert_string_equal(three->words, "Part 3");
}

static void the_first_ones_are_lent(void **state)
{
    char words[3][2] = { "a", "b", "c" };
    g_autoptr(GPtrArray) items = g_ptr_array_new();

    (void)state;
    for (unsigned i = 0; i < 3; i++)
        g_ptr_array_add(items, words[i]);

    g_autoptr(GPtrArray) two = page_first_of(items, 2);
    g_autoptr(GPtrArray) all = page_first_of(items, 9);

    assert_int_equal(two->len, 2);
    assert_ptr_equal(two->pdata[1], words[1]);
    assert_int_equal(all->len, 3);
}

static void a_book_tells_all_its_files(void **state)
{
    static const char *const files[] = {
        "birds/index.html",     "birds/index.json",   "birds/index.atom",
        "birds/2025-03.html",   "birds/2025-03.json", "birds/2025-03.atom",
        "birds/2025-03-2.html", "birds/set/abc.html", "birds/set/abc.json",
        "birds/set/abc.atom",   "birds/2025-W11.html"
    };
    g_autoptr(Book) book = book_new();
    g_autoptr(GHashTable) paths =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    BookUnit *month = book_unit_new("2025-03");
    BookUnit *week = book_unit_new("2025-W11");
    DigestSet *set = digest_set_new();
    g_autofree char *name = site_person_name("ada@example.org");
    g_autofree char *person = g_strdup_printf("birds/person/%s.html", name);

    (void)state;
    set->mark = g_strdup("abc");
    month->pages = 2;
    week->pages = 1;
    g_ptr_array_add(month->patch_sets, set);
    g_ptr_array_add(book->months, month);
    g_ptr_array_add(book->weeks, week);
    g_hash_table_insert(book->person_pages, g_strdup("ada@example.org"),
                        GUINT_TO_POINTER(1));
    page_files_of(book, "birds", paths);
    for (unsigned i = 0; i < G_N_ELEMENTS(files); i++) {
        if (!g_hash_table_contains(paths, files[i]))
            fail_msg("%s is not told", files[i]);
    }
    assert_true(g_hash_table_contains(paths, person));
    assert_false(g_hash_table_contains(paths, "birds/2025-03-3.html"));
}

static void files_of_a_page_have_one_name(void **state)
{
    const Shelf *shelf = *state;
    ListSettings settings = { .id = (char[]){ SHELF_LIST },
                              .title = (char[]){ "Birds" } };
    const PageWork work = { .settings = &settings,
                            .tree = shelf->tree,
                            .base_url = "" };
    const RenderSite site = { .root = "../",
                              .list_root = "",
                              .path = "birds/a",
                              .base_url = "",
                              .heading = "A" };
    g_autoptr(Digest) digest = digest_new();
    g_autoptr(GString) text = g_string_new("some text");
    g_autoptr(GPtrArray) ways = page_links_new();

    digest->list_id = g_strdup(SHELF_LIST);
    digest->list_name = g_strdup("birds");
    digest->list_title = g_strdup("Birds");
    digest->timezone = g_strdup("UTC");
    assert_true(page_put(&work, "birds/a", ".html", text, NULL));
    assert_true(page_put_json(&work, "birds/a", digest, SECTION_TOTALS, NULL));
    assert_true(page_put_atom(&work, &site, digest, SECTION_PATCHES, NULL));
    shelf_assert_has(shelf, "birds/a.html", "some text");
    shelf_assert_has(shelf, "birds/a.json", SHELF_LIST);
    shelf_assert_has(shelf, "birds/a.atom", "<feed");
    page_links_add_up(ways, &work, "../");
    assert_string_equal(((SiteLink *)ways->pdata[0])->href, "../../index.html");
    assert_string_equal(((SiteLink *)ways->pdata[1])->words, "Birds");
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, shelf_set_up, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_named_and_linked),
        cmocka_unit_test(the_first_ones_are_lent),
        cmocka_unit_test(a_book_tells_all_its_files),
        TEST(files_of_a_page_have_one_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
