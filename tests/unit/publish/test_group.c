/* SPDX-License-Identifier: MIT */
#include "publish/group.h"

#include <string.h>

#include "publish/publish.h"
#include "tests/support/unit.h"
#include "tests/unit/publish/shelf.h"

/* Settings with these groups; owned. */
static Settings *settings_of(const Shelf *shelf, const char *groups)
{
    g_autofree char *path = g_build_filename(shelf->folder, "a.conf", NULL);
    g_autoptr(GError) error = NULL;
    Settings *settings;

    assert_true(g_file_set_contents(path, groups, -1, NULL));
    settings = settings_load(path, shelf->folder, &error);
    if (settings == NULL)
        fail_msg("%s", error->message);
    return settings;
}

static void publish(const Shelf *shelf, const char *groups)
{
    const IdentityFiles files = { 0 };
    g_autoptr(Identity) identity = identity_new(&files, NULL);
    Settings *settings = settings_of(shelf, groups);
    const Publishing publishing = {
        .store = shelf->store,
        .settings = settings,
        .identity = identity,
        .base_url = "",
        .version = "1",
    };
    g_autoptr(GPtrArray) lists = g_ptr_array_new();
    bool changed = false;

    g_ptr_array_add(lists, (char[]){ SHELF_LIST });
    assert_true(
        publish_list(&publishing, shelf->tree, SHELF_LIST, &changed, NULL));
    assert_true(publish_front(&publishing, shelf->tree, lists, NULL));
    settings_free(settings);
}

static bool is_there(const Shelf *shelf, const char *path)
{
    g_autofree char *text = shelf_read(shelf, path);

    return text != NULL;
}

static void a_group_leads_to_its_lists_and_back(void **state)
{
    const Shelf *shelf = *state;

    publish(shelf, "group flock { lists = { 'birds' } title = 'Big <flock>' }");
    shelf_assert_has(shelf, "group/flock.html", "Big &lt;flock&gt;");
    shelf_assert_has(shelf, "group/flock.html",
                     "href=\"../" SHELF_LIST "/index.html\"");
    shelf_assert_has(shelf, "group/flock.html",
                     "href=\"../" SHELF_LIST "/set/");
    shelf_assert_has(shelf, "group/flock.html",
                     "href=\"../" SHELF_LIST "/person/");
    shelf_assert_has(shelf, "group/flock.json", "\"flock\"");
    shelf_assert_has(shelf, "group/flock.atom", "wren: sing");
    shelf_assert_has(shelf, SHELF_LIST "/index.html",
                     "href=\"../group/flock.html\"");
    shelf_assert_has(shelf, "index.html", "href=\"group/flock.html\"");
}

static void a_group_that_is_gone_leaves_nothing(void **state)
{
    const Shelf *shelf = *state;
    g_autofree char *list = NULL;

    publish(shelf, "group flock { lists = { 'birds' } }");
    assert_true(is_there(shelf, "group/flock.html"));
    publish(shelf, "group other { lists = { 'birds', 'owls' } }");
    assert_false(is_there(shelf, "group/flock.html"));
    assert_false(is_there(shelf, "group/flock.atom"));
    shelf_assert_has(shelf, "group/other.html", "OTHER");
    publish(shelf, "");
    assert_false(is_there(shelf, "group/other.json"));
    list = shelf_read(shelf, SHELF_LIST "/index.html");
    assert_null(strstr(list, "group/"));
}

/* A file of names that somebody else wrote removes nothing of theirs. */
static void only_pages_of_groups_are_removed(void **state)
{
    const Shelf *shelf = *state;
    g_autofree char *names =
        g_build_filename(shelf->folder, ".listpulse", "groups", NULL);
    g_autofree char *mine = g_build_filename(shelf->folder, "mine", NULL);

    assert_true(g_file_set_contents(mine, "mine", -1, NULL));
    publish(shelf, "");
    assert_true(g_file_set_contents(names, "mine\ngroup/../mine\n", -1, NULL));
    publish(shelf, "");
    assert_true(is_there(shelf, "mine"));
}

static void a_group_without_pages_has_none(void **state)
{
    const Shelf *shelf = *state;

    publish(shelf, "group flock { lists = { 'owls' } }");
    assert_false(is_there(shelf, "group/flock.html"));
    assert_false(is_there(shelf, ".listpulse/groups"));
}

#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, shelf_set_up_mail, shelf_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_group_leads_to_its_lists_and_back),
        TEST(a_group_that_is_gone_leaves_nothing),
        TEST(only_pages_of_groups_are_removed),
        TEST(a_group_without_pages_has_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
