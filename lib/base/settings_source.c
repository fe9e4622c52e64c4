/* SPDX-License-Identifier: MIT */
#include "base/settings_source.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/settings.h"

#include "base/banned.h"

enum { DEPTH_MAX = 8, SIZE_MAX_BYTES = 1024 * 1024 };

typedef struct Scanner {
    const char *path;
    char *at;
    unsigned line;
    unsigned braces;     /* how many are open */
    unsigned brace_line; /* where the outermost was opened */
} Scanner;

static bool read_file(const char *path, unsigned depth, GPtrArray *pieces,
                      GError **error);

static void piece_free(void *data)
{
    SettingsPiece *piece = data;

    g_free(piece->path);
    g_free(piece->text);
    g_free(piece);
}

static bool fault(const Scanner *scanner, unsigned line, const char *what,
                  GError **error)
{
    g_set_error(error, SETTINGS_ERROR, SETTINGS_ERROR_INVALID, "%s:%u: %s",
                scanner->path, line, what);
    return false;
}

static void advance(Scanner *scanner, size_t count)
{
    for (; count > 0; count--)
        if (*scanner->at++ == '\n')
            scanner->line++;
}

static bool skip_string(Scanner *scanner, GError **error)
{
    const unsigned line = scanner->line;
    const char quote = *scanner->at;

    advance(scanner, 1);
    while (*scanner->at != quote) {
        if (*scanner->at == '\\' && scanner->at[1] != '\0')
            advance(scanner, 1);
        if (*scanner->at == '\0')
            return fault(scanner, line, "the quote is never closed", error);
        advance(scanner, 1);
    }
    advance(scanner, 1);
    return true;
}

/* libconfuse counts the line of a comment three times, so comments are replaced
 * by blanks; their line ends stay. */
static void blank(Scanner *scanner, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (scanner->at[i] != '\n')
            scanner->at[i] = ' ';
    advance(scanner, count);
}

static bool skip_long_comment(Scanner *scanner, GError **error)
{
    const char *end = strstr(scanner->at + 2, "*/");

    if (end == NULL)
        return fault(scanner, scanner->line, "the comment is never closed",
                     error);
    blank(scanner, (size_t)(end + 2 - scanner->at));
    return true;
}

static bool skip_brace(Scanner *scanner, GError **error)
{
    if (*scanner->at == '{' && scanner->braces++ == 0)
        scanner->brace_line = scanner->line;
    if (*scanner->at == '}' && scanner->braces-- == 0)
        return fault(scanner, scanner->line, "} without {", error);
    advance(scanner, 1);
    return true;
}

static size_t word_length(const char *at)
{
    return strcspn(at, " \t\r\n\"'={}()+,#*");
}

static bool is_short_comment(const char *at)
{
    return *at == '#' || g_str_has_prefix(at, "//");
}

/* One token as libconfuse's lexer sees it. */
static bool skip_token(Scanner *scanner, GError **error)
{
    if (*scanner->at == '"' || *scanner->at == '\'')
        return skip_string(scanner, error);
    if (*scanner->at == '{' || *scanner->at == '}')
        return skip_brace(scanner, error);
    if (g_str_has_prefix(scanner->at, "/*"))
        return skip_long_comment(scanner, error);
    if (is_short_comment(scanner->at))
        blank(scanner, strcspn(scanner->at, "\n"));
    else
        advance(scanner, MAX(word_length(scanner->at), 1));
    return true;
}

static void skip_blanks(Scanner *scanner)
{
    advance(scanner, strspn(scanner->at, " \t\r\n"));
}

static char *take_quoted(Scanner *scanner)
{
    const char quote = *scanner->at;
    const char *end = NULL;
    char *taken = NULL;

    if (quote != '"' && quote != '\'')
        return NULL;
    end = strchr(scanner->at + 1, quote);
    if (end == NULL || end == scanner->at + 1)
        return NULL;
    taken = g_strndup(scanner->at + 1, (size_t)(end - scanner->at - 1));
    advance(scanner, (size_t)(end + 1 - scanner->at));
    return taken;
}

/* The file that an include statement names; owned. */
static char *take_include(Scanner *scanner, GError **error)
{
    const unsigned line = scanner->line;
    g_autofree char *named = NULL;
    bool opened = false;

    advance(scanner, strlen("include"));
    skip_blanks(scanner);
    opened = *scanner->at == '(';
    advance(scanner, opened ? 1 : 0);
    skip_blanks(scanner);
    named = take_quoted(scanner);
    skip_blanks(scanner);
    if (!opened || named == NULL || *scanner->at != ')') {
        fault(scanner, line, "write include(\"FILE\")", error);
        return NULL;
    }
    advance(scanner, 1);
    return g_steal_pointer(&named);
}

