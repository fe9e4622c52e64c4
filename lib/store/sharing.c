/* SPDX-License-Identifier: MIT */
#include "store/sharing.h"

#include "base/hex.h"
#include "store/error.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    SECRET_BYTES = 32,
    SECRET_ROOM = 2 * SECRET_BYTES + 1,
    GROUP_ROOM = 64,
    PASSING = 0710, /* the group may pass, and see nothing */
    SOCKET_MODE = 0770,
};

/* The commands that read our keys. */
#define READER_RULES                                                           \
    "on", "nopass", "~lp:*", "resetchannels", "&lp:events", "-@all", "+@read", \
        "+@connection", "-@dangerous", "+info", "+memory|usage", "+subscribe"

static bool is_shared(const struct stat *state)
{
    return (state->st_mode & S_IXGRP) != 0;
}

static bool fail(const char *path, GError **error)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                "cannot share the private Redis: %s: %s", path,
                g_strerror(errno));
    return false;
}

static char *secret_path(const char *folder)
{
    return g_build_filename(folder, "secret", NULL);
}

static char *read_secret(const char *folder)
{
    g_autofree char *path = secret_path(folder);
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    char digits[SECRET_ROOM] = { 0 };

    if (file < 0)
        return NULL;
    const ssize_t got = read(file, digits, SECRET_ROOM - 1);

    close(file);
    return got == SECRET_ROOM - 1 && hex_is_digits(digits, SECRET_ROOM - 1)
               ? g_strdup(digits)
               : NULL;
}

char *sharing_secret(const char *state)
{
    g_autofree char *folder = g_build_filename(state, "redis", NULL);

    return read_secret(folder);
}

/* If two processes make a secret at once, both use the first one. */
static bool keep_first(const char *path, const char *digits, GError **error)
{
    g_autofree char *own = g_strdup_printf("%s.%d", path, (int)getpid());

    if (!g_file_set_contents_full(own, digits, -1,
                                  G_FILE_SET_CONTENTS_CONSISTENT, 0600, error))
        return false;
    const bool is_kept = link(own, path) == 0 || errno == EEXIST;
    const int code = errno;
    unlink(own);
    errno = code;
    return is_kept || fail(path, error);
}

static char *make_secret(const char *folder, GError **error)
{
    g_autofree char *path = secret_path(folder);
    uint8_t bytes[SECRET_BYTES];
    char digits[SECRET_ROOM];
    char *known = read_secret(folder);

    if (known != NULL)
        return known;
    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes)) {
        fail(path, error);
        return NULL;
    }
    hex_encode(bytes, sizeof(bytes), digits);
    if (!keep_first(path, digits, error))
        return NULL;
    known = read_secret(folder);
    if (known == NULL)
        fail(path, error);
    return known;
}

static char *password_rule(const char *secret)
{
    g_autofree char *sum =
        g_compute_checksum_for_string(G_CHECKSUM_SHA256, secret, -1);

    return g_strconcat("#", sum, NULL);
}

static bool open_folder(const char *folder, GError **error)
{
    return chmod(folder, PASSING) == 0 || fail(folder, error);
}

/* Redis replays transactions of its append-only file as the default user, and
 * skips those whose commands that user may not run. So users are made only when
 * the data are loaded; until then only the owner may use the socket. */
static bool is_loaded(Connection *connection, GError **error)
{
    g_autoptr(Reply) reply =
        connection_command(connection, error, "PING", NULL);

    return reply != NULL;
}

bool sharing_apply(const struct stat *state, const char *folder,
                   Connection *connection, GError **error)
{
    g_autofree char *socket_path = g_build_filename(folder, "redis.sock", NULL);

    if (!is_shared(state))
        return true;
    if (!is_loaded(connection, error))
        return false;
    g_autofree char *secret = make_secret(folder, error);

    if (secret == NULL || !open_folder(folder, error))
        return false;
    g_autofree char *password = password_rule(secret);
    g_autoptr(Reply) writer =
        connection_command(connection, error, "ACL", "SETUSER", SHARING_WRITER,
                           "reset", "on", password, "~*", "&*", "+@all", NULL);
    g_autoptr(Reply) entered =
        writer != NULL ? connection_command(connection, error, "AUTH",
                                            SHARING_WRITER, secret, NULL)
                       : NULL;
    g_autoptr(Reply) reader =
        entered != NULL
            ? connection_command(connection, error, "ACL", "SETUSER", "default",
                                 "reset", READER_RULES, NULL)
            : NULL;

    return reader != NULL &&
           (chmod(socket_path, SOCKET_MODE) == 0 || fail(socket_path, error));
}

static char *group_name(gid_t group)
{
    const struct group *entry = getgrgid(group);

    return entry != NULL ? g_strdup(entry->gr_name)
                         : g_strdup_printf("%u", (unsigned)group);
}

static bool is_kept_out(const char *state)
{
    g_autofree char *path =
        g_build_filename(state, "redis", "redis.sock", NULL);

    return (access(state, X_OK) != 0 || access(path, R_OK | W_OK) != 0) &&
           errno == EACCES;
}

bool sharing_may_start(const char *state, GError **error)
{
    struct stat status;

    if (geteuid() == 0 || stat(state, &status) != 0 ||
        status.st_uid == geteuid())
        return true;
    g_autofree char *group = group_name(status.st_gid);

    if (is_kept_out(state))
        g_set_error(error, STORE_ERROR, STORE_ERROR_DENIED,
                    "%s: only root and members of the group %s may read what "
                    "is counted there: join it (adduser NAME %s) and log in "
                    "again, or name a state directory of your own with --state",
                    state, group, group);
    else
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                    "%s: its private Redis does not run, and only its owner "
                    "and root start it: systemctl start listpulse",
                    state);
    return false;
}
