/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/endpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <libmilter/mfapi.h>

#include "base/banned.h"

enum { GROUP_BUFFER = 64 * 1024 };

GQuark endpoint_error_quark(void)
{
    return g_quark_from_static_string("endpoint-error-quark");
}

static const char *unix_path(const char *spec)
{
    if (g_str_has_prefix(spec, "unix:"))
        return spec + strlen("unix:");
    if (g_str_has_prefix(spec, "local:"))
        return spec + strlen("local:");
    return *spec == '/' ? spec : NULL;
}

static bool is_port(const char *text, size_t length)
{
    g_autofree char *digits = g_strndup(text, length);
    guint64 port = 0;

    return g_ascii_string_to_unsigned(digits, 10, 1, 65535, &port, NULL);
}

/* inet:PORT@HOST. Postfix writes inet:HOST:PORT: the classic mistake. */
static bool check_inet(const char *spec, GError **error)
{
    const char *port = spec + strcspn(spec, ":") + 1;
    const char *at = strchr(port, '@');

    if (is_port(port, at != NULL ? (size_t)(at - port) : strlen(port)) &&
        (at == NULL || at[1] != '\0'))
        return true;
    g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_SPEC,
                "socket %s: write inet:PORT@HOST (only Postfix's own "
                "settings say inet:HOST:PORT)",
                spec);
    return false;
}

static bool check_path(const char *spec, const char *path, GError **error)
{
    const size_t room = sizeof((struct sockaddr_un *)NULL)->sun_path;

    if (*path == '/' && strlen(path) < room)
        return true;
    g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_SPEC,
                *path == '/' ? "socket %s: the path is too long"
                             : "socket %s: the path must start with /",
                spec);
    return false;
}

bool endpoint_parse(const char *spec, Endpoint *endpoint, GError **error)
{
    const char *path = unix_path(spec);

    if (path != NULL) {
        if (!check_path(spec, path, error))
            return false;
        *endpoint = (Endpoint){ .spec = g_strconcat("unix:", path, NULL),
                                .path = g_strdup(path) };
        return true;
    }
    if (!g_str_has_prefix(spec, "inet:") && !g_str_has_prefix(spec, "inet6:")) {
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_SPEC,
                    "socket %s: not unix:/PATH, inet:PORT@HOST or "
                    "inet6:PORT@HOST",
                    spec);
        return false;
    }
    if (!check_inet(spec, error))
        return false;
    *endpoint = (Endpoint){ .spec = g_strdup(spec) };
    return true;
}

void endpoint_clear(Endpoint *endpoint)
{
    g_clear_pointer(&endpoint->spec, g_free);
    g_clear_pointer(&endpoint->path, g_free);
}

static int connect_to(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const int connection =
        socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    g_strlcpy(address.sun_path, path, sizeof address.sun_path);
    if (connection >= 0 &&
        connect(connection, (struct sockaddr *)&address, sizeof address) != 0) {
        const int why = errno;
        close(connection);
        errno = why;
        return -1;
    }
    return connection;
}

/* EAGAIN: its queue is full, so somebody listens, perhaps frozen. */
static bool is_listened_at(const char *path)
{
    const int connection = connect_to(path);

    if (connection < 0)
        return errno == EAGAIN;
    close(connection);
    return true;
}

/* Nothing but a dead socket is ever removed. */
static bool make_room(const char *path, GError **error)
{
    struct stat status;

    if (lstat(path, &status) != 0)
        return true; /* opening will tell */
    if (!S_ISSOCK(status.st_mode))
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_TAKEN,
                    "%s is there and is not a socket", path);
    else if (is_listened_at(path))
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_TAKEN,
                    "another program listens at %s", path);
    else if (unlink(path) == 0 || errno == ENOENT)
        return true;
    else
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_RIGHT, "%s: %s", path,
                    g_strerror(errno));
    return false;
}

