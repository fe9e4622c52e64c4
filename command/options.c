/* SPDX-License-Identifier: MIT */
#include "command/options.h"

#include <getopt.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#include "base/banned.h"

enum {
    LONG_ONLY = 0x100, /* getopt's value of an option without a letter */
    COUNT_MAX = 1000000,
    HELP_COLUMN = 26,
};

GQuark usage_error_quark(void)
{
    return g_quark_from_static_string("usage-error");
}

static void add_option(const Option *option, int value, GArray *longs,
                       GString *letters)
{
    struct option entry = {
        .name = option->name,
        .has_arg =
            option->type == OPTION_FLAG ? no_argument : required_argument,
        .val = value,
    };

    g_array_append_val(longs, entry);
    if (option->letter == '\0')
        return;
    g_string_append_c(letters, option->letter);
    if (option->type != OPTION_FLAG)
        g_string_append_c(letters, ':');
}

/* Every option gets a number of its own, its place in both tables. */
static const Option *option_at(const OptionGroup groups[2], int place,
                               void **values)
{
    for (unsigned group = 0; group < 2; group++) {
        const Option *option = groups[group].options;

        *values = groups[group].values;
        for (; option != NULL && option->name != NULL; option++, place--) {
            if (place == 0)
                return option;
        }
    }
    return NULL;
}

static const Option *option_of_letter(const OptionGroup groups[2], int letter,
                                      void **values)
{
    for (int place = 0;; place++) {
        const Option *option = option_at(groups, place, values);

        if (option == NULL || option->letter == letter)
            return option;
    }
}

static bool store_count_value(const Option *option, const char *text,
                              unsigned *value, GError **error)
{
    guint64 number = 0;

    if (!g_ascii_string_to_unsigned(text, 10, 1, COUNT_MAX, &number, NULL)) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG,
                    "--%s %s: not a number from 1 to %d", option->name, text,
                    COUNT_MAX);
        return false;
    }
    *value = (unsigned)number;
    return true;
}

static void add_text(GPtrArray **texts, const char *text)
{
    if (*texts == NULL)
        *texts = g_ptr_array_new();
    g_ptr_array_add(*texts, (gpointer)(uintptr_t)text);
}

void options_clear(const Option *options, void *values)
{
    for (; options != NULL && options->name != NULL; options++) {
        if (options->type == OPTION_TEXTS)
            g_clear_pointer(
                (GPtrArray **)(void *)((char *)values + options->offset),
                g_ptr_array_unref);
    }
}

static bool store_value(const Option *option, void *values, const char *text,
                        GError **error)
{
    void *value = (char *)values + option->offset;

    switch (option->type) {
    case OPTION_FLAG:
        *(bool *)value = true;
        return true;
    case OPTION_TEXT:
        *(const char **)value = text;
        return true;
    case OPTION_TEXTS:
        add_text(value, text);
        return true;
    case OPTION_COUNT:
        return store_count_value(option, text, value, error);
    }
    g_assert_not_reached();
}

/* Returns the option that "--fromat=x" may have been meant for, or NULL. */
static const char *near_option(const OptionGroup groups[2], const char *given)
{
    enum { NEAR = 2, WORD_MAX = 32 };
    g_autofree char *word = g_strndup(given + strspn(given, "-"),
                                      strcspn(given + strspn(given, "-"), "="));
    const char *near = NULL;
    const Option *option = NULL;
    void *values = NULL;
    unsigned least = NEAR + 1;

    for (int place = 0; strlen(word) <= WORD_MAX &&
                        (option = option_at(groups, place, &values)) != NULL;
         place++) {
        const unsigned distance = text_distance(word, option->name);

        if (distance < least) {
            least = distance;
            near = option->name;
        }
    }
    return near;
}

/* getopt leaves the culprit in optopt (a letter), or in the argument before
 * optind (a long option). */
static bool refuse(const OptionGroup groups[2], char **arguments, int result,
                   GError **error)
{
    const bool is_letter = optopt != 0 && optopt < LONG_ONLY;
    g_autofree char *letter = g_strdup_printf("-%c", optopt);
    const char *name = is_letter ? letter : arguments[optind - 1];

    const char *near = result == '?' && !is_letter
                           ? near_option(groups, arguments[optind - 1])
                           : NULL;

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG, "%s: %s%s%s", name,
                result == ':' ? "needs a value" : "no such option",
                near != NULL ? "; near: --" : "", near != NULL ? near : "");
    return false;
}

/* What getopt_long is told: the options of both groups. */
static GArray *list_options(const OptionGroup groups[2], GString *letters)
{
    GArray *longs = g_array_new(TRUE, TRUE, sizeof(struct option));
    const Option *option = NULL;
    void *values = NULL;

    for (int place = 0; (option = option_at(groups, place, &values)) != NULL;
         place++)
        add_option(option, LONG_ONLY + place, longs, letters);
    return longs;
}

static bool take_option(const OptionGroup groups[2], int result,
                        char **arguments, GError **error)
{
    void *values = NULL;

    if (result == '?' || result == ':')
        return refuse(groups, arguments, result, error);

    const Option *option = result >= LONG_ONLY
                               ? option_at(groups, result - LONG_ONLY, &values)
                               : option_of_letter(groups, result, &values);
    g_assert(option != NULL);
    return store_value(option, values, optarg, error);
}

bool options_parse(const OptionGroup groups[2], int count, char **arguments,
                   bool leading_only, int *operands, GError **error)
{
    g_autoptr(GString) letters = g_string_new(leading_only ? "+:" : ":");
    g_autoptr(GArray) longs = list_options(groups, letters);
    const struct option *table = (const struct option *)(void *)longs->data;
    int result = 0;

    optind = 0; /* GNU: start anew */
    while ((result = getopt_long(count, arguments, letters->str, table,
                                 NULL)) != -1) {
        if (!take_option(groups, result, arguments, error))
            return false;
    }
    *operands = optind;
    return true;
}

void options_describe(const Option *options, GString *out)
{
    for (const Option *option = options; option->name != NULL; option++) {
        const size_t start = out->len;

        if (option->letter != '\0')
            g_string_append_printf(out, "  -%c, --%s", option->letter,
                                   option->name);
        else
            g_string_append_printf(out, "      --%s", option->name);
        if (option->argument != NULL)
            g_string_append_printf(out, " %s", option->argument);
        do
            g_string_append_c(out, ' ');
        while (out->len - start < HELP_COLUMN);
        g_string_append_printf(out, "%s\n", option->meaning);
    }
}
