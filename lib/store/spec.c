/* SPDX-License-Identifier: MIT */
#include "store/spec.h"

#include "store/error.h"

#include <stdbool.h>
#include <string.h>

#include "base/banned.h"

enum { REDIS_PORT = 6379, SENTINEL_PORT = 26379, PORT_MAX = 65535 };

static const char forms[] =
    "private, unix:/path, redis://[user:password@]host[:port][/db], "
    "sentinel://host:port,.../name or cluster://host:port,...";

RedisHost *redis_host_new(const char *host, int port)
{
    RedisHost *made = g_new0(RedisHost, 1);

    made->host = g_strdup(host);
    made->port = port;
    return made;
}

void redis_host_free(RedisHost *host)
{
    if (host == NULL)
        return;
    g_free(host->host);
    g_free(host);
}

void redis_spec_free(RedisSpec *spec)
{
    if (spec == NULL)
        return;
    g_free(spec->path);
    g_ptr_array_unref(spec->hosts);
    g_free(spec->name);
    g_free(spec->user);
    g_free(spec->password);
    g_free(spec);
}

static bool parse_number(const char *text, int max, int *number)
{
    char *end = NULL;
    const gint64 value = g_ascii_strtoll(text, &end, 10);

    if (end == text || *end != '\0' || value < 0 || value > max)
        return false;
    *number = (int)value;
    return true;
}

/* "host", "host:port", "[::1]:port". */
static RedisHost *parse_host(const char *text, int default_port)
{
    const char *colon = strrchr(text, ':');
    int port = default_port;
    size_t length = strlen(text);

    if (text[0] == '[') {
        const char *close = strchr(text, ']');
        if (close == NULL || (close[1] != '\0' && close[1] != ':'))
            return NULL;
        colon = close[1] == ':' ? close + 1 : NULL;
        length = (size_t)(close - text) - 1;
        text++;
    } else if (colon != NULL) {
        length = (size_t)(colon - text);
    }
    if (colon != NULL && !parse_number(colon + 1, PORT_MAX, &port))
        return NULL;
    if (length == 0 || port == 0)
        return NULL;
    g_autofree char *host = g_strndup(text, length);
    return redis_host_new(host, port);
}

static bool parse_hosts(const char *text, int default_port, GPtrArray *hosts)
{
    g_auto(GStrv) words = g_strsplit(text, ",", -1);

    for (char **word = words; *word != NULL; word++) {
        RedisHost *host = parse_host(*word, default_port);
        if (host == NULL)
            return false;
        g_ptr_array_add(hosts, host);
    }
    return hosts->len > 0;
}

/* "user:password@" before the hosts, percent-encoded; returns what follows. */
static const char *parse_user(const char *text, RedisSpec *spec)
{
    const char *at = strrchr(text, '@');

    if (at == NULL)
        return text;
    g_autofree char *user = g_strndup(text, (size_t)(at - text));
    char *colon = strchr(user, ':');
    if (colon != NULL) {
        *colon = '\0';
        spec->password = g_uri_unescape_string(colon + 1, NULL);
    }
    if (user[0] != '\0')
        spec->user = g_uri_unescape_string(user, NULL);
    return at + 1;
}

static bool parse_tcp(const char *text, RedisSpec *spec)
{
    spec->kind = REDIS_TCP;
    g_auto(GStrv) parts = g_strsplit(parse_user(text, spec), "/", 2);

    if (parts[0] == NULL || !parse_hosts(parts[0], REDIS_PORT, spec->hosts))
        return false;
    if (parts[1] != NULL && parts[1][0] != '\0' &&
        !parse_number(parts[1], PORT_MAX, &spec->database))
        return false;
    return spec->hosts->len == 1;
}

static bool parse_sentinel(const char *text, RedisSpec *spec)
{
    spec->kind = REDIS_SENTINEL;
    g_auto(GStrv) parts = g_strsplit(parse_user(text, spec), "/", 3);

    if (g_strv_length(parts) < 2 || parts[1][0] == '\0')
        return false;
    spec->name = g_strdup(parts[1]);
    if (parts[2] != NULL && !parse_number(parts[2], PORT_MAX, &spec->database))
        return false;
    return parse_hosts(parts[0], SENTINEL_PORT, spec->hosts);
}

static bool parse(const char *text, RedisSpec *spec)
{
    if (strcmp(text, "private") == 0) {
        spec->kind = REDIS_PRIVATE;
        return true;
    }
    if (g_str_has_prefix(text, "unix:")) {
        spec->kind = REDIS_UNIX;
        spec->path = g_strdup(text + strlen("unix:"));
        return spec->path[0] == '/';
    }
    if (g_str_has_prefix(text, "redis://"))
        return parse_tcp(text + strlen("redis://"), spec);
    if (g_str_has_prefix(text, "sentinel://"))
        return parse_sentinel(text + strlen("sentinel://"), spec);
    if (!g_str_has_prefix(text, "cluster://"))
        return false;
    spec->kind = REDIS_CLUSTER;
    return parse_hosts(parse_user(text + strlen("cluster://"), spec),
                       REDIS_PORT, spec->hosts);
}

RedisSpec *redis_spec_parse(const char *text, GError **error)
{
    g_autoptr(RedisSpec) spec = g_new0(RedisSpec, 1);

    spec->hosts =
        g_ptr_array_new_with_free_func((GDestroyNotify)redis_host_free);
    if (!parse(text, spec)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_SPEC,
                    "\"%s\" names no Redis: write %s", text, forms);
        return NULL;
    }
    return g_steal_pointer(&spec);
}
