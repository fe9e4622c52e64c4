/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include <string.h>

#include "base/banned.h"

static const Renderer *const renderers[] = {
    &render_text, &render_classic, &render_markdown,
    &render_html, &render_json,    &render_csv,
    &render_atom, &render_rfc1153, &render_mime_digest,
};

const Renderer *renderer_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(renderers); i++) {
        if (strcmp(renderers[i]->name, name) == 0)
            return renderers[i];
    }
    return NULL;
}

const char *renderer_names(void)
{
    static char *names;
    GString *all;

    if (names != NULL)
        return names;
    all = g_string_new(renderers[0]->name);
    for (size_t i = 1; i < G_N_ELEMENTS(renderers); i++)
        g_string_append_printf(all, ", %s", renderers[i]->name);
    names = g_string_free(all, FALSE);
    return names;
}
