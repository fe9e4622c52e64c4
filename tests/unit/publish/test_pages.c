/* SPDX-License-Identifier: MIT */
#include "publish/pages.h"

#include <string.h>

#include "publish/units.h"
#include "tests/support/mails.h"
#include "tests/support/unit.h"
#include "tests/unit/publish/shelf.h"

typedef struct Month {
    const Shelf *shelf;
    Identity *identity;
    ListSettings *settings;
    GArray *months, *weeks;
    Book *book;
    BookSets sets;
    PageWork work;
} Month;

static void month_init(Month *month, const Shelf *shelf)
{
    const IdentityFiles files = { 0 };
    g_autoptr(GArray) rows =
        store_rows(shelf->store, SHELF_LIST, 0, INT64_MAX, NULL);

    month->shelf = shelf;
    month->identity = identity_new(&files, NULL);
    month->settings = settings_list_or_default(shelf->settings, SHELF_LIST);
    month->months = units_of(rows, "UTC", false, 0);
    month->weeks = units_of(rows, "UTC", true, 0);
    month->book = book_new();
    book_sets_find(month->book, &month->sets);
    month->work = (PageWork){
        .store = shelf->store,
        .identity = month->identity,
        .settings = month->settings,
        .base_url = "",
        .tree = shelf->tree,
        .folder = "birds",
        .now_ms = MAILS_START_MS + INT64_C(1061) * 60000,
        .months = month->months,
        .weeks = month->weeks,
        .sets = &month->sets,
    };
}

static void month_clear(Month *month)
{
    book_sets_clear(&month->sets);
    book_free(month->book);
    g_array_unref(month->weeks);
    g_array_unref(month->months);
    list_settings_free(month->settings);
    identity_free(month->identity);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Month, month_clear)

/* Months as pages_find_sets() tells them, so that sets link to each other. */
static void find_sets(Month *month)
{
    BookUnit *found = pages_find_sets(&month->work, 0, NULL);

    assert_non_null(found);
    g_ptr_array_add(month->book->months, found);
    book_sets_clear(&month->sets);
    book_sets_find(month->book, &month->sets);
}

static void the_sets_of_a_month_are_found_first(void **state)
{
    g_auto(Month) month;

    month_init(&month, *state);
    find_sets(&month);

    const BookUnit *found = month.book->months->pdata[0];
    const DigestSet *newest = found->patch_sets->pdata[0];

    assert_int_equal(month.months->len, 1);
    assert_string_equal(found->name, "2025-03");
    assert_int_equal(found->patch_sets->len, 2);
    assert_int_equal(newest->version, 2);
    assert_null(shelf_read(*state, "birds/2025-03.html"));
}

static void a_month_has_pages_and_those_of_its_sets(void **state)
{
    const Shelf *shelf = *state;
    g_auto(Month) month;
    BookUnit *made;

    month_init(&month, shelf);
    find_sets(&month);
    made = pages_make_unit(&month.work, false, 0, NULL);
    assert_non_null(made);
    assert_string_equal(made->name, "2025-03");
    assert_int_equal(made->pages, 1);
    assert_int_equal(made->posts, 5);
    assert_int_equal(made->patches, 2);
    assert_int_equal(made->sets, 2);
    assert_int_equal(made->persons->len, 3);
    shelf_assert_has(shelf, "birds/2025-03.html", "wren: sing");
    shelf_assert_has(shelf, "birds/2025-03.json", "\"patch_sets\"");
    shelf_assert_has(shelf, "birds/2025-03.atom", "<feed");
    for (unsigned i = 0; i < made->patch_sets->len; i++) {
        const DigestSet *set = made->patch_sets->pdata[i];
        g_autofree char *page = g_strdup_printf("birds/set/%s.html", set->mark);

        shelf_assert_has(shelf, page, "wren: sing");
    }
    book_unit_free(made);
}

static void a_week_has_its_page_alone(void **state)
{
    const Shelf *shelf = *state;
    g_auto(Month) month;
    BookUnit *made;

    month_init(&month, shelf);
    find_sets(&month);
    made = pages_make_unit(&month.work, true, 0, NULL);
    assert_non_null(made);
    assert_int_equal(made->persons->len, 0);
    assert_int_equal(made->patch_sets->len, 0);

    g_autofree char *page = g_strdup_printf("birds/%s.html", made->name);
    g_autofree char *folder =
        g_build_filename(shelf->folder, "birds/set", NULL);

    shelf_assert_has(shelf, page, "owls");
    assert_false(g_file_test(folder, G_FILE_TEST_EXISTS));
    book_unit_free(made);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, shelf_set_up_mail, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_sets_of_a_month_are_found_first),
        TEST(a_month_has_pages_and_those_of_its_sets),
        TEST(a_week_has_its_page_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
