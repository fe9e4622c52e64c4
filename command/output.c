/* SPDX-License-Identifier: MIT */
#include "command/output.h"

#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/banned.h"

enum { FILE_MODE = 0666, ADDRESS_MAX = 320 };

unsigned output_width(void)
{
    enum { WIDTH = 80, LEAST = 72, MOST = 160 };
    struct winsize size = { .ws_col = 0 };

    if (isatty(STDOUT_FILENO) != 1 ||
        ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return WIDTH;
    return CLAMP(size.ws_col, LEAST, MOST);
}

bool output_has_colour(void)
{
    const char *no_colour = g_getenv("NO_COLOR");
    const char *terminal = g_getenv("TERM");

    return isatty(STDOUT_FILENO) == 1 &&
           (no_colour == NULL || no_colour[0] == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

bool output_is_address(const char *address)
{
    const char *at = strchr(address, '@');

    if (at == NULL || at == address || at[1] == '\0' || address[0] == '-' ||
        strlen(address) > ADDRESS_MAX)
        return false;
    for (const char *c = address; *c != '\0'; c++) {
        if (!g_ascii_isgraph(*c) || strchr("<>,;:()\"\\", *c) != NULL)
            return false;
    }
    return strchr(at + 1, '@') == NULL;
}

/* False with errno where the reader went away or the pipe broke. */
static bool write_all(int file, const char *text, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(file, text, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text += written;
        length -= (size_t)written;
    }
    return true;
}

/* Runs a program with text as its input. A program that stops reading early
 * is no fault as long as it ends well. */
static bool feed(char **arguments, char **environment, const char *text,
                 size_t length, GError **error)
{
    GPid child = 0;
    int input = -1;
    int status = 0;

    if (!g_spawn_async_with_pipes(
            NULL, arguments, environment,
            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child,
            &input, NULL, NULL, error))
        return false;
    write_all(input, text, length);
    close(input);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return g_spawn_check_wait_status(status, error);
}

static const char *pager_name(void)
{
    const char *pager = g_getenv("PAGER");

    if (pager != NULL)
        return strcmp(pager, "cat") == 0 ? "" : pager;
    g_autofree char *less = g_find_program_in_path("less");
    return less != NULL ? "less" : "";
}

/* Ctrl-C is for the pager while it is there. */
static bool page(const char *pager, const char *text, size_t length,
                 GError **error)
{
    const char *shell[] = { "/bin/sh", "-c", pager, NULL };
    g_auto(GStrv) arguments = g_strdupv((char **)(void *)shell);
    g_auto(GStrv) environment =
        g_environ_setenv(g_get_environ(), "LESS", "FRX", FALSE);

    signal(SIGINT, SIG_IGN);
    const bool is_shown = feed(arguments, environment, text, length, error);
    signal(SIGINT, SIG_DFL);
    return is_shown;
}

bool output_page(const char *text, size_t length, GError **error)
{
    const char *pager = isatty(STDOUT_FILENO) == 1 ? pager_name() : "";

    if (pager[0] == '\0')
        return command_print(text, length, error);
    if (page(pager, text, length, error))
        return true;
    g_prefix_error(error, "pager %s: ", pager);
    return false;
}

/* A terminal, a pipe or /dev/null is written to, not replaced. */
static bool is_stream(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) &&
           !S_ISDIR(status.st_mode);
}

static bool write_stream(const char *path, const char *text, size_t length)
{
    const int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    const bool is_written = file >= 0 && write_all(file, text, length);
    const int code = errno;

    if (file >= 0)
        close(file);
    errno = code;
    return is_written;
}

/* GLib's words name a file beside it that nobody has asked for. */
static void set_file_error(const char *path, const GError *failure,
                           GError **error)
{
    const char *why = g_strrstr(failure->message, ": ");

    g_set_error(error, failure->domain, failure->code, "%s: %s", path,
                why != NULL ? why + strlen(": ") : failure->message);
}

bool output_file(const char *path, const char *text, size_t length,
                 GError **error)
{
    g_autofree char *target = realpath(path, NULL); /* behind a link */
    g_autoptr(GError) failure = NULL;

    if (is_stream(path)) {
        if (write_stream(path, text, length))
            return true;
        g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno),
                    "%s: %s", path, g_strerror(errno));
        return false;
    }
    if (g_file_set_contents_full(target != NULL ? target : path, text,
                                 (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT,
                                 FILE_MODE, &failure))
        return true;
    set_file_error(path, failure, error);
    return false;
}

/* In the path, or where mail servers put it, which is often not there. */
static char *find_sendmail(void)
{
    static const char *const places[] = { "/usr/sbin/sendmail",
                                          "/usr/lib/sendmail" };
    char *found = g_find_program_in_path("sendmail");

    for (size_t i = 0; found == NULL && i < G_N_ELEMENTS(places); i++) {
        if (access(places[i], X_OK) == 0)
            found = g_strdup(places[i]);
    }
    return found;
}

bool output_mail(const GPtrArray *addresses, const char *mail, size_t length,
                 GError **error)
{
    g_autofree char *sendmail = find_sendmail();

    if (sendmail == NULL) {
        g_set_error(error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT,
                    "sendmail: not in the path nor in /usr/sbin");
        return false;
    }

    g_autoptr(GPtrArray) arguments = g_ptr_array_new();

    g_ptr_array_add(arguments, sendmail);
    g_ptr_array_add(arguments, (gpointer)(uintptr_t) "-i");
    g_ptr_array_add(arguments, (gpointer)(uintptr_t) "--");
    for (unsigned i = 0; i < addresses->len; i++)
        g_ptr_array_add(arguments, addresses->pdata[i]);
    g_ptr_array_add(arguments, NULL);
    if (feed((char **)arguments->pdata, NULL, mail, length, error))
        return true;
    g_prefix_error(error, "sendmail: ");
    return false;
}
