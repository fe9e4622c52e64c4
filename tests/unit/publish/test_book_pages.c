/* SPDX-License-Identifier: MIT */
#include "publish/book_pages.h"

#include <string.h>

#include "publish/units.h"
#include "tests/support/unit.h"
#include "tests/unit/publish/shelf.h"

static const char ada_key[] = "ada@example.org";
static const int64_t MARCH_MS = INT64_C(1740787200000);

static void set_add(BookUnit *month, const char *mark, const char *title)
{
    DigestSet *set = digest_set_new();

    set->mark = g_strdup(mark);
    set->message_id = g_strdup(mark);
    set->title = g_strdup(title);
    set->subject = g_strdup(title);
    set->author.name = g_strdup("Ada");
    set->author.email = g_strdup(ada_key);
    set->arrival_ms = MARCH_MS;
    g_ptr_array_add(month->patch_sets, set);
}

static void person_add(BookUnit *month, const char *key, unsigned posts)
{
    const DigestPerson who = { .name = (char[]){ "Ada <&>" },
                               .email = (char *)(uintptr_t)key };
    BookPerson *person = book_person_new(key, &who);

    person->posts = posts;
    person->patches = 1;
    g_ptr_array_add(month->persons, person);
}

/* A month with Ada, who has two sets, and Bob, who has none. */
static Book *book_of_a_month(void)
{
    Book *book = book_new();
    BookUnit *month = book_unit_new("2025-03");

    month->pages = 1;
    month->posts = 7;
    set_add(month, "b0b1b2b3b4b5b6b7b8b9b0b1b2b3b4b5b6b7b8b9", "owl: hoot");
    set_add(month, "a0a1a2a3a4a5a6a7a8a9a0a1a2a3a4a5a6a7a8a9", "wren: sing");
    person_add(month, ada_key, 3);
    person_add(month, "bob@example.org", 4);
    g_ptr_array_add(book->months, month);
    return book;
}

static GArray *months_of(void)
{
    const PostRow row = { .post = 1, .arrival_ms = MARCH_MS };
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(PostRow));

    g_array_append_val(rows, row);
    return units_of(rows, "UTC", false, 0);
}

static void pages_are_made_of_the_book_alone(void **state)
{
    const Shelf *shelf = *state;
    g_autoptr(Book) book = book_of_a_month();
    g_autoptr(GArray) months = months_of();
    g_autoptr(GArray) weeks = g_array_new(FALSE, FALSE, sizeof(Unit));
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    g_auto(BookSets) sets = { .by_mark = NULL };
    ListSettings *settings =
        settings_list_or_default(shelf->settings, SHELF_LIST);
    g_autofree char *name = site_person_name(ada_key);
    g_autofree char *page = g_strdup_printf("birds/person/%s.html", name);
    g_autofree char *json = g_strdup_printf("birds/person/%s.json", name);
    g_autofree char *other = site_person_name("bob@example.org");
    g_autofree char *none = g_strdup_printf("birds/person/%s.html", other);

    book_sets_find(book, &sets);
    const PageWork work = {
        .settings = settings,
        .base_url = "",
        .tree = shelf->tree,
        .folder = "birds",
        .now_ms = MARCH_MS + 1,
        .months = months,
        .weeks = weeks,
        .sets = &sets,
    };

    /* Bob has his page, and nothing is new about him. */
    g_hash_table_add(keys, (gpointer)(uintptr_t)ada_key);
    g_hash_table_insert(told, (char[]){ "bob@example.org" },
                        GUINT_TO_POINTER(1));
    assert_true(book_pages_make_people(&work, book, keys, told, NULL));
    assert_int_equal(
        GPOINTER_TO_UINT(g_hash_table_lookup(book->person_pages, ada_key)), 1);
    shelf_assert_has(shelf, page, "Ada &lt;&amp;&gt;");
    shelf_assert_has(shelf, page, "owl: hoot");
    shelf_assert_has(shelf, page, "wren: sing");
    shelf_assert_has(shelf, json, ada_key);
    assert_null(shelf_read(shelf, none));

    assert_true(book_pages_make_list(&work, book, NULL));
    shelf_assert_has(shelf, "birds/index.html", "2025-03.html");
    shelf_assert_has(shelf, "birds/index.html", "owl: hoot");
    shelf_assert_has(shelf, "birds/index.json", "2025-03");
    list_settings_free(settings);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, shelf_set_up, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(pages_are_made_of_the_book_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
