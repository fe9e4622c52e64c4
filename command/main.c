/* SPDX-License-Identifier: MIT */
/* The command: finds the subcommand, runs it, says what went wrong. */
#include "command/command.h"

#include "archive/archive.h"
#include "base/interval.h"
#include "base/text.h"

#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "identity/maintainers.h"

#include "base/banned.h"

enum {
    LOADING_SLICE_MS = 20,
    LOADING_TOLD_MS = 1000, /* then the wait is told */
    LOADING_LIMIT_MS = 10 * 60 * 1000,
};

static const Command *const commands[] = {
    &command_digest, &command_publish, &command_import, &command_lists,
    &command_show,   &command_status,  &command_watch,  &command_verify,
    &command_forget, &command_export,  &command_redis,  &command_cursors,
    &command_run,
};

static const Option common_options[] = {
    { "config", 'c', OPTION_TEXT, "FILE",
      "settings instead of /etc/listpulse/listpulse.conf",
      offsetof(CommonOptions, config) },
    { "state", 0, OPTION_TEXT, "DIR", "state directory (LISTPULSE_STATE)",
      offsetof(CommonOptions, state) },
    { "redis", 0, OPTION_TEXT, "SPEC",
      "private, unix:PATH, redis://, sentinel://, cluster://",
      offsetof(CommonOptions, redis) },
    { "help", 'h', OPTION_FLAG, NULL, "this text",
      offsetof(CommonOptions, help) },
    { "version", 'V', OPTION_FLAG, NULL, "which listpulse this is",
      offsetof(CommonOptions, version) },
    { .name = NULL },
};

static const Option no_options[] = { { .name = NULL } };

void command_warn(const char *what, const char *why)
{
    g_autofree char *shown_what = what != NULL ? text_visible(what) : NULL;
    g_autofree char *shown_why = text_visible(why);

    if (shown_what != NULL)
        fprintf(stderr, "listpulse: %s: %s\n", shown_what, shown_why);
    else
        fprintf(stderr, "listpulse: %s\n", shown_why);
}

/* A reader that has seen enough is no failure of ours: end as any filter
 * does, by the signal that was kept off while we talk to Redis. */
static void end_if_nobody_reads(int code)
{
    if (code != EPIPE)
        return;
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
}

bool command_print(const char *text, size_t length, GError **error)
{
    if (fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0)
        return true;

    const int code = errno;
    end_if_nobody_reads(code);
    g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(code),
                "standard output: %s", g_strerror(code));
    return false;
}

bool command_is_of_list(const GError *error)
{
    return g_error_matches(error, STORE_ERROR, STORE_ERROR_SCHEMA);
}

ExitCode command_judge(const Store *store)
{
    const char *words = NULL;
    const uint64_t count = store_missing(store, &words);

    if (count == 0)
        return EXIT_GOOD;
    g_autofree char *why =
        g_strdup_printf("%s (%" G_GUINT64_FORMAT " missing): Redis lost keys; "
                        "what is shown is not whole; `listpulse verify` tells "
                        "more",
                        words, count);
    command_warn(NULL, why);
    return EXIT_FAILED;
}

static Store *open_store(const Settings *settings, bool no_start,
                         GError **error)
{
    const StoreOptions options = {
        .redis = settings->redis,
        .state = settings->state,
        .password_file = settings->redis_password_file[0] != '\0'
                             ? settings->redis_password_file
                             : NULL,
        .private_megabytes = settings->redis_megabytes,
        .no_start = no_start,
        .allow_eviction = settings->allow_eviction,
    };

    return store_open(&options, error);
}

/* A Redis that was just started may have to load its data first. */
static bool wait_until_loaded(Store *store, GError **error)
{
    for (int waited = 0;; waited += LOADING_SLICE_MS) {
        g_autoptr(GError) failure = NULL;

        if (store_ping(store, &failure))
            return true;
        if (!g_error_matches(failure, STORE_ERROR, STORE_ERROR_WAIT) ||
            waited >= LOADING_LIMIT_MS) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return false;
        }
        if (waited == LOADING_TOLD_MS)
            command_warn(failure->message, "waiting for Redis");
        g_usleep((gulong)LOADING_SLICE_MS * 1000);
    }
}

Store *command_store(const Settings *settings, GError **error)
{
    g_autoptr(Store) store = open_store(settings, false, error);

    if (store == NULL || !wait_until_loaded(store, error))
        return NULL;
    return g_steal_pointer(&store);
}

