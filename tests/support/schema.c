/* SPDX-License-Identifier: MIT */
#include "tests/support/unit.h"

#include "tests/support/schema.h"

#include <glib/gstdio.h>
#include <string.h>

/* Prints where and why the value is not as the schema says, the schema itself
 * included. */
static const char JUDGE[] =
    "import json, sys, jsonschema\n"
    "schema, value = (json.load(open(name)) for name in sys.argv[1:])\n"
    "judge = jsonschema.validators.validator_for(schema)\n"
    "judge.check_schema(schema)\n"
    "for error in judge(schema).iter_errors(value):\n"
    "    print('/'.join(str(step) for step in error.absolute_path),\n"
    "          error.message[:300])\n";

static char *write_json(const char *folder, const char *name,
                        const json_t *value)
{
    char *path = g_build_filename(folder, name, NULL);

    assert_int_equal(json_dump_file(value, path, JSON_ENCODE_ANY), 0);
    return path;
}

char *schema_check(json_t *schema, json_t *value)
{
    g_autofree char *folder = g_dir_make_tmp("lp-schema-XXXXXX", NULL);
    g_autofree char *rules = write_json(folder, "schema.json", schema);
    g_autofree char *text = write_json(folder, "value.json", value);
    const char *const words[] = { "python3", "-c", JUDGE, rules, text, NULL };
    g_autofree char *found = NULL;
    g_autofree char *trouble = NULL;
    g_autoptr(GError) error = NULL;
    int status = 0;

    if (!g_spawn_sync(NULL, (char **)(uintptr_t)words, NULL,
                      G_SPAWN_SEARCH_PATH, NULL, NULL, &found, &trouble,
                      &status, &error))
        fail_msg("%s", error->message);
    g_unlink(rules);
    g_unlink(text);
    g_rmdir(folder);
    if (status != 0)
        fail_msg("python3 with jsonschema: %s", trouble);
    return *found == '\0' ? NULL : g_steal_pointer(&found);
}
