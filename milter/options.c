/* SPDX-License-Identifier: MIT */
#include "milter/options.h"

#include <getopt.h>
#include <stdio.h>

#include "base/banned.h"

enum { OPTION_STATE = 256, OPTION_REDIS, OPTION_PROCESS };

static const char short_options[] = "c:fnp:P:u:Vtvh";

static const struct option long_options[] = {
    { "config", required_argument, NULL, 'c' },
    { "foreground", no_argument, NULL, 'f' },
    { "check", no_argument, NULL, 'n' },
    { "socket", required_argument, NULL, 'p' },
    { "pid-file", required_argument, NULL, 'P' },
    { "user", required_argument, NULL, 'u' },
    { "version", no_argument, NULL, 'V' },
    { "try", no_argument, NULL, 't' },
    { "verbose", no_argument, NULL, 'v' },
    { "help", no_argument, NULL, 'h' },
    { "state", required_argument, NULL, OPTION_STATE },
    { "redis", required_argument, NULL, OPTION_REDIS },
    { "processor", required_argument, NULL, OPTION_PROCESS },
    { NULL, 0, NULL, 0 },
};

static const char help[] =
    "listpulse-milter [-f] [-c FILE] [-p SOCKET] [-P FILE] [-u USER[:GROUP]]\n"
    "listpulse-milter -n [-c FILE]          check the configuration\n"
    "listpulse-milter -t [-c FILE] FILE...  show what would be counted\n"
    "\n"
    "  -c, --config FILE        instead of /etc/listpulse/listpulse.conf\n"
    "  -f, --foreground         do not become a daemon; log to standard error\n"
    "  -n, --check              check the configuration and exit\n"
    "  -p, --socket SOCKET      unix:/PATH, /PATH, inet:PORT@HOST,\n"
    "                           inet6:PORT@HOST\n"
    "  -P, --pid-file FILE      write the process id there\n"
    "  -u, --user USER[:GROUP]  run as; needed when started by root\n"
    "  -t, --try FILE...        parse mails (- is standard input) and print\n"
    "                           what would be counted; nothing is counted\n"
    "      --state DIR          state directory\n"
    "      --redis SPEC         Redis, as in the configuration\n"
    "  -v, --verbose            say more; repeatable\n"
    "  -V, --version            version and libraries\n"
    "  -h, --help               this\n";

/* A daemon leaves the folder in which it was started. */
static void set_path(char **to, const char *path)
{
    g_free(*to);
    *to = g_canonicalize_filename(path, NULL);
}

static void set_text(char **to, const char *text)
{
    g_free(*to);
    *to = g_strdup(text);
}

static bool take_path(Options *options, int option, const char *value)
{
    switch (option) {
    case 'c':
        set_path(&options->config, value);
        return true;
    case 'P':
        set_path(&options->pid_file, value);
        return true;
    case OPTION_STATE:
        set_path(&options->state, value);
        return true;
    default:
        return false;
    }
}

static bool take_text(Options *options, int option, const char *value)
{
    switch (option) {
    case 'p':
        set_text(&options->socket, value);
        return true;
    case 'u':
        set_text(&options->user, value);
        return true;
    case OPTION_REDIS:
        set_text(&options->redis, value);
        return true;
    case OPTION_PROCESS:
        set_text(&options->process, value);
        return true;
    default:
        return false;
    }
}

static bool take_flag(Options *options, int option)
{
    switch (option) {
    case 'f':
        options->is_foreground = true;
        return true;
    case 'n':
        options->only_check = true;
        return true;
    case 't':
        options->only_try = true;
        return true;
    case 'v':
        options->verbosity++;
        return true;
    case 'V':
        options->shows_version = true;
        return true;
    case 'h':
        options->is_helped = true;
        return true;
    default:
        return false; /* getopt has said what is wrong */
    }
}

static bool is_complete(int argc, const Options *options)
{
    if (options->is_helped || options->shows_version)
        return true;
    if (options->only_try && optind == argc)
        fputs("listpulse-milter: -t: which files?\n", stderr);
    else if (!options->only_try && optind < argc)
        fputs("listpulse-milter: too many arguments; see -h\n", stderr);
    else
        return true;
    return false;
}

bool options_parse(int argc, char **argv, Options *options)
{
    *options = (Options){ 0 };
    const char *state = g_getenv("LISTPULSE_STATE");
    if (state != NULL && *state != '\0')
        set_path(&options->state, state);

    int option = 0;
    while ((option = getopt_long(argc, argv, short_options, long_options,
                                 NULL)) != -1) {
        if (!take_path(options, option, optarg) &&
            !take_text(options, option, optarg) && !take_flag(options, option))
            return false;
    }
    options->files = argv + optind;
    return is_complete(argc, options);
}

void options_clear(Options *options)
{
    g_clear_pointer(&options->config, g_free);
    g_clear_pointer(&options->state, g_free);
    g_clear_pointer(&options->redis, g_free);
    g_clear_pointer(&options->socket, g_free);
    g_clear_pointer(&options->pid_file, g_free);
    g_clear_pointer(&options->user, g_free);
    g_clear_pointer(&options->process, g_free);
}

void options_print_help(void)
{
    fputs(help, stdout);
}

Settings *options_settings(const Options *options, GError **error)
{
    Settings *settings = settings_load(options->config, options->state, error);

    if (settings == NULL)
        return NULL;
    if (options->redis != NULL)
        set_text(&settings->redis, options->redis);
    if (options->socket != NULL)
        set_text(&settings->socket, options->socket);
    return settings;
}
