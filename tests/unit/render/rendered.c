/* SPDX-License-Identifier: MIT */
#include "tests/unit/render/rendered.h"

#include "render/renderer.h"

#include <jansson.h>

#include "tests/support/schema.h"
#include "tests/support/unit.h"
#include "tests/unit/render/digests.h"

char *rendered(const char *format, const Digest *digest, unsigned sections)
{
    const RenderOptions options = { .sections = sections,
                                    .with_previous = true };
    GString *out = g_string_new(NULL);

    renderer_find(format)->render(digest, &options, out);
    return g_string_free(out, FALSE);
}

char *rendered_full(const char *format)
{
    g_autoptr(Digest) digest = digests_full();

    return rendered(format, digest, SECTION_ALL);
}

json_t *rendered_schema(void)
{
    g_autofree char *path = g_build_filename(
        g_getenv("top_srcdir") != NULL ? g_getenv("top_srcdir") : ".", "conf",
        "digest.schema.json", NULL);
    json_error_t error;
    json_t *schema = json_load_file(path, 0, &error);

    if (schema == NULL)
        fail_msg("%s: %s", path, error.text);
    return schema;
}

void rendered_assert_as_described(const char *text)
{
    json_error_t error;
    json_t *schema = rendered_schema();
    json_t *value = json_loads(text, JSON_REJECT_DUPLICATES, &error);

    if (value == NULL)
        fail_msg("%s", error.text);

    g_autofree char *found = schema_check(schema, value);

    if (found != NULL)
        fail_msg("%s", found);
    json_decref(value);
    json_decref(schema);
}

void rendered_ask(Digest *digest, const char *name, const char *value)
{
    DigestAsked *asked = g_new0(DigestAsked, 1);

    asked->name = g_strdup(name);
    asked->value = g_strdup(value);
    g_ptr_array_add(digest->asked, asked);
}
