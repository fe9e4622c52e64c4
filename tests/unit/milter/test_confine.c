/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "mail/message.h"
#include "milter/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

enum { NOT_CONFINED = 99 };

/* What becomes of a confined process that does this: its wait status. */
static int status_of(int (*act)(void))
{
    int status = 0;
    const pid_t child = fork();

    if (child == 0)
        _exit(confine(NULL) ? act() : NOT_CONFINED);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static int run_a_shell(void)
{
    return execl("/bin/sh", "sh", "-c", "exit 0", (char *)NULL);
}

static int trace_another(void)
{
    return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}

static void a_program_or_a_trace_ends_the_process(void **state)
{
    (void)state;
    int (*const acts[])(void) = { run_a_shell, trace_another };

    for (size_t i = 0; i < G_N_ELEMENTS(acts); i++) {
        const int status = status_of(acts[i]);

        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), SIGSYS);
    }
}

static void *nothing(void *data)
{
    return data;
}

/* The number of the first that was not refused; 0: all were. */
static int try_the_rest(void)
{
    struct sockaddr_un here = { .sun_family = AF_UNIX };
    pthread_t thread;
    int number = 1;

    if (fork() >= 0)
        return number;
    number++;
    if (pthread_create(&thread, NULL, nothing, NULL) == 0)
        return number;
    number++;
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    memcpy(here.sun_path, "\0listpulse-confine", sizeof "\0listpulse-confine");
    if (server < 0 || bind(server, (struct sockaddr *)&here, sizeof here) != 0)
        return number;
    number++;
    if (listen(server, 1) == 0 || errno != ENOSYS)
        return number;
    number++;
    if (chroot("/") == 0 || kill(getppid(), 0) == 0 || setuid(1) == 0 ||
        link("/etc/passwd", "/tmp/passwd") == 0)
        return number;
    return 0;
}

static void what_is_not_needed_is_refused(void **state)
{
    (void)state;
    assert_int_equal(status_of(try_the_rest), 0);
}

static const char mail[] =
    "From: =?iso-2022-jp?B?GyRCOzNFRBsoQg==?= <y@tsubaki.example>\n"
    "Subject: =?koi8-r?B?8NLJ18XU?=\n"
    "Date: Tue, 04 Mar 2025 10:00:00 +0000\n"
    "Content-Type: text/plain; charset=gb18030\n"
    "Content-Transfer-Encoding: base64\n\nxOO6ww==\n";

/* Character sets are loaded when they are met. */
static int read_mail(void)
{
    g_autoptr(MailMessage) message = mail_message_parse(mail, sizeof mail - 1);

    return message == NULL || strstr(message->text, "\u4f60\u597d") == NULL;
}

static int write_a_database(void)
{
    g_autofree char *folder = g_dir_make_tmp("confine-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "journal.db", NULL);
    sqlite3 *database = NULL;

    const int code =
        sqlite3_open(path, &database) != SQLITE_OK ||
        sqlite3_exec(database,
                     "PRAGMA journal_mode = WAL; CREATE TABLE t (x);"
                     "INSERT INTO t VALUES (1);"
                     "PRAGMA wal_checkpoint(TRUNCATE); VACUUM",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_close(database) != SQLITE_OK;
    (void)unlink(path);
    (void)rmdir(folder);
    return code;
}

static int find_a_host(void)
{
    const struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
    struct addrinfo *found = NULL;

    if (getaddrinfo("localhost", "6379", &hints, &found) != 0)
        return 1;
    const int file = socket(found->ai_family, found->ai_socktype, 0);
    const bool is_answered =
        connect(file, found->ai_addr, found->ai_addrlen) == 0 ||
        errno == ECONNREFUSED;
    freeaddrinfo(found);
    return !is_answered;
}

static void the_work_goes_on(void **state)
{
    (void)state;
    mail_init();
    assert_int_equal(status_of(read_mail), 0);
    assert_int_equal(status_of(write_a_database), 0);
    assert_int_equal(status_of(find_a_host), 0);
}

static int gain_privileges(void)
{
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 1;
}

static void no_privilege_is_gained(void **state)
{
    (void)state;
    assert_int_equal(status_of(gain_privileges), 0);
}

static void a_build_that_cannot_says_so(void **state)
{
    g_autoptr(GError) error = NULL;

    (void)state;
    assert_false(confine(&error));
    assert_null(error);
}

int main(void)
{
    const struct CMUnitTest without[] = {
        cmocka_unit_test(a_build_that_cannot_says_so),
    };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_program_or_a_trace_ends_the_process),
        cmocka_unit_test(what_is_not_needed_is_refused),
        cmocka_unit_test(the_work_goes_on),
        cmocka_unit_test(no_privilege_is_gained),
    };

    return confine_is_built() ? cmocka_run_group_tests(tests, NULL, NULL)
                              : cmocka_run_group_tests(without, NULL, NULL);
}
