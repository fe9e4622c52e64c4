/* SPDX-License-Identifier: MIT */
/*
 * public-inbox v2: every commit on the branch puts one mail into the file m
 * (or removes one: d). Two git processes work beside us: `git log --raw`
 * lists commits and blobs, `git cat-file --batch` brings the blobs. A thread
 * carries ids from the first to the second.
 */
#include "archive/source.h"

#include "base/hex.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ID_DIGITS = 40,
    MILLISECONDS = 1000,
    MAIL_BYTES_MAX = 64 * 1024 * 1024,
    PIPE_BYTES = 1024 * 1024,
};

/* Another user's repository may not run its hooks or filters here, and its
 * configuration is not asked. */
static const char *const git_words[] = { "git",
                                         "--no-replace-objects",
                                         "--no-optional-locks",
                                         "-c",
                                         "safe.directory=*",
                                         "-c",
                                         "core.fsmonitor=false",
                                         "-c",
                                         "log.showSignature=false" };

/* One commit with a mail, on its way from log to cat-file and back. */
typedef struct GitCommit {
    uint8_t id[ID_DIGITS / 2];
    int64_t time;
    uint64_t row;
} GitCommit;

/* The two processes and the thread between them, for one epoch. */
typedef struct GitReader {
    GPid log, cat;
    FILE *log_output, *cat_output;
    int cat_input;
    GThread *thread;
    GAsyncQueue *commits; /* GitCommit *, in the order of cat's answers */
    uint64_t first_row;   /* of the first commit that log lists */
    uint64_t last_row;    /* of the last one, when the thread has ended */
} GitReader;

typedef struct Git {
    GPtrArray *epochs; /* char *, repositories, oldest first */
    char *range;
    char *id;
    unsigned epoch; /* the one that is read */
    GitReader *reader;
    uint64_t skipped; /* commits of this epoch to leave out */
    uint64_t row;     /* commits before this epoch, then the last one's */
    int64_t last_arrival_ms;
    uint64_t total; /* commits of all epochs; 0: not counted yet */
    char *bytes;
    size_t room;
} Git;

/* --- running git ------------------------------------------------------ */

static char **git_command(const char *repository, const char *const *words)
{
    GPtrArray *all = g_ptr_array_new();

    for (size_t i = 0; i < G_N_ELEMENTS(git_words); i++)
        g_ptr_array_add(all, g_strdup(git_words[i]));
    g_ptr_array_add(all, g_strconcat("--git-dir=", repository, NULL));
    for (; *words != NULL; words++)
        g_ptr_array_add(all, g_strdup(*words));
    g_ptr_array_add(all, NULL);
    return (char **)g_ptr_array_free(all, FALSE);
}

static char **git_environment(void)
{
    char **environment = g_get_environ();

    environment =
        g_environ_setenv(environment, "GIT_CONFIG_NOSYSTEM", "1", TRUE);
    environment =
        g_environ_setenv(environment, "GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
    environment =
        g_environ_setenv(environment, "GIT_TERMINAL_PROMPT", "0", TRUE);
    environment = g_environ_setenv(environment, "LC_ALL", "C", TRUE);
    return environment;
}

/* Output of a short command, its last line end off; NULL if it failed. */
static char *git_output(const char *repository, const char *const *words)
{
    g_auto(GStrv) command = git_command(repository, words);
    g_auto(GStrv) environment = git_environment();
    g_autofree char *output = NULL;
    int status = 0;

    if (!g_spawn_sync(NULL, command, environment,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                      NULL, &output, NULL, &status, NULL) ||
        !g_spawn_check_wait_status(status, NULL))
        return NULL;
    g_strchomp(output);
    return g_steal_pointer(&output);
}

/* The children may not be ended by our Ctrl-C: we end them in order. */
static void stay_out_of_our_group(gpointer data)
{
    (void)data;
    (void)setpgid(0, 0);
}

static bool git_start(const char *repository, const char *const *words,
                      GPid *child, int *input, FILE **output, GError **error)
{
    g_auto(GStrv) command = git_command(repository, words);
    g_auto(GStrv) environment = git_environment();
    int output_file = -1;

    if (!g_spawn_async_with_pipes(
            NULL, command, environment,
            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                G_SPAWN_STDERR_TO_DEV_NULL | G_SPAWN_CLOEXEC_PIPES,
            stay_out_of_our_group, NULL, child, input, &output_file, NULL,
            error))
        return false;
    *output = fdopen(output_file, "r");
    (void)setvbuf(*output, NULL, _IOFBF, PIPE_BYTES);
    return true;
}

/* --- what lies there -------------------------------------------------- */

static bool is_repository(const char *path)
{
    static const char *const parts[] = { "objects", "refs", "HEAD" };

    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *part = g_build_filename(path, parts[i], NULL);
        if (!g_file_test(part, G_FILE_TEST_EXISTS))
            return false;
    }
    return true;
}

