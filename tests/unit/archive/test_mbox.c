/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "archive/archive.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#include "tests/unit/archive/folder.h"

#define MARK     "0123456789abcdef0123456789ABCDEF01234567"
#define GIT_LINE "From " MARK " Mon Sep 17 00:00:00 2001\n"
#define LINE     "From a@b Mon Sep 29 05:12:00 2025\n"

static char *folder;

static void mails_are_split_at_from_lines(void **state)
{
    static const struct {
        const char *text, *mails;
    } cases[] = {
        { "", "" },
        { LINE, "1:|" },
        { LINE "\n", "1:|" },
        { LINE "A: b\n\nc\n", "1:A: b\n\nc\n|" },
        { LINE "A: b\n\nc\n\n", "1:A: b\n\nc\n|" },
        { LINE "A: b\n\nc\n\n\n", "1:A: b\n\nc\n\n|" },
        { LINE "A: b\n\nc\n\n" LINE "D: e\n\nf\n\n",
          "1:A: b\n\nc\n|2:D: e\n\nf\n|" },
        { LINE "A: b\n\n" LINE "C: d\n\n", "1:A: b\n|2:C: d\n|" },
        { "From " MARK " Mon Sep 17 00:00:00 2001\nA: b\n\n", "1:A: b\n|" },
        { "From a@b Mon Sep 29 05:12:00 UTC 2025\nA: b\n\n", "1:A: b\n|" },
        { "From a@b Mon Sep 29 05:12 2025\r\nA: b\r\n\r\nc\r\n\r\n"
          "From a@b Mon Sep 29 05:12 2025\r\nD: e\r\n\r\n",
          "1:A: b\r\n\r\nc\r\n|2:D: e\r\n|" },
        /* text that looks like one */
        { LINE "A: b\n\nFrom here on\n\n", "1:A: b\n\nFrom here on\n|" },
        { LINE "A: b\n\nFrom 5:30 to 7:30\n\n",
          "1:A: b\n\nFrom 5:30 to 7:30\n|" },
        { LINE "A: b\n\nx\n" LINE "y\n", "1:A: b\n\nx\n" LINE "y\n|" },
        { LINE
          "A: b\n\nFrom what I saw at 10:30 on 5 May 2025 it works\nC: d\n",
          "1:A: b\n\nFrom what I saw at 10:30 on 5 May 2025 it works\nC: "
          "d\n|" },
        { LINE "A: b\n\nx\n\n" LINE "no header\n\n",
          "1:A: b\n\nx\n\n" LINE "no header\n|" }, /* */
        { LINE "A: b\n\nx\n\n" LINE, "1:A: b\n\nx\n\n" LINE "|" },
        /* no empty line before it; another mailbox's line behind it */
        { LINE "A: b\n\nx\n" LINE "C: d\n\ny\n",
          "1:A: b\n\nx\n|2:C: d\n\ny\n|" },
        { LINE "A: b\n\nx\n" LINE ">From c@d\nC: d\n\n",
          "1:A: b\n\nx\n|2:From c@d\nC: d\n|" },
        { "\n\r\n" LINE "A: b\n\nx\n", "1:A: b\n\nx\n|" },
        /* a Content-Length that ends where a mail or the file does */
        { LINE "Content-Length: 1\nContent-Length: 42\n\nx\n\n" LINE "C: d\n\n",
          "1:Content-Length: 1\nContent-Length: 42\n\nx\n|2:C: d\n|" },
        { LINE "A: b\nContent-Length: 42\n\nx\n\n" LINE "C: d\n\n",
          "1:A: b\nContent-Length: 42\n\nx\n\n" LINE "C: d\n|" },
        { LINE "A: b\nContent-Length: 42\n\nx\n\n" LINE "C: d\n\n" LINE
               "E: f\n\n",
          "1:A: b\nContent-Length: 42\n\nx\n\n" LINE "C: d\n|2:E: f\n|" },
        { LINE "A: b\nContent-Length: 40\n\nx\n\n" LINE "C: d\n\n",
          "1:A: b\nContent-Length: 40\n\nx\n|2:C: d\n|" },
        /* a patch of git's in a part of a mail of another mailbox */
        { LINE "A: m; boundary=q\n\n--q\n\n" GIT_LINE "C: d\n\n--q--\n"
               "\n" GIT_LINE "E: f\n\n",
          "1:A: m; boundary=q\n\n--q\n\n" GIT_LINE "C: d\n\n--q--\n|"
          "2:E: f\n|" },
        { GIT_LINE "A: m; boundary=q\n\n--q\n\n" GIT_LINE "C: d\n\n",
          "1:A: m; boundary=q\n\n--q\n|2:C: d\n|" },
        /* other forms of the line, and what is before it */
        { "\xef\xbb\xbf" LINE "A: b\n\nx\n\n" LINE "C: d\n\n",
          "1:A: b\n\nx\n|2:C: d\n|" },
        { "From a@b Mon Jun  1 09:34:24 MET DST 1998\nA: b\n\nx\n\n"
          "From a@b Mon Jun  1 09:34:24 98\nC: d\n\n",
          "1:A: b\n\nx\n|2:C: d\n|" },
        { "From a@b Jun 09:32:42 1998  +0200\nA: b\n\n", "1:A: b\n|" },
        { "From a@b\nA: b\n\nFrom here\n\nFrom c@d\nC: d\n\n",
          "1:A: b\n\nFrom here\n|2:C: d\n|" },
        { LINE "A: b\n\nx\n\nFrom c@d\nC: d\n\n",
          "1:A: b\n\nx\n\nFrom c@d\nC: d\n|" },
        { "From a@b\nno header\n", "?0" },
        { LINE "A: b\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL "
               "DATA\n\nx\n\n" LINE "C: d\n\n",
          "2:C: d\n|" },
        /* quoted as in mboxrd */
        { LINE "A: b\n\n>From x\n>>From y\n> From z\n>Fromage\n\n",
          "1:A: b\n\nFrom x\n>From y\n> From z\n>Fromage\n|" },
        /* cut off with its file */
        { LINE "A: b\n\nc\n\n" LINE "D: e\n\nhal", "1:A: b\n\nc\n|!1" },
        /* one mail, no mbox */
        { "A: b\n\n>From c\n\n", "1:A: b\n\n>From c\n\n|" },
        { "A: b\n\nc", "1:A: b\n\nc|" },
        /* neither */
        { "nonsense\n", "?0" },
        { "\n\nnonsense\n", "?0" },
        { "From nobody\nA: b\n", "?0" },
        { "\x1f\x8b\x08", "?1" },
    };
    g_autofree char *path = g_build_filename(folder, "mbox", NULL);

    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        folder_write(folder, "mbox", cases[i].text);
        g_autofree char *mails = read_path(path, NULL);

        assert_string_equal(mails, cases[i].mails);
    }
}

