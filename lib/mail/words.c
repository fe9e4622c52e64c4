/* SPDX-License-Identifier: MIT */
#include "mail/words.h"

#include <string.h>

#include <glib.h>

#include "mail/charset.h"

#include "base/banned.h"

/* "=?charset*language?b?text?=", parts lent. */
typedef struct Word {
    const char *charset;
    size_t charset_length; /* without the language */
    bool is_base64;
    const char *text;
    size_t text_length;
    const char *after; /* what follows the word */
} Word;

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

/* Never longer than it was: a line end becomes one blank at most. */
char *mail_words_unfold(const char *value, size_t length)
{
    char *const text = g_malloc(length + 1);
    char *to = text;
    const char *const end = value + length;

    while (value < end) {
        const char *line_end = memchr(value, '\n', (size_t)(end - value));
        const char *stop = line_end != NULL ? line_end : end;
        const char *next = stop;
        while (stop > value && stop[-1] == '\r')
            stop--;
        memcpy(to, value, (size_t)(stop - value));
        to += stop - value;
        if (line_end != NULL)
            *to++ = ' ';
        while (next < end && is_space(*next))
            next++;
        value = next;
    }
    *to = '\0';
    return text;
}

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Reads the word that starts at "=?"; false if none does. */
static bool read_word(const char *at, Word *word)
{
    static const char charset_bytes[] =
        G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_.:+()";
    const char *charset = at + 2;
    const size_t charset_length = strspn(charset, charset_bytes);
    const char *mark = charset + charset_length;

    if (*mark == '*') /* RFC 2231: a language */
        mark += 1 + strcspn(mark + 1, "? \t");
    if (charset_length == 0 || mark[0] != '?' || mark[1] == '\0' ||
        strchr("bBqQ", mark[1]) == NULL || mark[2] != '?')
        return false;
    const char *text = mark + 3;
    const char *stop = strstr(text, "?=");
    const char *other = strstr(text, "=?");
    if (stop == NULL || (other != NULL && other + 1 < stop))
        return false;
    *word = (Word){
        .charset = charset,
        .charset_length = charset_length,
        .is_base64 = g_ascii_tolower(mark[1]) == 'b',
        .text = text,
        .text_length = (size_t)(stop - text),
        .after = stop + 2,
    };
    return true;
}

static void append_q(GString *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        const char byte = text[i];
        const bool is_hex = byte == '=' && i + 2 < length &&
                            g_ascii_isxdigit(text[i + 1]) &&
                            g_ascii_isxdigit(text[i + 2]);
        if (is_hex) {
            g_string_append_c(out,
                              (char)(g_ascii_xdigit_value(text[i + 1]) * 16 +
                                     g_ascii_xdigit_value(text[i + 2])));
            i += 2;
        } else {
            g_string_append_c(out, byte == '_' ? ' ' : byte);
        }
    }
}

/* One run of base64 without padding, as long as it may be. */
static void append_base64_run(GString *out, const char *text, size_t length)
{
    int state = 0;
    unsigned save = 0;
    g_autofree guchar *bytes = g_malloc(length + 3);
    size_t count = g_base64_decode_step(text, length, bytes, &state, &save);

    if (state >= 2)
        count += g_base64_decode_step("==", (size_t)(4 - state), bytes + count,
                                      &state, &save);
    g_string_append_len(out, (const char *)bytes, (gssize)count);
}

/* Base64 where each "=" ends a group, so that words may be joined as text
 * whether they were padded or split within a group. */
static void append_base64(GString *out, const GString *base64)
{
    g_auto(GStrv) runs = g_strsplit(base64->str, "=", -1);

    for (char **run = runs; *run != NULL; run++)
        append_base64_run(out, *run, strlen(*run));
}

/* Words that follow each other: the bytes of one charset are put together
 * before they are converted, since characters may be split between words. */