/* A repository is the path itself or its .git. */
static char *find_repository(const char *path)
{
    g_autofree char *inside = g_build_filename(path, ".git", NULL);

    if (is_repository(path))
        return g_strdup(path);
    return is_repository(inside) ? g_steal_pointer(&inside) : NULL;
}

/* 0.git, 1.git, ... in path or in path/git; empty if there are none. */
static GPtrArray *find_epochs(const char *path)
{
    static const char *const places[] = { ".", "git" };
    GPtrArray *epochs = g_ptr_array_new_with_free_func(g_free);

    for (size_t i = 0; i < G_N_ELEMENTS(places) && epochs->len == 0; i++) {
        for (unsigned number = 0;; number++) {
            g_autofree char *name = g_strdup_printf("%u.git", number);
            char *epoch = g_build_filename(path, places[i], name, NULL);
            if (!is_repository(epoch)) {
                g_free(epoch);
                /* the first epochs may not have been cloned */
                if (number > 64 || epochs->len > 0)
                    break;
                continue;
            }
            g_ptr_array_add(epochs, epoch);
        }
    }
    return epochs;
}

bool git_is_at(const char *path)
{
    g_autofree char *repository = find_repository(path);
    g_autoptr(GPtrArray) epochs = find_epochs(path);

    return repository != NULL || epochs->len > 0;
}

/* Every tree of a public-inbox v2 archive holds m or d and nothing else. */
static bool is_public_inbox(const char *repository)
{
    static const char *const words[] = { "ls-tree", "--name-only", "HEAD",
                                         NULL };
    g_autofree char *names = git_output(repository, words);

    return names != NULL && (strcmp(names, "m") == 0 ||
                             strcmp(names, "d") == 0 || names[0] == '\0');
}

static bool has_commits(const char *repository)
{
    static const char *const words[] = { "rev-parse", "--verify", "--quiet",
                                         "HEAD^{commit}", NULL };
    g_autofree char *id = git_output(repository, words);

    return id != NULL;
}

static char *root_commit(const char *repository)
{
    static const char *const words[] = { "rev-list", "--first-parent",
                                         "--max-parents=0", "HEAD", NULL };
    g_autofree char *roots = git_output(repository, words);

    return roots != NULL ? g_strndup(roots, strcspn(roots, "\n")) : NULL;
}

static uint64_t count_commits(const char *repository, const char *range)
{
    const char *const words[] = {
        "rev-list", "--count", "--first-parent", range != NULL ? range : "HEAD",
        "--",       NULL
    };
    g_autofree char *count = git_output(repository, words);

    return count != NULL ? g_ascii_strtoull(count, NULL, 10) : 0;
}

/* --- the thread between log and cat-file ------------------------------- */

