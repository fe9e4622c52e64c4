/* SPDX-License-Identifier: MIT */
/* listpulse import: git archives, mbox files, Maildirs, a mail. */
#include "command/bundle.h"
#include "command/choose.h"
#include "command/command.h"
#include "command/source.h"

#include "store/maintain.h"

#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/banned.h"

enum { BUNDLES = 8, UPGRADE_BUCKETS = 64 };

typedef struct ImportOptions {
    const char *list, *range;
    bool again;
} ImportOptions;

static const Option import_options[] = {
    { "list", 'l', OPTION_TEXT, "LIST",
      "count all under this list, whatever the mails say",
      offsetof(ImportOptions, list) },
    { "range", 0, OPTION_TEXT, "A..B", "only these commits of a git archive",
      offsetof(ImportOptions, range) },
    { "again", 0, OPTION_FLAG, NULL, "read also what an earlier run has read",
      offsetof(ImportOptions, again) },
    { .name = NULL },
};

static int interrupted_by; /* signal number; atomic */

static void on_interrupt(int number)
{
    g_atomic_int_set(&interrupted_by, number);
}

/* Once: a second Ctrl-C ends at once, which costs nothing but the message,
 * since each mail is counted in one step. */
static void watch_signals(void)
{
    struct sigaction action = { .sa_handler = on_interrupt,
                                .sa_flags = (int)SA_RESETHAND };

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

static void warn_of_leavings(const SourceTally *tally)
{
    g_autofree char *unlisted = g_strdup_printf(
        "%" G_GUINT64_FORMAT " mails name no list that is counted and were "
        "left out; --list LIST takes them",
        tally->unlisted);
    g_autofree char *refused = g_strdup_printf(
        "%" G_GUINT64_FORMAT " mails are of lists beyond max_lists and were "
        "left out",
        tally->refused);

    g_autofree char *held = g_strdup_printf(
        "%" G_GUINT64_FORMAT " mails are of lists that cannot be counted and "
        "were left out; --again takes them when those are mended",
        tally->held);

    if (tally->held > 0)
        command_warn("import", held);
    if (tally->unlisted > 0)
        command_warn("import", unlisted);
    if (tally->refused > 0)
        command_warn("import", refused);
}

static void print_tally(const SourceRun *run, GError **error)
{
    const SourceTally *tally = &run->tally;
    const double seconds =
        (double)(g_get_monotonic_time() - run->started) / G_USEC_PER_SEC;
    g_autoptr(GString) line = g_string_new(NULL);

    g_string_printf(line,
                    "counted %" G_GUINT64_FORMAT " posts of %" G_GUINT64_FORMAT
                    " mails in %.2f s (%.0f mails/s): %" G_GUINT64_FORMAT
                    " duplicates, %" G_GUINT64_FORMAT
                    " known, %" G_GUINT64_FORMAT " malformed",
                    tally->counted, tally->mails, seconds,
                    seconds > 0 ? (double)tally->mails / seconds : 0.0,
                    tally->duplicates, tally->known, tally->malformed);
    if (tally->differing > 0)
        g_string_append_printf(
            line, " (%" G_GUINT64_FORMAT " earlier copies say something else)",
            tally->differing);
    if (tally->before > 0)
        g_string_append_printf(line, ", %" G_GUINT64_FORMAT " read before",
                               tally->before);
    if (tally->unreadable > 0)
        g_string_append_printf(line, ", %" G_GUINT64_FORMAT " unreadable",
                               tally->unreadable);
    if (tally->taken_back > 0)
        g_string_append_printf(line, ", %" G_GUINT64_FORMAT " taken back",
                               tally->taken_back);
    g_string_append_c(line, '\n');
    command_print(line->str, line->len, error);
}

/* The code of one source's failure, told unless it is the last: then main
 * tells it. */
static int fail_source(const char *path, bool is_last, GError *failure,
                       GError **error)
{
    const int code = failure->domain == USAGE_ERROR ? EXIT_USAGE : EXIT_FAILED;

    if (!g_str_has_prefix(failure->message, path))
        g_prefix_error(&failure, "%s: ", path);
    if (is_last) {
        g_propagate_error(error, failure);
        return code;
    }
    command_warn(NULL, failure->message);
    g_error_free(failure);
    return code;
}

/* A source that cannot be read does not keep the others from being read; a
 * Redis that cannot be reached does. */
static int read_sources(SourceRun *run, char **paths, const char **stopped,
                        GError **error)
{
    int code = EXIT_GOOD;

    for (char **path = paths; *path != NULL; path++) {
        GError *failure = NULL;

        *stopped = *path;
        if (!source_read(run, *path, &failure)) {
            const bool is_last =
                failure->domain == STORE_ERROR || path[1] == NULL;

            progress_clear(&run->progress);
            code = fail_source(*path, is_last, failure, error);
            if (is_last)
                return code;
        }
        if (g_atomic_int_get(&interrupted_by) != 0)
            return code;
    }
    return code;
}

/* As a shell expects of a command that was interrupted. */
static void end_by_signal(const SourceRun *run, const char *path)
{
    g_autofree char *why = g_strdup_printf(
        "stopped after mail %" G_GUINT64_FORMAT "; the same command goes on "
        "from there",
        run->last_row);
    const int number = g_atomic_int_get(&interrupted_by);

    command_warn(path, why);
    signal(number, SIG_DFL);
    raise(number);
}

static bool load_lists(SourceRun *run, GError **error)
{
    g_autoptr(GPtrArray) lists = store_lists(run->store, error);

    if (lists == NULL)
        return false;
    for (unsigned i = 0; i < lists->len; i++)
        g_hash_table_add(run->lists, g_strdup(lists->pdata[i]));
    return true;
}

/* What an older program counted is brought up as well; a list where that
 * cannot be keeps neither the others nor the import from being done. */
static void bring_up(const SourceRun *run)
{
    g_autoptr(GPtrArray) lists = store_lists(run->store, NULL);

    for (unsigned i = 0; lists != NULL && i < lists->len; i++) {
        bool is_done = false, is_good = true;

        while (is_good && !is_done && g_atomic_int_get(&interrupted_by) == 0)
            is_good = store_upgrade(run->store, lists->pdata[i],
                                    UPGRADE_BUCKETS, &is_done, NULL);
    }
}

static int import(SourceRun *run, char **paths, GError **error)
{
    const char *stopped = NULL;
    g_autoptr(GError) unwritten = NULL;

    watch_signals();
    progress_init(&run->progress);
    run->started = g_get_monotonic_time();
    const int read = read_sources(run, paths, &stopped, error);
    bring_up(run);
    const int code =
        read == EXIT_GOOD && run->tally.unreadable > 0 ? EXIT_FAILED : read;
    progress_clear(&run->progress);
    warn_of_leavings(&run->tally);
    if (run->tally.mails > 0 || read == EXIT_GOOD)
        print_tally(run, &unwritten);
    if (g_atomic_int_get(&interrupted_by) != 0)
        end_by_signal(run, stopped);
    if (code == EXIT_GOOD && unwritten == NULL && run->tally.held > 0)
        return EXIT_FAILED;
    if (bundle_is_read_still() && read == EXIT_GOOD && unwritten == NULL) {
        (void)fflush(NULL);
        _exit(code);
    }
    if (code != EXIT_GOOD || unwritten == NULL)
        return code;
    g_propagate_error(error, g_steal_pointer(&unwritten));
    return EXIT_FAILED;
}

static GPtrArray *make_bundles(void)
{
    GPtrArray *bundles =
        g_ptr_array_new_with_free_func((GDestroyNotify)bundle_free);

    for (unsigned i = 0; i < BUNDLES; i++)
        g_ptr_array_add(bundles, bundle_new());
    return bundles;
}

static int run(const Invocation *invocation, GError **error)
{
    const ImportOptions *options = invocation->options;
    g_autoptr(Store) store = command_store(invocation->settings, error);
    g_autoptr(GHashTable) lists =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) held =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GPtrArray) bundles = make_bundles();
    g_autofree char *list = NULL;
    SourceRun source_run = {
        .store = store,
        .rules = { .settings = invocation->settings,
                   .now_ms = g_get_real_time() / 1000 },
        .range = options->range,
        .is_again = options->again,
        .lists = lists,
        .held = held,
        .bundles = bundles,
        .interrupted = &interrupted_by,
    };

    if (store == NULL || !store_check_writing(store, error) ||
        !load_lists(&source_run, error))
        return EXIT_FAILED;
    if (options->list != NULL) {
        list = choose_list_or_new(store, invocation->settings, options->list,
                                  error);
        if (list == NULL)
            return EXIT_USAGE;
        source_run.rules.list = list;
    }
    return import(&source_run, invocation->operands, error);
}

const Command command_import = {
    .name = "import",
    .operands = "SOURCE...",
    .summary = "count the mail of git archives, mbox files, Maildirs or -",
    .options = import_options,
    .options_size = sizeof(ImportOptions),
    .least = 1,
    .most = G_MAXUINT,
    .run = run,
};
