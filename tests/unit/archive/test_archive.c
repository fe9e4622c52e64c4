/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "archive/archive.h"
#include "base/hex.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- a folder and a git repository for one test ------------------------ */

static int make_folder(void **state)
{
    *state = g_dir_make_tmp("lp-archive-XXXXXX", NULL);
    return *state != NULL ? 0 : -1;
}

static bool run(const char *folder, const char *script)
{
    char *words[] = { (char[]){ "/bin/sh" }, (char[]){ "-ec" },
                      g_strdup(script), NULL };
    int status = 0;
    const bool is_good =
        g_spawn_sync(folder, words, NULL,
                     G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                     NULL, NULL, NULL, NULL, &status, NULL) &&
        g_spawn_check_wait_status(status, NULL);

    g_free(words[2]);
    return is_good;
}

static int remove_folder(void **state)
{
    g_autofree char *folder = *state;

    return run(folder, "chmod -R u+w . && rm -rf -- \"$PWD\"") ? 0 : -1;
}

static char *inside(void **state, const char *name)
{
    return g_build_filename(*state, name, NULL);
}

static void write_file(void **state, const char *name, const char *text)
{
    g_autofree char *path = inside(state, name);

    assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* Commits first to last, all of one second; number 4 removes a mail. */
static void make_git(void **state, const char *name, unsigned first,
                     unsigned last)
{
    g_autoptr(GString) stream = g_string_new(NULL);

    for (unsigned i = first; i <= last; i++) {
        g_autofree char *mail =
            g_strdup_printf("Subject: mail %u\n\nbody\n", i);
        g_string_append_printf(
            stream,
            "commit refs/heads/master\ncommitter a <a@example.org> %u "
            "+0000\ndata 2\nx\n",
            i < 6 ? 1500000000U : 1400000000U + i);
        if (i == 4)
            g_string_append(stream, "M 100644 inline d\ndata 1\nx\nD m\n");
        else
            g_string_append_printf(stream,
                                   "%sM 100644 inline m\ndata %zu\n%s\n",
                                   i == 5 ? "D d\n" : "", strlen(mail), mail);
    }
    write_file(state, "stream", stream->str);
    g_autofree char *script =
        g_strdup_printf("mkdir -p %s; git init -q --bare -b master %s; "
                        "git --git-dir=%s fast-import --quiet <stream",
                        name, name, name);
    assert_true(run(*state, script));
}

/* --- reading ----------------------------------------------------------- */

static Archive *open_at(void **state, const char *name)
{
    g_autofree char *path = inside(state, name);
    g_autoptr(GError) error = NULL;
    Archive *archive = archive_open(path, NULL, NULL, &error);

    if (archive == NULL)
        fail_msg("%s", error->message);
    return archive;
}

static void assert_refused(void **state, const char *name, const char *message)
{
    g_autofree char *path = inside(state, name);
    g_autoptr(GError) error = NULL;
    g_autoptr(Archive) archive = archive_open(path, NULL, NULL, &error);

    assert_null(archive);
    if (strstr(error->message, message) == NULL)
        fail_msg("%s", error->message);
}

/* "row arrival bytes" of every mail left; the error's text at the end. */
static char *read_all(Archive *archive)
{
    g_autoptr(GString) all = g_string_new(NULL);
    g_autoptr(GError) error = NULL;
    ArchiveMail mail;

    while (archive_next(archive, &mail, &error)) {
        if (mail.trouble != NULL) {
            g_string_append_printf(all, "trouble: %s|", mail.trouble);
            continue;
        }
        g_string_append_printf(all, "%u %" G_GINT64_FORMAT " %s",
                               (unsigned)mail.row, (gint64)mail.arrival_ms,
                               mail.is_taken_back ? "taken back: " : "");
        g_string_append_len(all, mail.bytes, (gssize)mail.length);
        g_string_append(all, "|");
    }
    if (error != NULL)
        g_string_append_printf(all, "error: %s", error->message);
    return g_string_free(g_steal_pointer(&all), FALSE);
}

static void an_mbox_is_split_at_its_from_lines(void **state)
{
    g_autofree char *all = NULL;
    ArchiveMail mail;

    write_file(state, "mbox",
               "From 59bf583ce0000000000000000000000000000000 Mon Sep 17 "
               "00:00:00 2001\n"
               "Subject: one\n\nFrom here on it is text\n>From quoted\n"
               ">>From twice\n> From a reply\n\nFrom me, with love\n\n"
               "From a@example.org Mon Sep 29 05:12:17 2025\r\n"
               "Subject: two\r\n\r\nlast line\r\n");
    g_autoptr(Archive) first = open_at(state, "mbox");
    assert_string_equal(archive_kind(first), "mbox");
    assert_true(archive_next(first, &mail, NULL));
    assert_true(mail.has_mark);
    assert_int_equal(mail.mark[0], 0x59);
    assert_int_equal(mail.mark[4], 0xe0);
    assert_false(mail.has_arrival);
    assert_true(archive_next(first, &mail, NULL));
    assert_false(mail.has_mark);
    g_autoptr(Archive) archive = open_at(state, "mbox");
    all = read_all(archive);
    assert_string_equal(all,
                        "1 0 Subject: one\n\nFrom here on it is text\nFrom "
                        "quoted\n>From twice\n> From a reply\n\nFrom me, with "
                        "love\n|2 0 Subject: two\r\n\r\nlast line\r\n|");
}

static void a_longer_mbox_has_the_same_id(void **state)
{
    static const char one[] =
        "From a Mon Sep 29 05:12:17 2025\nSubject: one\n\nx\n\n";
    g_autofree char *two = g_strconcat(one, one, NULL);

    write_file(state, "one", one);
    write_file(state, "two", two);
    g_autoptr(Archive) short_one = open_at(state, "one");
    g_autoptr(Archive) long_one = open_at(state, "two");
    assert_non_null(archive_id(short_one));
    assert_string_equal(archive_id(short_one), archive_id(long_one));
    assert_true(archive_skip(
        long_one, &(ArchivePlace){ .row = 1, .arrival_ms = 0 }, NULL));
    g_autofree char *rest = read_all(long_one);
    assert_string_equal(rest, "2 0 Subject: one\n\nx\n|");
}

static void a_cut_mbox_gives_all_but_its_last_mail(void **state)
{
    write_file(state, "mbox",
               "From a Mon Sep 29 05:12:17 2025\nSubject: one\n\nx\n\n"
               "From a Mon Sep 29 05:12:17 2025\nSubject: two\n\nhalf a li");
    g_autoptr(Archive) archive = open_at(state, "mbox");
    g_autofree char *all = read_all(archive);
    assert_true(g_str_has_prefix(all, "1 0 Subject: one\n\nx\n|error: "));
    assert_non_null(strstr(all, "mail 2, its last one, is cut"));
}

static void one_mail_is_an_archive_too(void **state)
{
    write_file(state, "mail", "Subject: one\n\n>From stays\nno line end");
    g_autoptr(Archive) archive = open_at(state, "mail");
    assert_string_equal(archive_kind(archive), "mail");
    assert_null(archive_id(archive));
    g_autofree char *all = read_all(archive);
    assert_string_equal(all, "1 0 Subject: one\n\n>From stays\nno line end|");
}

static void what_is_no_archive_is_refused(void **state)
{
    write_file(state, "picture", "\x89PNG\r\n\x1a\n and so on");
    write_file(state, "prose", "This is not a mail.\n");
    assert_true(run(*state, "mkdir folder; git init -q source; cd source; "
                            "touch a b; git add .; "
                            "git -c user.name=a -c user.email=a@example.org "
                            "commit -q -m x; "
                            "git init -q --bare ../empty"));
    assert_refused(state, "picture", "no archive");
    assert_refused(state, "prose", "no archive");
    assert_refused(state, "folder", "no archive");
    assert_refused(state, "missing", "No such file");
    assert_refused(state, "source", "no public-inbox archive");
    assert_refused(state, "empty", "without a commit");
}

static void an_empty_mbox_has_no_mail(void **state)
{
    write_file(state, "mbox", "");
    g_autoptr(Archive) archive = open_at(state, "mbox");
    g_autofree char *all = read_all(archive);
    assert_string_equal(all, "");
}

static void a_maildir_is_read_in_order_of_delivery(void **state)
{
    g_autofree char *all = NULL;

    assert_true(run(*state, "mkdir -p m/cur m/new m/tmp; cd m; "
                            "printf 'Subject: c\\n' >new/1000.x.host; "
                            "printf 'Subject: a\\n' >cur/99.b.host:2,S; "
                            "printf 'Subject: b\\n' >new/100.a.host; "
                            "printf 'Subject: gone\\n' >new/101.a.host; "
                            "printf 'Subject: no\\n' >tmp/1.a.host"));
    g_autoptr(Archive) archive = open_at(state, "m");
    assert_string_equal(archive_kind(archive), "maildir");
    assert_true(run(*state, "rm m/new/101.a.host; "
                            "mv m/new/1000.x.host m/cur/1000.x.host:2,S"));
    all = read_all(archive);
    assert_string_equal(all,
                        "1 0 Subject: a\n|2 0 Subject: b\n|4 0 Subject: c\n|");
}

static void a_git_archive_is_read_in_order_of_its_commits(void **state)
{
    make_git(state, "a.git", 1, 7);
    g_autoptr(Archive) archive = open_at(state, "a.git");
    assert_string_equal(archive_kind(archive), "git");
    g_autofree char *all = read_all(archive);
    assert_string_equal(all, "1 1500000000000 Subject: mail 1\n\nbody\n|"
                             "2 1500000000001 Subject: mail 2\n\nbody\n|"
                             "3 1500000000002 Subject: mail 3\n\nbody\n|"
                             "4 1500000000003 taken back: x|"
                             "5 1500000000004 Subject: mail 5\n\nbody\n|"
                             "6 1500000000005 Subject: mail 6\n\nbody\n|"
                             "7 1500000000006 Subject: mail 7\n\nbody\n|");
}

static void reading_goes_on_where_it_stopped(void **state)
{
    make_git(state, "a.git", 1, 7);
    g_autoptr(Archive) whole = open_at(state, "a.git");
    g_autofree char *all = read_all(whole);
    g_auto(GStrv) mails = g_strsplit(all, "|", -1);
    for (unsigned i = 0; i < 6; i++) {
        const uint64_t row = g_ascii_strtoull(mails[i], NULL, 10);
        const int64_t arrival =
            g_ascii_strtoll(strchr(mails[i], ' ') + 1, NULL, 10);
        g_autoptr(Archive) archive = open_at(state, "a.git");
        assert_true(archive_skip(
            archive, &(ArchivePlace){ .row = row, .arrival_ms = arrival },
            NULL));
        g_autofree char *rest = read_all(archive);
        const char *expected = strstr(all, mails[i]) + strlen(mails[i]) + 1;
        assert_string_equal(rest, expected);
    }
}

static void epochs_are_one_archive(void **state)
{
    uint64_t done = 0, total = 0;

    make_git(state, "inbox/git/0.git", 1, 3);
    make_git(state, "inbox/git/1.git", 5, 7);
    g_autoptr(Archive) archive = open_at(state, "inbox");
    g_autofree char *all = read_all(archive);
    archive_progress(archive, &done, &total);
    assert_int_equal(total, 6);
    assert_int_equal(done, 6);
    assert_non_null(strstr(all, "|4 1500000000003 Subject: mail 5"));
    assert_non_null(strstr(all, "|6 1500000000005 Subject: mail 7"));
    for (unsigned row = 2; row < 6; row++) {
        g_autoptr(Archive) later = open_at(state, "inbox");
        assert_true(archive_skip(
            later,
            &(ArchivePlace){ .row = row,
                             .arrival_ms = 1500000000000 + row - 1 },
            NULL));
        g_autofree char *rest = read_all(later);
        assert_true(g_str_has_suffix(all, rest));
        assert_int_equal(g_ascii_strtoull(rest, NULL, 10), row + 1);
    }
}

static void nothing_is_left_of_an_archive_that_was_read(void **state)
{
    make_git(state, "a.git", 1, 3);
    g_autoptr(Archive) archive = open_at(state, "a.git");
    assert_true(archive_skip(
        archive, &(ArchivePlace){ .row = 3, .arrival_ms = 0 }, NULL));
    g_autofree char *all = read_all(archive);
    assert_string_equal(all, "");
}

static void a_range_is_read_alone(void **state)
{
    g_autofree char *path = inside(state, "a.git");
    g_autoptr(GError) error = NULL;

    make_git(state, "a.git", 1, 7);
    g_autoptr(Archive) archive =
        archive_open(path, "master~2..master", NULL, &error);
    assert_non_null(archive);
    assert_null(archive_id(archive));
    g_autofree char *all = read_all(archive);
    assert_non_null(strstr(all, "mail 6"));
    assert_non_null(strstr(all, "mail 7"));
    assert_null(strstr(all, "mail 5"));
    assert_null(archive_open(path, "nowhere..master", NULL, &error));
    assert_true(g_error_matches(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE));
    g_clear_error(&error);
    assert_null(archive_open(path, "--output=x", NULL, &error));
}

static void a_broken_mail_is_named_and_passed_over(void **state)
{
    make_git(state, "a.git", 1, 7);
    assert_true(run(*state,
                    "cd a.git; git repack -q -a -d; chmod u+w "
                    "objects/pack/*.pack; "
                    "blob=$(git rev-parse HEAD~2:m); "
                    "git unpack-objects -q </dev/null || :; "
                    "at=$(git verify-pack -v objects/pack/*.idx | "
                    "awk -v b=$blob '$1 == b { print $5 }'); "
                    "printf 'XXXX' | dd of=$(ls objects/pack/*.pack) bs=1 "
                    "seek=$((at + 3)) conv=notrunc"));
    g_autoptr(Archive) archive = open_at(state, "a.git");
    g_autofree char *all = read_all(archive);
    assert_non_null(strstr(all, "mail 3"));
    assert_non_null(strstr(all, "|trouble: "));
    assert_non_null(strstr(all, "mail 7"));
    assert_null(strstr(all, "error: "));
    assert_non_null(strstr(all, "git fsck"));
}

static void kvm_ppc_is_read_whole(void **state)
{
    const char *corpus = g_getenv("LISTPULSE_CORPUS");
    g_autofree char *bundle =
        g_build_filename(corpus != NULL ? corpus : ".", "kvm-ppc.bundle", NULL);
    unsigned mails = 0;
    int64_t last = 0;
    ArchiveMail mail;

    if (!g_file_test(bundle, G_FILE_TEST_EXISTS)) {
        g_clear_pointer(&bundle, g_free); /* skip() does not return */
        skip();
    }

    g_autofree char *script =
        g_strdup_printf("git clone -q --bare '%s' k.git", bundle);

    assert_true(run(*state, script));
    g_autoptr(Archive) archive = open_at(state, "k.git");
    while (archive_next(archive, &mail, NULL)) {
        mails++;
        assert_true(mail.arrival_ms > last);
        last = mail.arrival_ms;
    }
    assert_int_equal(mails, 5965);
}

#define in_folder(name)                                                        \
    cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_folder(an_mbox_is_split_at_its_from_lines),
        in_folder(a_longer_mbox_has_the_same_id),
        in_folder(a_cut_mbox_gives_all_but_its_last_mail),
        in_folder(one_mail_is_an_archive_too),
        in_folder(what_is_no_archive_is_refused),
        in_folder(an_empty_mbox_has_no_mail),
        in_folder(a_maildir_is_read_in_order_of_delivery),
        in_folder(a_git_archive_is_read_in_order_of_its_commits),
        in_folder(reading_goes_on_where_it_stopped),
        in_folder(epochs_are_one_archive),
        in_folder(nothing_is_left_of_an_archive_that_was_read),
        in_folder(a_range_is_read_alone),
        in_folder(a_broken_mail_is_named_and_passed_over),
        in_folder(kvm_ppc_is_read_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
