/* SPDX-License-Identifier: MIT */
#include "patch/shortlog.h"

#include "base/banned.h"

enum { INDENT_MIN = 2 }; /* of a title */

static void listed_free(gpointer data)
{
    PatchListed *listed = data;

    g_free(listed->author);
    g_free(listed->title);
    g_free(listed);
}

GPtrArray *patch_listed_new(void)
{
    return g_ptr_array_new_with_free_func(listed_free);
}

static bool ends_in_count(const PatchLine *line)
{
    return line->length > 3 && line->at[line->length - 1] == ':' &&
           line->at[line->length - 2] == ')';
}

/* "A U Thor (3):", however many blanks are before the bracket. */
static bool take_author(PatchShortlog *shortlog, const PatchLine *line)
{
    const PatchLine whole = patch_line_trim(line);

    if (!ends_in_count(&whole))
        return false; /* as nearly every line */

    const size_t name_length = patch_line_find_last(&whole, '(');
    PatchLine rest = patch_line_from(&whole, name_length);
    PatchLine name = { whole.at, name_length, whole.offset };
    unsigned count;

    if (rest.length <= 3 || g_ascii_isspace(*line->at) ||
        !patch_line_take(&rest, "(") ||
        !patch_line_take_number(&rest, &count) || !patch_line_is(&rest, "):"))
        return false;
    shortlog->author = patch_line_trim(&name);
    shortlog->left = count;
    shortlog->has_kept = false;
    shortlog->indent = 0;
    shortlog->is_open = true;
    return true;
}

static void keep_title(PatchShortlog *shortlog, const PatchLine *title)
{
    PatchListed *listed;

    if (shortlog->left == 0) {
        shortlog->has_kept = false;
        return;
    }
    shortlog->left--;
    shortlog->has_kept =
        shortlog->listed != NULL && shortlog->listed->len < PATCH_LISTED_MAX;
    if (!shortlog->has_kept)
        return;
    listed = g_new(PatchListed, 1);
    listed->author = patch_line_dup(&shortlog->author);
    listed->title = patch_line_dup(title);
    g_ptr_array_add(shortlog->listed, listed);
}

/* Once, as no title is as long as two lines. */
static bool continue_title(PatchShortlog *shortlog, const PatchLine *rest)
{
    PatchListed *listed;
    g_autofree char *start = NULL;
    g_autofree char *more = NULL;

    if (!shortlog->has_kept)
        return false;
    shortlog->has_kept = false;
    listed = shortlog->listed->pdata[shortlog->listed->len - 1];
    start = listed->title;
    more = patch_line_dup(rest);
    listed->title = g_strconcat(start, " ", more, NULL);
    return true;
}

static size_t indent_of(const PatchLine *line)
{
    size_t indent = 0;

    while (indent < line->length && line->at[indent] == ' ')
        indent++;
    return indent;
}

bool patch_shortlog_take(PatchShortlog *shortlog, const PatchLine *line)
{
    if (!shortlog->is_open)
        return take_author(shortlog, line);

    const PatchLine title = patch_line_trim(line);
    const size_t indent = indent_of(line);

    if (indent < INDENT_MIN) {
        if (take_author(shortlog, line)) /* no empty line before it */
            return true;
        shortlog->is_open =
            continue_title(shortlog, &title) && shortlog->left > 0;
        return shortlog->is_open;
    }
    if (shortlog->indent == 0)
        shortlog->indent = indent;
    if (indent <= shortlog->indent || !continue_title(shortlog, &title))
        keep_title(shortlog, &title);
    return true;
}

void patch_shortlog_end(PatchShortlog *shortlog)
{
    shortlog->is_open = false;
}