Identity *command_identity(const Settings *settings, GError **error)
{
    const IdentityFiles files = {
        .mailmap = settings->mailmap,
        .organisations = settings->organisations,
        .bots = settings->bots,
    };

    return identity_new(&files, error);
}

Store *command_store_running(const Settings *settings, GError **error)
{
    return open_store(settings, true, error);
}

char *command_redis_shown(const Settings *settings)
{
    const char *start = strstr(settings->redis, "://");
    const char *end = start != NULL ? strrchr(start, '@') : NULL;

    if (end == NULL)
        return g_strdup(settings->redis);
    return g_strdup_printf("%.*s://...%s", (int)(start - settings->redis),
                           settings->redis, end);
}

/* A leading colon is POSIX's way to say that a name follows. */
const char *command_timezone(const ListSettings *list)
{
    const char *zone = g_getenv("TZ");

    if (zone == NULL)
        return list->timezone;
    return zone[0] == ':' ? zone + 1 : zone;
}

char *command_message_id(const char *given)
{
    g_autofree char *id = g_strstrip(g_strdup(given));
    const size_t length = strlen(id);

    if (length > 2 && id[0] == '<' && id[length - 1] == '>')
        return g_strndup(id + 1, length - 2);
    return g_steal_pointer(&id);
}

static const Command *command_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    }
    return NULL;
}

static void describe_program(GString *out)
{
    g_string_append(out, "usage: listpulse [OPTIONS] COMMAND [ARGUMENTS]\n\n"
                         "Who is active on mailing lists, and which patches "
                         "were posted.\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        g_string_append_printf(out, "  %-10s %s\n", commands[i]->name,
                               commands[i]->summary);
    g_string_append(out, "\nlistpulse help COMMAND tells of its options. "
                         "Every command takes:\n");
    options_describe(common_options, out);
}

static void describe_command(const Command *command, GString *out)
{
    g_string_append_printf(out, "usage: listpulse %s%s%s%s\n\n", command->name,
                           command->options->name != NULL ? " [OPTIONS]" : "",
                           command->operands[0] != '\0' ? " " : "",
                           command->operands);
    g_string_append_printf(out, "%s\n\n", command->summary);
    options_describe(command->options, out);
    options_describe(common_options, out);
}

static int help(const Command *command, GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);

    if (command != NULL)
        describe_command(command, out);
    else
        describe_program(out);
    command_print(out->str, out->len, error);
    return EXIT_GOOD;
}

/* Names a command that the word may have been meant for. */
static int refuse_command(const char *word, GError **error)
{
    enum { NEAR = 2, WORD_MAX = 32 };
    const char *near = NULL;
    unsigned least = NEAR + 1;

    for (size_t i = 0; i < G_N_ELEMENTS(commands) && strlen(word) <= WORD_MAX;
         i++) {
        const unsigned distance = text_distance(word, commands[i]->name);

        if (distance < least) {
            least = distance;
            near = commands[i]->name;
        }
    }
    if (near != NULL)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "%s: no such command; near: %s", word, near);
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "%s: no such command; listpulse --help names them", word);
    return EXIT_USAGE;
}

/* listpulse help [COMMAND]; word may be NULL. */
static int help_on(const char *word, GError **error)
{
    const Command *command = word != NULL ? command_find(word) : NULL;

    if (word != NULL && command == NULL)
        return refuse_command(word, error);
    return help(command, error);
}

static int version(GError **error)
{
    static const char text[] = PACKAGE_STRING "\n";

    command_print(text, sizeof text - 1, error);
    return EXIT_GOOD;
}

/* What a user can mend by asking otherwise is usage; the rest failed. */
static int exit_code_of(const GError *error)
{
    if (error->domain == USAGE_ERROR || error->domain == MAINTAINERS_ERROR ||
        error->domain == INTERVAL_ERROR || error->domain == SETTINGS_ERROR)
        return EXIT_USAGE;
    if (error->domain == STORE_ERROR && (error->code == STORE_ERROR_UNKNOWN ||
                                         error->code == STORE_ERROR_AMBIGUOUS ||
                                         error->code == STORE_ERROR_SPEC))
        return EXIT_USAGE;
    if (g_error_matches(error, ARCHIVE_ERROR, ARCHIVE_ERROR_RANGE))
        return EXIT_USAGE;
    return EXIT_FAILED;
}

