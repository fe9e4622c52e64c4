/* SPDX-License-Identifier: MIT */
/* listpulse cursors: how far which reader has been shown a list. */
#include "command/choose.h"
#include "command/command.h"
#include "command/cursor.h"

#include "base/hex.h"
#include "base/moment.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

enum { SHOWN_DIGITS = 9 };

typedef struct CursorsOptions {
    const char *set;
    bool remove, json;
} CursorsOptions;

static const Option cursors_options[] = {
    { "set", 0, OPTION_TEXT, "MARK", "move it to this post, or make it",
      offsetof(CursorsOptions, set) },
    { "remove", 0, OPTION_FLAG, NULL, "remove it",
      offsetof(CursorsOptions, remove) },
    { "json", 0, OPTION_FLAG, NULL, "print an array of objects",
      offsetof(CursorsOptions, json) },
    { .name = NULL },
};

static bool wrong(GError **error, const char *what, const char *why)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_WRONG, "%s: %s", what, why);
    return false;
}

/* How many posts came behind it. */
static bool count_new(Store *store, const Cursor *cursor, unsigned *count,
                      GError **error)
{
    g_autoptr(GArray) rows = store_rows(
        store, cursor->list, cursor->arrival_ms + 1, INT64_MAX, error);

    if (rows == NULL)
        return false;
    *count = rows->len;
    return true;
}

static void append_text(GString *out, const Cursor *cursor, unsigned count)
{
    g_autofree char *when = moment_show(cursor->arrival_ms, "UTC");

    g_string_append_printf(out, "%-16s %-36s %.*s  %-16s %7u\n", cursor->name,
                           cursor->list, SHOWN_DIGITS, cursor->mark, when,
                           count);
}

static void append_json(json_t *array, const Cursor *cursor, unsigned count)
{
    g_autofree char *when =
        moment_format(cursor->arrival_ms, "UTC", "%Y-%m-%dT%H:%M:%SZ");
    json_t *object = json_object();

    json_object_set_new(object, "name", json_string(cursor->name));
    json_object_set_new(object, "list", json_string(cursor->list));
    json_object_set_new(object, "mark", json_string(cursor->mark));
    json_object_set_new(object, "arrival", json_string(when));
    json_object_set_new(object, "new", json_integer(count));
    json_array_append_new(array, object);
}

static bool print_json(json_t *array, GError **error)
{
    char *text = json_dumps(array, JSON_INDENT(2) | JSON_ENSURE_ASCII);
    g_autofree char *line = g_strconcat(text, "\n", NULL);

    free(text);
    return command_print(line, strlen(line), error);
}

static bool is_meant(const Cursor *cursor, const char *list, const char *name)
{
    return (list == NULL || strcmp(cursor->list, list) == 0) &&
           (name == NULL || strcmp(cursor->name, name) == 0);
}

static bool print_cursors(Store *store, const GPtrArray *cursors,
                          const char *list, const char *name, bool as_json,
                          GError **error)
{
    g_autoptr(GString) out = g_string_new(NULL);
    json_t *array = json_array();
    bool is_good = true;

    g_string_append_printf(out, "%-16s %-36s %-9s  %-16s %7s\n", "cursor",
                           "list", "shown", "arrival (UTC)", "new");
    for (unsigned i = 0; is_good && i < cursors->len; i++) {
        const Cursor *cursor = cursors->pdata[i];
        unsigned count = 0;

        if (!is_meant(cursor, list, name))
            continue;
        is_good = count_new(store, cursor, &count, error);
        append_text(out, cursor, count);
        append_json(array, cursor, count);
    }
    if (is_good)
        is_good = as_json ? print_json(array, error)
                          : command_print(out->str, out->len, error);
    json_decref(array);
    return is_good;
}

static bool has_one(const GPtrArray *cursors, const char *list,
                    const char *name)
{
    for (unsigned i = 0; i < cursors->len; i++) {
        if (is_meant(cursors->pdata[i], list, name))
            return true;
    }
    return false;
}

static bool show(Store *store, const char *list, const char *name, bool as_json,
                 GError **error)
{
    g_autoptr(GPtrArray) cursors = cursor_list(store, error);

    if (cursors == NULL)
        return false;
    if (name != NULL && !has_one(cursors, list, name)) {
        g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                    "%s: no such cursor on %s", name, list);
        return false;
    }
    return print_cursors(store, cursors, list, name, as_json, error);
}

static bool drop(Store *store, const char *list, const char *name,
                 GError **error)
{
    bool was_there = false;

    if (!cursor_remove(store, list, name, &was_there, error))
        return false;
    if (was_there)
        return true;
    g_set_error(error, STORE_ERROR, STORE_ERROR_UNKNOWN,
                "%s: no such cursor on %s", name, list);
    return false;
}

static bool work(Store *store, const Invocation *invocation, GError **error)
{
    const CursorsOptions *options = invocation->options;
    const char *name =
        invocation->operand_count > 1 ? invocation->operands[1] : NULL;
    g_autofree char *list = NULL;

    if (invocation->operand_count > 0) {
        list = choose_list(store, invocation->settings, invocation->operands[0],
                           error);
        if (list == NULL)
            return false;
    }
    if (options->remove)
        return drop(store, list, name, error);
    if (options->set != NULL)
        return cursor_set(store, list, name, options->set, error);
    return show(store, list, name, options->json, error);
}

static bool check(const Invocation *invocation, GError **error)
{
    const CursorsOptions *options = invocation->options;
    const bool changes = options->remove || options->set != NULL;

    if (options->remove && options->set != NULL)
        return wrong(error, "--remove", "not together with --set");
    if (changes && invocation->operand_count < 2)
        return wrong(error, options->remove ? "--remove" : "--set",
                     "needs LIST and NAME");
    if (changes && !cursor_name_is_valid(invocation->operands[1]))
        return wrong(error, invocation->operands[1],
                     "a cursor's name has letters, digits, - and _ only");
    return true;
}

static int run(const Invocation *invocation, GError **error)
{
    if (!check(invocation, error))
        return EXIT_USAGE;

    g_autoptr(Store) store = command_store(invocation->settings, error);
    return store != NULL && work(store, invocation, error)
               ? command_judge(store)
               : EXIT_FAILED;
}

const Command command_cursors = {
    .name = "cursors",
    .operands = "[LIST [NAME]]",
    .summary = "list, show, set and remove cursors of digests",
    .options = cursors_options,
    .options_size = sizeof(CursorsOptions),
    .least = 0,
    .most = 2,
    .run = run,
};
