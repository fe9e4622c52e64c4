/* SPDX-License-Identifier: MIT */
#include "patch/prose.h"

#include "base/banned.h"

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
