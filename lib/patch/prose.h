/* SPDX-License-Identifier: MIT */
/*
 * What readers of sentences share: words and lists of words.
 */
#pragma once

#include "patch/line.h"

/* Is a word, lower case, one of a list that ends in NULL? */
bool patch_prose_is_any(const char *word, const char *const *list);
#define IS_ANY_TEXT(text, ...)                                                 \
    patch_prose_is_any(text, (const char *const[]){ __VA_ARGS__, NULL })
/* Of a struct with that text in it. */
#define IS_ANY(word, ...) IS_ANY_TEXT((word)->text, __VA_ARGS__)

/* Moves over the next word, up to a blank, and the blanks behind it; false at
 * the end. The line has no blanks at its ends. */
bool patch_prose_take_word(PatchLine *line, PatchLine *word);