static void nul_does_not_end_a_mail(void **state)
{
    static const char text[] = LINE "A: b\n\n\0x\n\n" LINE "C: d\n\n\0\n\n";
    g_autofree char *path = g_build_filename(folder, "mbox", NULL);
    ArchiveMail mail;

    (void)state;
    assert_true(g_file_set_contents(path, text, sizeof(text) - 1, NULL));
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.length, 9);
    assert_memory_equal(mail.bytes, "A: b\n\n\0x\n", 9);
    assert_true(archive_next(archive, &mail, NULL));
    assert_int_equal(mail.length, 8);
    assert_false(archive_next(archive, &mail, NULL));
}

static void commit_id_in_the_from_line_is_the_mark(void **state)
{
    g_autofree char *path = g_build_filename(folder, "mbox", NULL);
    ArchiveMail mail;

    (void)state;
    folder_write(folder, "mbox",
                 "From " MARK " Mon Sep 17 00:00:00 2001\nA: b\n\n" LINE
                 "C: d\n\n");
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_non_null(archive);
    assert_string_equal(archive_kind(archive), "mbox");
    assert_true(archive_next(archive, &mail, NULL));
    assert_true(mail.has_mark);
    assert_int_equal(mail.mark[0], 0x01);
    assert_int_equal(mail.mark[19], 0x67);
    assert_false(mail.has_arrival);
    assert_true(archive_next(archive, &mail, NULL));
    assert_false(mail.has_mark);
    assert_false(archive_next(archive, &mail, NULL));
}

static char *id_of(const char *text)
{
    g_autofree char *path = g_build_filename(folder, "mbox", NULL);
    folder_write(folder, "mbox", text);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    return g_strdup(archive_id(archive));
}

static void id_stays_when_mails_are_added(void **state)
{
    g_autofree char *one = id_of(LINE "A: b\n\nc\n\n");
    g_autofree char *more = id_of(LINE "A: b\n\nc\n\n" LINE "D: e\n\n");
    g_autofree char *other = id_of(LINE "A: b\n\nd\n\n");
    g_autofree char *single = id_of("A: b\n\nd\n");

    (void)state;
    assert_true(g_str_has_prefix(one, "mbox:"));
    assert_string_equal(one, more);
    assert_string_not_equal(one, other);
    assert_null(single);
}