static bool write_all(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        const ssize_t written = write(file, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* ":000000 100644 <old> <new> A\tm": the new blob, or NULL for anything but
 * a mail that was put there. */
static const char *blob_of(const char *line, size_t length)
{
    const size_t before = strlen(":000000 100644 ") + ID_DIGITS + 1;

    if (length < before + ID_DIGITS + strlen(" A\tm") ||
        strcmp(line + length - strlen("\tm"), "\tm") != 0)
        return NULL;
    return line[before + ID_DIGITS + 1] == 'D' ? NULL : line + before;
}

static bool hand_over(GitReader *reader, const GitCommit *commit,
                      const char *blob)
{
    char line[ID_DIGITS + 1];

    memcpy(line, blob, ID_DIGITS);
    line[ID_DIGITS] = '\n';
    g_async_queue_push(reader->commits, g_memdup2(commit, sizeof(*commit)));
    return write_all(reader->cat_input, line, sizeof(line));
}

/* "<commit> <committer time>" */
static bool read_commit(const char *line, size_t length, GitCommit *commit)
{
    if (length <= ID_DIGITS + 1 ||
        !hex_decode(line, ID_DIGITS, commit->id, sizeof(commit->id)))
        return false;
    commit->time = g_ascii_strtoll(line + ID_DIGITS + 1, NULL, 10);
    commit->row++;
    return true;
}

static gpointer carry_ids(gpointer data)
{
    GitReader *reader = data;
    GitCommit commit = { .row = reader->first_row - 1 };
    char *line = NULL;
    size_t room = 0;
    ssize_t length = 0;

    while ((length = getline(&line, &room, reader->log_output)) > 0) {
        line[--length] = '\0';
        if (line[0] != ':') {
            (void)read_commit(line, (size_t)length, &commit);
            continue;
        }
        const char *blob = blob_of(line, (size_t)length);
        if (blob != NULL && !hand_over(reader, &commit, blob))
            break;
    }
    free(line);
    reader->last_row = commit.row;
    close(reader->cat_input);
    return NULL;
}

static void end_child(GPid child)
{
    if (child == 0)
        return;
    (void)kill(child, SIGTERM);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
    g_spawn_close_pid(child);
}

static void reader_free(GitReader *reader)
{
    if (reader == NULL)
        return;
    end_child(reader->cat); /* first, so that the thread's write fails */
    end_child(reader->log);
    if (reader->thread != NULL)
        g_thread_join(reader->thread);
    if (reader->log_output != NULL)
        (void)fclose(reader->log_output);
    if (reader->cat_output != NULL)
        (void)fclose(reader->cat_output);
    if (reader->commits != NULL)
        g_async_queue_unref(reader->commits);
    g_free(reader);
}

/* last: how many of the newest commits; G_MAXUINT64: all. */
static GitReader *reader_new(const char *repository, const char *range,
                             uint64_t first_row, uint64_t last, GError **error)
{
    g_autofree char *newest =
        g_strdup_printf("--max-count=%" G_GINT64_FORMAT,
                        last > INT32_MAX ? (gint64)-1 : (gint64)last);
    const char *const log_words[] = { "log",
                                      "--first-parent",
                                      "--reverse",
                                      "--root",
                                      "--raw",
                                      "--no-abbrev",
                                      "--no-renames",
                                      "--no-notes",
                                      "--no-decorate",
                                      "--no-color",
                                      "--format=%H %ct",
                                      newest,
                                      range != NULL ? range : "HEAD",
                                      "--",
                                      NULL };
    static const char *const cat_words[] = { "cat-file", "--batch", "--buffer",
                                             NULL };
    GitReader *reader = g_new0(GitReader, 1);

    reader->first_row = first_row;
    reader->commits = g_async_queue_new_full(g_free);
    if (!git_start(repository, cat_words, &reader->cat, &reader->cat_input,
                   &reader->cat_output, error) ||
        !git_start(repository, log_words, &reader->log, NULL,
                   &reader->log_output, error)) {
        g_prefix_error(error, "git cannot be run (install it): ");
        reader_free(reader);
        return NULL;
    }
    reader->thread = g_thread_new("git ids", carry_ids, reader);
    return reader;
}

/* --- reading mails ---------------------------------------------------- */

static void set_broken(const Git *git, const char *what, GError **error)
{
    const char *epoch = g_ptr_array_index(git->epochs, git->epoch);

    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_BROKEN,
                "%s: %s after commit %" G_GUINT64_FORMAT
                ": the repository is damaged, see git fsck",
                epoch, what, (guint64)git->row);
}

static bool read_blob(Git *git, size_t size)
{
    FILE *output = git->reader->cat_output;
    const size_t kept = MIN(size, (size_t)MAIL_BYTES_MAX);

    if (kept > git->room) {
        git->room = kept + kept / 2;
        git->bytes = g_realloc(git->bytes, git->room);
    }
    if (fread(git->bytes, 1, kept, output) != kept)
        return false;
    for (size_t left = size - kept; left > 0; left--) {
        if (getc(output) == EOF)
            return false;
    }
    return getc(output) == '\n';
}

/* "<blob> blob <size>\n<bytes>\n" */
static bool read_answer(Git *git, size_t *size)
{
    char line[128];

    if (fgets(line, sizeof(line), git->reader->cat_output) == NULL)
        return false;
    const char *type = strchr(line, ' ');
    if (type == NULL || strncmp(type, " blob ", strlen(" blob ")) != 0)
        return false;
    *size = (size_t)g_ascii_strtoull(type + strlen(" blob "), NULL, 10);
    return read_blob(git, *size);
}

static void fill_mail(Git *git, const GitCommit *commit, size_t size,
                      ArchiveMail *mail)
{
    git->last_arrival_ms =
        MAX(commit->time * MILLISECONDS, git->last_arrival_ms + 1);
    git->row = commit->row;
    *mail = (ArchiveMail){ .bytes = git->bytes,
                           .length = MIN(size, (size_t)MAIL_BYTES_MAX),
                           .row = commit->row,
                           .has_mark = true,
                           .has_arrival = true,
                           .arrival_ms = git->last_arrival_ms };
    memcpy(mail->mark, commit->id, sizeof(mail->mark));
}

/* The log has ended: was it the end of the branch, or did it fail? */
static bool end_epoch(Git *git, GError **error)
{
    int status = 0;

    g_thread_join(git->reader->thread);
    git->reader->thread = NULL;
    while (waitpid(git->reader->log, &status, 0) < 0 && errno == EINTR)
        continue;
    git->reader->log = 0;
    git->row = MAX(git->reader->last_row, git->row);
    const bool is_good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!is_good)
        set_broken(git, "git log failed", error);
    g_clear_pointer(&git->reader, reader_free);
    git->epoch++;
    git->skipped = 0;
    return is_good;
}

