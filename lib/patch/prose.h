/* SPDX-License-Identifier: MIT */
/*
 * Words and lists of words, for the modules that read sentences.
 */
#pragma once

#include "patch/line.h"

/* Returns true if a word, in lower case, is in a list that ends in NULL. */
bool patch_prose_is_any(const char *word, const char *const *list);
#define IS_ANY_TEXT(text, ...)                                                 \
    patch_prose_is_any(text, (const char *const[]){ __VA_ARGS__, NULL })
/* The same for a struct with a member text. */
#define IS_ANY(word, ...) IS_ANY_TEXT((word)->text, __VA_ARGS__)

/* Takes the next word, up to a blank, and moves the line past it and the blanks
 * after it; returns false at the end. The line must not begin or end with
 * blanks. */
bool patch_prose_take_word(PatchLine *line, PatchLine *word);
