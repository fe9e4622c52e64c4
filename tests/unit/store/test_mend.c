/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "store/mend.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

/* As Redis 7.0.15 prints them. */
static const char base_good[] =
    "AOF analyzed: filename=appendonly.aof.1.base.rdb, size=89, ok_up_to=89, "
    "ok_up_to_line=1, diff=0\n"
    "BASE AOF appendonly.aof.1.base.rdb is valid\n";
static const char base_bad[] =
    "AOF analyzed: filename=appendonly.aof.1.base.rdb, size=89, ok_up_to=80, "
    "ok_up_to_line=1, diff=9\n";
static const char newest_bad[] =
    "AOF appendonly.aof.1.incr.aof format error\n"
    "AOF analyzed: filename=appendonly.aof.1.incr.aof, size=239, ok_up_to=139, "
    "ok_up_to_line=34, diff=100\n";
static const char newest_good[] =
    "AOF analyzed: filename=appendonly.aof.1.incr.aof, size=239, ok_up_to=239, "
    "ok_up_to_line=34, diff=0\n";
static const char much_bad[] =
    "AOF analyzed: filename=appendonly.aof.1.incr.aof, size=99999999, "
    "ok_up_to=139, ok_up_to_line=34, diff=99999860\n";
static const char manifest[] = "file appendonly.aof.1.base.rdb seq 1 type b\n"
                               "file appendonly.aof.1.incr.aof seq 1 type i\n";

static void the_end_of_the_newest_file_is_found(void **state)
{
    g_autofree char *report = g_strconcat(base_good, newest_bad, NULL);
    MendCut cut = { .file = NULL };

    (void)state;
    assert_true(mend_find(report, manifest, &cut));
    assert_string_equal(cut.file, "appendonly.aof.1.incr.aof");
    assert_int_equal(cut.size, 239);
    assert_int_equal(cut.good, 139);
    mend_cut_clear(&cut);
}

static void other_damage_is_left_to_people(void **state)
{
    const struct {
        const char *first, *second, *manifest;
    } cases[] = {
        { base_good, newest_good, manifest },
        { base_bad, "", manifest },
        { base_bad, newest_bad, manifest },
        { base_good, much_bad, manifest },
        { base_good, newest_bad, "" },
        { base_good, newest_bad,
          "file appendonly.aof.1.incr.aof seq 1 type i\n"
          "file appendonly.aof.2.incr.aof seq 2 type i\n" },
        { "", "AOF analyzed: filename=../x, size=9, ok_up_to=1,", manifest },
        { "", "", manifest },
    };

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *report =
            g_strconcat(cases[i].first, cases[i].second, NULL);
        MendCut cut = { .file = NULL };

        assert_false(mend_find(report, cases[i].manifest, &cut));
        assert_null(cut.file);
    }
}

static void a_log_says_whether_there_is_need(void **state)
{
    static const char gave_up[] =
        "1:M 29 Nov 2026 02:10:16.432 # Bad file format reading the append "
        "only file appendonly.aof.1.incr.aof: make a backup of your AOF file\n";
    g_autofree char *went_on = g_strconcat(
        gave_up, "1:M 29 Nov 2026 * Ready to accept connections\n", NULL);

    (void)state;
    assert_true(mend_is_for(gave_up));
    assert_true(mend_is_for("1:M 29 Nov 2026 # Unexpected end of file reading "
                            "the append only file appendonly.aof.1.incr.aof. "
                            "You can: 1) Make a backup\n"));
    assert_false(mend_is_for(went_on));
    assert_false(mend_is_for(""));
}

static void the_end_is_put_aside_and_taken_off(void **state)
{
    g_autofree char *folder = g_dir_make_tmp("listpulse-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "a.aof", NULL);
    g_autofree char *aside = g_build_filename(folder, "a.aof.cut-at-4", NULL);
    g_autofree char *left = NULL, *taken = NULL;
    MendCut cut = { .file = (char[]){ "a.aof" }, .size = 7, .good = 4 };

    (void)state;
    assert_true(g_file_set_contents(path, "goodbad", 7, NULL));
    assert_true(mend_cut(folder, &cut, NULL));
    assert_true(g_file_get_contents(path, &left, NULL, NULL));
    assert_true(g_file_get_contents(aside, &taken, NULL, NULL));
    assert_string_equal(left, "good");
    assert_string_equal(taken, "bad");
    assert_false(mend_cut(folder, &cut, NULL)); /* it is another one now */
    g_unlink(path);
    g_unlink(aside);
    g_rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_of_the_newest_file_is_found),
        cmocka_unit_test(other_damage_is_left_to_people),
        cmocka_unit_test(a_log_says_whether_there_is_need),
        cmocka_unit_test(the_end_is_put_aside_and_taken_off),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
