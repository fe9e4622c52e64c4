/* SPDX-License-Identifier: MIT */
#include "milter/log.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h>
#include <unistd.h>

#include "base/banned.h"

enum { LINE_MAX_BYTES = 512 };

/* Set once by log_open, before there are threads. */
static const char *name = "listpulse-milter";
static bool says_to_stderr = true;
static int says_debug;

/* What systemd takes from standard error goes to the same journal as what it
 * takes from syslog: each line would stand there twice. */
static bool is_journal(int file)
{
    const char *stream = g_getenv("JOURNAL_STREAM"); /* "device:inode" */
    struct stat status;

    if (stream == NULL || fstat(file, &status) != 0)
        return false;
    g_autofree char *ours =
        g_strdup_printf("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                        (guint64)status.st_dev, (guint64)status.st_ino);
    return strcmp(stream, ours) == 0;
}

void log_open(const char *part, bool to_stderr, int verbosity)
{
    name = part;
    says_to_stderr = to_stderr && !is_journal(STDERR_FILENO);
    says_debug = verbosity;
    openlog("listpulse-milter", LOG_PID, LOG_MAIL);
}

static void say(int priority, const char *format, va_list values)
    G_GNUC_PRINTF(2, 0);

static void say(int priority, const char *format, va_list values)
{
    g_autofree char *raw = g_strdup_vprintf(format, values);
    g_autofree char *valid = text_make_valid(raw, strlen(raw));
    g_autofree char *cut = text_cut(valid, LINE_MAX_BYTES);
    g_autofree char *line = text_visible(cut);

    syslog(priority, "%s: %s", name, line);
    if (says_to_stderr)
        fprintf(stderr, "listpulse-milter: %s: %s\n", name, line);
}

void log_error(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    say(LOG_ERR, format, values);
    va_end(values);
}

void log_warning(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    say(LOG_WARNING, format, values);
    va_end(values);
}

void log_notice(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    say(LOG_NOTICE, format, values);
    va_end(values);
}

bool log_shows_debug(void)
{
    return says_debug > 0;
}

void log_debug(const char *format, ...)
{
    if (!log_shows_debug())
        return;
    va_list values;

    va_start(values, format);
    say(LOG_DEBUG, format, values);
    va_end(values);
}
