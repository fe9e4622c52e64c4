/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/background.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/banned.h"

static void leave_terminal(void)
{
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);

    setsid();
    if (chdir("/") != 0)
        return; /* a folder stays busy; nothing worse */
    for (int file = 0; null >= 0 && file <= 2; file++)
        dup2(null, file);
}

/* The child's word; without one it died. */
static int outcome(int file)
{
    unsigned char code = EX_SOFTWARE;

    while (read(file, &code, 1) < 0 && errno == EINTR)
        ;
    return code;
}

int background_enter(void)
{
    int news[2];

    if (pipe2(news, O_CLOEXEC) != 0)
        return -1;
    const pid_t child = fork();
    if (child < 0) {
        close(news[0]);
        close(news[1]);
        return -1;
    }
    if (child > 0) {
        close(news[1]);
        _exit(outcome(news[0]));
    }
    close(news[0]);
    return news[1];
}

void background_tell(int file, int code)
{
    const unsigned char byte = (unsigned char)code;

    if (file < 0)
        return;
    if (write(file, &byte, 1) != 1)
        return; /* nobody waits any more */
    if (code == 0)
        leave_terminal();
    close(file);
}

int pid_file_write(const char *path, GError **error)
{
    const int file =
        open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    g_autofree char *text = g_strdup_printf("%ld\n", (long)getpid());
    const gssize length = (gssize)strlen(text);

    if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0 &&
        ftruncate(file, 0) == 0 &&
        pwrite(file, text, (size_t)length, 0) == length)
        return file;
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno),
                "pid file %s: %s", path, g_strerror(errno));
    if (file >= 0)
        close(file);
    return -1;
}
