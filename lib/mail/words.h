/* SPDX-License-Identifier: MIT */
/*
 * Encoded words (RFC 2047) as mailers really write them: characters and base64
 * groups split between words, no blank between them, charsets that do not
 * exist, raw 8-bit text. GMime 3.2 loses text then, so it is handed only
 * words that were put right here.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

typedef struct MailWordsDoubts {
    bool charset;  /* a word's charset is unknown or its bytes not in it */
    bool raw_8bit; /* bytes outside of words that are no UTF-8 */
} MailWordsDoubts;

/* The value of a header unfolded: each line end with the blanks after it made
 * one blank. Owned. */
char *mail_words_unfold(const char *value, size_t length);
/*
 * An unfolded value with its structure as it was, as valid UTF-8: words that
 * follow each other are one word of UTF-8, raw 8-bit text is UTF-8. Owned.
 * doubts may be NULL; what is already true there stays.
 */
char *mail_words_repair(const char *value, MailWordsDoubts *doubts);
/* The same, decoded: what a Subject says. Owned. */
char *mail_words_decode(const char *value, MailWordsDoubts *doubts);
