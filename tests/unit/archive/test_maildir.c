/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "archive/archive.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "tests/unit/archive/folder.h"

static int start(void **state)
{
    char *folder = folder_new();
    g_autofree char *current = g_build_filename(folder, "cur", NULL);
    g_autofree char *fresh = g_build_filename(folder, "new", NULL);

    (void)g_mkdir(current, 0700);
    (void)g_mkdir(fresh, 0700);
    *state = folder;
    return 0;
}

static int stop(void **state)
{
    folder_remove(*state);
    g_free(*state);
    return 0;
}

static void move(const char *folder, const char *from, const char *to)
{
    g_autofree char *old_path = g_build_filename(folder, from, NULL);
    g_autofree char *new_path = g_build_filename(folder, to, NULL);
    assert_int_equal(g_rename(old_path, new_path), 0);
}

static void erase(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    assert_int_equal(g_remove(path), 0);
}

static void mails_come_in_the_order_of_delivery(void **state)
{
    const char *folder = *state;

    folder_write(folder, "cur/1000.a:2,S", "one");
    folder_write(folder, "new/999.z", "zero");
    folder_write(folder, "cur/1000.ab:2,", "two");
    folder_write(folder, "new/1001.a", "three");
    folder_write(folder, "new/.hidden", "no");
    folder_write(folder, "tmp/1002.a", "no");
    g_autoptr(Archive) archive = archive_open(folder, NULL, NULL, NULL);
    uint64_t done = 0, total = 0;

    assert_string_equal(archive_kind(archive), "maildir");
    assert_null(archive_id(archive));
    g_autofree char *mails = read_archive(archive);
    assert_string_equal(mails, "1:zero|2:one|3:two|4:three|");
    archive_progress(archive, &done, &total);
    assert_int_equal(done, 4);
    assert_int_equal(total, 4);
}

static void empty_maildir_has_no_mail(void **state)
{
    g_autofree char *mails = read_path(*state, NULL);
    assert_string_equal(mails, "");
}

static void mail_that_moves_is_found_and_one_that_goes_is_not(void **state)
{
    const char *folder = *state;

    folder_write(folder, "new/1.a", "one");
    folder_write(folder, "new/2.a", "two");
    folder_write(folder, "cur/3.a:2,", "three");
    folder_write(folder, "cur/4.a:2,", "four");
    folder_write(folder, "new/5.a", "five");
    g_autoptr(Archive) archive = archive_open(folder, NULL, NULL, NULL);
    move(folder, "new/1.a", "cur/1.a:2,S");
    erase(folder, "new/2.a");
    move(folder, "cur/3.a:2,", "cur/3.a:2,RS");
    erase(folder, "cur/4.a:2,");
    g_autofree char *mails = read_archive(archive);
    assert_string_equal(mails, "1:one|3:three|5:five|");
}

static void mail_that_moves_twice_is_found(void **state)
{
    const char *folder = *state;
    ArchiveMail mail;

    folder_write(folder, "new/1.a", "one");
    folder_write(folder, "new/2.a", "two");
    g_autoptr(Archive) archive = archive_open(folder, NULL, NULL, NULL);
    move(folder, "new/1.a", "cur/1.a:2,");
    move(folder, "new/2.a", "cur/2.a:2,");
    assert_true(archive_next(archive, &mail, NULL));
    move(folder, "cur/2.a:2,", "cur/2.a:2,S");
    assert_true(archive_next(archive, &mail, NULL));
    assert_memory_equal(mail.bytes, "two", 3);
}

static void only_files_are_read(void **state)
{
    const char *folder = *state;
    g_autofree char *fifo = g_build_filename(folder, "new", "1.fifo", NULL);
    g_autofree char *link = g_build_filename(folder, "new", "2.link", NULL);
    g_autofree char *directory = g_build_filename(folder, "new", "3.d", NULL);

    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_int_equal(g_mkdir(directory, 0700), 0);
    folder_write(folder, "new/4.a", "four");
    g_autofree char *mails = read_path(folder, NULL);
    assert_string_equal(mails, "4:four|");
}

static void huge_mail_is_cut(void **state)
{
    const char *folder = *state;
    g_autofree char *path = g_build_filename(folder, "new", "1.a", NULL);
    ArchiveMail mail;

    folder_write(folder, "new/1.a", "A: b\n\n");
    assert_int_equal(truncate(path, ARCHIVE_MAIL_MAX + 1), 0);
    g_autoptr(Archive) archive = archive_open(folder, NULL, NULL, NULL);
    assert_true(archive_next(archive, &mail, NULL));
    assert_true(mail.is_cut);
    assert_int_equal(mail.length, ARCHIVE_MAIL_MAX);
}

static void reading_goes_on_after_a_row(void **state)
{
    const char *folder = *state;

    folder_write(folder, "new/1.a", "one");
    folder_write(folder, "new/2.a", "two");
    g_autoptr(Archive) archive = archive_open(folder, NULL, NULL, NULL);
    assert_true(archive_skip(
        archive, &(ArchivePlace){ .row = 1, .arrival_ms = 0 }, NULL));
    g_autofree char *mails = read_archive(archive);
    assert_string_equal(mails, "2:two|");
}

int main(void)
{
#define WITH_FOLDER(test) cmocka_unit_test_setup_teardown(test, start, stop)
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(mails_come_in_the_order_of_delivery),
        WITH_FOLDER(empty_maildir_has_no_mail),
        WITH_FOLDER(mail_that_moves_is_found_and_one_that_goes_is_not),
        WITH_FOLDER(mail_that_moves_twice_is_found),
        WITH_FOLDER(only_files_are_read),
        WITH_FOLDER(huge_mail_is_cut),
        WITH_FOLDER(reading_goes_on_after_a_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
