/* SPDX-License-Identifier: MIT */
#include "publish/front.h"

#include <jansson.h>
#include <string.h>

#include "tests/support/unit.h"
#include "tests/unit/publish/shelf.h"

static void front_free_one(gpointer front)
{
    front_free(front);
}

static Front *front_titled(const char *title, const char *id,
                           const char *folder, unsigned posts)
{
    g_autoptr(Book) book = book_new();
    const ListSettings settings = { .id = (char *)(uintptr_t)id,
                                    .title = (char *)(uintptr_t)title,
                                    .timezone = (char[]){ "UTC" } };

    book->posts = posts;
    book->first_ms = INT64_C(1740787200000);
    book->last_ms = INT64_C(1743379200000);
    if (posts > 0) {
        BookUnit *month = book_unit_new("2025-03");

        month->posts = posts - 1;
        g_ptr_array_add(book->months, month);
    }
    return front_new(&settings, folder, book);
}

static Front *front_of(const char *id, const char *folder, unsigned posts)
{
    return front_titled("Birds <&>", id, folder, posts);
}

static void lists_come_by_title(void **state)
{
    static const char *const ids[] = { "b.example.org", "c.example.org",
                                       "a.example.org" };
    g_autoptr(GPtrArray) fronts =
        g_ptr_array_new_with_free_func(front_free_one);
    SiteUnit latest[G_N_ELEMENTS(ids)];

    (void)state;
    g_ptr_array_add(fronts, front_titled("wren", ids[2], "x", 1));
    g_ptr_array_add(fronts, front_titled("Owl", ids[1], "y", 1));
    g_ptr_array_add(fronts, front_titled("Owl", ids[0], "z", 1));

    g_autoptr(GArray) lists = front_lists(fronts, latest);

    for (unsigned i = 0; i < G_N_ELEMENTS(ids); i++)
        assert_string_equal(g_array_index(lists, SiteList, i).id, ids[i]);
    assert_string_equal(g_array_index(lists, SiteList, 2).latest->name,
                        "2025-03");
}

static void each_list_has_a_row(void **state)
{
    const Shelf *shelf = *state;
    g_autoptr(GPtrArray) fronts =
        g_ptr_array_new_with_free_func(front_free_one);
    SiteGroup group = { .name = (char[]){ "all" },
                        .title = (char[]){ "All <birds>" },
                        .path = (char[]){ "group/all" },
                        .timezone = (char[]){ "UTC" },
                        .lists = 2 };
    g_autoptr(GPtrArray) groups = g_ptr_array_new();
    g_autofree char *text = NULL;
    json_t *root;

    g_ptr_array_add(fronts, front_of("wren.example.org", "wren", 41));
    g_ptr_array_add(fronts, front_of("owl.example.org", "owl", 0));
    g_ptr_array_add(groups, &group);
    assert_true(
        front_make(shelf->tree, fronts, groups, "https://x.example/", NULL));
    shelf_assert_has(shelf, "index.html", "href=\"wren/index.html\"");
    shelf_assert_has(shelf, "index.html", "href=\"owl/index.html\"");
    shelf_assert_has(shelf, "index.html", "Birds &lt;&amp;&gt;");
    shelf_assert_has(shelf, "index.html", "2025-03");
    shelf_assert_has(shelf, "index.atom", "https://x.example/");
    shelf_assert_has(shelf, "index.html",
                     "href=\"group/all.html\">All &lt;birds&gt;<");
    shelf_assert_has(shelf, "index.json", "\"group/all.html\"");
    text = shelf_read(shelf, "index.json");
    root = json_loads(text, 0, NULL);
    assert_non_null(root);
    assert_non_null(strstr(text, "wren.example.org"));
    assert_non_null(strstr(text, "41"));
    json_decref(root);
}

static void what_cannot_be_written_is_an_error(void **state)
{
    const Shelf *shelf = *state;
    g_autoptr(GPtrArray) fronts = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    g_autofree char *path =
        g_build_filename(shelf->folder, "index.html", "x", NULL);

    assert_int_equal(g_mkdir_with_parents(path, 0700), 0);
    assert_false(front_make(shelf->tree, fronts, fronts, "", &error));
    assert_int_equal(error->domain, G_FILE_ERROR);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, shelf_set_up, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lists_come_by_title),
        TEST(each_list_has_a_row),
        TEST(what_cannot_be_written_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
