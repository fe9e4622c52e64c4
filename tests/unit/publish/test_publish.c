/* SPDX-License-Identifier: MIT */
#include "publish/publish.h"

#include <string.h>

#include "tests/support/mails.h"
#include "tests/support/unit.h"
#include "tests/unit/publish/shelf.h"

static Publishing publishing_of(const Shelf *shelf, const Identity *identity)
{
    return (Publishing){
        .store = shelf->store,
        .settings = shelf->settings,
        .identity = identity,
        .base_url = "",
        .version = "1",
    };
}

static void a_list_is_published_once(void **state)
{
    const Shelf *shelf = *state;
    const IdentityFiles files = { 0 };
    g_autoptr(Identity) identity = identity_new(&files, NULL);
    const Publishing publishing = publishing_of(shelf, identity);
    g_autoptr(GPtrArray) lists = g_ptr_array_new();
    bool changed = false;
    uint64_t written;

    assert_true(
        publish_list(&publishing, shelf->tree, SHELF_LIST, &changed, NULL));
    assert_true(changed);
    g_ptr_array_add(lists, (char[]){ SHELF_LIST });
    assert_true(publish_front(&publishing, shelf->tree, lists, NULL));
    assert_true(publish_look(shelf->tree, NULL));
    shelf_assert_has(shelf, "index.html", SHELF_LIST "/index.html");
    shelf_assert_has(shelf, SHELF_LIST "/2025-03.html", "wren: sing");
    shelf_assert_has(shelf, SHELF_LIST "/index.html", "2025-03.html");
    shelf_assert_has(shelf, "style.css", "{");
    shelf_assert_has(shelf, "listpulse.js", "function");

    written = tree_written(shelf->tree);
    changed = false;
    assert_true(
        publish_list(&publishing, shelf->tree, SHELF_LIST, &changed, NULL));
    assert_false(changed);
    assert_int_equal(tree_written(shelf->tree), written);
}

/* The next month gets pages, and what stands of the first stays as it is. */
static void new_mail_makes_its_pages_new(void **state)
{
    const Shelf *shelf = *state;
    const IdentityFiles files = { 0 };
    g_autoptr(Identity) identity = identity_new(&files, NULL);
    const Publishing publishing = publishing_of(shelf, identity);
    bool changed = false;

    assert_true(
        publish_list(&publishing, shelf->tree, SHELF_LIST, &changed, NULL));
    mails_count(shelf->store, SHELF_LIST,
                "60000 k carl - [PATCH] kite: soar\n");
    assert_true(
        publish_list(&publishing, shelf->tree, SHELF_LIST, &changed, NULL));
    assert_true(changed);
    shelf_assert_has(shelf, SHELF_LIST "/2025-04.html", "kite: soar");
    shelf_assert_has(shelf, SHELF_LIST "/index.html", "2025-04.html");
    shelf_assert_has(shelf, SHELF_LIST "/2025-03.html", "wren: sing");
}

/* What one version wrote, another makes anew. */
static void another_version_writes_all_again(void **state)
{
    const Shelf *shelf = *state;
    const IdentityFiles files = { 0 };
    g_autoptr(Identity) identity = identity_new(&files, NULL);
    Publishing publishing = publishing_of(shelf, identity);
    bool changed = false;

    assert_true(
        publish_list(&publishing, shelf->tree, SHELF_LIST, &changed, NULL));
    changed = false;
    publishing.version = "2";
    assert_true(
        publish_list(&publishing, shelf->tree, SHELF_LIST, &changed, NULL));
    assert_true(changed);
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, shelf_set_up_mail, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_list_is_published_once),
        TEST(new_mail_makes_its_pages_new),
        TEST(another_version_writes_all_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
