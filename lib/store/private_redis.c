/* SPDX-License-Identifier: MIT */
#include "store/private_redis.h"

#include "store/connection.h"
#include "store/error.h"
#include "store/mend.h"
#include "store/server.h"
#include "store/sharing.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/banned.h"

enum {
    FOLDER_MODE = 0700,
    START_TRIES = 200,       /* of START_PAUSE each */
    START_PAUSE = 25 * 1000, /* microseconds */
    STOP_TRIES = 1200,
    LAST_WORDS = 1024, /* bytes of a log, in which a server says why it ends */
    COMMAND_MILLISECONDS = 30 * 1000, /* SHUTDOWN saves first */
};

/* aof-load-truncated is off: if the file ends in the middle of a command, Redis
 * would leave the transaction around it open in the file, and execute half of
 * it at the start after the next; mend.h cuts before it. */
static const char configuration[] = "port 0\n"
                                    "unixsocket redis.sock\n"
                                    "unixsocketperm 700\n"
                                    "daemonize yes\n"
                                    "pidfile redis.pid\n"
                                    "logfile redis.log\n"
                                    "loglevel notice\n"
                                    "databases 1\n"
                                    "save \"\"\n"
                                    "appendonly yes\n"
                                    "appendfsync everysec\n"
                                    "aof-load-truncated no\n"
                                    "aof-use-rdb-preamble yes\n"
                                    "auto-aof-rewrite-percentage 100\n"
                                    "auto-aof-rewrite-min-size 64mb\n"
                                    "hash-max-listpack-entries 512\n"
                                    "zset-max-listpack-entries 128\n"
                                    "stop-writes-on-bgsave-error no\n"
                                    "always-show-logo no\n"
                                    "set-proc-title no\n";

static const char manifest_file[] = "appendonlydir/appendonly.aof.manifest";

static void set_failure(GError **error, const char *what, const char *path)
{
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                "cannot start a private Redis: %s %s: %s", what, path,
                g_strerror(errno));
}

char *private_redis_socket(const char *state, GError **error)
{
    g_autofree char *path =
        g_build_filename(state, "redis", "redis.sock", NULL);

    if (strlen(path) >= sizeof((struct sockaddr_un){ 0 }).sun_path) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_SPEC,
                    "%s: too long for a UNIX socket (at most %zu bytes): "
                    "name a shorter state directory",
                    path, sizeof((struct sockaddr_un){ 0 }).sun_path - 1);
        return NULL;
    }
    return g_steal_pointer(&path);
}

/* Root starts the server as the owner of the state directory, so that the
 * daemon, which is no longer root, can use it, too. Runs in the child. */
static void become_owner(gpointer data)
{
    const struct stat *owner = data;
    sigset_t none;

    /* The daemon's processor takes its signals by other means; a server that
     * inherits that could not be stopped. */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    if (geteuid() != 0 || owner->st_uid == 0)
        return;
    if (setgroups(0, NULL) != 0 || setgid(owner->st_gid) != 0 ||
        setuid(owner->st_uid) != 0)
        _exit(1);
}

/* Root works in the state directory with the owner's rights to files, and in
 * the owner's name, since the owner may have put links there that lead
 * elsewhere, and must be able to use what was made. Changes only this thread.
 */
static void act_as_owner(const struct stat *owner)
{
    if (geteuid() != 0)
        return;
    setfsgid(owner->st_gid);
    setfsuid(owner->st_uid);
}

static void act_as_self(void)
{
    setfsuid(geteuid());
    setfsgid(getegid());
}

static bool write_configuration(const char *folder, unsigned megabytes,
                                GError **error)
{
    g_autofree char *path = g_build_filename(folder, "redis.conf", NULL);
    g_autofree char *text =
        g_strdup_printf("%smaxmemory %umb\nmaxmemory-policy noeviction\n",
                        configuration, megabytes);

    if (!g_file_set_contents_full(
            path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error)) {
        g_prefix_error(error, "cannot start a private Redis: ");
        return false;
    }
    return true;
}

static bool make_state(const char *state, struct stat *owner, GError **error)
{
    if (g_mkdir_with_parents(state, FOLDER_MODE) == 0 &&
        stat(state, owner) == 0)
        return true;
    set_failure(error, "state directory", state);
    return false;
}

static bool make_folder(const char *folder, GError **error)
{
    if (mkdir(folder, FOLDER_MODE) == 0 || errno == EEXIST)
        return true;
    set_failure(error, "state directory", folder);
    return false;
}

/* Finds the server. It is one program with its checkers and acts by the name
 * that it is called by; Debian's tools packages have it as a checker. Owned;
 * NULL with error set. */
