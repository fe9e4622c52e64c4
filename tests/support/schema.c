/* SPDX-License-Identifier: MIT */
#include "tests/support/schema.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static char *check(json_t *root, json_t *schema, json_t *value,
                   const char *path);

static char *fault(const char *path, const char *what)
{
    return g_strdup_printf("%s: %s", path, what);
}

static const char *type_of(const json_t *value)
{
    static const char *const names[] = {
        [JSON_OBJECT] = "object", [JSON_ARRAY] = "array",
        [JSON_STRING] = "string", [JSON_INTEGER] = "integer",
        [JSON_REAL] = "number",   [JSON_TRUE] = "boolean",
        [JSON_FALSE] = "boolean", [JSON_NULL] = "null",
    };

    return names[json_typeof(value)];
}

static char *check_type(json_t *rule, json_t *value, const char *path)
{
    const char *type = type_of(value);
    size_t i;
    json_t *one;

    if (json_is_string(rule))
        return strcmp(json_string_value(rule), type) == 0
                   ? NULL
                   : fault(path, "is of another type");
    json_array_foreach(rule, i, one)
    {
        if (strcmp(json_string_value(one), type) == 0)
            return NULL;
    }
    return fault(path, "is of none of the types");
}

static char *check_required(json_t *rule, json_t *value, const char *path)
{
    size_t i;
    json_t *name;

    json_array_foreach(rule, i, name)
    {
        if (json_object_get(value, json_string_value(name)) == NULL)
            return fault(path, json_string_value(name));
    }
    return NULL;
}

static char *check_properties(json_t *root, json_t *schema, json_t *value,
                              const char *path)
{
    json_t *properties = json_object_get(schema, "properties");
    const bool is_closed =
        json_is_false(json_object_get(schema, "additionalProperties"));
    const char *key;
    json_t *member;

    json_object_foreach(value, key, member)
    {
        json_t *rule = json_object_get(properties, key);
        g_autofree char *below = g_strconcat(path, ".", key, NULL);
        char *found = rule == NULL ? NULL : check(root, rule, member, below);

        if (rule == NULL && is_closed)
            return fault(below, "is not described");
        if (found != NULL)
            return found;
    }
    return NULL;
}

static char *check_items(json_t *root, json_t *rule, json_t *value,
                         const char *path)
{
    size_t i;
    json_t *item;

    json_array_foreach(value, i, item)
    {
        g_autofree char *below = g_strdup_printf("%s[%zu]", path, i);
        char *found = check(root, rule, item, below);

        if (found != NULL)
            return found;
    }
    return NULL;
}

static char *check_one_of(json_t *root, json_t *rules, json_t *value,
                          const char *path)
{
    unsigned fits = 0;
    size_t i;
    json_t *rule;

    json_array_foreach(rules, i, rule)
    {
        g_autofree char *found = check(root, rule, value, path);

        fits += found == NULL;
    }
    return fits == 1 ? NULL : fault(path, "is not one of");
}

static char *check_enum(json_t *rule, json_t *value, const char *path)
{
    size_t i;
    json_t *word;

    json_array_foreach(rule, i, word)
    {
        if (json_equal(word, value))
            return NULL;
    }
    return fault(path, "is another word");
}

static char *check_reference(json_t *root, const char *reference, json_t *value,
                             const char *path)
{
    json_t *defs = json_object_get(root, "$defs");

    g_assert(g_str_has_prefix(reference, "#/$defs/"));
    json_t *rule = json_object_get(defs, reference + strlen("#/$defs/"));

    g_assert(rule != NULL);
    return check(root, rule, value, path);
}

static char *check_keyword(json_t *root, json_t *schema, const char *keyword,
                           json_t *value, const char *path)
{
    static const char *const words_only[] = {
        "$schema", "$defs", "title", "description", "additionalProperties", NULL
    };
    json_t *rule = json_object_get(schema, keyword);

    if (g_strv_contains(words_only, keyword))
        return NULL;
    if (strcmp(keyword, "type") == 0)
        return check_type(rule, value, path);
    if (strcmp(keyword, "required") == 0)
        return check_required(rule, value, path);
    if (strcmp(keyword, "properties") == 0)
        return check_properties(root, schema, value, path);
    if (strcmp(keyword, "items") == 0)
        return check_items(root, rule, value, path);
    if (strcmp(keyword, "oneOf") == 0)
        return check_one_of(root, rule, value, path);
    if (strcmp(keyword, "enum") == 0)
        return check_enum(rule, value, path);
    if (strcmp(keyword, "$ref") == 0)
        return check_reference(root, json_string_value(rule), value, path);
    if (strcmp(keyword, "minimum") == 0)
        return !json_is_integer(value) ||
                       json_integer_value(value) >= json_integer_value(rule)
                   ? NULL
                   : fault(path, "is too small");
    if (strcmp(keyword, "pattern") == 0)
        return g_regex_match_simple(json_string_value(rule),
                                    json_string_value(value), 0, 0)
                   ? NULL
                   : fault(path, "looks otherwise");
    return fault(path, keyword);
}

static char *check(json_t *root, json_t *schema, json_t *value,
                   const char *path)
{
    const char *keyword;
    json_t *rule;

    json_object_foreach(schema, keyword, rule)
    {
        char *found = check_keyword(root, schema, keyword, value, path);

        if (found != NULL)
            return found;
    }
    return NULL;
}

char *schema_check(json_t *schema, json_t *value)
{
    return check(schema, schema, value, "$");
}
