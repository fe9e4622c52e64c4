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
    EXIT_USAGE = 2,  /* asked wrongly: the same again fails again */
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
    const char *operands; /* for its line of usage; "" if it takes none */
    const char *summary;
    const Option *options; /* ends with a row without name */
    size_t options_size;   /* of the struct that they fill */
    unsigned least, most;  /* operands */
    /* Of a command with a --state of its own, which hides the common one:
     * returns its value and takes it out of options, if that names a directory
     * and not what the command means; else NULL. NULL: it has none. */
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
/* Opens the store that the settings name; a private one is started. */
Store *command_store(const Settings *settings, GError **error);
/* Likewise, but starts nothing. */
Store *command_store_running(const Settings *settings, GError **error);
/* Returns what mailmap, organisations and bots of the settings say; owned. NULL
 * if a file cannot be read. */
Identity *command_identity(const Settings *settings, GError **error);
/* Where Redis is, fit to be shown: no password in it. Owned. */
char *command_redis_shown(const Settings *settings);
/* The time zone of times given on the command line: TZ, else the list's; lent.
 */
const char *command_timezone(const ListSettings *list);
/* A Message-ID as people paste it, <...> and blanks taken off; owned. */
char *command_message_id(const char *given);
/* Trouble that does not end the command: "listpulse: what: why" on stderr,
 * made visible, since it may name what strangers wrote. what may be NULL. */
void command_warn(const char *what, const char *why);
/* The fault of one list: another format, other data under its keys. */
bool command_is_of_list(const GError *error);
/* EXIT_GOOD; but where something that was read of Redis was not whole, that is
 * said and the answer is EXIT_FAILED. */
ExitCode command_judge(const Store *store);
/* All of text to standard output. */
bool command_print(const char *text, size_t length, GError **error);