static bool find_group(const char *name, gid_t *gid)
{
    g_autofree char *buffer = g_malloc(GROUP_BUFFER);
    struct group entry, *found = NULL;

    if (getgrnam_r(name, &entry, buffer, GROUP_BUFFER, &found) != 0 ||
        found == NULL)
        return false;
    *gid = found->gr_gid;
    return true;
}

static bool set_rights(const char *path, unsigned mode, const char *group,
                       GError **error)
{
    gid_t gid = (gid_t)-1;

    if (*group != '\0' && !find_group(group, &gid)) {
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_RIGHT,
                    "socket_group: there is no group %s", group);
        return false;
    }
    if (*group != '\0' && chown(path, (uid_t)-1, gid) != 0) {
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_RIGHT,
                    "%s: cannot give it to group %s: %s", path, group,
                    g_strerror(errno));
        return false;
    }
    if (chmod(path, mode) != 0) {
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_RIGHT, "%s: %s", path,
                    g_strerror(errno));
        return false;
    }
    return true;
}

static bool remember(Endpoint *endpoint, unsigned mode, const char *group,
                     GError **error)
{
    struct stat status;

    if (!set_rights(endpoint->path, mode, group, error))
        return false;
    if (lstat(endpoint->path, &status) == 0) {
        endpoint->device = status.st_dev;
        endpoint->inode = status.st_ino;
    }
    return true;
}

/* libmilter tells why only in the log: what it will be, as well as can be
 * told beforehand. */
static bool check_folder(const char *path, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);

    if (access(folder, W_OK | X_OK) == 0)
        return true;
    g_set_error(error, ENDPOINT_ERROR,
                errno == EACCES ? ENDPOINT_ERROR_RIGHT : ENDPOINT_ERROR_TAKEN,
                "cannot make the socket %s: %s: %s", path, folder,
                g_strerror(errno));
    return false;
}

bool endpoint_open(Endpoint *endpoint, unsigned mode, const char *group,
                   GError **error)
{
    if (endpoint->path != NULL && (!check_folder(endpoint->path, error) ||
                                   !make_room(endpoint->path, error)))
        return false;

    /* Never open to more than it will be in the end. */
    const mode_t mask = umask(~mode & 0777);
    const int opened = smfi_setconn(endpoint->spec) == MI_SUCCESS
                           ? smfi_opensocket(false)
                           : MI_FAILURE;
    umask(mask);
    if (opened != MI_SUCCESS) {
        g_set_error(error, ENDPOINT_ERROR, ENDPOINT_ERROR_TAKEN,
                    "cannot listen at %s; it may be in use", endpoint->spec);
        return false;
    }
    if (endpoint->path == NULL || remember(endpoint, mode, group, error))
        return true;
    unlink(endpoint->path);
    return false;
}

void endpoint_remove(const Endpoint *endpoint)
{
    struct stat status;

    if (endpoint->path != NULL && endpoint->inode != 0 &&
        lstat(endpoint->path, &status) == 0 &&
        status.st_dev == endpoint->device && status.st_ino == endpoint->inode)
        unlink(endpoint->path);
}

/* Protocol 6, no actions, no wishes. */
static const char hello[] = { 0, 0, 0, 13, 'O', 0, 0, 0, 6,
                              0, 0, 0, 0,  0,   0, 0, 0 };
static const char goodbye[] = { 0, 0, 0, 1, 'Q' };

bool endpoint_answers(const Endpoint *endpoint, int milliseconds)
{
    if (endpoint->path == NULL)
        return true;
    const int connection = connect_to(endpoint->path);
    if (connection < 0)
        return false;

    struct pollfd wait = { .fd = connection, .events = POLLIN };
    char reply[5];
    const bool answers =
        send(connection, hello, sizeof hello, MSG_NOSIGNAL) ==
            (ssize_t)sizeof hello &&
        poll(&wait, 1, milliseconds) == 1 &&
        recv(connection, reply, sizeof reply, 0) == (ssize_t)sizeof reply &&
        reply[4] == 'O';
    if (answers)
        (void)send(connection, goodbye, sizeof goodbye, MSG_NOSIGNAL);
    close(connection);
    return answers;
}
