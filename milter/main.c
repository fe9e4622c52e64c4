/* SPDX-License-Identifier: MIT */
#include "config.h"

#include "milter/callbacks.h"
#include "milter/confine.h"
#include "milter/daemon.h"
#include "milter/endpoint.h"
#include "milter/log.h"
#include "milter/options.h"
#include "milter/processor.h"
#include "milter/test_mode.h"

#include <stdio.h>
#include <sysexits.h>

#include "base/banned.h"

static int print_version(void)
{
    g_autofree char *libmilter = callbacks_library_version();

    printf("listpulse-milter %s\nlibmilter %s, %s%s%s\n", PACKAGE_VERSION,
           libmilter, LIBRARY_VERSIONS,
#ifdef HAVE_SYSTEMD
           ", with systemd",
#else
           ", without systemd",
#endif
           confine_is_built() ? ", with seccomp" : ", without seccomp");
    return EX_OK;
}

static int check(const Settings *settings)
{
    g_autoptr(GError) error = NULL;
    Endpoint endpoint;

    if (!endpoint_parse(settings->socket, &endpoint, &error)) {
        log_error("%s", error->message);
        return EX_CONFIG;
    }
    endpoint_clear(&endpoint);
    return EX_OK;
}

static int run_with_settings(const Options *options)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Settings) settings = options_settings(options, &error);

    if (settings == NULL) {
        log_error("%s", error->message);
        return EX_CONFIG;
    }
    if (options->only_check)
        return check(settings);
    if (options->only_try)
        return test_mode_run(settings, options->files);
    return daemon_run(options, g_steal_pointer(&settings));
}

static int run(const Options *options)
{
    if (options->is_helped) {
        options_print_help();
        return EX_OK;
    }
    if (options->shows_version)
        return print_version();
    if (options->process != NULL)
        return processor_run(options);
    return run_with_settings(options);
}

int main(int argc, char **argv)
{
    Options options;

    if (!options_parse(argc, argv, &options)) {
        options_clear(&options);
        return EX_USAGE;
    }
    /* Nobody but a person at a terminal reads what -n and -t say. */
    log_open(options.process != NULL ? "processor" : "collector",
             options.process == NULL || options.is_foreground,
             options.verbosity);
    const int code = run(&options);
    options_clear(&options);
    return code;
}
