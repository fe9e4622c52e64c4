/* SPDX-License-Identifier: MIT */
/*
 * The digest that started the project, byte for byte: headings, blanks and
 * undecoded names as the script of then printed them. Only what is not valid
 * UTF-8 or acts on a terminal is changed.
 */
#include "patch/classic.h"
#include "base/text.h"
#include "render/renderer.h"

#include <inttypes.h>
#include <string.h>

#include "base/banned.h"

static void put_line(GString *out, const char *text)
{
    text_append_visible(out, text, strlen(text), false);
    g_string_append_c(out, '\n');
}

static void put_counts(GString *out, const Digest *digest,
                       const GPtrArray *counts)
{
    for (unsigned i = 0; i < counts->len && i < digest->top; i++) {
        const DigestCount *count = counts->pdata[i];

        g_string_append_printf(out, "%7" PRIu64 " ", count->count);
        put_line(out, count->who.name);
    }
    g_string_append_c(out, '\n');
}

static void put_head(GString *out, const Digest *digest)
{
    const char *from = digest->from.shown, *to = digest->to.shown;

    g_string_append_printf(out, "From %s to %s\n", from, to);
    text_append_visible(out, digest->list_title, strlen(digest->list_title),
                        false);
    g_string_append_printf(out, " mailing list update from %s to %s\n\n", from,
                           to);
}

/* The text's trailing blank lines are one. */
static void put_text(GString *out, const char *text)
{
    size_t length = strlen(text);

    while (length > 0 && text[length - 1] == '\n')
        length--;
    if (length > 0) {
        text_append_visible(out, text, length, true);
        g_string_append_c(out, '\n');
    }
    g_string_append_c(out, '\n');
}

static void put_entry(GString *out, const DigestClassicEntry *entry)
{
    g_string_append(out, "New: ");
    put_line(out, patch_classic_title(entry->subject));
    put_line(out, entry->subject);
    g_string_append(out, "Author: ");
    put_line(out, entry->author);
    g_string_append_c(out, '\n');
    put_text(out, entry->text);
    g_string_append(out, "---------------------------------------------------"
                         "-------------------\n\n");
}

static void render(const Digest *digest, const RenderOptions *options,
                   GString *out)
{
    const DigestClassic *classic = &digest->classic;

    (void)options;
    put_head(out, digest);
    g_string_append_printf(out,
                           "Top %u contributor Email domains "
                           "(Based on Email Body)\n\n",
                           digest->top);
    put_counts(out, digest, classic->domains);
    g_string_append_printf(out, "Top %u contributors (Based on Email Body)\n\n",
                           digest->top);
    put_counts(out, digest, classic->contributors);
    g_string_append(out, "===== Patch list in this time period =====\n\n");
    for (unsigned i = 0; i < classic->listed->len; i++)
        put_line(out, classic->listed->pdata[i]);
    g_string_append(out, "\n===== Patch Commit Messages ====\n\n");
    for (unsigned i = 0; i < classic->entries->len; i++)
        put_entry(out, classic->entries->pdata[i]);
}

const Renderer render_classic = { "classic", render };