static char *find_program(bool *is_valkey, GError **error)
{
    static const char *const files[] = { "redis-server", "valkey-server",
                                         "redis-check-rdb",
                                         "valkey-check-rdb" };

    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        char *program = g_find_program_in_path(files[i]);

        *is_valkey = g_str_has_prefix(files[i], "valkey");
        if (program != NULL)
            return program;
    }
    g_set_error_literal(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                        "redis-server: not found: install Redis 7.0 or later "
                        "or Valkey (on Debian the package redis-tools or "
                        "redis-server), or name a running one with --redis");
    return NULL;
}

/* name: "server", "check-aof". output: owned; NULL: not wanted. */
static bool run_program(const char *folder, struct stat *owner,
                        const char *name, const char *argument, char **output,
                        int *status, GError **error)
{
    bool is_valkey = false;
    g_autofree char *program = find_program(&is_valkey, error);

    if (program == NULL)
        return false;
    g_autofree char *called =
        g_strconcat(is_valkey ? "valkey-" : "redis-", name, NULL);
    g_autofree char *word = g_strdup(argument);
    char *words[] = { program, called, word, NULL };
    return g_spawn_sync(
        folder, words, NULL,
        (output == NULL ? G_SPAWN_STDOUT_TO_DEV_NULL : G_SPAWN_DEFAULT) |
            G_SPAWN_FILE_AND_ARGV_ZERO,
        become_owner, owner, output, NULL, status, error);
}

static bool spawn_server(const char *folder, struct stat *owner, GError **error)
{
    int status = 0;

    if (!run_program(folder, owner, "server", "redis.conf", NULL, &status,
                     error))
        return false;
    if (g_spawn_check_wait_status(status, NULL))
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                "the private Redis did not start: see %s/redis.log", folder);
    return false;
}

/* Returns true if it accepts connections; it may still be loading. */
static Connection *try_connect_as(const char *socket_path, const char *secret)
{
    const ConnectionOptions options = { .takes_any = true,
                                        .user = SHARING_WRITER,
                                        .password = secret,
                                        .connect_milliseconds = 1000,
                                        .command_milliseconds =
                                            COMMAND_MILLISECONDS };

    return connection_open_unix(socket_path, &options, NULL);
}

static Connection *try_connect(const char *socket_path)
{
    return try_connect_as(socket_path, NULL);
}

/* Returns what was written to the log after `from`; owned, "" if nothing was.
 */
static char *read_log(const char *folder, size_t from)
{
    g_autofree char *path = g_build_filename(folder, "redis.log", NULL);
    g_autofree char *text = NULL;
    size_t length = 0;

    if (!g_file_get_contents(path, &text, &length, NULL) || from > length)
        return g_strdup("");
    return g_strdup(text + from);
}

static size_t log_length(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "redis.log", NULL);
    struct stat status;

    return stat(path, &status) == 0 ? (size_t)status.st_size : 0;
}

/* Returns true, with an error, if the server will not start because it is older
 * than its data. */
static bool has_given_up(const char *folder, size_t log_start, GError **error)
{
    g_autofree char *log = read_log(folder, log_start);
    bool data_is_newer = false;
    g_autofree char *complaint = server_complaint(log, &data_is_newer);

    if (!data_is_newer)
        return false;
    g_set_error(error, STORE_ERROR, STORE_ERROR_SPEC,
                "the private Redis is older than its data in %s (%s): start "
                "the server that wrote them, and take them over with listpulse "
                "export and import",
                folder, complaint);
    return true;
}

static void set_no_answer(const char *folder, size_t log_start, GError **error)
{
    g_autofree char *log = read_log(folder, log_start);
    bool data_is_newer = false;
    g_autofree char *complaint = server_complaint(log, &data_is_newer);

    g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                "the private Redis does not answer%s%s: see %s/redis.log",
                complaint != NULL ? ": " : "",
                complaint != NULL ? complaint : "", folder);
}

/* A server that has not read its data yet says so, which is an answer; one that
 * cannot read its data listens for a moment, and ends. */
static bool somebody_answers(const char *socket_path)
{
    static const char *const ping[] = { "PING" };
    g_autoptr(Connection) connection = try_connect(socket_path);

    if (connection == NULL)
        return false;
    connection_append(connection, 1, ping, NULL);
    g_autoptr(Reply) reply = connection_read(connection, NULL);
    return reply != NULL;
}

static bool wait_for_socket(const char *folder, const char *socket_path,
                            size_t log_start, GError **error)
{
    for (int i = 0; i < START_TRIES; i++) {
        if (somebody_answers(socket_path))
            return true;
        if (has_given_up(folder, log_start, error))
            return false;
        g_usleep(START_PAUSE);
    }
    set_no_answer(folder, log_start, error);
    return false;
}

/* Only one process starts it at a time; one that waited finds the server
 * running. */
static int lock_folder(const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "start.lock", NULL);
    const int lock =
        open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (lock < 0 || flock(lock, LOCK_EX) != 0) {
        set_failure(error, "lock", path);
        if (lock >= 0)
            close(lock);
        return -1;
    }
    return lock;
}

