/* SPDX-License-Identifier: MIT */
#include "digest/paths.h"

#include "digest/digest.h"
#include "tests/support/unit.h"

#include <string.h>

static void folders_are_two_names_deep(void **state)
{
    static const struct {
        const char *path, *folder;
    } cases[] = {
        { "fs/smb/server/vfs.c", "fs/smb/" },
        { "fs/smb/vfs.c", "fs/smb/" },
        { "fs/exec.c", "fs/" },
        { "Makefile", "Makefile" },
        { "", "" },
        { "/a/b/c", "/a/" },
        { "a//b", "a//" },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *folder = paths_folder(cases[i].path);

        assert_string_equal(folder, cases[i].folder);
    }
}

static PostRecord patch_of(char **paths, unsigned insertions,
                           unsigned deletions)
{
    return (PostRecord){
        .insertions = insertions,
        .deletions = deletions,
        .fields = { .paths = paths },
    };
}

static void assert_row(const DigestCount *row, const char *folder,
                       uint64_t count, uint64_t insertions, uint64_t deletions)
{
    assert_string_equal(row->who.name, folder);
    assert_int_equal(row->count, count);
    assert_int_equal(row->insertions, insertions);
    assert_int_equal(row->deletions, deletions);
}

/* Neither a reply nor what lies outside counts; nor a folder twice a patch. */
static void a_patch_counts_once_in_each_folder(void **state)
{
    static char smb[] = "fs/smb/a.c", also[] = "fs/smb/b/c.c", doc[] = "README";
    char *two[] = { smb, also, doc, NULL }, *one[] = { smb, NULL };
    PostRecord records[] = { patch_of(two, 10, 1), patch_of(one, 5, 2),
                             patch_of(one, 100, 100), patch_of(one, 100, 100),
                             patch_of(NULL, 3, 3) };
    PostKind kinds[] = { POST_PATCH, POST_PATCH, POST_REPLY, POST_PATCH,
                         POST_PATCH };
    const bool is_inside[] = { true, true, true, false, true };
    const Sets sets = { .records = records,
                        .kinds = kinds,
                        .count = G_N_ELEMENTS(records) };
    g_autoptr(GPtrArray) found =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);
    g_autoptr(GPtrArray) first =
        g_ptr_array_new_with_free_func((GDestroyNotify)digest_count_free);

    (void)state;
    paths_count(&sets, is_inside, 15, found);
    assert_int_equal(found->len, 2);
    assert_row(found->pdata[0], "fs/smb/", 2, 15, 3);
    assert_row(found->pdata[1], "README", 1, 10, 1);
    paths_count(&sets, is_inside, 1, first);
    assert_int_equal(first->len, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_are_two_names_deep),
        cmocka_unit_test(a_patch_counts_once_in_each_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