static void reading_goes_on_after_a_row(void **state)
{
    g_autofree char *path = g_build_filename(folder, "mbox", NULL);
    static const struct {
        uint64_t row;
        const char *mails;
    } cases[] = {
        { 0, "1:A: 1\n|2:A: 2\n|3:A: 3\n|" },
        { 1, "2:A: 2\n|3:A: 3\n|" },
        { 3, "" },
    };

    (void)state;
    folder_write(folder, "mbox",
                 LINE "A: 1\n\n" LINE "A: 2\n\n" LINE "A: 3\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
        assert_true(archive_skip(
            archive, &(ArchivePlace){ .row = cases[i].row, .arrival_ms = 0 },
            NULL));
        g_autofree char *mails = read_archive(archive);
        uint64_t done = 0, total = 0;

        assert_string_equal(mails, cases[i].mails);
        archive_progress(archive, &done, &total);
        assert_int_equal(total, 3 * (strlen(LINE) + 6));
        assert_int_equal(done, total);
    }
}

static void fewer_mails_than_were_read_are_told(void **state)
{
    g_autofree char *path = g_build_filename(folder, "shorter", NULL);
    g_autoptr(GError) error = NULL;

    (void)state;
    folder_write(folder, "shorter", LINE "A: 1\n\n" LINE "A: 2\n\n");
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_false(archive_skip(archive, &(ArchivePlace){ .row = 3 }, &error));
    assert_true(g_error_matches(error, ARCHIVE_ERROR, ARCHIVE_ERROR_CHANGED));
}

static void huge_mail_is_cut_and_the_next_is_whole(void **state)
{
    g_autofree char *path = g_build_filename(folder, "huge", NULL);
    g_autofree char *block = g_strnfill(1024 * 1024, 'x');
    ArchiveMail mail;

    (void)state;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(LINE "A: b\n\n", file);
    for (int i = 0; i < 70; i++)
        fputs(block, file);
    fputs("\nend\n\n" LINE "C: d\n\n", file);
    fclose(file);
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, NULL);
    assert_true(archive_next(archive, &mail, NULL));
    assert_true(mail.is_cut);
    assert_true(mail.length <= ARCHIVE_MAIL_MAX);
    assert_true(mail.length > ARCHIVE_MAIL_MAX / 2);
    assert_true(archive_next(archive, &mail, NULL));
    assert_false(mail.is_cut);
    assert_int_equal(mail.length, 5);
    assert_memory_equal(mail.bytes, "C: d\n", 5);
    (void)g_remove(path);
}

/* What stands on standard input, read as "-". */
static char *read_input(const char *text, char **kind)
{
    g_autofree char *path = g_build_filename(folder, "input", NULL);
    const int saved = dup(STDIN_FILENO);

    folder_write(folder, "input", text);
    const int input = open(path, O_RDONLY);
    dup2(input, STDIN_FILENO);
    g_autoptr(Archive) archive = archive_open("-", NULL, NULL, NULL);
    assert_non_null(archive);
    assert_null(archive_id(archive));
    *kind = g_strdup(archive_kind(archive));
    char *mails = read_archive(archive);
    dup2(saved, STDIN_FILENO);
    close(input);
    close(saved);
    return mails;
}

static void standard_input_is_one_mail_or_an_mbox(void **state)
{
    g_autofree char *kind = NULL, *other_kind = NULL;
    g_autofree char *one = read_input("A: b\n\nc\n", &kind);
    g_autofree char *two =
        read_input(LINE "A: b\n\n" LINE "C: d\n\n", &other_kind);

    (void)state;
    assert_string_equal(kind, "mail");
    assert_string_equal(one, "1:A: b\n\nc\n|");
    assert_string_equal(other_kind, "mbox");
    assert_string_equal(two, "1:A: b\n|2:C: d\n|");
}

static void what_is_not_there_is_told(void **state)
{
    g_autofree char *path = g_build_filename(folder, "none", NULL);
    g_autofree char *missing = read_path(path, NULL);
    g_autofree char *plain = read_path(folder, NULL);

    (void)state;
    folder_write(folder, "mbox", LINE "A: b\n\n");
    g_autofree char *mbox = g_build_filename(folder, "mbox", NULL);
    g_autofree char *range = read_path(mbox, "a..b");
    g_autofree char *input = read_path("-", "a..b");
    assert_string_equal(missing, "?0");
    assert_string_equal(plain, "?0");
    assert_string_equal(range, "?2");
    assert_string_equal(input, "?2");
}

static int start(void **state)
{
    (void)state;
    folder = folder_new();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    folder_remove(folder);
    g_free(folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mails_are_split_at_from_lines),
        cmocka_unit_test(nul_does_not_end_a_mail),
        cmocka_unit_test(commit_id_in_the_from_line_is_the_mark),
        cmocka_unit_test(id_stays_when_mails_are_added),
        cmocka_unit_test(reading_goes_on_after_a_row),
        cmocka_unit_test(fewer_mails_than_were_read_are_told),
        cmocka_unit_test(huge_mail_is_cut_and_the_next_is_whole),
        cmocka_unit_test(standard_input_is_one_mail_or_an_mbox),
        cmocka_unit_test(what_is_not_there_is_told),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
