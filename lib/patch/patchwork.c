/* SPDX-License-Identifier: MIT */
#include "patch/patchwork.h"

#include <stdbool.h>

#include "base/banned.h"

static void accepted_free(gpointer data)
{
    PatchAccepted *accepted = data;

    g_free(accepted->title);
    g_free(accepted->link);
    g_free(accepted);
}

static bool is_start(const PatchLine *line)
{
    return (patch_line_starts(line, "The following patch (") ||
            patch_line_starts(line, "The following patches (")) &&
           g_strstr_len(line->at, (gssize)line->length,
                        "updated in Patchwork") != NULL;
}

/* " * PROJECT: TITLE"; a project's name has no blank. */
static char *title_of(PatchLine line)
{
    line = patch_line_trim(&line);
    if (!patch_line_take(&line, "* "))
        return NULL;
    const size_t colon = patch_line_find(&line, ':');

    if (colon < patch_line_find(&line, ' '))
        line = patch_line_from(&line, colon + 1);
    line = patch_line_trim(&line);
    return patch_line_dup(&line);
}

static bool is_accepted(PatchLine line)
{
    line = patch_line_trim(&line);
    return patch_line_is(&line, "now: Accepted") ||
           patch_line_is(&line, "now: Mainlined") ||
           patch_line_is(&line, "now: Queued");
}

static void take_link(PatchAccepted *accepted, PatchLine line)
{
    line = patch_line_trim(&line);
    if (!patch_line_take(&line, "- ") || !patch_line_starts(&line, "http"))
        return;
    g_free(accepted->link);
    accepted->link = patch_line_dup(&line);
}

GPtrArray *patchwork_accepted(PatchText text)
{
    PatchLine line = patch_line_at(text, 0);
    PatchAccepted *accepted = NULL;

    for (unsigned i = 0; i < 4 && !is_start(&line); i++)
        line = patch_line_after(text, &line);
    if (!is_start(&line))
        return NULL;
    GPtrArray *all = g_ptr_array_new_with_free_func(accepted_free);

    for (; line.offset < text.length; line = patch_line_after(text, &line)) {
        char *title = title_of(line);

        if (title != NULL) {
            if (accepted != NULL)
                accepted_free(accepted);
            accepted = g_new0(PatchAccepted, 1);
            accepted->title = title;
            accepted->link = g_strdup("");
        } else if (accepted != NULL && is_accepted(line)) {
            g_ptr_array_add(all, g_steal_pointer(&accepted));
        } else if (accepted != NULL) {
            take_link(accepted, line);
        }
    }
    if (accepted != NULL)
        accepted_free(accepted);
    return all;
}
