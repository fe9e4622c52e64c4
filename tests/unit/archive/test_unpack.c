/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "archive/archive.h"

#include <string.h>

#include <glib.h>

#include "tests/unit/archive/folder.h"

static char *folder;

static const char mbox[] = "From a@b Mon Sep 29 05:12:00 2025\nA: b\n\nc\n\n"
                           "From a@b Mon Sep 29 05:12:00 2025\nD: e\n\nf\n\n";

/* Runs a shell command in the folder. */
static void run(const char *command)
{
    g_autofree char *line = g_strdup_printf("cd '%s' && %s", folder, command);
    char *words[] = { (char[]){ "sh" }, (char[]){ "-c" }, line, NULL };
    int status = -1;

    assert_true(g_spawn_sync(NULL, words, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                             NULL, NULL, &status, NULL));
    assert_int_equal(status, 0);
}

static char *read_name(const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);

    return read_path(path, NULL);
}

static bool has_program(const char *name)
{
    g_autofree char *path = g_find_program_in_path(name);

    return path != NULL;
}

/* */
static void what_is_compressed_is_read_as_it_was(void **state)
{
    static const char *const programs[] = { "gzip", "xz", "zstd" };

    (void)state;
    folder_write(folder, "mbox", mbox);
    g_autofree char *plain = read_name("mbox");

    assert_string_equal(plain, "1:A: b\n\nc\n|2:D: e\n\nf\n|");
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *pack =
            g_strdup_printf("%s -q -c mbox >packed", programs[i]);

        if (!has_program(programs[i]))
            continue;
        run(pack);
        g_autofree char *packed = read_name("packed");

        assert_string_equal(packed, plain);
    }
}

/* Logs are packed day by day and put together. */
static void packed_files_may_follow_each_other(void **state)
{
    static const char *const programs[] = { "gzip", "xz", "zstd" };

    (void)state;
    folder_write(folder, "one", mbox);
    folder_write(folder, "two", "From c@d Mon Sep 29 06:12:00 2025\nG: h\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *pack =
            g_strdup_printf("{ %s -q -c one; %s -q -c two; } >packed",
                            programs[i], programs[i]);

        if (!has_program(programs[i]))
            continue;
        run(pack);
        g_autofree char *packed = read_name("packed");

        assert_string_equal(packed, "1:A: b\n\nc\n|2:D: e\n\nf\n|3:G: h\n|");
    }
}

static void what_is_cut_or_damaged_is_named(void **state)
{
    static const char *const programs[] = { "gzip", "xz", "zstd" };

    (void)state;
    folder_write(folder, "mbox", mbox);
    for (size_t i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *cut =
            g_strdup_printf("%s -q -c mbox | head -c 40 >packed", programs[i]);
        g_autofree char *damage = g_strdup_printf(
            "{ %s -q -c mbox | head -c 30; printf '%%0200d' 7; } >damaged",
            programs[i]);

        if (!has_program(programs[i]))
            continue;
        run(cut);
        run(damage);
        g_autofree char *packed = read_name("packed");
        g_autofree char *damaged = read_name("damaged");

        assert_true(g_str_has_suffix(packed, "1"));
        assert_true(g_str_has_suffix(damaged, "1"));
    }
}

static int make_folder(void **state)
{
    (void)state;
    folder = folder_new();
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    folder_remove(folder);
    g_free(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_compressed_is_read_as_it_was),
        cmocka_unit_test(packed_files_may_follow_each_other),
        cmocka_unit_test(what_is_cut_or_damaged_is_named),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