typedef struct Run {
    GString *text;   /* UTF-8 */
    GString *bytes;  /* in this charset */
    GString *base64; /* of this charset, to be decoded */
    const char *charset;
    size_t charset_length;
    bool is_doubtful;
} Run;

static void run_end_base64(Run *run)
{
    append_base64(run->bytes, run->base64);
    g_string_truncate(run->base64, 0);
}

static void run_end_charset(Run *run)
{
    run_end_base64(run);
    if (run->bytes->len == 0)
        return;
    g_autofree char *charset = g_strndup(run->charset, run->charset_length);
    g_autofree char *text = mail_charset_decode(
        charset, run->bytes->str, run->bytes->len, &run->is_doubtful);
    g_string_append(run->text, text);
    g_string_truncate(run->bytes, 0);
}

static void run_add(Run *run, const Word *word)
{
    if (run->charset_length != word->charset_length ||
        g_ascii_strncasecmp(run->charset, word->charset,
                            word->charset_length) != 0)
        run_end_charset(run);
    run->charset = word->charset;
    run->charset_length = word->charset_length;
    if (word->is_base64) {
        g_string_append_len(run->base64, word->text, (gssize)word->text_length);
        return;
    }
    run_end_base64(run);
    append_q(run->bytes, word->text, word->text_length);
}

/* Reads the words that start here, of which the first was read. Owned. */
static char *read_run(Word *word, bool *is_doubtful)
{
    Run run = { .text = g_string_new(NULL),
                .bytes = g_string_new(NULL),
                .base64 = g_string_new(NULL),
                .charset = "" };
    const char *next = NULL;

    do {
        run_add(&run, word);
        next = skip_blanks(word->after);
    } while (g_str_has_prefix(next, "=?") && read_word(next, word));
    run_end_charset(&run);
    *is_doubtful = *is_doubtful || run.is_doubtful;
    g_string_free(run.bytes, TRUE);
    g_string_free(run.base64, TRUE);
    return g_string_free(run.text, FALSE);
}

static void append_text(GString *out, const char *text)
{
    g_string_append(out, text);
}

static void append_as_word(GString *out, const char *text)
{
    g_string_append(out, "=?utf-8?q?");
    for (; *text != '\0'; text++) {
        if (g_ascii_isalnum(*text))
            g_string_append_c(out, *text);
        else
            g_string_append_printf(out, "=%02X", (unsigned char)*text);
    }
    g_string_append(out, "?=");
}

static void append_plain(GString *out, const char *text, size_t length,
                         MailWordsDoubts *doubts)
{
    g_autofree char *plain =
        mail_charset_decode(NULL, text, length, &doubts->raw_8bit);
    g_string_append(out, plain);
}

/* Walks over plain text and runs of words; what becomes of a run is told. */
static char *walk(const char *value,
                  void (*append_run)(GString *out, const char *text),
                  MailWordsDoubts *doubts)
{
    const char *at = strstr(value, "=?");
    if (at == NULL)
        return mail_charset_decode(NULL, value, strlen(value),
                                   &doubts->raw_8bit);

    GString *out = g_string_new(NULL);
    const char *plain = value;

    while (at != NULL) {
        Word word;
        if (!read_word(at, &word)) {
            at = strstr(at + 2, "=?");
            continue;
        }
        g_autofree char *text = read_run(&word, &doubts->charset);
        append_plain(out, plain, (size_t)(at - plain), doubts);
        append_run(out, text);
        plain = word.after;
        at = strstr(plain, "=?");
    }
    append_plain(out, plain, strlen(plain), doubts);
    return g_string_free(out, FALSE);
}

char *mail_words_repair(const char *value, MailWordsDoubts *doubts)
{
    MailWordsDoubts unread = { false, false };
    return walk(value, append_as_word, doubts != NULL ? doubts : &unread);
}

char *mail_words_decode(const char *value, MailWordsDoubts *doubts)
{
    MailWordsDoubts unread = { false, false };
    return walk(value, append_text, doubts != NULL ? doubts : &unread);
}
