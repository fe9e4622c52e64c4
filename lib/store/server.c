/* SPDX-License-Identifier: MIT */
#include "store/server.h"

#include "store/error.h"

#include <string.h>

#include "base/banned.h"

enum {
    VERSION_LEAST = 7,
    BITS_LEAST = 64,
};

/* "\r\nredis_version:7.0.15\r\n"; owned, or NULL. */
static char *field_of(const char *info, const char *name)
{
    g_autofree char *start = g_strdup_printf("\n%s:", name);
    const char *at = strstr(info, start);

    if (at == NULL)
        return NULL;
    at += strlen(start);
    return g_strndup(at, strcspn(at, "\r\n"));
}

static bool is_below(const char *number, guint64 least)
{
    return number != NULL && g_ascii_isdigit(number[0]) &&
           g_ascii_strtoull(number, NULL, 10) < least;
}

bool server_is_fit(const char *info, const char *place, GError **error)
{
    g_autofree char *version = field_of(info, "redis_version");
    g_autofree char *bits = field_of(info, "arch_bits");

    if (is_below(version, VERSION_LEAST)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_SPEC,
                    "%s: Redis %s is too old: listpulse needs Redis 7.0 or "
                    "later, or Valkey",
                    place, version);
        return false;
    }
    /* Lua's struct.unpack cuts a number of six bytes to a C long there. */
    if (is_below(bits, BITS_LEAST)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_SPEC,
                    "%s: a Redis built for %s bits counts wrong: listpulse "
                    "needs one for 64 bits",
                    place, bits);
        return false;
    }
    return true;
}

/* "7037:M 28 Nov 2026 23:45:26.953 # Can't handle ...": # is for warnings. */
static const char *complaint_in(const char *line)
{
    const char *mark = strstr(line, " # ");

    if (mark == NULL || strstr(line, "overcommit") != NULL)
        return NULL;
    return mark + strlen(" # ");
}

char *server_complaint(const char *log, bool *data_is_newer)
{
    static const char other_format[] = "Can't handle RDB format version";
    g_auto(GStrv) lines = g_strsplit(log, "\n", -1);
    const char *last = NULL;

    *data_is_newer = false;
    for (unsigned i = 0; lines[i] != NULL; i++) {
        const char *complaint = complaint_in(lines[i]);
        if (complaint == NULL || *data_is_newer)
            continue;
        last = complaint;
        *data_is_newer = strstr(complaint, other_format) != NULL;
    }
    return last != NULL ? g_utf8_make_valid(last, -1) : NULL;
}
