/* SPDX-License-Identifier: MIT */
/*
 * Reads encoded words (RFC 2047) as mailers really write them: characters and
 * base64 groups split between words, no blank between words, charsets that do
 * not exist, raw 8-bit text. GMime 3.2 loses text of such words, so it is given
 * only words that were repaired here.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct MailWordsDoubts {
    bool charset;  /* a word's charset is unknown or its bytes not in it */
    bool raw_8bit; /* bytes outside of words that are not UTF-8 */
} MailWordsDoubts;

/* Unfolds the value of a header: each line end and the blanks after it become
 * one blank. Owned. */
char *mail_words_unfold(const char *value, size_t length);
/*
 * Turns an unfolded value into valid UTF-8 and keeps its structure: words that
 * follow each other become one word of UTF-8, raw 8-bit text becomes UTF-8.
 * Owned. doubts may be NULL; what is already true in it stays true.
 */
char *mail_words_repair(const char *value, MailWordsDoubts *doubts);
/* Does the same and decodes the words: returns what a Subject says. Owned. */
char *mail_words_decode(const char *value, MailWordsDoubts *doubts);