/* Returns what the checker says about the append-only files; owned. */
static char *check_files(const char *folder, struct stat *owner, GError **error)
{
    char *report = NULL;
    int status = 0;

    return run_program(folder, owner, "check-aof", manifest_file, &report,
                       &status, error)
               ? report
               : NULL;
}

/* Writes to the server's log, since people look there for faults. */
static void note_cut(const char *folder, const MendCut *cut)
{
    g_autofree char *path = g_build_filename(folder, "redis.log", NULL);
    g_autofree char *line = g_strdup_printf(
        "listpulse: the last %" G_GINT64_FORMAT " bytes of %s were no commands "
        "(a power cut): put aside as %s.cut-at-%" G_GINT64_FORMAT
        "; what they held is counted "
        "again from the journal\n",
        cut->size - cut->good, cut->file, cut->file, cut->good);
    const int file = open(path, O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);

    if (file < 0)
        return;
    if (write(file, line, strlen(line)) < 0)
        errno = 0; /* it is only a word more */
    close(file);
}

/* It may have answered, while it loaded, before it gave up. So the end of its
 * log is checked when it has to be started again. */
static bool gave_up_on_files(const char *folder)
{
    const size_t length = log_length(folder);
    g_autofree char *log =
        read_log(folder, length > LAST_WORDS ? length - LAST_WORDS : 0);

    return mend_is_for(log);
}

static void mend_files(const char *folder, struct stat *owner)
{
    g_autofree char *files = g_build_filename(folder, "appendonlydir", NULL);
    g_autofree char *path = g_build_filename(folder, manifest_file, NULL);
    g_autofree char *report = check_files(folder, owner, NULL);
    g_autofree char *manifest = NULL;
    MendCut cut = { .file = NULL };

    if (report == NULL || !g_file_get_contents(path, &manifest, NULL, NULL) ||
        !mend_find(report, manifest, &cut))
        return;
    if (mend_cut(files, &cut, NULL))
        note_cut(folder, &cut);
    mend_cut_clear(&cut);
}

static bool start_locked(const char *folder, const char *socket_path,
                         unsigned megabytes, struct stat *owner, GError **error)
{
    g_autoptr(Connection) running = try_connect(socket_path);

    if (running != NULL)
        return true;
    if (gave_up_on_files(folder))
        mend_files(folder, owner);
    const size_t log_start = log_length(folder);

    return write_configuration(folder, megabytes, error) &&
           spawn_server(folder, owner, error) &&
           wait_for_socket(folder, socket_path, log_start, error);
}

static bool start_as_owner(const char *state, const char *socket_path,
                           unsigned megabytes, struct stat *owner,
                           GError **error)
{
    g_autofree char *folder = g_build_filename(state, "redis", NULL);

    if (!make_folder(folder, error))
        return false;
    const int lock = lock_folder(folder, error);
    if (lock < 0)
        return false;
    const bool is_started =
        start_locked(folder, socket_path, megabytes, owner, error);
    close(lock);
    return is_started;
}

bool private_redis_start(const char *state, unsigned megabytes, GError **error)
{
    g_autofree char *socket_path = private_redis_socket(state, error);
    struct stat owner;

    if (socket_path == NULL || !make_state(state, &owner, error))
        return false;
    act_as_owner(&owner);
    const bool is_started =
        start_as_owner(state, socket_path, megabytes, &owner, error);
    act_as_self();
    return is_started;
}

bool private_redis_share(const char *state, Connection *connection,
                         GError **error)
{
    g_autofree char *folder = g_build_filename(state, "redis", NULL);
    struct stat owner;

    if (stat(state, &owner) != 0) {
        set_failure(error, "state directory", state);
        return false;
    }
    act_as_owner(&owner);
    const bool is_good = sharing_apply(&owner, folder, connection, error);
    act_as_self();
    return is_good;
}

/* Only SHUTDOWN ends it: it saves what it holds and closes the socket. */
bool private_redis_stop(const char *state, bool *was_running, GError **error)
{
    g_autofree char *socket_path = private_redis_socket(state, error);

    if (socket_path == NULL)
        return false;
    g_autofree char *secret = sharing_secret(state);
    g_autoptr(Connection) connection = try_connect_as(socket_path, secret);
    if (connection == NULL && secret != NULL) /* older than the secret */
        connection = try_connect(socket_path);
    *was_running = connection != NULL;
    if (connection == NULL)
        return true;
    g_autoptr(GError) refusal = NULL;
    G_GNUC_UNUSED g_autoptr(Reply) reply =
        connection_command(connection, &refusal, "SHUTDOWN", NULL);
    if (connection_is_good(connection)) {
        g_propagate_error(error, g_steal_pointer(&refusal));
        return false;
    }
    for (int i = 0; i < STOP_TRIES; i++) {
        g_autoptr(Connection) again = try_connect(socket_path);
        if (again == NULL)
            return true;
        g_usleep(START_PAUSE);
    }
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNREACHABLE,
                "%s: Redis does not stop", socket_path);
    return false;
}