static bool is_include(const Scanner *scanner)
{
    return scanner->braces == 0 &&
           word_length(scanner->at) == strlen("include") &&
           g_str_has_prefix(scanner->at, "include");
}

static void add_piece(GPtrArray *pieces, const char *path, unsigned line,
                      const char *from, const char *to)
{
    SettingsPiece *piece = g_new0(SettingsPiece, 1);
    GString *text = g_string_new(NULL);

    for (unsigned i = 1; i < line; i++)
        g_string_append_c(text, '\n');
    g_string_append_len(text, from, to - from);
    piece->path = g_strdup(path);
    piece->text = g_string_free(text, FALSE);
    g_ptr_array_add(pieces, piece);
}

/* NOLINTBEGIN(misc-no-recursion): at most DEPTH_MAX deep */
static bool follow_include(Scanner *scanner, unsigned depth, GPtrArray *pieces,
                           GError **error)
{
    const unsigned line = scanner->line;
    g_autofree char *named = take_include(scanner, error);
    g_autofree char *folder = g_path_get_dirname(scanner->path);
    g_autofree char *path = NULL;

    if (named == NULL)
        return false;
    if (depth == DEPTH_MAX)
        return fault(scanner, line, "files include each other too deeply",
                     error);
    path = g_path_is_absolute(named) ? g_strdup(named)
                                     : g_build_filename(folder, named, NULL);
    if (read_file(path, depth + 1, pieces, error))
        return true;
    if (error != NULL &&
        g_error_matches(*error, SETTINGS_ERROR, SETTINGS_ERROR_UNREADABLE)) {
        (*error)->code = SETTINGS_ERROR_INVALID;
        g_prefix_error(error, "%s:%u: ", scanner->path, line);
    }
    return false;
}

/* Overwrites the comments in text. */
static bool split(const char *path, char *text, unsigned depth,
                  GPtrArray *pieces, GError **error)
{
    Scanner scanner = { .path = path, .at = text, .line = 1 };
    const char *start = text;
    unsigned start_line = 1;

    while (*scanner.at != '\0') {
        if (!is_include(&scanner)) {
            if (!skip_token(&scanner, error))
                return false;
            continue;
        }
        add_piece(pieces, path, start_line, start, scanner.at);
        if (!follow_include(&scanner, depth, pieces, error))
            return false;
        start = scanner.at;
        start_line = scanner.line;
    }
    if (scanner.braces > 0)
        return fault(&scanner, scanner.brace_line, "{ is never closed", error);
    add_piece(pieces, path, start_line, start, scanner.at);
    return true;
}

static bool is_text(const char *path, char *text, size_t length, GError **error)
{
    Scanner scanner = { .path = path, .at = text, .line = 1 };
    const char *end = NULL;

    if (length > SIZE_MAX_BYTES)
        return fault(&scanner, 1, "a configuration of more than 1 MiB", error);
    if (g_utf8_validate(text, (gssize)length, &end))
        return true;
    advance(&scanner, (size_t)(end - text));
    return fault(&scanner, scanner.line, "not UTF-8 text", error);
}

/* Reads at most one byte more than is accepted, since it may be a device or a
 * pipe. NULL: errno says why. */
static GString *read_bounded(const char *path)
{
    FILE *stream = fopen(path, "re");
    g_autoptr(GString) text = NULL;
    int code = 0;

    if (stream == NULL)
        return NULL;
    text = g_string_sized_new(SIZE_MAX_BYTES + 1);
    text->len = fread(text->str, 1, SIZE_MAX_BYTES + 1, stream);
    text->str[text->len] = '\0';
    code = ferror(stream) != 0 ? errno : 0;
    fclose(stream);
    errno = code;
    return code == 0 ? g_steal_pointer(&text) : NULL;
}

static bool unreadable(const char *path, const char *why, GError **error)
{
    g_set_error(error, SETTINGS_ERROR, SETTINGS_ERROR_UNREADABLE, "%s: %s",
                path, why);
    return false;
}

static bool read_file(const char *path, unsigned depth, GPtrArray *pieces,
                      GError **error)
{
    g_autoptr(GString) text = read_bounded(path);

    if (text == NULL)
        return unreadable(path, g_strerror(errno), error);
    return is_text(path, text->str, text->len, error) &&
           split(path, text->str, depth, pieces, error);
}

/* NOLINTEND(misc-no-recursion) */

GPtrArray *settings_source_read(const char *path, GError **error)
{
    g_autoptr(GPtrArray) pieces = g_ptr_array_new_with_free_func(piece_free);

    if (!read_file(path, 0, pieces, error))
        return NULL;
    return g_steal_pointer(&pieces);
}