static bool start_epoch(Git *git, GError **error)
{
    const char *repository = g_ptr_array_index(git->epochs, git->epoch);
    uint64_t last = G_MAXUINT64;

    if (git->skipped > 0)
        last = count_commits(repository, git->range) - git->skipped;
    git->row += git->skipped;
    git->reader = reader_new(repository, git->range, git->row + 1, last, error);
    return git->reader != NULL;
}

static bool git_next(void *self, ArchiveMail *mail, GError **error)
{
    Git *git = self;

    for (;;) {
        size_t size = 0;
        if (git->epoch == git->epochs->len)
            return false;
        if (git->reader == NULL && !start_epoch(git, error))
            return false;
        if (read_answer(git, &size)) {
            g_autofree GitCommit *commit =
                g_async_queue_pop(git->reader->commits);
            fill_mail(git, commit, size, mail);
            return true;
        }
        if (!feof(git->reader->cat_output) ||
            g_async_queue_length(git->reader->commits) > 0) {
            set_broken(git, "a mail cannot be read", error);
            return false;
        }
        if (!end_epoch(git, error))
            return false;
    }
}

/* --- the rest --------------------------------------------------------- */

static void git_free(void *self)
{
    Git *git = self;

    reader_free(git->reader);
    g_ptr_array_unref(git->epochs);
    g_free(git->range);
    g_free(git->id);
    g_free(git->bytes);
    g_free(git);
}

static bool check_epochs(const Git *git, GError **error)
{
    for (unsigned i = 0; i < git->epochs->len; i++) {
        const char *epoch = g_ptr_array_index(git->epochs, i);
        if (!has_commits(epoch)) {
            g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                        "%s: a git repository, but its HEAD names no commit "
                        "(is git installed, is the clone complete?)",
                        epoch);
            return false;
        }
        if (!is_public_inbox(epoch)) {
            g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_NOT_FOUND,
                        "%s: a git repository, but no public-inbox archive: "
                        "its tree holds more than the file m",
                        epoch);
            return false;
        }
    }
    return true;
}

static bool check_range(const Git *git, const char *range, GError **error)
{
    const char *const words[] = { "rev-list", "--max-count=1", range, "--",
                                  NULL };
    const char *epoch = g_ptr_array_index(git->epochs, git->epochs->len - 1);
    g_autofree char *commits = git_output(epoch, words);

    if (range[0] != '-' && commits != NULL)
        return true;
    g_set_error(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE,
                "%s: git knows no such range in %s", range, epoch);
    return false;
}

void *git_open(const char *path, const char *range, GError **error)
{
    Git *git = g_new0(Git, 1);
    char *repository = find_repository(path);

    (void)signal(SIGPIPE, SIG_IGN); /* a child that dies is an error of ours */
    git->epochs = find_epochs(path);
    if (repository != NULL) {
        g_ptr_array_set_size(git->epochs, 0);
        g_ptr_array_add(git->epochs, repository);
    }
    if (!check_epochs(git, error) ||
        (range != NULL && !check_range(git, range, error))) {
        git_free(git);
        return NULL;
    }
    if (range != NULL) { /* of the newest epoch; its rows mean nothing later */
        g_ptr_array_remove_range(git->epochs, 0, git->epochs->len - 1);
        git->range = g_strdup(range);
        return git;
    }
    g_autofree char *root = root_commit(g_ptr_array_index(git->epochs, 0));
    git->id = g_strconcat("git:", root, NULL);
    return git;
}

static bool git_skip(void *self, uint64_t row, int64_t last_arrival_ms,
                     GError **error)
{
    Git *git = self;

    (void)error;
    git->last_arrival_ms = last_arrival_ms;
    while (git->epoch < git->epochs->len) {
        const uint64_t commits = count_commits(
            g_ptr_array_index(git->epochs, git->epoch), git->range);
        if (row < git->row + commits)
            break;
        git->row += commits;
        git->epoch++;
    }
    git->skipped = row > git->row ? row - git->row : 0;
    return true;
}

static uint64_t count_all(const Git *git)
{
    uint64_t total = 0;

    for (unsigned i = 0; i < git->epochs->len; i++)
        total += count_commits(g_ptr_array_index(git->epochs, i), git->range);
    return total;
}

static void git_progress(void *self, uint64_t *done, uint64_t *total)
{
    Git *git = self;

    if (git->total == 0)
        git->total = count_all(git);
    *done = git->row;
    *total = git->total;
}

static const char *git_id(void *self)
{
    return ((const Git *)self)->id;
}

const ArchiveSource archive_git = {
    .kind = "git",
    .next = git_next,
    .skip = git_skip,
    .progress = git_progress,
    .id = git_id,
    .free = git_free,
};
