/* SPDX-License-Identifier: MIT */
#include "render/renderer.h"

#include <string.h>

#include "base/banned.h"

static const Renderer *const renderers[] = {
    &render_text, &render_classic, &render_markdown, &render_html,
    &render_json, &render_csv,     &render_atom,     &render_rfc1153,
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
    return "text, classic, markdown, html, json, csv, atom, rfc1153";
}
