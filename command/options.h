/* SPDX-License-Identifier: MIT */
/*
 * Options as tables: the same rows give getopt_long's arguments and the text of
 * --help, so that neither can have an option which the other lacks.
 */
#pragma once

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

typedef enum OptionType {
    OPTION_FLAG,  /* bool */
    OPTION_TEXT,  /* const char *, lent by the command line */
    OPTION_TEXTS, /* GPtrArray * of const char *, likewise lent, for an option
                     that may be repeated; NULL if it was not given; freed by
                     options_clear() */
    OPTION_COUNT, /* unsigned, 1 to 1000000 */
} OptionType;

typedef struct Option {
    const char *name; /* long form without the hyphens; NULL ends a table */
    char letter;      /* short form, or 0 */
    OptionType type;
    const char *argument; /* what --help calls its value; NULL for a flag */
    const char *meaning;
    size_t offset; /* of the value in the struct that the table fills */
} Option;

typedef struct OptionGroup {
    const Option *options;
    void *values; /* the struct that the offsets are into */
} OptionGroup;

typedef enum UsageError {
    USAGE_ERROR_WRONG, /* the command line cannot be understood */
} UsageError;
#define USAGE_ERROR usage_error_quark()
GQuark usage_error_quark(void);

/*
 * Reads arguments, whose first is skipped, into the values of two groups and
 * permutes them: *operands is the index of the first that is not an option.
 * leading_only: stops at the first operand, for options before a subcommand.
 */
bool options_parse(const OptionGroup groups[2], int count, char **arguments,
                   bool leading_only, int *operands, GError **error);
/* Frees what options_parse() put into the values of a table. */
void options_clear(const Option *options, void *values);
/* Appends a line for each option, indented, for --help. */
void options_describe(const Option *options, GString *out);
