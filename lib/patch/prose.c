/* SPDX-License-Identifier: MIT */
#include "patch/prose.h"

bool patch_prose_is_any(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (word[0] == **list && strcmp(word, *list) == 0)
            return true;
    return false;
}

bool patch_prose_take_word(PatchLine *line, PatchLine *word)
{
    PatchLine rest;

    *word = *line;
    if (line->length == 0)
        return false;
    word->length = 0;
    while (word->length < line->length &&
           !g_ascii_isspace(line->at[word->length]))
        word->length++;
    rest = patch_line_from(line, word->length);
    *line = patch_line_trim(&rest);
    return true;
}

bool patch_prose_tells(const PatchProse *prose, PatchText text)
{
    PatchLine line = patch_line_at(text, 0);

    while (line.offset < text.length) {
        const PatchLine first = line;
        bool may_be = false;

        for (; !prose->ends(text, &line); line = patch_line_after(text, &line))
            may_be |= prose->may_tell(&line);
        if (may_be && prose->tells(text, first, line.offset))
            return true;
        line = patch_line_after(text, &line);
    }
    return false;
}
