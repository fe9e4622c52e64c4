/* SPDX-License-Identifier: MIT */
/*
 * What the subcommands of listpulse share: a row of the table for each, the
 * options that all of them take, and how each of them fails.
 */
#pragma once

#include "base/settings.h"
#include "command/options.h"
#include "identity/identity.h"
#include "store/store.h"

#include <glib.h>
#include <stdbool.h>

typedef enum ExitCode {
    EXIT_GOOD = 0,
    EXIT_FAILED = 1, /* could not be done now */
    EXIT_USAGE = 2,  /* wrong usage: the same command will fail again */
} ExitCode;

/* The options that every subcommand takes. */
typedef struct CommonOptions {
    const char *config, *state, *redis;
    bool help, version;
} CommonOptions;

typedef struct Invocation {
    const Settings *settings; /* --state and --redis already applied */
    const void *options;      /* the subcommand's own, filled */
    char **operands;          /* ends with NULL */
    unsigned operand_count;
} Invocation;

typedef struct Command {
    const char *name;
    const char *operands; /* for its usage line; "" if it takes none */
    const char *summary;
    const Option *options; /* ends with a row without name */
    size_t options_size;   /* of the struct that they fill */
    unsigned least, most;  /* operands */
    /* For a command with a --state of its own, which hides the common one: if
     * its value names a directory and is not what the command means, returns it
     * and removes it from options; else returns NULL. NULL: the command has no
     * such option. */
    const char *(*take_directory)(void *options);
    /* Returns an ExitCode; with error set, main prints it and judges. */
    int (*run)(const Invocation *invocation, GError **error);
} Command;

extern const Command command_digest, command_import, command_lists,
    command_show, command_status, command_watch, command_verify, command_forget,
    command_export, command_redis, command_publish, command_cursors,
    command_run;

/* Runs a subcommand as if these words had been typed, its name first; NULL ends
 * them. Returns its ExitCode; what went wrong is in error. */
int command_run_words(const Settings *settings, const char *const *words,
                      GError **error);
/* Opens the store that the settings name, and starts a private one. */
Store *command_store(const Settings *settings, GError **error);
/* Likewise, but starts nothing. */
Store *command_store_running(const Settings *settings, GError **error);
/* Returns the identity made from mailmap, organisations and bots of the
 * settings; owned. NULL if a file cannot be read. */
Identity *command_identity(const Settings *settings, GError **error);
/* Returns where Redis is, for display, without a password; owned. */
char *command_redis_shown(const Settings *settings);
/* Returns the time zone for times on the command line: TZ, else the list's;
 * lent. */
const char *command_timezone(const ListSettings *list);
/* Returns a Message-ID as people paste it, without <...> and blanks; owned. */
char *command_message_id(const char *given);
/* Prints a problem that does not end the command: "listpulse: what: why" on
 * stderr, with control characters made visible, since it may quote strangers.
 * what may be NULL. */
void command_warn(const char *what, const char *why);
/* Returns true for a fault of one list: another format, other data under its
 * keys. */
bool command_is_of_list(const GError *error);
/* Returns EXIT_GOOD; if something read from Redis was incomplete, says so and
 * returns EXIT_FAILED. */
ExitCode command_judge(const Store *store);
/* Writes all of text to standard output. */
bool command_print(const char *text, size_t length, GError **error);
