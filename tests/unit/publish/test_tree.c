/* SPDX-License-Identifier: MIT */
#include "publish/tree.h"

#include "tests/support/unit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *folder; /* of each test */

static int make_folder(void **state)
{
    (void)state;
    folder = g_dir_make_tmp("listpulse-tree-XXXXXX", NULL);
    return folder == NULL;
}

static int remove_folder(void **state)
{
    const char *arguments[] = { "rm", "-rf", folder, NULL };

    (void)state;
    g_spawn_sync(NULL, (char **)(uintptr_t)arguments, NULL, G_SPAWN_SEARCH_PATH,
                 NULL, NULL, NULL, NULL, NULL, NULL);
    g_clear_pointer(&folder, g_free);
    return 0;
}

static Tree *open_tree(void)
{
    g_autoptr(GError) error = NULL;
    Tree *tree = tree_open(folder, &error);

    assert_null(error);
    return tree;
}

static void write_text(Tree *tree, const char *path, const char *text)
{
    g_autoptr(GString) content = g_string_new(text);
    g_autoptr(GError) error = NULL;

    tree_write(tree, path, content, &error);
    assert_null(error);
}

static ino_t inode_of(const char *path)
{
    g_autofree char *whole = g_build_filename(folder, path, NULL);
    struct stat status;

    assert_int_equal(stat(whole, &status), 0);
    return status.st_ino;
}

static void the_same_is_not_written_again(void **state)
{
    g_autoptr(Tree) tree = open_tree();
    ino_t first;

    (void)state;
    write_text(tree, "a/b/c.html", "one");
    first = inode_of("a/b/c.html");
    write_text(tree, "a/b/c.html", "one");
    assert_true(inode_of("a/b/c.html") == first);
    assert_int_equal(tree_written(tree), 1);
    write_text(tree, "a/b/c.html", "two");
    assert_int_equal(tree_written(tree), 2);
    assert_true(inode_of("a/b/c.html") != first);
}

static void only_one_works_in_a_folder(void **state)
{
    g_autoptr(Tree) tree = open_tree();
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_non_null(tree);
    assert_null(tree_open(folder, &error));
    assert_true(g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN));
}

/* A link that somebody put in the place of a page is replaced, not followed. */
static void a_link_is_not_followed(void **state)
{
    g_autoptr(Tree) tree = open_tree();
    g_autofree char *page = g_build_filename(folder, "page.html", NULL);
    g_autofree char *other = g_build_filename(folder, "other", NULL);
    g_autofree char *text = NULL;

    (void)state;
    assert_true(g_file_set_contents(other, "keep me", -1, NULL));
    assert_int_equal(symlink(other, page), 0);
    write_text(tree, "page.html", "page");
    assert_true(g_file_get_contents(other, &text, NULL, NULL));
    assert_string_equal(text, "keep me");
    assert_false(g_file_test(page, G_FILE_TEST_IS_SYMLINK));
}

static void what_is_not_there_is_removed_already(void **state)
{
    g_autoptr(Tree) tree = open_tree();

    (void)state;
    write_text(tree, "page.html", "page");
    assert_true(tree_remove(tree, "page.html", NULL));
    assert_true(tree_remove(tree, "page.html", NULL));
    assert_true(tree_remove(tree, "no/such/page.html", NULL));
    assert_int_equal(tree_removed(tree), 1);
}

static void trouble_names_the_file(void **state)
{
    g_autoptr(Tree) tree = open_tree();
    g_autoptr(GString) content = g_string_new("text");
    g_autoptr(GError) error = NULL;

    (void)state;
    write_text(tree, "page", "no folder");
    assert_false(tree_write(tree, "page/inside.html", content, &error));
    assert_non_null(strstr(error->message, "page"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_is_not_written_again,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(only_one_works_in_a_folder, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(a_link_is_not_followed, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_removed_already,
                                        make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(trouble_names_the_file, make_folder,
                                        remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