static bool check_operands(const Command *command, unsigned given,
                           GError **error)
{
    if (given >= command->least && given <= command->most)
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                "%s: %s; usage: listpulse %s%s%s", command->name,
                given < command->least ? "too few arguments"
                                       : "too many arguments",
                command->name, command->operands[0] != '\0' ? " " : "",
                command->operands);
    return false;
}

static Settings *load_settings(const CommonOptions *common, GError **error)
{
    const char *state =
        common->state != NULL ? common->state : g_getenv("LISTPULSE_STATE");
    g_autoptr(Settings) settings =
        settings_load(common->config,
                      state != NULL && state[0] != '\0' ? state : NULL, error);

    if (settings != NULL && common->redis != NULL) {
        g_free(settings->redis);
        settings->redis = g_strdup(common->redis);
    }
    return g_steal_pointer(&settings);
}

int command_run_words(const Settings *settings, const char *const *words,
                      GError **error)
{
    const Command *command = command_find(words[0]);
    CommonOptions common = { .config = NULL };
    g_assert(command != NULL);
    g_auto(GStrv) owned = g_strdupv((char **)(uintptr_t)words);
    const int count = (int)g_strv_length(owned);
    g_autofree char **arguments =
        g_memdup2(owned, sizeof(*owned) * ((size_t)count + 1));
    g_autofree void *options = g_malloc0(MAX(command->options_size, 1));
    const OptionGroup groups[2] = { { command->options, options },
                                    { common_options, &common } };
    int first = 0;
    int code = EXIT_USAGE;

    if (options_parse(groups, count, arguments, false, &first, error) &&
        check_operands(command, (unsigned)(count - first), error)) {
        const Invocation invocation = {
            .settings = settings,
            .options = options,
            .operands = arguments + first,
            .operand_count = (unsigned)(count - first),
        };

        code = command->run(&invocation, error);
    }
    options_clear(command->options, options);
    return code;
}

static int run_command(const Command *command, CommonOptions *common, int count,
                       char **arguments, GError **error)
{
    g_autofree void *options = g_malloc0(MAX(command->options_size, 1));
    const OptionGroup groups[2] = { { command->options, options },
                                    { common_options, common } };
    int first = 0;

    if (!options_parse(groups, count, arguments, false, &first, error)) {
        g_prefix_error(error, "%s: ", command->name);
        return EXIT_USAGE;
    }
    if (command->take_directory != NULL) {
        const char *state = command->take_directory(options);

        common->state = state != NULL ? state : common->state;
    }
    if (common->help)
        return help(command, error);
    if (common->version)
        return version(error);
    if (!check_operands(command, (unsigned)(count - first), error))
        return EXIT_USAGE;

    g_autoptr(Settings) settings = load_settings(common, error);
    if (settings == NULL)
        return EXIT_USAGE;

    const Invocation invocation = {
        .settings = settings,
        .options = options,
        .operands = arguments + first,
        .operand_count = (unsigned)(count - first),
    };
    const int code = command->run(&invocation, error);

    options_clear(command->options, options);
    return code;
}

static int run(int count, char **arguments, GError **error)
{
    CommonOptions common = { .config = NULL };
    const OptionGroup groups[2] = { { common_options, &common },
                                    { no_options, NULL } };
    int first = 0;

    if (!options_parse(groups, count, arguments, true, &first, error))
        return EXIT_USAGE;
    if (first == count && common.version)
        return version(error);
    if (first == count && common.help)
        return help(NULL, error);
    if (first == count) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "no command given; listpulse --help names them");
        return EXIT_USAGE;
    }

    if (strcmp(arguments[first], "help") == 0)
        return help_on(arguments[first + 1], error);

    const Command *command = command_find(arguments[first]);
    if (command == NULL)
        return refuse_command(arguments[first], error);
    return run_command(command, &common, count - first, arguments + first,
                       error);
}

int main(int count, char **arguments)
{
    g_autoptr(GError) error = NULL;

    /* A Redis that closes must be an error to handle, not our end. */
    signal(SIGPIPE, SIG_IGN);
    const int code = run(count, arguments, &error);
    if (error == NULL)
        return code;
    command_warn(NULL, error->message);
    return exit_code_of(error);
}
